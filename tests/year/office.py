"""The collecting office and its units on a real workspace: what they do is done on disk, by the
program where it is the program's, and noted as facts."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from shishi_xl.consolidate import consolidate
from shishi_xl.generate import generate
from shishi_xl.summary import Summary
from shishi_xl.unit_form import UnitForm
from shishi_xl.workspace import Workspace

from . import fast
from .book_edit import Grid, Typed, open_form
from .counts import Counting
from .expected import Expected
from .facts import Content, Copy, Facts, Row, Said
from .plan import ENDS, Plan, before

CHINA = timezone(timedelta(hours=8))
T = TypeVar("T")
_CODE = re.compile(r"[0-9A-Z]{5}-\w{4}-[0-9A-Z]{7}-\d\d")
ANNEX, TARGETS, STATUS = "工作进展情况报表", "量化指标", "进展状态"


def _nothing(_: Callable[[], object]) -> None:
    """Nobody disturbs the command."""


@dataclass(frozen=True)
class Line:
    """One row of a form as it went out. `shown`: the item's name, or item's and target's."""

    sheet: str  # annex, targets, status
    item: str
    target: str
    shown: tuple[str, ...]
    carried: Mapping[str, str]  # column → what the form came with
    last: Decimal | None = None


@dataclass
class Sent:
    """A unit's form as generated once: what the office expects of it, and the program's own."""

    unit: str
    quarter: str
    called: str
    lines: tuple[Line, ...]
    form: UnitForm | None = None
    file: Path | None = None

    @property
    def code(self) -> str:
        """The code that it shows, which another version of it may show too."""
        if self.form:
            return self.form.code.written
        texts = open_form(self.bytes())[ANNEX].texts.values()
        return next(found[0] for text in texts if (found := _CODE.search(text)))

    def bytes(self) -> bytes:
        if self.form:
            return fast.opened(self.form)
        assert self.file
        return self.file.read_bytes()


