"""A unit's stamped copy and the clerk's word on it → what 报送情况 says, and what is chased."""

from __future__ import annotations

from collections.abc import Sequence

from ..copies import CopyStand, CopyState, StampedCopy
from ..register import Notice


def stand_of(
    copy: StampedCopy | None, told: Sequence[Notice], *, owed: bool, overdue: bool
) -> CopyStand:
    """`told`: 盖章件已收 in 登记. `owed`: the unit sent a file; `overdue`: the due day is over.

    A missing copy is chased after the due day, beside a file alone: where nothing came, all of it
    is. A copy without a seal is mended at any time. A grey one is for the clerk to look at.
    """
    if told:
        place = told[-1].place
        where = f"{place.file} “{place.sheet}”{place.cell}"
        return CopyStand((CopyState.RECEIVED,), where, told=True)
    if copy is None:
        missing = CopyState.MISSING
        return CopyStand((missing,), chased=missing if owed and overdue else None)
    without = CopyState.NO_SEAL
    return CopyStand(copy.states, copy.where, without if without in copy.states else None)
