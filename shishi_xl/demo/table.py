"""A sheet → the table on it as a person sees it: headers, rows by what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

_NAMES = ("实事名称", "事项名称")


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table by its header rows `top` to `head`; `columns`: header without white space → column."""

    sheet: Worksheet
    top: int
    head: int
    columns: Mapping[str, int]

    @property
    def name_column(self) -> int:
        return next(self.columns[name] for name in _NAMES if name in self.columns)

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that name an item."""
        below = range(self.head + 1, self.sheet.max_row + 1)
        return tuple(row for row in below if self.name(row))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.name(row) for row in self.rows)

    def name(self, row: int) -> str:
        return text_of(self.sheet, row, self.name_column)

    def column(self, words: str) -> int:
        """The first column whose header holds `words`.

        :raises LookupError: where none does.
        """
        found = (at for header, at in self.columns.items() if words in header)
        return _first(found, f"no column {words}")

    def row(self, item: str, target: str = "") -> int:
        """The row of an item, or of one of its targets.

        :raises LookupError: where there is none.
        """
        found = (
            row
            for row in self.rows
            if item in ("", self.name(row))
            and (not target or text_of(self.sheet, row, self.column("指标")) == target)
        )
        return _first(found, f"no row {item} {target}")

    def cell(self, row: int, words: str) -> Cell:
        """The cell of a row under the header that holds `words`."""
        return cell_at(self.sheet, row, self.column(words))


def find_table(sheet: Worksheet) -> SheetTable:
    """The table under the row that says 序号 and the items' name.

    :raises LookupError: where there is none.
    """
    for top in range(1, sheet.max_row + 1):
        texts = _headers(sheet, top, top)
        if "序号" in texts and any(name in texts for name in _NAMES):
            head = _last_row(sheet, top, texts["序号"])
            return SheetTable(sheet, top, head, _headers(sheet, top, head))
    raise LookupError(f"no table on {sheet.title}")


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell that can be written at this place.

    :raises LookupError: where another cell is merged over it.
    """
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    raise LookupError(f"{sheet.title} {cell.coordinate} is covered")


def text_of(sheet: Worksheet, row: int, column: int) -> str:
    """What a person reads in a cell; "" for an empty or covered one."""
    value = sheet.cell(row, column).value
    return "" if value is None else str(value)


def find_text(sheet: Worksheet, text: str) -> tuple[int, int]:
    """Row and column of the first cell that says `text`.

    :raises LookupError: where none does.
    """
    for row in range(1, sheet.max_row + 1):
        for column in range(1, sheet.max_column + 1):
            if text_of(sheet, row, column) == text:
                return row, column
    raise LookupError(f"no cell says {text}")


def _headers(sheet: Worksheet, top: int, head: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in range(top, head + 1):
        for column in range(1, sheet.max_column + 1):
            if text := "".join(text_of(sheet, row, column).split()):
                found[text] = column
    return found


def _last_row(sheet: Worksheet, row: int, column: int) -> int:
    """The last row of the merged area that begins at a cell; its own row where none does."""
    areas = (a for a in sheet.merged_cells.ranges if (a.min_row, a.min_col) == (row, column))
    return next((area.max_row for area in areas), row)


def _first(found: Iterator[int], fault: str) -> int:
    for number in found:
        return number
    raise LookupError(fault)
