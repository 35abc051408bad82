"""What a check looks at: one row as a unit wrote it, with all that stands round it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from ..catalogue import RULES
from ..form import Form, Table
from ..joint import joint_figure
from ..model import Item, Programme
from ..names import fold_words
from ..period import Period
from ..problems import Place, Problem
from ..returns import Answer
from ..target import Target
from .said.ties import Reader
from .written import Dated, Key, Written


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier period's rows as they stand now, corrections and all."""

    period: Period
    rows: Mapping[Key, Written]


@dataclass(frozen=True)
class Case:
    """All that was written for one period. `before`: earlier periods, newest first."""

    programme: Programme
    form: Form
    period: Period
    rows: Mapping[Key, Written]
    before: tuple[Earlier, ...] = ()

    @cached_property
    def by_item(self) -> Mapping[str, tuple[Written, ...]]:
        """Item → its annex rows, of all units that wrote one."""
        found: dict[str, list[Written]] = {}
        for row in self.rows.values():
            if row.table.rows == "item":
                found.setdefault(row.item.id, []).append(row)
        return {item: tuple(rows) for item, rows in found.items()}

    @cached_property
    def texts(self) -> Mapping[str, tuple[Written, ...]]:
        """Folded text → the annex rows that say it."""
        found: dict[str, list[Written]] = {}
        for rows in self.by_item.values():
            for row in rows:
                found.setdefault(fold_words(row.text), []).append(row)
        return {text: tuple(rows) for text, rows in found.items()}

    @cached_property
    def by_unit(self) -> Mapping[str, tuple[Written, ...]]:
        """Unit → its annex rows."""
        found: dict[str, list[Written]] = {}
        for rows in self.by_item.values():
            for row in rows:
                found.setdefault(row.unit, []).append(row)
        return {unit: tuple(rows) for unit, rows in found.items()}

    @cached_property
    def deadlines(self) -> Mapping[str, tuple[Dated, ...]]:
        """Item → its annex rows with a deadline, in the order of `by_item`."""
        found = {i: ((r, r.deadline) for r in rows) for i, rows in self.by_item.items()}
        return {i: tuple((r, *d) for r, d in rows if d) for i, rows in found.items()}

    @cached_property
    def earliest(self) -> Mapping[str, date]:
        """Item → the earliest deadline that any unit gives for it."""
        return {i: min(day for *_, day in rows) for i, rows in self.deadlines.items() if rows}

    @cached_property
    def figures(self) -> Mapping[tuple[str, str, Decimal], Written]:
        """Item, target and figure → the first of its units that reports it."""
        found: dict[tuple[str, str, Decimal], Written] = {}
        for item in self.programme.items:
            for row in self.target_rows(item):
                if row.target and row.main and row.figure is not None:
                    found.setdefault((item.id, row.target.id, row.figure), row)
        return found

    @cached_property
    def wholes(self) -> Mapping[tuple[str, str], Decimal | None]:
        """Item and target → what its units report together; None while a part is not known."""
        return {(i.id, t.id): self._whole(i, t) for i in self.programme.items for t in i.targets}

    def _whole(self, item: Item, target: Target) -> Decimal | None:
        rows = (self.target_row(unit, item, target) for unit in target.shares)
        figures = [row.figure if row else None for row in rows]
        return None if None in figures else joint_figure(target, figures)

    @cached_property
    def readers(self) -> Mapping[str, Reader]:
        """Item → who reads texts about it."""
        every = self.programme
        return {i.id: Reader(i, self.period, every.level) for i in every.items}

    def row(self, unit: str, sheet: str, item: str, target: str = "") -> Written | None:
        return self.rows.get((unit, sheet, item, target))

    def last(self, row: Written) -> tuple[Period, Written] | None:
        """The same row in the nearest earlier period that has an answer in it."""
        key = (row.unit, row.table.sheet, row.item.id, row.target.id if row.target else "")
        for earlier in self.before:
            found = earlier.rows.get(key)
            if found and found.main:
                return earlier.period, found
        return None

    def text_row(self, unit: str, item: str) -> Written | None:
        """The unit's annex row for an item."""
        return self.row(unit, self.form.annex.sheet, item)

    def target_rows(self, item: Item) -> Iterator[Written]:
        """The rows of an item's targets, of all units that report one."""
        return (row for t in item.targets for u in t.shares if (row := self.target_row(u, item, t)))

    def target_row(self, unit: str, item: Item, target: Target) -> Written | None:
        """A unit's row for one of an item's targets."""
        return self.row(unit, self.form.targets.sheet, item.id, target.id)

    def status_row(self, item: Item) -> Written | None:
        """The row in which the item's reporter says how it stands."""
        return self.row(item.reporter, self.form.status.sheet, item.id)

    def status(self, item: Item) -> str:
        """已完成, 推进缓慢, … as the item's reporter says; "" where it does not."""
        row = self.status_row(item)
        said = row.value_of("choice") if row else None
        return str(said[1]) if said else ""

    def obstacle(self, item: Item) -> str:
        """存在问题 as the item's reporter says."""
        row = self.status_row(item)
        column = row.column("text") if row else None
        answer = row.answers.get(column.key) if row and column else None
        return answer.text if answer else ""

    def done_before(self, item: Item) -> bool:
        """Whether the item was reported 已完成 in an earlier period and is not reopened."""
        for earlier in self.before:
            row = earlier.rows.get((item.reporter, self.form.status.sheet, item.id, ""))
            if row and (said := row.value_of("choice")):
                return said[1] == "已完成" and self.status(item) in ("", "已完成")
        return False


@dataclass(frozen=True, slots=True)
class Subject:
    """One row to be checked, and the case that it belongs to."""

    case: Case
    row: Written

    @property
    def programme(self) -> Programme:
        return self.case.programme

    @property
    def period(self) -> Period:
        return self.case.period

    @property
    def table(self) -> Table:
        return self.row.table

    @property
    def target(self) -> Target | None:
        return self.row.target

    @property
    def last(self) -> tuple[Period, Written] | None:
        return self.case.last(self.row)

    def limit(self, code: str, name: str) -> Decimal:
        """A rule's threshold: as items.yaml sets it, else the catalogue's."""
        setting = self.programme.checks.get(code)
        known = setting.limits.get(name) if setting else None
        return RULES[code].limits[name].default if known is None else known

    def problem(
        self, code: str, answer: Answer | Place, *beside: Place, **words: object
    ) -> Problem:
        """A problem at an answer, or at a cell that was left empty."""
        place, found = (answer, "") if isinstance(answer, Place) else (answer.place, answer.text)
        details = tuple((k, str(v)) for k, v in words.items())
        unit, item = self.row.unit, self.row.item.id
        return Problem(RULES[code], place, found, unit, item, details, beside)