@dataclass
class Office:
    """A workspace in the middle of its year."""

    root: Path
    plan: Plan
    now: datetime
    quarter: str
    facts: Facts = field(default_factory=Facts)
    sent: dict[tuple[str, str], list[Sent]] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    step: int = 0
    count: int = 0
    wishes: list[str] = field(default_factory=list)  # quarters to be looked at again
    ran: dict[str, Plan] = field(default_factory=dict)  # the programme when a quarter last ran
    then: dict[str, Plan] = field(default_factory=dict)  # of quarters that a later one ended
    finals: dict[str, list[dict[tuple[str, ...], str]]] = field(default_factory=dict)
    frozen: dict[Path, bytes] = field(default_factory=dict)  # the files in 定稿/
    before_run: Callable[[Callable[[], object]], None] = _nothing  # told of each command
    kept: dict[str, bytes] = field(default_factory=dict)  # the unit's own copy of what it sent
    noted: bool = False  # whether a number was written into 登记.xlsx that no run has read
    quick: bool = True

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def today(self) -> date:
        return self.now.date()

    def next_number(self) -> int:
        """A number that nothing before had."""
        self.count += 1
        return self.count

    def counting(self, quarter: str = "") -> Counting:
        quarter = quarter or self.quarter
        return Counting(self.plan_in(quarter), self.facts, quarter, self.then, self.plan)

    def plan_in(self, quarter: str) -> Plan:
        """The programme of a quarter: as it last ran, once a later quarter's forms went out."""
        return self.then.get(quarter, self.plan)

    def compares(self, quarter: str) -> None:
        """A look, and everything that it shows otherwise than the model."""
        from .compare import differences

        summary, expected = self.looks(quarter)
        at = f"{self.step} {self.today} {quarter}"
        self.differences += (f"{at} {d}" for d in differences(self, summary, expected))

    def reads_notes(self) -> None:
        """A number in 登记.xlsx is an item's of now: it is read before items are given others."""
        if self.noted:
            self.compares(self.quarter)

    # What the office does with the program.

    def runs(self, command: Callable[[], T]) -> T:
        """One command; whoever wants to disturb it may."""
        self.before_run(command)
        return command()

    def writes_items(self) -> None:
        (self.root / "items.yaml").write_bytes(self.plan.yaml())

    def sends(self, quarter: str, unit: str = "") -> None:
        """Generate the forms of a quarter, or one unit's."""
        for earlier, plan in self.ran.items():
            if earlier < quarter:
                self.then.setdefault(earlier, plan)
        self.ran[quarter] = self.plan.copy()
        name = self.plan.units[unit].called(quarter) if unit else None
        made = self.runs(lambda: generate(self.workspace, quarter, name, self.today))
        self.differences += made.faults
        for key in [unit] if unit else self.plan.holders(quarter):
            called = self.plan.units[key].called(quarter)
            sent = Sent(key, quarter, called, self._lines(key, quarter))
            if called not in made.files:
                self.differences.append(f"generate {quarter}: no form for {called}")
                continue
            if self.quick:
                sent.form = fast.unopened[called, quarter]
            else:
                keep = self.root.parent / f"{self.root.name}-{self.next_number()}.xlsx"
                keep.write_bytes(made.files[called].read_bytes())
                sent.file = keep
            self.sent.setdefault((quarter, key), []).append(sent)
            for line in sent.lines:
                if deadline := line.carried.get("deadline"):
                    self.facts.carried.setdefault((sent.code, line.item), set()).add(deadline)

    def _lines(self, unit: str, quarter: str) -> tuple[Line, ...]:
        """What the unit's form must ask, and what it must come with."""
        counting = self.counting(quarter)
        found = []
        for item, holder, role in self.plan.duties(quarter):
            if holder != unit:
                continue
            deadline = counting.last_text(unit, item.key)
            carried = {"deadline": deadline} if deadline else {}
            found.append(Line("annex", item.key, "", (item.name,), carried))
            for target in item.targets:
                if unit in self.plan.reports(item, target):
                    last = counting.last_figure(unit, item.key, target.key)
                    shown = (item.name, target.name)
                    found.append(Line("targets", item.key, target.key, shown, {}, last))
            reporter = self.plan.groups.get(item.reporter, (item.reporter,))
            if unit in reporter and role != "support":
                done = {"status": "已完成"} if counting.done_before(item.key) else {}
                found.append(Line("status", item.key, "", (item.name,), done))
        return tuple(found)

    def looks(self, quarter: str) -> tuple[Summary, Expected]:
        """Consolidate, and what must have come of it."""
        done = self.runs(lambda: consolidate(self.workspace, quarter, self.today))
        self.differences += done.faults
        self.facts.look(self.today)
        self.noted = False
        self.ran[quarter] = self.plan_in(quarter).copy()
        return done.summary, Expected(self.counting(quarter), self.today)

    # Files.

    def puts(
        self, content: Content, data: bytes, path: str, since: datetime | None = None
    ) -> Content:
        """Save a file into inbox/ under a name, with its own time."""
        self.facts.contents[content.sha] = content
        self.kept[content.sha] = data
        self._writes(path, data, since or self.now)
        self.facts.copies[path] = Copy(path, content.sha, self._whole(since or self.now))
        return content

    def _writes(self, path: str, data: bytes, since: datetime) -> None:
        file = self.inbox / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        moment = since.replace(tzinfo=CHINA).timestamp()
        os.utime(file, (moment, moment))

    @staticmethod
    def _whole(moment: datetime) -> datetime:
        return moment.replace(microsecond=0)

    def moves(self, path: str, to: str) -> None:
        target = self.inbox / to
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.inbox / path).rename(target)
        copy = self.facts.copies.pop(path)
        self.facts.copies[to] = Copy(to, copy.sha, copy.since)

    def copies(self, path: str, to: str) -> None:
        """The same bytes under another name, with the time of now."""
        sha = self.facts.copies[path].sha
        self.puts(self.facts.contents[sha], (self.inbox / path).read_bytes(), to)

    def deletes(self, path: str) -> None:
        (self.inbox / path).unlink()
        del self.facts.copies[path]

    def form(self, quarter: str, unit: str, pick: int = 0) -> Sent | None:
        """A form that the unit was sent for a quarter; 0 is the newest."""
        every = self.sent.get((quarter, unit), [])
        return every[-1 - pick % len(every)] if every else None

    def due(self, quarter: str) -> date:
        return self.plan.due_day(quarter) or ENDS[quarter]


