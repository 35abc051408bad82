"""The numbers that speak of one target → the one that is its figure, if one is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ...target import Kind, Target
from .fits import is_made
from .naming import is_own, pairs_of
from .plans import is_goal_met
from .results import FINISHED, NEW, is_finished, tells_deed
from .scopes import OWN, PART, Scope
from .tie import Tie


def choose(target: Target, ties: Iterable[Tie]) -> Tie | None:
    """The exact before the rounded, the finished before the begun, the year's before the period's."""
    every = tuple(ties)
    whole = [t for t in every if not t.part]
    if _is_a_part_meant(target, every):
        return None
    whole = whole or [t for t in every if _is_all_done(t)]
    whole = [t for t in whole if not is_goal_met(t.mention)] or whole
    exact = [t for t in whole if not t.mention.rough]
    whole = [t for t in whole if not any(_is_rough_for(t, other) for other in exact)]
    if NEW.search(target.name) and "改" not in target.name:
        new = [t for t in whole if NEW.search(t.mention.clause)]
        whole = (
            [t for t in whole if t in new or t.total or t.scope is Scope.CUMULATIVE]
            if new
            else whole
        )
    made = is_made(target)
    if made and not any(t.summed or is_finished(t.mention) for t in whole):
        whole = [t for t in every if t.part and is_finished(t.mention)] or whole
    likely = [t for t in whole if _is_likely(t, target)]
    whole = likely or [
        t for t in whole if tells_deed(t.mention) or not OWN.search(t.mention.clause)
    ]
    most = max((t.strength for t in whole), default=Decimal(0))
    whole = [t for t in whole if t.total or t.strength * _WEAK >= most]
    if made and (done := [t for t in whole if t.total or is_finished(t.mention)]):
        whole = done
    for group in _groups(whole):
        best = _best(group)
        return _without_acceptance(best, every) if best else None
    return None


def _without_acceptance(best: Tie, ties: Iterable[Tie]) -> Tie | None:
    """改造110张，验收86张: the 86 came a step further; 已改造110张 would be the figure."""
    if not best.mention.before.endswith(_LATER_STEPS):
        return best
    more = [t for t in ties if t.value > best.value and not t.part]
    if not more:
        return best
    done = [t for t in more if tells_deed(t.mention)]
    return done[0] if len(done) == len(more) == 1 else None


def _is_a_part_meant(target: Target, ties: tuple[Tie, ...]) -> bool:
    """招聘会22场，其中现场19场: whether the name says of a part what the whole does not say."""
    whole = [" ".join((*t.mention.earlier, t.mention.clause)) for t in ties if not t.part]
    said = pairs_of("#".join(whole))
    own = [p for p in pairs_of(target.name) - said if is_own(p)]
    named = [t for t in ties if t.part and any(p in t.mention.before for p in own)]
    return bool(whole) and len(named) == 1


def _is_all_done(tie: Tie) -> bool:
    """19个项目均已建成，包括幼儿园8所: a part of what is all done."""
    last = tie.mention.earlier[-1] if tie.mention.earlier else ""
    named = PART.search(tie.mention.clause) or _ALL.search(last)
    return bool(named and FINISHED.search(last))


def _best(group: list[Tie]) -> Tie | None:
    """The one number of a group, or the one that names the target clearly best."""
    if len({t.value for t in group}) == 1:
        return group[0]
    if told := [t for t in group if tells_deed(t.mention)]:
        group = told
    if len({t.value for t in group}) == 1:
        return group[0]
    best = max(group, key=lambda t: t.strength)
    rest = max(t.strength for t in group if t.value != best.value)
    if best.strength >= rest * _CLEARLY:
        return best
    return group[-1] if all(t.total for t in group) else None


def _is_likely(tie: Tie, target: Target) -> bool:
    """Whether the number is about as large as the goal at most: what there is altogether is not."""
    goal = target.goal.number
    return target.kind is Kind.LEVEL or not goal or tie.value <= goal * _MOST


def _is_rough_for(tie: Tie, exact: Tie) -> bool:
    """突破1.1万人，达到11206人: the first only rounds the second."""
    return tie.mention.rough and abs(tie.value - exact.value) <= exact.value / 10


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


_ALL = re.compile("均|全部|都")
_LATER_STEPS = ("验收", "开通", "通气", "通电", "激活")
_MOST = Decimal("1.5")
_WEAK = Decimal(10)
_CLEARLY = Decimal("2")
