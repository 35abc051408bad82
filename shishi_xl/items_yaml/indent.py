"""Levels: which columns are open in block style, and where an entry out of line belongs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .draft import Draft
from .schema import root_keys

Kind = Literal["map", "list"]


@dataclass(frozen=True, slots=True)
class Level:
    """An open mapping or list: its column, and the last entry in it."""

    column: int
    kind: Kind
    row: int
    word: str


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

    def goes_on(self, column: int) -> bool:
        """Whether a line at `column` goes on with the unquoted text above it."""
        return self._text is not None and column > self._text

    def fits(self, column: int) -> bool:
        """Whether `column` is that of an open mapping, so that a key is expected."""
        return any(level.column == column and level.kind == "map" for level in self._open)

    @property
    def in_list(self) -> bool:
        """Whether the innermost open level is a list."""
        return bool(self._open) and self._open[-1].kind == "list"

    def lists(self, column: int) -> bool:
        """Whether an entry of a list may begin at `column`."""
        open_there = any(v.column == column and v.kind == "list" for v in self._open)
        return open_there or (self.hungry is not None and column >= self.hungry)

    def hungry_above(self, column: int) -> bool:
        return self.hungry is not None and self.hungry < column

    def open(self, column: int, kind: Kind, row: int, word: str) -> None:
        """An entry begins here: deeper levels end."""
        while self._open and self._ends(self._open[-1], column, kind):
            self._open.pop()
        self._open.append(Level(column, kind, row, word))
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

    def nearest(self, column: int, kind: Kind, word: str) -> Level | None:
        """The level that an entry out of line belongs to; None where it stands well."""
        if not self._open or self._stands_well(column, kind):
            return None
        if word in root_keys() and self._open[0].kind == "map" and column < 2:
            return self._open[0]
        fitting = [level for level in self._open if level.kind == kind]
        return min(reversed(fitting), key=lambda level: abs(level.column - column), default=None)

    def _stands_well(self, column: int, kind: Kind) -> bool:
        last = self._open[-1]
        if self.hungry is not None and column >= self.hungry + (kind == "map"):
            return True
        if column > last.column:
            return False
        at = [level.kind for level in self._open if level.column == column]
        return kind in at

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
