"""Every unit's form → the complete annex as published, typed up by one unit: no marks of any kind."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook

from .rearrange import write
from .table import text_of
from .unit import Unit


def whole_annex(forms: Iterable[Path]) -> Unit:
    """A new workbook with all the forms' items under the headers that can be seen on them."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "附件"
    units = [Unit(form) for form in forms]
    table = units[0].annex
    leaves = {at: header for header, at in table.columns.items() if not _is_mark(header)}
    shown = [header for _, header in sorted(leaves.items())]
    rows = {unit.annex.name(row): (unit, row) for unit in units for row in unit.annex.rows}
    write(sheet.cell(1, 1), text_of(table.sheet, 1, 1))
    for column, header in enumerate(shown, 1):
        write(sheet.cell(2, column), header)
    numbered = sorted(rows.values(), key=lambda place: _number(*place))
    for at, (unit, row) in enumerate(numbered, 3):
        for column, header in enumerate(shown, 1):
            value = unit.annex.cell(row, header).value
            if value is not None:
                write(sheet.cell(at, column), value)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(shown))
    return Unit(book)


def _number(unit: Unit, row: int) -> int:
    return int(text_of(unit.annex.sheet, row, unit.annex.column("序号")))


def _is_mark(header: str) -> bool:
    """Whether it stands in the hidden column: nothing that people read is without Chinese."""
    return header.isascii()
