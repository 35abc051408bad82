"""Levels: which columns are open in block style, and where an entry out of line belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from .draft import Draft
from .schema import known_keys, may_be_root, root_keys

_KEYED = re.compile(r"-\s*(?:[^\s:#{\[\"']+:(?=\s|$)|$|#)")
Kind = Literal["map", "list"]


@dataclass(frozen=True, slots=True)
class Level:
    """An open mapping or list: its column, the last entry in it, and its first word."""

    column: int
    kind: Kind
    row: int
    word: str
    first: str = ""


@dataclass(slots=True)
class Levels:
    """The open columns, outermost first.

    `hungry` is the column of a key or dash whose value is yet to come on the lines below;
    `_text` the column below which lines go on with an unquoted text.
    """

    hungry: int | None = None
    _open: list[Level] = field(default_factory=list)
    _text: int | None = None

    @property
    def floor(self) -> int:
        return self._open[-1].column if self._open else -1

    @property
    def root(self) -> int:
        """The outermost mapping's column."""
        return self._open[0].column if self._open else 0

    def goes_on(self, column: int) -> bool:
        """Whether a line at `column` goes on with the unquoted text above it."""
        return self._text is not None and column > self._text

    def fits(self, column: int) -> bool:
        """Whether `column` is that of an open mapping, so that a key is expected."""
        return any(level.column == column and level.kind == "map" for level in self._open)

    @property
    def any(self) -> bool:
        """Whether anything has been read."""
        return bool(self._open)

    @property
    def in_list(self) -> bool:
        """Whether the innermost open level is a list."""
        return bool(self._open) and self._open[-1].kind == "list"

    @property
    def list_column(self) -> int | None:
        """The innermost list's column, where nothing else is waited for."""
        return self._open[-1].column if self.in_list and self.hungry is None else None

    def list_of_repeated(self, column: int, word: str) -> Level | None:
        """The list in which the mapping at `column` is an entry that began with `word`."""
        pairs = zip(self._open, self._open[1:], strict=False)
        fitting = (
            above
            for above, level in pairs
            if above.kind == "list" and (level.column, level.kind) == (column, "map")
            if level.first == word and level.word
        )
        return next(fitting, None)

    def lists(self, column: int) -> bool:
        """Whether an entry of a list may begin at `column`."""
        open_there = any(v.column == column and v.kind == "list" for v in self._open)
        return open_there or (self.hungry is not None and column >= self.hungry)

    def hungry_above(self, column: int) -> bool:
        return self.hungry is not None and self.hungry < column

    def open(self, column: int, kind: Kind, row: int, word: str) -> None:
        """An entry begins here: deeper levels end."""
        first = word
        while self._open and self._ends(self._open[-1], column, kind):
            last = self._open.pop()
            if (last.column, last.kind) == (column, kind):
                first = last.first
        self._open.append(Level(column, kind, row, word, first))
        self.hungry = self._text = None

    def _ends(self, level: Level, column: int, kind: Kind) -> bool:
        # A list may stand in the column of the key that it belongs to.
        same = level.column == column and kind in (level.kind, "map")
        return level.column > column or same

    def wait(self, column: int) -> None:
        self.hungry, self._text = column, None

    def text(self, column: int) -> None:
        self.hungry, self._text = None, column

    def done(self) -> None:
        self.hungry = self._text = None

    def nearest(self, column: int, kind: Kind, word: str, below: int | None) -> Level | None:
        """The level that an entry out of line belongs to; None where it stands well.

        `below` is the column of the next line, which tells whose entry a dash begins.
        """
        if not self._open or self._stands_well(column, kind, word):
            return None
        if word in root_keys() and self._open[0].kind == "map" and column < 2:
            return self._open[0]
        fitting = [level for level in self._open if level.kind == kind]
        if kind == "map" and not may_be_root(word):
            fitting = fitting[1:]
        known = word in known_keys()
        alike = [v for v in fitting if (v.first in known_keys()) == known]
        fitting = alike if kind == "map" and alike else fitting
        for level, inner in zip(self._open, self._open[1:], strict=False):
            if level.kind == kind == "list" and inner.column == below:
                return level
        return min(reversed(fitting), key=lambda level: abs(level.column - column), default=None)

    def _stands_well(self, column: int, kind: Kind, word: str) -> bool:
        last, root = self._open[-1], self._open[0]
        if self.hungry is not None and column >= self.hungry + (kind == "map"):
            return True
        if column > last.column:
            return False
        if kind == "map" and column == root.column < last.column and not may_be_root(word):
            return False
        return any((level.column, level.kind) == (column, kind) for level in self._open)

    def expand(self, draft: Draft, row: int, blank: str) -> int:
        """Mend an indentation that is not of spaces; what that adds to the columns after it."""
        bad = next((i for i, c in enumerate(blank) if c != " "), None)
        if bad is None:
            return 0
        if blank[bad] == "\t":
            draft.fault(row, bad, "缩进用了 Tab 键；请改用空格，每层空两格")
        else:
            draft.fault(row, bad, "缩进用了全角空格；请改用半角空格，每层空两格")
        width = self._fitting_width(blank)
        draft.indent(row, len(blank), width)
        return width - len(blank)

    def _fitting_width(self, blank: str) -> int:
        """The columns that an indentation was meant to take: an open one where a width fits."""
        columns = {level.column for level in self._open}
        widths = [sum(1 if c == " " else size for c in blank) for size in (2, 4, 8, 1)]
        if self.hungry is not None:
            deeper = [w for w in widths if w > self.hungry]
            return deeper[0] if deeper else widths[0]
        return next((w for w in widths if w in columns), widths[0])


