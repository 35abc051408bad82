"""A unit's contact: fills the form it was sent, damages it, saves what it sends back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from .desk import Desk, Program
from .office import Sent, unit_on
from .table import TARGET, UNFILLED, Table, tables
from .truth import DEADLINE, PROGRESS, Answer, Fate, Key, Truth
from .words import Words


@dataclass(frozen=True)
class Line:
    """A row of a table that holds answers."""

    row: int
    keys: tuple[Key, ...]

    @property
    def number(self) -> str:
        return self.keys[0].number


@dataclass
class Contact:
    """A person at work: what is open, what it answers, and which files it has sent so far."""

    program: Program
    sent: Sent
    unit: str
    partner: str  # another unit, whose form comes in the same file where a damage wants that
    rng: Random
    words: Words
    folder: Path
    suffix: str
    desk: Desk = field(init=False)
    truth: Truth = field(default_factory=dict)
    stem: str = field(init=False)
    files: list[str] = field(default_factory=list)
    beside: list[Desk] = field(default_factory=list)

    def __post_init__(self) -> None:
        form = self.sent.forms[self.unit]
        self.desk = self.program.open_book(form)
        self.truth = fill(self.desk, self.words)
        names = (
            form.stem,
            f"{self.unit}{self.sent.label}报表",
            f"{self.sent.title}（{self.unit}）",
        )
        self.stem = self.rng.choice((*names, "工作进展情况报表"))

    # Looking.

    @property
    def annex(self) -> Table:
        """The table with this period's answers; there may be others of earlier periods."""
        every = [t for t in tables(self.desk) if not t.of_targets]
        return next((t for t in every if self.lines(t)), every[0])

    @property
    def figures(self) -> Table | None:
        return next((t for t in tables(self.desk) if t.of_targets), None)

    def any_table(self, lines: int = 1) -> Table:
        """The annex, or now and then the targets where they have so many rows."""
        figures = self.figures
        if figures and len(self.lines(figures)) >= lines and self.rng.random() < 0.25:
            return figures
        return self.annex

    def lines(self, table: Table) -> list[Line]:
        """The table's rows with answers that are still in their place."""
        known = {a.text: key for key, a in self.truth.items() if a.fate is Fate.STAYS}
        found = []
        for row, texts in enumerate(self.desk.cells(table.sheet)):
            there = (texts[c] for c in table.answer_columns if c < len(texts))
            keys = tuple(known[t] for t in there if t in known)
            if row > table.head and keys:
                found.append(Line(row, keys))
        return found

    def line(self, table: Table) -> Line:
        """Any of them."""
        return self.rng.choice(self.lines(table))

    def text(self, key: Key) -> str:
        return self.truth[key].text

    def look(self) -> tuple[object, ...]:
        """All that a damage may change."""
        sheets = self.desk.sheets()
        looks = [self.desk.look(sheet) for sheet in sheets if sheet not in UNFILLED]
        return (sheets, looks, self.stem, tuple(self.files))

    # What becomes of answers.

    def mark(self, fate: Fate, *keys: Key) -> None:
        for key in keys:
            self.truth[key] = self.truth[key].now(fate)

    def mark_all(self, fate: Fate) -> None:
        self.mark(fate, *self.truth)

    # Opening and sending.

    def goes_on_with(self, desk: Desk) -> None:
        """Another workbook is open from now on; this one stays open behind it."""
        self.beside.append(self.desk)
        self.desk = desk

    def open_beside(self, path: Path) -> Desk:
        """A workbook to take something from."""
        self.beside.append(self.program.open_book(path))
        return self.beside[-1]

    def close(self) -> None:
        for desk in (self.desk, *self.beside):
            desk.close()

    def save(self, stem: str, desk: Desk | None = None) -> None:
        """Save as a file of this name; it is sent with the others."""
        name = stem + self.suffix
        self.folder.mkdir(parents=True, exist_ok=True)
        (desk or self.desk).save(self.folder / name)
        self.files.append(name)


def fill(desk: Desk, words: Words) -> Truth:
    """Type an answer into every cell that asks for one; what was typed."""
    unit, truth = unit_on(desk), Truth()
    for table in tables(desk):
        for place, row in enumerate(table.rows):
            number = table.text(row, "序号")
            if table.of_targets:
                text = words.figure(table.text(row, "计量单位"))
                truth[Key(unit, number, table.text(row, TARGET))] = Answer(text)
                table.write(row, "本期累计", text if "%" in text else float(text))
                continue
            # The first answer always has two paragraphs: some damages part them.
            texts = (words.progress(2 if place % 3 == 0 else 1), words.deadline())
            for what, header, text in zip(
                (PROGRESS, DEADLINE), ("具体措施", "完成时限"), texts, strict=True
            ):
                truth[Key(unit, number, what)] = Answer(text)
                table.write(row, header, text)
    return truth
