"""Mentions and an item's targets → which number speaks of which target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ..kinds.measure import agree, split_factor
from ..model import Item
from ..period import Period
from ..target import Kind, Pace, Target
from .circumstances import Scope, is_part, is_total, names_no_result, scope_of
from .mentions import Mention, find_mentions


@dataclass(frozen=True, slots=True)
class Tie:
    """A number that speaks of a target, in the target's measure, and how surely.

    `unit`: one step of its last digit, in the same measure.
    """

    mention: Mention
    value: Decimal
    unit: Decimal
    scope: Scope
    strength: Decimal
    total: bool
    part: bool


@dataclass(frozen=True)
class Reader:
    """Reads texts about one item in one period. `level`: 县, 区 or 市."""

    item: Item
    period: Period
    level: str

    @cached_property
    def features(self) -> Mapping[str, Mapping[str, Decimal]]:
        """Target → the pairs of characters of its name, weighed by how few targets have them."""
        pairs = {t.id: _pairs(_canonical(_name(t))) for t in self.item.targets}
        count: dict[str, int] = {}
        for own in pairs.values():
            for pair in own:
                count[pair] = count.get(pair, 0) + 1
        return {
            target: {p: (_GENERIC if p in _COMMON else Decimal(1)) / count[p] for p in own}
            for target, own in pairs.items()
        }

    def ties(self, text: str) -> Mapping[str, tuple[Tie, ...]]:
        """Target → the numbers of work done that speak of it, in the text's order."""
        found: dict[str, list[Tie]] = {}
        for mention in find_mentions(text):
            if tied := self._tie(mention):
                target, tie = tied
                found.setdefault(target.id, []).append(tie)
        return {target: tuple(ties) for target, ties in found.items()}

    def stated(self, text: str) -> Mapping[str, Tie]:
        """Target → the one number that the text gives for it; none where several contend."""
        chosen = ((t, self._choose(t, ties)) for t, ties in self.ties(text).items())
        return {target: tie for target, tie in chosen if tie}

    def _tie(self, mention: Mention) -> tuple[Target, Tie] | None:
        """The target that fits best, if one does clearly."""
        values = {t.id: _in_measure_of(t, mention) for t in self.item.targets}
        fitting = [t for t in self.item.targets if _fits(t, values[t.id], mention)]
        scored = self._scored(mention, fitting)
        if len(scored) > 1 and scored[0][0] < scored[1][0] * _CLEARLY:
            return None
        if not scored or scored[0][0] <= 0:
            return None
        strength, target = scored[0]
        value = values[target.id]
        if value is None or names_no_result(mention, target.name, self.period, self.level):
            return None
        unit = mention.unit * value / mention.value if mention.value else mention.unit
        return target, Tie(
            mention, value, unit, scope_of(mention, self.period), strength, is_total(mention),
            is_part(mention),
        )  # fmt: skip

    def _scored(self, mention: Mention, targets: list[Target]) -> list[tuple[Decimal, Target]]:
        """How much of each target's name stands round the number, the most first.

        What is nearest decides; where it names nothing, the rest of the clause does, then the
        clauses before it, where the number's own words name nothing else.
        """
        near = [(self._near(mention, t), t) for t in targets]
        wide = [
            (self._weight(t, mention.clause + "#" + mention.after) * _FARTHER, t) for t in targets
        ]
        for scored in (near, wide):
            if any(w >= _LEAST for w, _ in scored):
                told = [(self._told(mention, t, w, scored is near), t) for w, t in scored]
                return sorted(told, key=lambda s: -s[0])
        if not mention.measure or not _says_nothing_else(mention):
            return []
        for distance, words in enumerate(reversed(mention.earlier[-_FARTHEST:]), 1):
            carried = [(self._told(mention, t, self._weight(t, words), False), t) for t in targets]
            if any(w >= _LEAST for w, _ in carried):
                share = _CARRIED / distance
                return sorted(((w * share, t) for w, t in carried), key=lambda s: -s[0])
        return [(_ALONE, t) for t in targets if self._is_only(t, mention)]

    def _near(self, mention: Mention, target: Target) -> Decimal:
        return self._weight(target, mention.before) + self._weight(target, mention.after)

    def _told(self, mention: Mention, target: Target, weight: Decimal, near: bool) -> Decimal:
        """The weight, more where the clause as a whole, or the one before, speaks of the target."""
        if not mention.measure and weight < _UNMEASURED:
            return Decimal(0)
        if near and weight:
            weight += self._weight(target, mention.clause) * _GENERIC / 2
            if mention.earlier:
                weight += self._weight(target, mention.earlier[-1]) * _GENERIC / 2
        said = mention.clause + mention.after
        for name, words in _QUALIFIED:
            if name.search(target.name):
                weight *= 2 if words.search(said) else _HALF
        return weight

    def _is_only(self, target: Target, mention: Mention) -> bool:
        """Whether the number, which says nothing of its own, can be of no other target."""
        fitting = [t for t in self.item.targets if _in_measure_of(t, mention) is not None]
        return (
            fitting == [target]
            and target.measure != "%"
            and bool(_DONE_WORD.search(mention.before))
        )

    def _weight(self, target: Target, words: str) -> Decimal:
        found = _pairs(_canonical(words))
        return sum((w for p, w in self.features[target.id].items() if p in found), Decimal(0))

    def _choose(self, target_id: str, ties: Iterable[Tie]) -> Tie | None:
        target = next(t for t in self.item.targets if t.id == target_id)
        whole = [t for t in ties if not t.part]
        if not whole:
            finished = target.pace is Pace.END or target.kind is Kind.LEVEL
            whole = [t for t in ties if finished and _FINISHED.search(_around(t.mention))]
        exact = [t for t in whole if not t.mention.rough]
        whole = [t for t in whole if not any(_is_rough_for(t, other) for other in exact)]
        if target.pace is Pace.END and (done := [t for t in whole if _is_finished(t)]):
            whole = done
        for group in _groups(whole):
            values = {t.value for t in group}
            if len(values) == 1:
                return group[0]
            best = max(group, key=lambda t: t.strength)
            rest = max(t.strength for t in group if t.value != best.value)
            if best.strength >= rest * _CLEARLY:
                return best
            return group[-1] if all(t.total for t in group) else None
        return None


