"""What counts → 量化指标, and how each item stands against its targets, time and its reporter's word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ..kinds import plain
from ..model import Combine, Item, Target, time_requirement, unit_requirement
from ..office import Office
from ..period import Period
from ..problems import Place
from ..settle import Settled
from ..summary import DetailRow, ItemClass, ItemRow, TargetRow
from .progress import NOT_DUE, NOT_STARTED, ON_SCHEDULE, REACHED, SLOW, rate, verdict

_CLASS = {
    REACHED: ItemClass.DONE,
    ON_SCHEDULE: ItemClass.ON_SCHEDULE,
    NOT_DUE: ItemClass.ON_SCHEDULE,
    SLOW: ItemClass.SLOW,
    NOT_STARTED: ItemClass.NOT_STARTED,
}
_WORST_VERDICT_FIRST = (NOT_STARTED, SLOW, NOT_DUE, ON_SCHEDULE, REACHED)
_WORST_FIRST = (ItemClass.NOT_STARTED, ItemClass.SLOW, ItemClass.ON_SCHEDULE, ItemClass.DONE)


@dataclass(frozen=True)
class Judged:
    """One period's targets and items. `last` is the period before, or None."""

    office: Office
    settled: Settled
    last: Settled | None
    details: tuple[DetailRow, ...]

    @property
    def period(self) -> Period:
        return self.settled.period

    @cached_property
    def items(self) -> tuple[ItemRow, ...]:
        return tuple(self._item(i) for i in self.office.programme.items_in(self.period))

    @cached_property
    def targets(self) -> tuple[TargetRow, ...]:
        return tuple(
            self._target(item, target, unit)
            for item in self.office.programme.items_in(self.period)
            for target in item.targets
            for unit in target.shares
        )

    def _target(self, item: Item, target: Target, unit: str) -> TargetRow:
        sheet = self.office.form.targets
        row = self.settled.row(unit, sheet.sheet, item.id, target.id)
        answer = row.chosen.answers.get(sheet.main.key) if row else None
        figure = self.settled.figure(unit, sheet.sheet, item.id, target.id)
        goal = target.goal_for(unit)
        required = unit_requirement(target, self.period, unit)
        return TargetRow(
            item,
            target,
            unit,
            last=self.last.figure(unit, sheet.sheet, item.id, target.id) if self.last else None,
            figure=figure,
            written=answer.text if answer else "",
            rate=rate(target, goal, figure),
            requirement=required,
            verdict="" if self._shared(target) else verdict(target, goal, figure, required),
            place=answer.place if answer else Place(),
        )

    @staticmethod
    def _shared(target: Target) -> bool:
        """Whether several units' figures make one, so that none can be judged by itself."""
        open_shares = any(share is None for share in target.shares.values())
        return len(target.shares) > 1 and open_shares and target.combine is not Combine.EACH

    def _item(self, item: Item) -> ItemRow:
        rows = [d for d in self.details if d.duty.item == item and d.duty.owed]
        obstacles = tuple(self._obstacles(item))
        if not any(d.state.answered for d in rows):
            return ItemRow(item, ItemClass.MISSING, obstacles=obstacles)
        judged = [(t, self._verdict(item, t)) for t in item.targets]
        found = [_CLASS[v] for _, v in judged if v]
        word = self._word(item)
        if word:
            found.append(word)
        complete = word is ItemClass.DONE or (bool(judged) and all(v for _, v in judged))
        worst = next((c for c in _WORST_FIRST if c in found), ItemClass.UNMARKED)
        if worst is ItemClass.DONE and not complete:
            worst = ItemClass.ON_SCHEDULE
        done = worst is ItemClass.DONE
        return ItemRow(
            item,
            worst,
            tuple(self._reasons(item, judged)),
            obstacles,
            ahead=done and self.period.time_share < 1,
            beyond=done and any(self._beyond(item, t) for t in item.targets),
        )

    def _figure(self, item: Item, target: Target) -> Decimal | None:
        """The target's figure over all its units."""
        sheet = self.office.form.targets.sheet
        every = (self.settled.figure(u, sheet, item.id, target.id) for u in target.shares)
        figures = [f for f in every if f is not None]
        if not figures:
            return None
        if target.combine is Combine.SUM:
            return sum(figures, Decimal(0))
        return max(figures) if target.combine is Combine.MAX else min(figures)

    def _verdict(self, item: Item, target: Target) -> str:
        """Of the whole target; where each unit has its own part, the worst of theirs.

        While a unit's share is out, a sum is only judged where it is enough already.
        """
        rows = [t for t in self.targets if t.target is target and t.item is item]
        if target.combine is Combine.EACH:
            said = [t.verdict for t in rows]
            return next((v for v in _WORST_VERDICT_FIRST if v in said), "") if all(said) else ""
        required = time_requirement(target, self.period)
        whole = verdict(target, target.goal, self._figure(item, target), required)
        complete = all(t.figure is not None for t in rows)
        return whole if complete or whole == REACHED else ""

    def _beyond(self, item: Item, target: Target) -> bool:
        figure, goal = self._figure(item, target), target.goal.minimum
        return figure is not None and goal is not None and figure > goal

    def _reasons(self, item: Item, judged: list[tuple[Target, str]]) -> Iterator[str]:
        """What is behind time, in words: 新改扩建幼儿园 2 所，序时要求 4 所."""
        for target, said in judged:
            if said in (SLOW, NOT_STARTED):
                figure = self._figure(item, target) or Decimal(0)
                required = time_requirement(target, self.period) or target.goal.number or Decimal(0)
                shown = f"{_short(required)}{target.measure}"
                yield f"{target.name} {_short(figure)}{target.measure}，序时要求 {shown}"

    def _word(self, item: Item) -> ItemClass | None:
        """The reporter's own word on the item."""
        for unit in self._reporters(item):
            row = self.settled.row(unit, self.office.form.status.sheet, item.id)
            for column in self.office.form.status.answers:
                value = row.checked.values.get(column.key) if row else None
                if column.answer == "choice" and isinstance(value, str):
                    return ItemClass(value)
        return None

    def _obstacles(self, item: Item) -> Iterator[tuple[str, str]]:
        for unit in self._reporters(item):
            row = self.settled.row(unit, self.office.form.status.sheet, item.id)
            for column in self.office.form.status.answers:
                if row and column.answer == "text" and column.key in row.chosen.answers:
                    yield unit, row.chosen.answers[column.key].text

    def _reporters(self, item: Item) -> tuple[str, ...]:
        group = self.office.programme.groups.get(item.reporter)
        return group.members if group and group.members else (item.reporter,)


def _short(number: Decimal) -> str:
    return plain(round(number, 2))