def sha_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Pen:
    """One form being filled: rows are found by the names that the sheet shows."""

    def __init__(self, sent: Sent) -> None:
        self.sent = sent
        self.data = sent.bytes()
        self.grids = open_form(self.data)
        self.typed = Typed(self.data, {}, set())
        self.answers: dict[tuple[str, str, str], dict[str, Said]] = {}
        for line in sent.lines:
            kept = {
                column: Said(text, self.place(line, column)[2], None, carried=True)
                for column, text in line.carried.items()
            }
            self.answers[line.sheet, line.item, line.target] = kept

    def place(self, line: Line, column: str) -> tuple[str, int, str]:
        """Sheet, row and address of a cell to fill."""
        sheet = {"annex": ANNEX, "targets": TARGETS, "status": STATUS}[line.sheet]
        grid = self.grids[sheet]
        head, _ = grid.find("序号")
        row = self._row(grid, line, head)
        at = self.column(grid, column, head)
        return sheet, row, f"{at}{row}"

    @staticmethod
    def column(grid: Grid, column: str, head: int) -> str:
        begins = {"progress": "本季度具体措施", "deadline": "完成时限", "figure": "本期累计完成",
                  "status": "状态", "obstacle": "存在问题", "name": "实事名称", "target": "指标",
                  "last": "上期累计"}[column]  # fmt: skip
        return next(
            c for (r, c), text in grid.texts.items() if r == head and text.startswith(begins)
        )

    def _row(self, grid: Grid, line: Line, head: int) -> int:
        names = [self.column(grid, c, head) for c in ("name", "target")[: len(line.shown)]]
        rows = {r for r, _ in grid.texts if r > head}
        found = [
            r for r in sorted(rows)
            if tuple(grid.texts.get((r, c), "") for c in names) == line.shown
        ]  # fmt: skip
        if not found:
            raise LookupError(f"no row {line.shown} in the form of {self.sent.called}")
        return found[0]

    def types(self, line: Line, column: str, text: str, figure: Decimal | None = None) -> None:
        """Fill one cell; "" empties it."""
        sheet, row, cell = self.place(line, column)
        self.typed.cells[sheet, row, cell.rstrip("0123456789")] = text
        answers = self.answers[line.sheet, line.item, line.target]
        answers.pop(column, None)
        if text:
            answers[column] = Said(text, cell, figure)

    def deletes(self, line: Line) -> None:
        """Delete a row with everything in it."""
        column = {"annex": "progress", "targets": "figure", "status": "status"}[line.sheet]
        sheet, row, _ = self.place(line, column)
        self.typed.gone.add((sheet, row))
        self.answers.pop((line.sheet, line.item, line.target), None)

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(self.sent.unit, sheet, item, target, dict(cells))
            for (sheet, item, target), cells in self.answers.items()
        )

    def saves(self, saved: datetime | None) -> tuple[Content, bytes]:
        data = self.typed.bytes(saved)
        kind = "return"
        content = Content(
            sha_of(data),
            kind,
            self.sent.unit,
            self.sent.quarter,
            saved,
            self.rows(),
            form=id(self.sent),
            code=self.sent.code,
        )
        return content, data


def quarter_before(office: Office) -> str:
    return before(office.quarter)