def _is_rough_for(tie: Tie, exact: Tie) -> bool:
    """突破1.1万人，达到11206人: the first only rounds the second."""
    return tie.mention.rough and abs(tie.value - exact.value) <= exact.value / 10


def _is_finished(tie: Tie) -> bool:
    said = tie.mention.before + tie.mention.after
    return tie.total or bool(_FINISHED.search(said))


def _groups(ties: Iterable[Tie]) -> Iterator[list[Tie]]:
    """The ties by how well they cover the year so far: totals, open ones, the period's, events."""
    every = list(ties)
    totals = [t for t in every if t.total and t.scope is not Scope.PERIOD]
    for group in (
        [t for t in totals if t.scope is Scope.CUMULATIVE],
        totals,
        [t for t in every if t.scope is Scope.CUMULATIVE],
        [t for t in every if t.scope is Scope.OPEN],
        [t for t in every if t.scope is Scope.PERIOD],
        [t for t in every if t.scope is Scope.EVENT],
    ):
        if group:
            yield group


def _in_measure_of(target: Target, mention: Mention) -> Decimal | None:
    """The number in the target's measure; None where it counts something else."""
    if target.goal.text:
        return None
    base, power = split_factor(target.measure)
    written = mention.measure
    if not written:
        return mention.value if target.kind is Kind.LEVEL or power else None
    if target.measure in ("百分点", "个百分点") and written == "%":
        return None
    if written == base or agree(written, base) or agree(written, target.measure):
        return mention.value.scaleb(-power)
    return None


def _fits(target: Target, value: Decimal | None, mention: Mention) -> bool:
    return value is not None and _plausible(target, value) and _rate_fits(target, mention)


def _plausible(target: Target, value: Decimal) -> bool:
    goal = target.goal.number
    if not goal or target.measure == "%":
        return True
    if target.kind is Kind.LEVEL:
        return goal / 5 <= value <= goal * 5
    return value <= goal * 20


def _rate_fits(target: Target, mention: Mention) -> bool:
    """A rate is tied by its own name: 随访率100% is no 筛查率."""
    if mention.measure != "%":
        return True
    named = _RATE.findall(mention.clause[-14:])
    if not named:
        return bool(_pairs(_canonical(mention.before)) & _pairs(_canonical(target.name)))
    return bool(_pairs(_canonical(named[-1])) & _pairs(_canonical(target.name)))


def _says_nothing_else(mention: Mention) -> bool:
    """Whether the words next to the number name nothing: 累计43户, 公布首批26户, 交钥匙5所.

    People are counted for many things in one sentence: 86人参加 is nobody's training.
    """
    before = mention.before
    after = "" if _FINISHED.match(mention.after) else _FILLER.sub("", mention.after)
    if re.match("[人名位]", mention.measure):
        return not _FILLER.sub("", before) and not after
    return len(_FILLER.sub("", _PLACE.sub("", before))) <= _A_VERB and not after


