"""Numbers: figures as people write them → Decimal, or a note on why it is not one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from .cell import CellValue, Expectation, Note, Reading, fold, plain, verbatim
from .measure import COUNTS, KNOWN, SHARES, agree, split_factor
from .numeral import AMOUNT, groupings, parse_numeral


@dataclass(frozen=True, slots=True)
class _Figure:
    """One number with what was written round it."""

    value: Decimal
    measure: str = ""
    scaled: bool = False  # 万 or 亿 stands in it
    rough: bool = False


def read_number(raw: CellValue, expect: Expectation) -> Reading:
    """One figure in the measure that is expected; a percentage is kept as its number (85% → 85).

    N01: no number. N02: several numbers, or several ways to read one. N03: another measure.
    N04: an approximate figure, taken as written. N05: a share that may be a percentage.
    """
    text = verbatim(raw)
    if not text:
        return Reading(None)
    match raw:
        case bool():
            return _NOT_A_NUMBER
        case int() | float():
            value = Decimal(text)
            return _judge(_Figure(value), expect) if value.is_finite() else _NOT_A_NUMBER
        case date():
            return _ambiguous(_typed_before(raw.month, raw.day))
        case time() | timedelta():
            return _ambiguous(f"{text}（被电子表格变成了时间）")
    text = _tidy(text)
    figure = _parse(text, fold(expect.measure))
    return _judge(figure, expect) if figure else _refuse(text)


def parse_goal_number(text: str) -> Decimal | None:
    """The number of a goal (22万, 1.5万, 85%, 4.55); None for anything but a bare exact number."""
    match = _GOAL.fullmatch(_tidy(text))
    amount = parse_numeral(match["amount"]) if match else None
    return None if match is None or amount is None else _signed(match["sign"], amount)


def _parse(text: str, expected: str) -> _Figure | None:
    """The figure that the whole of `text` is; None where other words or numbers stand in it."""
    match = _FIGURE.fullmatch(text) if len(text) <= _LONGEST else None
    amount = parse_numeral(match["amount"]) if match else None
    if match is None or amount is None:
        return None
    measure = re.sub(r"\(([^()]*)\)", r"\1", match["measure"])
    known = KNOWN | {expected, split_factor(expected)[0]}
    if measure and (match["share"] or measure not in known):
        return None
    if match["share"]:
        measure = "%"
    if match["scale"]:
        amount *= {"万": 10**4, "亿": 10**8}[match["scale"]]
    return _Figure(
        _signed(match["sign"], amount),
        measure,
        scaled=bool(re.search("[万亿萬億]", match["amount"] + (match["scale"] or ""))),
        rough=bool(match["rough"] or match["over"] or match["about"]),
    )


def _judge(figure: _Figure, expect: Expectation) -> Reading:
    """The figure in the measure that is expected, with what must be said about it."""
    expected = fold(expect.measure)
    base, power = split_factor(expected)
    written, value = figure.measure, figure.value
    if written and not agree(written, expected) and not agree(written, base):
        if {written, expected} & SHARES:
            return Reading(None, (_other_measure(expect),))  # 85% of 12所 is not 85所
        notes = [_other_measure(expect)] if expected else []
    elif not written and expected == "%" and _may_be_share(value):
        return _share_or_percent(value)
    elif _may_be_thousands(figure, expected):
        return _ambiguous(plain(value * 1000), str(value))
    else:
        notes = []
        if power and written != expected and (written or figure.scaled):
            value = value.scaleb(-power)  # 1500万元, 1500万, 15000000元: 1500 where 万元 counts
    if figure.rough:
        notes.append(Note("N04", (("value", plain(value)),)))
    return Reading(Decimal(plain(value)), tuple(notes))


def _refuse(text: str) -> Reading:
    """Why `text` is no figure: it can be read in several ways (N02), or in none (N01)."""
    if match := _DATE.fullmatch(text):
        return _ambiguous(_typed_before(*(int(n) for n in match.groups() if n)))
    readings: list[str] = []
    for run in _RUN.findall(text[:_LONGEST]):
        value = parse_numeral(run)
        readings += groupings(run) if value is None else [plain(value)]
    distinct = tuple(dict.fromkeys(readings))
    return _ambiguous(*distinct) if len(distinct) > 1 else _NOT_A_NUMBER


def _other_measure(expect: Expectation) -> Note:
    return Note("N03", (("measure", expect.measure or "无"),))


def _share_or_percent(value: Decimal) -> Reading:
    readings = f"{plain(value * 100)}% 还是 {plain(value)}%"
    return Reading(None, (Note("N05", (("readings", readings),)),))


def _may_be_share(value: Decimal) -> bool:
    """0.85 may be 85%, 1 may be 100% and 1.05 may be 105%."""
    return 0 < abs(value) <= Decimal("1.1")


def _may_be_thousands(figure: _Figure, expected: str) -> bool:
    """1.234 for a count may be 1,234; 0.234 and 1.23 may not."""
    if figure.scaled or expected not in COUNTS:
        return False
    return bool(re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", str(figure.value)))


def _typed_before(month: int, day: int) -> str:
    """What may have been typed where a date stands: 1-2 becomes 1月2日, elsewhere 2月1日."""
    other = f" 或 {day}-{month}" if day <= 12 and day != month else ""
    return f"{month}-{day}{other}（被电子表格变成了日期）"


def _ambiguous(*readings: str) -> Reading:
    return Reading(None, (Note("N02", (("readings", " 还是 ".join(readings)),)),))


def _signed(sign: str | None, amount: Decimal) -> Decimal:
    return -amount if sign == "-" else amount


def _tidy(text: str) -> str:
    """Folded, without quotes and full stops round it, and without blanks except between digits.

    1 500 may be thousands and 12⏎30 may be two numbers: closing the gap would settle it unseen.
    """
    text = fold(text).replace("百分之百", "100%").replace("百分百", "100%")
    text = text.lstrip("'\"“”‘’ ").rstrip("'\"“”‘’ .,。;!\n")
    return re.sub(r"(?<![0-9.,])\s+|\s+(?![0-9.,])", "", text)


_NOT_A_NUMBER = Reading(None, (Note("N01"),))
_LONGEST = 40  # characters; a longer text is a sentence, to be put into the report

# Only these words may stand round a figure: 未完成5所, 计划5所, 新增5所 and 还差5所 must not be 5.
_BEFORE = (
    "截至目前|目前|现已|已经|已|本期累计|累计|共计|总共|总计|合计|共|计|实际"
    "|完成|建成|开展|举办|实现|达到|达|为|是"
)
_ROUGH = (
    "约为|约|大约|大概|近|将近|接近|超过|超|逾|突破|至少|最少|最多|不少于|不低于|不超过|不足|不到"
    "|高于|低于|多于|少于|[<>]=?|[≥≤~]"
)
_FIGURE = re.compile(
    rf"(?:(?:{_BEFORE})[:,]?|(?P<rough>{_ROUGH}))*+"
    rf"(?P<sign>[+-])?(?P<share>百分之)?(?P<amount>{AMOUNT})"
    r"(?P<over>[余多来+](?P<scale>[万亿])?)?(?P<measure>[^0-9]{0,8}?)"
    r"(?P<about>以上|以下|以内|左右|上下|多|余)?(?:已完成|已建成)?"
)
_RUN = re.compile(rf"(?<![A-Za-z]){AMOUNT}(?![A-Za-z])")  # 1E5 is not 1 or 5
_GOAL = re.compile(rf"(?P<sign>[+-])?(?:(?P<share>百分之)?(?P<amount>{AMOUNT}))(?(share)|%?)")
_DATE = re.compile(
    r"[0-9]{4}[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{1,2})月([0-9]{1,2})[日号]?"
)
