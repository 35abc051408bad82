"""What counts → 量化指标, and how each item stands against its targets, time and its reporter's word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ..checks import Case, near, stated
from ..history import History
from ..joint import joint_figure, joint_verdict, unit_verdict
from ..kinds import plain
from ..model import Item, Programme
from ..problems import Place
from ..progress import (
    NOT_DUE,
    NOT_STARTED,
    ON_SCHEDULE,
    REACHED,
    SLOW,
    Part,
    Stand,
    due,
    is_beyond,
    part_of,
    rate,
    requirement,
    shown,
    verdict,
    whole,
)
from ..settle import case_of
from ..summary import DetailRow, ItemClass, ItemRow, Reason, TargetRow
from ..target import Combine, Target

_CLASS = {
    REACHED: ItemClass.DONE,
    ON_SCHEDULE: ItemClass.ON_SCHEDULE,
    NOT_DUE: ItemClass.ON_SCHEDULE,
    SLOW: ItemClass.SLOW,
    NOT_STARTED: ItemClass.NOT_STARTED,
}
_LAGGING = (ItemClass.NOT_STARTED, ItemClass.SLOW)
_WORST_FIRST = (*_LAGGING, ItemClass.ON_SCHEDULE, ItemClass.DONE)


@dataclass(frozen=True)
class Judged:
    """One period's targets and items."""

    history: History
    details: tuple[DetailRow, ...]

    @property
    def programme(self) -> Programme:
        return self.history.office.programme

    @cached_property
    def items(self) -> tuple[ItemRow, ...]:
        return tuple(self._item(i) for i in self.programme.items_in(self.history.now.period))

    @cached_property
    def targets(self) -> tuple[TargetRow, ...]:
        return tuple(
            self._target(item, target, unit)
            for item in self.programme.items_in(self.history.now.period)
            for target in item.targets
            for unit in target.shares
        )

    def _target(self, item: Item, target: Target, unit: str) -> TargetRow:
        sheet, now = self.history.office.form.targets, self.history.now
        row = now.row(unit, sheet.sheet, item.id, target.id)
        answer = row.chosen.answers.get(sheet.main.key) if row else None
        stand = self._stands(item, target)[unit]
        part = part_of(target, unit)
        return TargetRow(
            item,
            target,
            unit,
            last=self.history.before.figure(unit, item, target),
            figure=now.figure(unit, sheet.sheet, item.id, target.id),
            written=answer.text if answer else "",
            rate=rate(part, stand)
            if isinstance(stand, Decimal) and not target.is_pooled(unit)
            else None,
            requirement=requirement(target, unit, now.period),
            verdict=unit_verdict(target, unit, stand, self._verdict(item, target), now.period),
            in_text=self._in_text(item, target, unit),
            place=answer.place if answer else Place(),
            asked=self.history.done_since(item, unit) is None,
        )

    def _in_text(self, item: Item, target: Target, unit: str) -> str:
        """The figure as the unit's text has it, where its cell is empty or says otherwise."""
        found = stated(self._case, unit, item, target)
        figure = self.history.now.figure(
            unit, self.history.office.form.targets.sheet, item.id, target.id
        )
        if found is None or (figure is not None and near(figure, found.tie)):
            return ""
        return found.words

    @cached_property
    def _case(self) -> Case:
        return case_of(self.history.office, self.history.now)

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[DetailRow]]:
        found: dict[str, list[DetailRow]] = {}
        for row in self.details:
            if row.duty.owed:
                found.setdefault(row.duty.item.id, []).append(row)
        return found

    def _item(self, item: Item) -> ItemRow:
        rows = self._rows.get(item.id, ())
        obstacles = tuple(self._obstacles(item))
        if any(d.owed for d in rows) and self._is_silent(item, rows):
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
        if worst is ItemClass.NOT_STARTED and self._has_started(item, judged, word):
            worst = ItemClass.SLOW
        done = worst is ItemClass.DONE
        reasons = tuple(self._reasons(item, judged))
        behind = [u for r in reasons for u in r.units]
        if not behind or word in _LAGGING:
            behind += self._speaking(item)
        return ItemRow(
            item,
            worst,
            reasons,
            obstacles,
            ahead=done and self._is_ahead(item),
            beyond=done and any(self._is_beyond(item, t) for t in item.targets),
            behind=tuple(dict.fromkeys(behind)) if worst in _LAGGING else (),
        )

    def _has_started(
        self, item: Item, judged: list[tuple[Target, str]], word: ItemClass | None
    ) -> bool:
        """Whether any target has moved, or the reporter says so: such an item is behind, and it
        would be untrue to call it 未启动, whatever one of its targets is."""
        if word is not None:
            return word is not ItemClass.NOT_STARTED
        return any(
            said in (REACHED, ON_SCHEDULE, SLOW)
            or (said == NOT_DUE and any(self._stands(item, target).values()))
            for target, said in judged
        )

    def _is_silent(self, item: Item, rows: Sequence[DetailRow]) -> bool:
        """Whether nothing has come of it: no text, no status, no figure."""
        stands = (f for t in item.targets for f in self._stands(item, t).values())
        words = (self.history.word_now(u, item) for u in self.programme.reporters(item))
        told = any(d.answered or d.done_since for d in rows)
        return not told and not any(words) and all(f is None for f in stands)

    def _stands(self, item: Item, target: Target) -> Mapping[str, Stand]:
        return self._standing[item.id, target.id][0]

    def _verdict(self, item: Item, target: Target) -> str:
        """Of the whole target."""
        return self._standing[item.id, target.id][1]

    @cached_property
    def _standing(self) -> Mapping[tuple[str, str], tuple[Mapping[str, Stand], str]]:
        """(item, target) → what each of its units stands at, and how the whole stands.

        Once for a target, not once for each of its units: there may be hundreds.
        """
        period = self.history.now.period
        found: dict[tuple[str, str], tuple[Mapping[str, Stand], str]] = {}
        for item in self.programme.items_in(period):
            for target in item.targets:
                stands = {u: self.history.stand(u, item, target) for u in target.shares}
                said = joint_verdict(target, stands, period)
                found[item.id, target.id] = (stands, said)
        return found

    def _is_ahead(self, item: Item) -> bool:
        """提前: before the year's end, or by now since then."""
        if self.history.now.period.time_share < 1:
            return True
        earlier = self.history.before
        if not earlier.periods:
            return False
        figures = ((t, {u: earlier.last_stand(u, item, t) for u in t.shares}) for t in item.targets)
        reached = [joint_verdict(t, known, earlier.now.period) == REACHED for t, known in figures]
        return earlier.is_done(item) or (bool(reached) and all(reached))

    def _is_beyond(self, item: Item, target: Target) -> bool:
        known = [f for f in self._stands(item, target).values() if isinstance(f, Decimal)]
        if target.combine is Combine.EACH and len(target.shares) > 1:
            return len(known) == len(target.shares) and is_beyond(whole(target), min(known))
        figure = joint_figure(target, known)
        return figure is not None and is_beyond(whole(target), figure)

    def _reasons(self, item: Item, judged: list[tuple[Target, str]]) -> Iterator[Reason]:
        """What is behind time, in words: 新改扩建幼儿园 2所，序时要求 4所."""
        for target, said in judged:
            if said not in (SLOW, NOT_STARTED):
                continue
            known = {u: f for u, f in self._stands(item, target).items() if f is not None}
            own = {u: part_of(target, u) for u in known if not target.is_pooled(u)}
            slow = tuple(u for u, part in own.items() if self._lags(part, known[u]))
            apart = target.combine is Combine.EACH or len(known) < len(target.shares)
            if slow and (target.goal.text or (apart and len(target.shares) > 1)):
                for unit in slow:
                    yield Reason(self._reason(own[unit], known[unit]), (unit,))
            else:
                joint = joint_figure(target, known.values())
                yield Reason(self._reason(whole(target), joint), slow or tuple(target.shares))

    def _lags(self, part: Part, stand: Stand) -> bool:
        return verdict(part, stand, self.history.now.period) in (SLOW, NOT_STARTED)

    def _reason(self, part: Part, stand: Stand) -> str:
        target, period = part.target, self.history.now.period
        if isinstance(stand, str):
            return f"{target.name}（{part.goal.label}）：{stand}"
        wanted = due(part, period) or part.goal
        against = "年度目标" if period.time_share == 1 else "序时要求"
        figure, number = plain(stand or Decimal(0)), shown(wanted)
        text = number if isinstance(number, str) else plain(number)
        return f"{target.name} {figure}{target.measure}，{against} {text}{target.measure}"

    def _word(self, item: Item) -> ItemClass | None:
        """状态 as the item's reporter gives it, of several the worst; 已完成 only of all of them."""
        since = self.history.done_since(item)
        say = self.history.word if since else self.history.word_now
        reporters = self.programme.reporters(item)
        words = [w for u in reporters if (w := say(u, item)) in list(ItemClass)]
        worst = next((c for c in _WORST_FIRST if c.value in words), None)
        everybody = len(words) == len(reporters)
        return ItemClass.ON_SCHEDULE if worst is ItemClass.DONE and not everybody else worst

    def _speaking(self, item: Item) -> list[str]:
        """The reporters; of several those who say that it lags, if any do."""
        reporters = self.programme.reporters(item)
        lagging = [u for u in reporters if self.history.word_now(u, item) in _LAGGING]
        return lagging or list(reporters)

    def _obstacles(self, item: Item) -> Iterator[tuple[str, str]]:
        status = self.history.office.form.status
        for unit in self.programme.reporters(item):
            row = self.history.now.row(unit, status.sheet, item.id)
            for column in status.answers:
                if row and column.answer == "text" and column.key in row.chosen.answers:
                    yield unit, row.chosen.answers[column.key].text
