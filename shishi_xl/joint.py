"""A target of several units: their figures → one figure, and how the whole stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from .period import Period
from .progress import NOT_STARTED, REACHED, SLOW, WORST_FIRST, Stand, part_of, verdict, whole
from .target import Combine, Target

Stands = Mapping[str, Stand]  # unit → what it has reached


def joint_figure(target: Target, stands: Iterable[Stand]) -> Decimal | None:
    """One figure out of several units': their sum, the largest, or of `each` the furthest behind."""
    known = [f for f in stands if isinstance(f, Decimal)]
    if not known:
        return None
    if target.combine is Combine.SUM:
        return sum(known, Decimal(0))
    behind = max if target.goal.minimum is None else min
    return max(known) if target.combine is Combine.MAX else behind(known)


def joint_verdict(target: Target, stands: Stands, period: Period) -> str:
    """评价 of a whole target; "" where nothing can be said yet.

    While a unit's part is out, the whole is judged where what is known is enough already, or
    where a unit is behind with its own part.
    """
    known = {u: f for u, f in stands.items() if f is not None}
    parts = {u: f for u, f in known.items() if target.goal.text or not target.is_pooled(u)}
    own = {verdict(part_of(target, u), f, period) for u, f in parts.items()}
    complete = len(known) == len(stands)
    lagging = next((v for v in (NOT_STARTED, SLOW) if v in own), "")
    if target.goal.text or (target.combine is Combine.EACH and len(stands) > 1):
        clear = complete and "" not in own
        return next((v for v in WORST_FIRST if v in own), "") if clear else lagging
    said = verdict(whole(target), joint_figure(target, known.values()), period)
    enough = complete or target.combine is Combine.MAX or said == REACHED
    return said if enough else lagging


def unit_verdict(target: Target, unit: str, stand: Stand, joint: str, period: Period) -> str:
    """评价 of what one unit reports; where that says nothing alone, of the whole: 整体推进缓慢.

    `joint`: the verdict of the whole.
    """
    together = target.is_pooled(unit) or (target.is_joint and target.combine is Combine.MAX)
    if together and not target.goal.text:
        return f"整体{joint}" if joint else ""
    return verdict(part_of(target, unit), stand, period)
