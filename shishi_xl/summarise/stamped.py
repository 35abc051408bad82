"""Stamped copies, pages that are nobody's yet, the clerk's word → what 报送情况 says, what is chased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..copies import BLANK, NOT_ASKED, CopyStand, CopyState, StampedCopy
from ..office import Office
from ..period import Period
from ..register import Notice, Register, Topic
from ..returns import Return
from ..sheets import Seal


@dataclass(frozen=True)
class CopyStands:
    """How the stamped copies of one period stand. `copies`: by unit; `returns`: every one ever seen."""

    office: Office
    period: Period
    register: Register
    copies: Mapping[str, StampedCopy]
    returns: Sequence[Return]

    def of(self, unit: str, *, owes: bool, sent: bool, overdue: bool) -> CopyStand:
        """`owes`: whether anything is asked of the unit; `sent`: it has sent a file; `overdue`: its
        due day is over."""
        copy = self.copies.get(unit)
        if not self.office.programme.stamped or not (copy or owes):
            return NOT_ASKED
        told = self.register.of_unit(Topic.STAMPED, unit, self.period)
        if copy is None and not told and (where := self._pending.get(unit)):
            return CopyStand((CopyState.UNSURE,), f"{'；'.join(dict.fromkeys(where))} 待认定")
        stand = stand_of(copy, told, owed=owes and sent, overdue=overdue)
        return CopyStand((CopyState.RECEIVED,), stand.where) if self._lent(unit, stand) else stand

    def _lent(self, unit: str, stand: CopyStand) -> bool:
        """Whether a group's form lies in one file with the sealed one of the unit that collects it,
        whose seal is on both."""
        collector = self.office.programme.addressee(unit)
        other = self.copies.get(collector) if collector != unit else None
        if other is None or stand.states != (CopyState.NO_SEAL,) or other.seal is not Seal.FOUND:
            return False
        return set(self.copies[unit].files) <= set(other.files)

    @cached_property
    def _pending(self) -> Mapping[str, Sequence[str]]:
        """Unit → files with pages that may be its, about which a person is asked."""
        found: dict[str, list[str]] = {}
        for ret in self.returns:
            loose = any(not page.unit and page.remark != BLANK for page in ret.stamped)
            unread = ret.on_paper and not ret.stamped and not ret.dropped
            if not (loose or unread):
                continue
            periods = ret.said("period")
            if ret.counts and (not periods or str(self.period) in set.union(*periods)):
                for name in set().union(*ret.said("unit")):
                    for unit in self.office.names.valid(name, self.period) or (name,):
                        found.setdefault(unit, []).append(ret.path)
        return found


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
