"""Cells put one by one → Sheet, within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..kinds import CellValue
from ..sheets import Area, Aside, AsideKind, Sheet

LARGEST = 2_000_000  # cells in one file

_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|Err:5\d\d")


class TooLarge(Exception):
    """More cells than any report has."""


class Room:
    """How many cells a file may still have, on all its sheets together."""

    def __init__(self, cells: int = LARGEST) -> None:
        self._left = cells

    def take(self, cells: int) -> None:
        """:raises TooLarge: when nothing is left."""
        self._left -= cells
        if self._left < 0:
            raise TooLarge


class Grid:
    """A sheet in the making. Rows and columns count from 0."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._rows: list[list[CellValue]] = []
        self._merged: list[Area] = []
        self._blanks: dict[tuple[int, int], str] = {}
        self._asides: list[Aside] = []
        self._hidden_rows: set[int] = set()
        self._hidden_cols: set[int] = set()

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, row: int, col: int, value: CellValue) -> None:
        """:raises TooLarge: where the cell is too far out."""
        if value in ("", None):
            return
        if isinstance(value, str) and _ERROR.fullmatch(value):
            self.put_blank(row, col, value)
            return
        self._reach(row, col)
        self._rows[row][col] = value

    def put_line(self, text: str) -> None:
        """A row of one cell under what is there."""
        self.put(len(self._rows), 0, text)

    def put_blank(self, row: int, col: int, what: str) -> None:
        """A cell that looks empty and holds `what`: a formula, an error."""
        self._reach(row, col)
        self._blanks[row, col] = what

    def note(self, row: int, col: int, kind: AsideKind, text: str = "") -> None:
        """Something about a cell that its value does not show."""
        self._room.take(1)
        self._asides.append(Aside(row, col, kind, text))

    def hide(self, rows: Iterable[int] = (), cols: Iterable[int] = ()) -> None:
        """These rows and columns are not seen."""
        self._hidden_rows.update(rows)
        self._hidden_cols.update(cols)

    def merge(self, row: int, col: int, height: int, width: int) -> None:
        """The area whose upper left cell this is; one cell is none."""
        if height > 1 or width > 1:
            self._room.take(1)
            self._merged.append((row, col, row + height - 1, col + width - 1))

    def reserve(self, rows: int) -> None:
        """Make it at least so many rows long, as a table's empty last rows do."""
        if rows > len(self._rows):
            self._reach(rows - 1, -1)

    def sheet(self, name: str, hidden: bool = False) -> Sheet:
        """What was put, without empty rows at the end; areas end where the cells do."""
        filled = (n for n, row in enumerate(self._rows) if any(c is not None for c in row))
        last = max((*filled, *(row for row, _ in self._blanks)), default=-1)
        rows = list(map(tuple, self._rows[: last + 1]))
        merged = tuple(_clipped(self._merged, len(rows), max(map(len, rows), default=0)))
        return Sheet(
            name, tuple(rows), merged, hidden, self._blanks, tuple(self._asides),
            frozenset(self._hidden_rows), frozenset(self._hidden_cols),
        )  # fmt: skip

    def _reach(self, row: int, col: int) -> None:
        if row >= len(self._rows):
            self._room.take(row + 1 - len(self._rows))
            self._rows.extend([] for _ in range(row + 1 - len(self._rows)))
        short = col + 1 - len(self._rows[row])
        if short > 0:
            self._room.take(short)
            self._rows[row].extend([None] * short)


def _clipped(areas: Iterable[Area], rows: int, cols: int) -> Iterator[Area]:
    for first, left, last, right in areas:
        area = (first, left, min(last, rows - 1), min(right, cols - 1))
        if area[2] >= first and area[3] >= left and area[2:] != (first, left):
            yield area
