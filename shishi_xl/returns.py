"""Returns as they pass through the stages: region → witnesses → part → entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from .copies import StampedPage
from .form import Column, Table
from .kinds import CellValue
from .ledger_state import Content
from .marks import RowId, parse_row_id
from .period import Period
from .problems import Place, Problem
from .register import Decision, Explanation
from .sheets import Refusal, Sheet

Question = Literal["unit", "period"]
CLERK = ("登记", "文件夹")  # witnesses that go before every other, in this order
Marked = tuple[tuple[str, ...], Period]  # the units that a code may mean, mostly one


@dataclass(frozen=True, slots=True)
class Region:
    """A table found on a sheet. Rows are zero-based; `start` to `head` is above the table.

    `columns`: column key → sheet column. `doubles`: key → the columns that claim it equally.
    A `table` of None: rows with marks, but no header.
    """

    sheet: Sheet
    table: Table | None
    start: int
    head: int
    body: int
    end: int
    columns: Mapping[str, int] = field(default_factory=dict)
    doubles: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> range:
        """The rows below the header."""
        return range(self.body, self.end)

    def holds(self, row: int) -> bool:
        """Whether a row is its: the lines above the table too, and all below a sheet's last one."""
        return self.start <= row and (row < self.end or self.end == len(self.sheet.rows))

    def at(self, column: Column) -> int | None:
        return self.columns.get(column.key)

    def text(self, row: int, column: Column) -> str:
        """The row's text under a column; "" where the column is absent."""
        at = self.at(column)
        return "" if at is None else self.sheet.text(row, at)

    def fixed(self, row: int, source: str) -> str:
        """The row's text in the column of this source."""
        column = (
            next((c for c in self.table.fixed if c.source == source), None) if self.table else None
        )
        return self.text(row, column) if column else ""

    def row_ids(self, row: int) -> tuple[RowId, ...]:
        """The marks that stand in a row, wherever."""
        return row_ids(self.sheet, row)


def row_ids(sheet: Sheet, row: int) -> tuple[RowId, ...]:
    """The row ids that stand in a row, each once, whatever the column."""
    if row >= len(sheet.rows):
        return ()
    cells = (c for c in sheet.rows[row] if isinstance(c, str) and "/" in c and len(c) < 40)
    found = (parse_row_id(text) for text in cells)
    return tuple(dict.fromkeys(mark for mark in found if mark))


@dataclass(frozen=True, slots=True)
class Witness:
    """One sign of whose or which period's a table is. `says`: every name that it may mean."""

    source: str
    question: Question
    says: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.source}：{'、'.join(self.says)}"


@dataclass(frozen=True, slots=True)
class Whose:
    """What witnesses come to: unit and period, or "" and None with the questions to a person.

    `basis`: the sources for each, as 认定依据 has them.
    """

    unit: str = ""
    period: Period | None = None
    basis: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A table whose unit and period are known. `basis` is 认定依据.

    `marked`: what its own marks name, where a folder says otherwise.
    """

    region: Region
    unit: str
    period: Period
    basis: str
    marked: Marked | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a workbook turned out to hold. `foreign`: the code of another programme's form."""

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit wrote in one column for one item, verbatim, and where. `raw`: the cell's value."""

    text: str
    raw: CellValue
    places: tuple[Place, ...]

    @property
    def place(self) -> Place:
        return self.places[0]


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit's row for one item (or target): column key → answer, empty ones left out.

    `proxy` names the unit in whose file it stood, where that is another (代报).
    `seen`: every answer column that the return had, filled or empty, with its cell. `said`:
    whether anything is filled in beside what the form carries over from last period by itself.
    """

    unit: str
    period: Period
    sheet: str
    item: str
    target: str
    answers: Mapping[str, Answer]
    seen: Mapping[str, Place]
    proxy: str = ""
    said: bool = True


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a part holds, and whose it is. `basis` is 认定依据; `sign_off`: label → text."""

    unit: str
    period: Period
    basis: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    sign_off: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Return:
    """One return and all that was made out of it. `path` is the name that its places bear.

    `questions` are about the file as a whole; `witnesses` what was found to settle them by.
    `foreign`: the code of another programme's form. `unproven`, `unlooked`: as in `Book`.
    `explanations`: what the unit wrote in 审核意见. `top`: the content of the file in inbox/ that
    it came in, itself or an archive or mail. `decision`: what the clerk wrote of it, or of that.
    `letter`: what the mail said that it came with. `stamped`: the pages of a PDF or picture.
    """

    content: Content
    path: str
    present: bool
    refusal: Refusal | None = None
    saved: datetime | None = None
    questions: tuple[Problem, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    foreign: str = ""
    unproven: str = ""
    unlooked: bool = False
    extractions: tuple[Extraction, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    top: str = ""
    decision: Decision | None = None
    letter: str = ""
    stamped: tuple[StampedPage, ...] = ()

    @property
    def age(self) -> tuple[datetime, datetime, str]:
        """What “newest” goes by: the clerk's time, last saving, arrival; then arrival; then path."""
        told = self.decision.arrival if self.decision else None
        return (told or self.saved or self.content.arrival, self.content.arrival, self.path)

    @property
    def counts(self) -> bool:
        return not self.content.void

    @property
    def periods(self) -> tuple[Period, ...]:
        return tuple(dict.fromkeys(x.period for x in self.extractions))

    @property
    def stamped_periods(self) -> tuple[Period, ...]:
        """The periods of its stamped pages."""
        return tuple(dict.fromkeys(page.period for page in self.stamped if page.period))

    @property
    def on_paper(self) -> bool:
        """Whether it is, or may be, a stamped copy: whatever is asked of it, no answer waits."""
        return bool(self.stamped) or (self.refusal is not None and self.refusal.code == "P02")

    @property
    def dropped(self) -> bool:
        """Whether it could not be read and was deleted: there is nothing to decide about.

        One whose copy in the ledger is gone could be read once, and is asked about.
        """
        return self.refusal is not None and not (self.present or self.refusal.lost)

    @property
    def asked(self) -> bool:
        """Whether a person must decide about the file as a whole: nothing in it is known yet."""
        unread = self.refusal is not None and bool(self.refusal.code)
        questions = self.questions
        if self.stamped and not self.foreign:  # whose some pages are is known
            questions = tuple(q for q in questions if q.rule.asks)
        return self.counts and not self.extractions and (unread or bool(questions))

    def said(self, question: Question) -> tuple[set[str], ...]:
        """What each witness says of whose, or of which period, it is; where the clerk has a word,
        that alone."""
        asked = [w for w in self.witnesses if w.question == question]
        word = next((w for source in CLERK for w in asked if w.source == source), None)
        return tuple(set(w.says) for w in ([word] if word else asked))

    def may_be_of(self, period: Period) -> bool:
        """Whether a file that is asked about concerns the period's clerk: it lies in the inbox, or
        it came after the period before."""
        return self.asked and (self.present or self.content.arrival.date() > period.previous.end)

    def entries(self, period: Period) -> tuple[Entry, ...]:
        return tuple(e for x in self.extractions if x.period == period for e in x.entries)

    def problems(self, period: Period) -> tuple[Problem, ...]:
        """What is doubtful in its tables of this period, and in the file as a whole."""
        own = (p for x in self.extractions if x.period == period for p in x.problems)
        return (*self.questions, *own)
