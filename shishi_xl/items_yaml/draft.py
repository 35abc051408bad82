"""Draft: the text of items.yaml under repair → Source: what YAML reads, traced to what was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from .encoding import find_unseen
from .fault import Fault


@dataclass(frozen=True, slots=True)
class Edit:
    """`length` characters from `column` (from 0) give way to `text`."""

    column: int
    length: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Repaired lines; `origins` gives, for each repaired line, its characters' written columns.

    `lost` is text that could not be repaired and was blanked out: nothing can be said of it.
    """

    lines: tuple[str, ...]
    origins: Mapping[int, tuple[int, ...]]
    faults: tuple[Fault, ...]
    lost: str

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Line and column as the editor counts them (from 1), of a place in the repaired text."""
        origin = self.origins.get(row)
        if origin:
            column = origin[column] if column < len(origin) else origin[-1] + 1
        return row + 1, column + 1


@dataclass(slots=True)
class Draft:
    """The lines as the scanner reads them; rows and columns here count from 0."""

    lines: list[str]
    faults: list[Fault] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    _edits: dict[int, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    _written: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: tuple[str, ...]) -> Draft:
        """The written lines, freed of what cannot be seen; tabs inside a line become spaces."""
        draft = cls([])
        for row, line in enumerate(lines):
            columns, word = find_unseen(line)
            kept = tuple(c for c in range(len(line)) if c not in columns)
            draft.lines.append(_without_tabs("".join(line[c] for c in kept)))
            if columns:
                draft._written[row] = kept
                what = f"这里有一个看不见的字符（{word}）"
                advice = "请删去这个字符（看不见时，把两边的文字删掉重新输入）"
                draft.faults.append(Fault(row + 1, columns[0] + 1, f"{what}；{advice}"))
        return draft

    def fault(self, row: int, column: int, message: str) -> None:
        written = self._written.get(row)
        if written:
            column = written[column] if column < len(written) else written[-1] + 1
        self.faults.append(Fault(row + 1, column + 1, message))

    def replace(self, row: int, column: int, length: int, text: str) -> None:
        self._edits[row].append(Edit(column, length, text))

    def indent(self, row: int, length: int, width: int, mark: str = "") -> None:
        """Give the line `width` spaces and `mark` in place of the `length` characters before it."""
        self._edits[row] = [e for e in self._edits[row] if e.column or e.length != length]
        if self.lines[row][:length] != " " * width + mark:
            self.replace(row, 0, length, " " * width + mark)

    def insert(self, row: int, column: int, text: str) -> None:
        self.replace(row, column, 0, text)

    def quote(self, row: int, start: int, end: int) -> None:
        """Put the text between two columns into quotes, whatever is in it."""
        line = self.lines[row]
        self.insert(row, start, "'")
        for column in range(start, end):
            if line[column] == "'":
                self.insert(row, column, "'")
        self.insert(row, end, "'")

    def lose(self, row: int, start: int) -> None:
        """Blank out the line from `start` on."""
        line = self.lines[row]
        self.lost.append(line[start:])
        self._edits[row] = [e for e in self._edits[row] if e.column < start]
        self.replace(row, start, len(line) - start, "")

    def finish(self) -> Source:
        lines, origins = [], {}
        for row, line in enumerate(self.lines):
            text, columns = _apply(line, self._edits.get(row, []))
            written = self._written.get(row)
            if written:
                columns = tuple(written[c] if c < len(written) else c for c in columns)
            lines.append(text)
            if written or self._edits.get(row):
                origins[row] = columns
        return Source(tuple(lines), origins, tuple(self.faults), "\n".join(self.lost))


def _without_tabs(line: str) -> str:
    """Tabs inside a line become spaces; those before its text are a fault for the scanner."""
    body = line.lstrip()
    return line[: len(line) - len(body)] + body.replace("\t", " ")


def _apply(line: str, edits: list[Edit]) -> tuple[str, tuple[int, ...]]:
    """The edited line and the written column of each of its characters; overlaps are left out."""
    parts: list[tuple[str, int]] = []
    column = 0
    for edit in sorted(edits, key=lambda e: e.column):
        if edit.column < column:
            continue
        parts += ((line[c], c) for c in range(column, min(edit.column, len(line))))
        parts += ((character, edit.column) for character in edit.text)
        column = edit.column + edit.length
    parts += ((line[c], c) for c in range(column, len(line)))
    return "".join(character for character, _ in parts), tuple(c for _, c in parts)
