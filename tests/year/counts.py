"""The plain model: facts → what must count, after the design's “What counts”.

It looks at no workbook and at nothing of the program; every rule is the shortest that says it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from .facts import Content, Facts, Memory, Row, Said
from .plan import Plan

NIL = ("零报告", "本季度无进展", "本期无此项工作")
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Return:
    """A file that is somebody's return of some quarter, as far as is known now."""

    content: Content
    memory: Memory
    unit: str
    quarter: str
    arrival: datetime
    told: datetime | None  # 收到时间 in 登记

    @property
    def age(self) -> tuple[datetime, datetime, str]:
        """Newest by 登记, else by last saving, else by arrival; then by arrival; then by path."""
        return (
            self.told or self.content.saved or self.arrival,
            self.arrival,
            min(self.memory.paths),
        )


@dataclass(frozen=True)
class Chosen:
    """What counts for one row: column → what was said and in which file."""

    cells: dict[str, tuple[Said, str]] = field(default_factory=dict)
    proxy: str = ""

    def text(self, column: str) -> str:
        return self.cells[column][0].text if column in self.cells else ""

    @property
    def files(self) -> set[str]:
        return {sha for _, sha in self.cells.values()}


@dataclass(frozen=True)
class Counting:
    """One quarter of the year as it stands."""

    plan: Plan
    facts: Facts
    quarter: str
    then: dict[str, Plan] = field(default_factory=dict)  # the programme of earlier quarters
    now: Plan | None = None  # the programme as it is today, where that is another

    def plan_in(self, quarter: str) -> Plan:
        """The programme by which a quarter goes; where none is known, that of the one looked at."""
        return self.then.get(quarter, self.now or self.plan) if quarter else self.plan

    @cached_property
    def known(self) -> tuple[Return, ...]:
        """Every file that is a return whose unit and quarter are beyond doubt, void ones not."""
        return tuple(self._known())

    def _known(self) -> Iterable[Return]:
        for sha, memory in self.facts.memory.items():
            content = self.facts.contents[sha]
            if content.kind != "return" or self.facts.void(sha):
                continue
            unit, quarter = self.whose(content, memory)
            if self.holds(unit, quarter):
                told = self.facts.decision(sha).arrival
                yield Return(content, memory, unit, quarter, self.facts.arrival(sha), told)

    def holds(self, unit: str, quarter: str) -> bool:
        """Whether the unit has a form in that quarter; a file of one that has none is asked about."""
        return unit in self._holders.get(quarter, ())

    @cached_property
    def _holders(self) -> dict[str, set[str]]:
        return {q: set(self.plan_in(q).holders(q)) for q in self.plan.quarters}

    def whose(self, content: Content, memory: Memory) -> tuple[str, str]:
        """Unit and quarter: by 登记, else by the clerk's folder, else by what the file says."""
        unit, quarter = content.unit, content.quarter
        around = folders(memory)
        quarter = next((f for f in reversed(around) if f in self.plan.quarters), quarter)
        said = self.facts.decision(content.sha)
        quarter = said.quarter or quarter
        for folder in around:
            unit = self._named(folder, quarter) or unit
        plan = self.plan_in(quarter)
        # A unit that was several in that quarter is none of them by its name alone.
        told = said.unit if plan.heir(said.unit) in plan.units else ""
        return plan.heir(told or unit), quarter

    def _named(self, name: str, quarter: str) -> str:
        """The unit that bears the name in a quarter, else bore or will bear it."""
        plans = (self.plan_in(quarter), self.now or self.plan, *self.then.values())
        return next(
            (
                known.key
                for plan in plans
                for known in plan.units.values()
                if name in (known.name, *known.aliases, *known.formerly)
            ),
            "",
        )

    @cached_property
    def returns(self) -> list[Return]:
        """The valid returns of the quarter, newest first."""
        found = [r for r in self.known if r.quarter == self.quarter and self._valid(r)]
        return sorted(found, key=lambda r: r.age, reverse=True)

    def _valid(self, ret: Return) -> bool:
        """Whether it holds an answer that somebody is asked for."""
        return any(
            self.facts.said(ret.content, row) and self.owes(self.speaks(ret.content, ret.unit, row))
            for row in ret.content.rows
        )

    def returns_of(self, unit: str) -> list[Return]:
        """Those in which the unit speaks for itself, newest first."""
        return [
            ret for ret in self.returns
            if any(self.facts.said(ret.content, row) and key[0] == unit and self.owes(key)
                   for row in ret.content.rows
                   for key in [self.speaks(ret.content, ret.unit, row)])
            and ret.unit == unit
        ]  # fmt: skip

    @cached_property
    def rows(self) -> dict[Key, list[tuple[Return, Row]]]:
        """Every row that says something, newest first, by what it speaks for."""
        found: dict[Key, list[tuple[Return, Row]]] = {}
        for ret in self.returns:
            for row in ret.content.rows:
                key = self.speaks(ret.content, ret.unit, row)
                if self.facts.said(ret.content, row) and self.owes(key):
                    found.setdefault(key, []).append((ret, row))
        return found

    @cached_property
    def _duties(self) -> set[tuple[str, str]]:
        return {(unit, item.key) for item, unit, _ in self.plan.duties(self.quarter)}

    def owes(self, key: Key) -> bool:
        """Whether the unit has a part in the item; else what it says counts nowhere, and is asked."""
        return (key[0], key[2]) in self._duties

    def chosen(self, unit: str, sheet: str, item: str, target: str = "") -> Chosen:
        """The newest answers of one row: the unit's own, else another's for it."""
        rows = self.rows.get((unit, sheet, item, target), [])
        own = [(ret, row) for ret, row in rows if ret.unit == unit]
        cells: dict[str, tuple[Said, str]] = {}
        for ret, row in own or rows:
            for column, said in row.cells.items():
                cells.setdefault(column, (said, ret.content.sha))
        return Chosen(cells, "" if own or not rows else rows[0][0].unit)

    @cached_property
    def blank(self) -> set[Key]:
        """Rows that a valid return has and leaves empty."""
        return {
            self.speaks(ret.content, ret.unit, row) for ret in self.returns for row in ret.content.rows
            if not self.facts.said(ret.content, row)
        }  # fmt: skip

    def speaks(self, content: Content, unit: str, row: Row) -> Key:
        """What a row speaks for; the file's own unit is whoever the file turned out to be of."""
        own = row.unit == (content.unit or content.of)
        return (unit if own else self.plan.heir(row.unit), row.sheet, row.item, row.target)

    def everything(self) -> dict[tuple[str, ...], str]:
        """Every answer that counts: unit, sheet, item, target, column → text."""
        return {
            (*key, column): said.text
            for key in self.rows
            for column, (said, _) in self.chosen(*key).cells.items()
        }

    def figure(self, unit: str, item: str, target: str) -> Said | None:
        cells = self.chosen(unit, "targets", item, target).cells
        return cells["figure"][0] if "figure" in cells else None

    @cached_property
    def earlier(self) -> list[Counting]:
        """The quarters before, the latest first."""
        found = [q for q in self.plan.quarters if q < self.quarter]
        return [
            Counting(self.plan_in(q), self.facts, q, self.then, self.now) for q in reversed(found)
        ]

    def were(self, unit: str) -> list[str]:
        """The unit, and those that became part of it."""
        return [unit, *(u for u, heir in self.plan.heirs.items() if heir == unit)]

    def last_figure(self, unit: str, item: str, target: str) -> Decimal | None:
        """上期累计: what the unit last reported."""
        for quarter in self.earlier:
            for name in self.were(unit):
                said = quarter.figure(name, item, target)
                if said and said.figure is not None:
                    return said.figure
        return None

    def last_text(self, unit: str, item: str) -> str:
        """完成时限 carries over from the unit's own last answer."""
        for quarter in self.earlier:
            for name in self.were(unit):
                if text := quarter.chosen(name, "annex", item).text("deadline"):
                    return text
        return ""

    def done_before(self, item: str) -> bool:
        """Whether the item was reported 已完成 and has not been reopened."""
        return False


def folders(memory: Memory) -> tuple[str, ...]:
    """The folders that a file's copies lie in, or last lay in."""
    return tuple(folder for path in memory.last for folder in path.split("/")[:-1])


def is_nil(text: str) -> bool:
    return text.startswith(NIL)


def day_after(arrival: datetime, due: date | None) -> bool | None:
    """逾期; None where nothing is late."""
    return None if due is None else arrival.date() > due
