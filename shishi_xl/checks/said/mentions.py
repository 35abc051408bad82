"""A text → the numbers in it that have a measure, each with the words that stand round it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ...kinds.cell import fold
from ...kinds.measure import KNOWN
from ...kinds.numeral import parse_numeral


@dataclass(frozen=True, slots=True)
class Mention:
    """A number with its measure. `value` is without 万 and 亿: 1.5万人 is 15000 人.

    `unit` is one step of its last written digit (100 for 1.18万). `before` and `after` are the
    words of its clause that are nearest to it; `clause` is all of the clause before it,
    `earlier` the sentence's clauses before that one, `rest` what follows in the clause, `later`
    the next clause, `previous` the clauses of the sentence before.
    """

    value: Decimal
    measure: str
    words: str
    unit: Decimal
    rough: bool
    start: int
    end: int
    before: str = ""
    after: str = ""
    clause: str = ""
    earlier: tuple[str, ...] = ()
    rest: str = ""
    later: str = ""
    sentence: int = 0
    previous: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finder:
    """Finds the numbers of a text.

    `measures`: those that are looked for besides the ones that everybody uses. `names`: of what
    the text is about; numbers that stand in them (一件事, 65岁以上) count nothing.
    """

    measures: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every number with a measure, or that something “is” or “reaches”, in order."""
        found: list[Mention] = []
        heading: list[str] = []
        previous: tuple[str, ...] = ()
        for number, sentence in enumerate(_SENTENCE.split(_tidy(text))):
            clauses = _CLAUSE.split(sentence)
            told = [
                m
                for at in range(len(clauses))
                for m in self._in_clause(clauses, at, number, heading, previous)
            ]
            previous = tuple(clauses)
            if not told and len(sentence) <= _HEADING:
                heading = [sentence]
            found += told
        return tuple(found)

    def _in_clause(
        self,
        clauses: list[str],
        at: int,
        sentence: int,
        heading: list[str],
        previous: tuple[str, ...],
    ) -> Iterator[Mention]:
        clause, earlier = clauses[at], tuple(heading + clauses[:at])
        later = clauses[at + 1] if at + 1 < len(clauses) else ""
        named = [m.span() for m in self._named.finditer(clause)]
        bare = [m for m in map(_mention, self._figure.finditer(clause)) if m]
        bare = [m for m in bare if not any(a <= m.start < b for a, b in named)]
        for number, m in enumerate(bare):
            left = bare[number - 1].end if number else 0
            right = bare[number + 1].start if number + 1 < len(bare) else len(clause)
            before, after = clause[left : m.start], clause[m.end : right]
            if number:
                before = _JOINT.split(before)[-1]
            after = _JOINT.split(after)[0]
            yield Mention(
                m.value, m.measure, m.words, m.unit, m.rough, m.start, m.end, before, after,
                clause[: m.start], earlier, clause[m.end :], later, sentence, previous,
            )  # fmt: skip

    @cached_property
    def _named(self) -> re.Pattern[str]:
        """Numerals of the names, each with a character before and after it."""
        parts = {m[0] for name in self.names for m in _IN_NAME.finditer(_tidy(name))}
        return re.compile("|".join(map(re.escape, sorted(parts))) or "(?!)")

    @cached_property
    def _figure(self) -> re.Pattern[str]:
        """The pattern of a number with its measure."""
        words = sorted(_WORDS | self.measures, key=lambda w: (-len(w), w))
        return re.compile(
            rf"(?P<rough>{_BEFORE})?"
            rf"(?:(?P<tenths>[一二三四五六七八九])成(?!员|立|果|效|功|长|年|熟|本|绩|为|交|型|品)(?P<half>[一二三四五六七八九半])?"
            rf"|(?P<share>百分之)?(?P<amount>{_ARABIC}|{_CHINESE})(?P<more>[余多来])?(?P<scale>[百千万亿]*)(?P<over>[余多])?"
            rf"(?P<measure>{'|'.join(map(re.escape, words))})?(?P<about>以上|左右|上下|有余)?)"
        )


def _mention(match: re.Match[str]) -> Mention | None:
    if match["tenths"]:
        value = Decimal(_TENTHS.index(match["tenths"]) * 10)
        value += 5 if match["half"] == "半" else _TENTHS.index(match["half"] or "零")
        unit = Decimal(1 if match["half"] else 10)
        return Mention(value, "%", match[0], unit, bool(match["rough"]), match.start(), match.end())
    amount = match["amount"]
    if _NO_NUMBER.fullmatch(amount) or _is_other(match):
        return None
    scale = match["scale"] or ""
    value_or_none = parse_numeral(amount + scale)
    if value_or_none is None:
        return None
    measure = "%" if match["share"] else match["measure"] or ""
    if not measure and not _SAYS.search(match.string[: match.start("amount")]):
        return None
    rough = bool(match["rough"] or match["more"] or match["over"] or match["about"])
    start = match.start("share") if match["share"] else match.start("amount")
    return Mention(
        value_or_none, measure, match.string[start : match.end()], _step(amount, scale), rough,
        start, match.end(),
    )  # fmt: skip


