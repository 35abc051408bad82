"""A sheet → the table on it as a person sees it: headers, and the rows that name an item."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from .desk import Desk, Value

_NAMES = ("实事名称", "事项名称")
UNFILLED = ("进展状态", "上期填报", "填报说明")  # sheets that the truth says nothing of
TARGET = "指标"


@dataclass(frozen=True)
class Table:
    """A table by its header rows `top` to `head`; `columns`: header without white space → column."""

    desk: Desk
    sheet: str
    top: int
    head: int
    columns: Mapping[str, int]

    @property
    def name_column(self) -> int:
        return next(self.columns[name] for name in _NAMES if name in self.columns)

    @property
    def marks_column(self) -> int:
        """The hidden one, headed by the form's code.

        :raises LookupError: where there is none any more.
        """
        for header, col in self.columns.items():
            if header.isascii():
                return col
        raise LookupError(f"{self.sheet}: no hidden column")

    @property
    def seen_columns(self) -> dict[str, int]:
        """What a person knows of: header → column, without the marks."""
        return {header: col for header, col in self.columns.items() if not header.isascii()}

    @property
    def last_column(self) -> int:
        return max(self.columns.values())

    @property
    def answer_columns(self) -> tuple[int, ...]:
        """The columns that the unit fills."""
        words = ("本期累计",) if self.of_targets else ("具体措施", "完成时限")
        return tuple(self.column(w) for w in words)

    @property
    def of_targets(self) -> bool:
        return TARGET in self.columns

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that name an item."""
        cells = self.desk.cells(self.sheet)
        return tuple(r for r in range(self.head + 1, len(cells)) if cells[r][self.name_column])

    def column(self, words: str) -> int:
        """The first column whose header holds `words`.

        :raises LookupError: where none does.
        """
        for header, at in self.columns.items():
            if words in header:
                return at
        raise LookupError(f"{self.sheet}: no column {words}")

    def text(self, row: int, words: str) -> str:
        return self.desk.cells(self.sheet)[row][self.column(words)]

    def write(self, row: int, words: str, value: Value) -> None:
        self.desk.write(self.sheet, row, self.column(words), value)


def find_table(desk: Desk, sheet: str) -> Table:
    """The table under the row that says 序号 and the items' name.

    :raises LookupError: where there is none.
    """
    cells = desk.cells(sheet)
    for top, row in enumerate(cells):
        if "序号" in row and any(name in row for name in _NAMES):
            head = _last_row(desk, sheet, top, row.index("序号"))
            return Table(desk, sheet, top, head, _headers(cells[top : head + 1]))
    raise LookupError(f"no table on {sheet}")


def tables(desk: Desk) -> list[Table]:
    """Every table that a unit fills: the annex, and the targets where there are some."""
    found = []
    for sheet in desk.sheets():
        if sheet not in UNFILLED:
            with suppress(LookupError):
                found.append(find_table(desk, sheet))
    return found


def find_text(desk: Desk, sheet: str, words: str) -> tuple[int, int]:
    """The first cell that holds `words`.

    :raises LookupError: where none does.
    """
    for row, line in enumerate(desk.cells(sheet)):
        for col, text in enumerate(line):
            if words in text:
                return row, col
    raise LookupError(f"no cell of {sheet} says {words}")


def _headers(lines: list[list[str]]) -> dict[str, int]:
    return {"".join(text.split()): col for line in lines for col, text in enumerate(line) if text}


def _last_row(desk: Desk, sheet: str, row: int, col: int) -> int:
    """The last row of the merged area that begins at a cell; its own row where none does."""
    areas = (area for area in desk.merges(sheet) if area[:2] == (row, col))
    return next((area[2] for area in areas), row)
