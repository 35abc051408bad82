"""The numbers that speak of one target → the one that is its figure, if one is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ...target import Kind, Target
from .fits import is_made
from .naming import is_own, pairs_of
from .plans import is_goal_met
from .results import FINISHED, NEW, is_finished, tells_deed
from .scopes import Scope
from .tie import Tie


def choose(target: Target, ties: Iterable[Tie]) -> Tie | None:
    """The exact before the rounded, the finished before the begun, the year's before the period's."""
    every = tuple(ties)
    whole = [t for t in every if not t.part]
    whole = _named_parts(target, every) or whole
    whole = whole or [t for t in every if FINISHED.search(_last(t.mention.earlier))]
    whole = [t for t in whole if not is_goal_met(t.mention)] or whole
    if NEW.search(target.name) and "改" not in target.name:
        new = [t for t in whole if NEW.search(t.mention.clause)]
        whole = [t for t in whole if t in new or t.total] if new else whole
    made = is_made(target)
    if made and not any(is_finished(t.mention) for t in whole):
        ended = [t for t in every if t.part and is_finished(t.mention)]
        added = sum(t.value for t in ended)
        whole = [t for t in whole if t.value == added and len(ended) > 1] or ended or whole
    likely = [t for t in whole if _is_likely(t, target)]
    whole = likely or whole
    exact = [t for t in whole if not t.mention.rough]
    whole = [t for t in whole if not any(_is_rough_for(t, other) for other in exact)]
    if made and (done := [t for t in whole if t.total or is_finished(t.mention)]):
        whole = done
    for group in _groups(whole):
        return _best(group)
    return None


def _named_parts(target: Target, every: Iterable[Tie]) -> list[Tie]:
    """招聘会22场，其中现场19场: the part that the target's name means, and the whole does not."""
    ties = list(every)
    rest = [" ".join((*t.mention.earlier, t.mention.clause)) for t in ties if not t.part]
    said = pairs_of("#".join(rest))
    own = [p for p in pairs_of(target.name) - said if is_own(p)]
    named = [t for t in ties if t.part and any(p in t.mention.before for p in own)]
    return named if rest and len(named) == 1 else []


def _last(clauses: tuple[str, ...]) -> str:
    return clauses[-1] if clauses else ""


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


_MOST = Decimal("1.5")
_CLEARLY = Decimal("2")