def column_below(lines: list[str], row: int) -> int | None:
    """The column of the next line that says something, where it begins with no dash."""
    for line in lines[row + 1 :]:
        body = line.lstrip()
        if body and body[0] != "#":
            return None if body[0] == "-" else len(line) - len(body)
    return None


def dash_column(lines: list[str], row: int, parent: int) -> int:
    """The column for a dash that was forgotten before the first key of a list."""
    own = len(lines[row]) - len(lines[row].lstrip())
    for line in lines[row + 1 :]:
        at = len(line) - len(line.lstrip())
        if line.lstrip()[:1] == "-" and parent <= at < own:
            return at
    return max(own - 2, parent)


def usual_column(lines: list[str], row: int, column: int, parent: int) -> int:
    """The column that the entries of a block keep to, of which `row` is the first.

    `column` where the lines after it do not say otherwise by a majority.
    """
    dash = lines[row].lstrip()[:1] == "-"
    same: list[int] = []
    for line in lines[row + 1 :]:
        body = line.lstrip()
        at = len(line) - len(body)
        if not body or body[0] == "#":
            continue
        if at < parent or (at == parent and not (dash and body[0] == "-")):
            break
        if (body[0] == "-") == dash:
            same.append(at)
    usual = min(same, default=column)
    if usual < column:
        return usual if same.count(usual) > same.count(column) + 1 else column
    nests = not dash or _KEYED.match(lines[row], column)  # a list may well stand below this
    sure = usual == column + 1 or not nests
    return usual if sure and same.count(usual) > 1 else column


def entry_column(lines: list[str], row: int, column: int) -> int:
    """The column that the dash of `row` should have, by the keys below the one in its line."""
    body = lines[row][column:]
    if not re.match(_KEYED.pattern + r"\s+[^\s#]", body):
        return column
    own = column + 1 + len(body[1:]) - len(body[1:].lstrip())
    below: list[int] = []
    for line in lines[row + 1 :]:
        text = line.lstrip()
        at = len(line) - len(text)
        if text and (at <= column or (text[0] == "-" and below and at < min(below))):
            break
        if text and text[0] not in "#-":
            below.append(at)
    usual = min(below, default=own)
    sure = usual > own and below.count(usual) > 1
    return column + usual - own if sure else column