def _around(mention: Mention) -> str:
    return mention.before + mention.after


def _name(target: Target) -> str:
    return re.sub(r"[(（].*?[)）]", "", target.name)


def _canonical(text: str) -> str:
    for pattern, word in _SYNONYMS:
        text = pattern.sub(word, text)
    return _PUNCTUATION.sub("", text)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


_GENERIC = Decimal("0.2")
_LEAST = Decimal("0.3")
_CLEARLY = Decimal("1.25")
_FARTHER = Decimal("0.6")
_CARRIED = Decimal("0.5")
_ALONE = Decimal("0.1")
_UNMEASURED = Decimal("1.2")
_FARTHEST = 3
_A_VERB = 3  # characters that say how, not what
_COMMON = frozenset(
    [
        "人数",
        "活动",
        "建设",
        "项目",
        "工作",
        "完成",
        "全市",
        "全县",
        "全区",
        "儿童",
        "妇女",
        "女性",
        "家庭",
        "服务",
        "教育",
        "新增",
        "累计",
        "开展",
        "青年",
        "实施",
        "学生",
        "市级",
        "县级",
        "区级",
        "免费",
        "健康",
        "场次",
        "机构",
        "示范",
    ]
)
_PUNCTUATION = re.compile(r"[“”\"'‘’《》〈〉【】·\s—-]|的")
_SYNONYMS = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        ("筛查|查体|体检|受检|已筛|实检|已检|检查|普查", "检查"),
        ("监测|测试|检测|体测|抽测", "监测"),
        ("培训|实训|参训|轮训|受训|结业|训练|集训|研修|培育", "培训"),
        ("讲座|讲堂|宣讲|巡讲|开讲|讲课|授课|课堂", "讲座"),
        ("公办园|幼儿园|园所|[小大]园", "幼儿园"),
        ("学校|中学|小学", "中小学"),
        ("线路|班线|专线", "专线"),
        ("慰问|看望|走访", "走访"),
        ("绘本|读书|故事会|阅读", "阅读"),
        ("交友|相亲|联谊", "联谊"),
        ("普法|法制|法治", "法治"),
        ("资助|帮扶|救助", "救助"),
        ("社区(?=达标|创建)", "社区"),
        ("宣传|科普宣传", "宣传"),
        ("乳腺癌|宫颈癌|“?两癌”?", "两癌"),
        ("案子|案件", "案件"),
        ("比重|占比|比率|比例", "比例"),
        ("受众|观众", "受众"),
    )
)
# A target of this name is meant where such words stand by, and hardly elsewhere.
_QUALIFIED = (
    (re.compile("最少"), re.compile("最少|最低|不少于|至少|每|各")),
    (re.compile("千人"), re.compile("千人")),
)
_HALF = Decimal("0.5")
_RATE = re.compile("[一-鿿“”]{1,8}(?:率|比例|占比|比重)")
_FINISHED = re.compile(
    "完工|竣工|建成|交付|投用|投入使用|启用|验收|完成|达标|挂牌|开园|结束|公布|命名|发布|通过|封闭|落成|运行"
)
_DONE_WORD = re.compile(
    "已|累计|共|合计|总计|建成|完成|举办|开展|竣工|交付|公布|发布|评选?出|挂牌|启用|新增|检查|培训"
)
_PLACE = re.compile("^[一-鿿]{2,6}(?:镇|街道|乡|村|区|县|市|路|大道|社区)")
_FILLER = re.compile(
    r"(?:现已|已经?|又|再)(?:[一-鿿]{1,2}(?=$|#))?|季度末|年内|取得|获得|结业证书|证书|截至|截止|目前|今年以来|今年|年初以来|全年|上半年|下半年|前三季度|[一二三四本]季度末?|本期|累计|累积|共[检测训救帮查]|共计?|合计|总计|总数|一共|总共"
    r"|[0-9一二三四五六七八九十]+[年月日](?:份|底|末)?|建成|完成|举办|开展|组织|新增|实施|公布|发布|评选|评出|评定|选树|命名|揭晓|竣工|完工|投用|投入使用|启用|验收|达标"
    r"|交付|挂牌|改造|改建|扩建|新建|打造|通过|考核|学员|结业|合格|首批|经|评审|审定|认定|最少|最低|不少于|至少|一场|第[一二三四五六七八九十]+[批期]|其中|即|为|达到?|到|了|约|近|超过?|逾|实现|均|全部|全县|全区|全市|我[县区市]"
    r"|任务|进校园|进社区|线上线下|检查|实际|开放|分别|再|又|办理|活动|先后|陆续|也|则|是|有|的|第|#|[、和及与“”\"（）()\s]"
)
