"""A mention and a target → the number in the target's measure, if it can be the target's at all."""

from __future__ import annotations

import re
from decimal import Decimal

from ...kinds.measure import agree, split_factor
from ...target import Kind, Pace, Target
from .mentions import Mention
from .naming import pairs_of


def in_measure_of(target: Target, mention: Mention) -> Decimal | None:
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


def fits(target: Target, mention: Mention) -> bool:
    """Whether the number, by measure, size and kind, may speak of the target."""
    value = in_measure_of(target, mention)
    if value is None or _is_contrary(target.name, mention.before):
        return False
    return _plausible(target, value) and _rate_fits(target, mention)


def is_made(target: Target) -> bool:
    """Whether the target is of things that are begun and finished: built, fitted, named."""
    made = target.pace is Pace.END or target.kind is Kind.LEVEL
    return made or is_built(target)


def is_built(target: Target) -> bool:
    """Whether the target's name says that something is built, fitted or renewed."""
    return bool(_MADE.search(target.name))


def is_specific(measure: str) -> bool:
    """Whether a measure tells what is counted: 座, 公里; 个 and 人 count everything."""
    return not _COUNTS_ANYTHING.fullmatch(measure)


def _is_contrary(name: str, words: str) -> bool:
    """Whether one of name and words says 新建, the other 改造, and neither says both."""
    said = (bool(_BUILT.search(words)), bool(_RENEWED.search(words)))
    named = (bool(_BUILT.search(name)), bool(_RENEWED.search(name)))
    return said in _EITHER and named in _EITHER and said != named


def _plausible(target: Target, value: Decimal) -> bool:
    goal = target.goal.number
    if not goal or target.measure == "%":
        return True
    if target.kind is Kind.LEVEL:
        return goal / 5 <= value <= goal * 5
    return value <= goal * (20 if goal < _SMALL else 4)


def _rate_fits(target: Target, mention: Mention) -> bool:
    """A rate is tied by its own name: 随访率100% is no 筛查率."""
    if mention.measure != "%":
        return True
    named: list[re.Match[str]] = []
    for words in (mention.clause[-24:], *reversed(mention.earlier)):
        named = named or list(_RATE.finditer(words))
        if pairs_of(words) & pairs_of(target.name):
            break
    if not named:
        return bool(pairs_of(mention.before) & pairs_of(target.name))
    name, kind = named[-1]["name"], named[-1]["kind"]
    if kind == "率":
        name = (name.removesuffix("覆盖") if "覆盖" not in target.name else name)[-2:]
    return bool(pairs_of(name) & pairs_of(target.name[-_TAIL:] if kind == "率" else target.name))


_SMALL = 20
_EITHER = ((True, False), (False, True))
_BUILT = re.compile("新建|新改|新、?改")
_RENEWED = re.compile("改造|改建|改扩建|扩建|维修")
_MADE = re.compile("新建|改造|建设|加装|安装|新打|改建|扩建|食堂|充电|路灯|配置")
_TAIL = 7  # characters of a rate's name that say what is rated: 家庭医生签约率
_COUNTS_ANYTHING = re.compile("个|人|名|位|人次|场|场次|次|户|家|处|项|件|种|类|期|份|%|元")
_RATE = re.compile("(?P<name>[一-鿿“”]{1,8})(?P<kind>率|比例|占比|比重)")