def _is_other(match: re.Match[str]) -> bool:
    """Whether it is a date, an ordinal, a range, a telephone number or a part of a word."""
    start = match.start("share") if match["share"] else match.start("amount")
    before, after = match.string[:start], match.string[match.end() :]
    if match["measure"] in _NO_MEASURES or _NOT_BEFORE.search(before):
        return True
    if match["amount"] in ("二", "2") and match["measure"] == "次" and _SECONDARY.match(after):
        return True
    if match["amount"] in ("一", "1") and _ONE_OF_A_ROW.search(before):
        return True
    if not match["measure"] and (after[:1].isascii() and after[:1].isalnum()):
        return True
    digits = match["amount"].replace(",", "")
    if digits.isdigit() and len(digits) >= 7 and not match["measure"]:
        return True
    return bool(_NOT_AFTER.match(after))


def _step(amount: str, scale: str) -> Decimal:
    """One step of the last digit that was written: 100 for 1.18万, 1 for 52, 0.1 for 52.6."""
    power = sum({"百": 2, "千": 3, "万": 4, "亿": 8}[c] for c in scale)
    digits = amount.replace(",", "")
    if re.fullmatch(r"[0-9.]+", digits):
        return Decimal(10) ** (power - len(digits.partition(".")[2]))
    last = next(
        (p for c, p in (("亿", 8), ("万", 4), ("千", 3), ("百", 2)) if digits.endswith(c)), 0
    )
    return Decimal(10) ** (power + last)


def _tidy(text: str) -> str:
    """Folded, with its Chinese punctuation kept: a comma of the text is none of a number."""
    kept = text.translate(_TO_PRIVATE)
    return re.sub(
        r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])",
        "",
        fold(kept).replace("百分之百", "100%").replace("百分百", "100%"),
    ).translate(_FROM_PRIVATE)


_HEADING = 14  # characters; “一、农贸市场。” says what the next sentence is about
_MARKS = "，。；：、！？（）"
_TO_PRIVATE = {ord(c): 0xE000 + i for i, c in enumerate(_MARKS)}
_FROM_PRIVATE = {0xE000 + i: c for i, c in enumerate(_MARKS)}

_SENTENCE = re.compile(r"[。；;！!？?\n]+")
_CLAUSE = re.compile(r"，|(?<=[：:])|(?<![0-9]),|,(?![0-9]{3})|(?=[（(])|[）)]")
_JOINT = re.compile("以及|[、及与]|和(?!美|谐|睦|平)")

_TENTHS = "零一二三四五六七八九十"
_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_CHINESE = "[零〇一二三四五六七八九十两百千万亿点]+"
# 千场巡讲 and 万人说事 are names; 点 and 〇 begin no number.
_NO_NUMBER = re.compile("[百千万亿点零〇].*|.*点|一?点.*")
_NO_MEASURES = frozenset(
    ["岁", "周岁", "年", "月", "日", "号", "天", "小时", "分钟", "时", "分", "秒", "倍", "周", "个月", "个工作日", "个小时", "年度", "届", "楼", "层", "级", "折"]
)  # fmt: skip
_WORDS = KNOWN | _NO_MEASURES | frozenset(
    ["例", "起", "宗", "剂次", "剂", "剂针", "批次", "批", "轮", "公斤", "斤", "平方公里", "项次", "户次", "车次", "课次", "课", "堂", "节", "班", "幅", "首",
     "段", "张次", "人·次", "名次", "个场次", "个场", "个人次", "盏", "眼", "口", "对", "泊", "立方米", "千米"]
)  # fmt: skip
_BEFORE = "约为?|大约|近|将近|接近|超过?|逾|突破|不少于|不低于|至少|最多|不足|不到"


_IN_NAME = re.compile(
    "[一-鿿]?[0-9一二三四五六七八九十]+[—~-]?[0-9一二三四五六七八九十]*[一-鿿]{2}"
)
_SAYS = re.compile("(?:达到?了?|为|至|到|是|率|数)(?:约|近|超过?|逾)?$")
_NOT_BEFORE = re.compile(
    r"第$|[〔\[]$|[A-Za-z][A-Za-z-]*$|[0-9.]$|[0-9][-—~至到]$|[0-9一二三四五六七八九十][个所处家名人场次期户件项%岁万元月]*[-—~－至到]$|[-—~]$"
    r"|电话:?$|热线:?$|[统进唯逐某任同单专万]$|之$|十$|[两三四五六七八九十]个$"
)
_ONE_OF_A_ROW = re.compile("(?:最后|最末|这|那|^上|^下|[，、][上下])$")  # 最后一班, 下一场
_SECONDARY = re.compile("结构|供水|装修|开发|创业")  # 二次结构
_NOT_AFTER = re.compile(
    r"[-—~－至到](?:[0-9]|[一二三四五六七八九十])|[年月日]|热线|号|个?100%|周岁|岁|[·.][0-9]|次性|系列|体化|线|站式|村[一]|孩|定|批"
)
