"""Declared columns and rows → a plain table on a sheet of its own: no merged cells, no totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from .cells import cell_text, write_text
from .layout import PLAIN_SIZE
from .paper import set_plain_page
from .styles import Styles, shade
from .wrap import row_height

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Link:
    """Text with a link to a file; `url` is relative, as xlsxwriter takes it."""

    text: str
    url: str

    def __str__(self) -> str:
        return self.text


Value = str | int | Decimal | date | Link | None


@dataclass(frozen=True, slots=True)
class PlainColumn(Generic[Row]):
    """One column: its header, its width, what it says of a row, and in which style.

    In the style `plain_word` a cell is shaded by the word that it says.
    """

    header: str
    width: float
    value: Callable[[Row], Value]
    style: str = "plain"


def write_plain_table(
    book: Workbook,
    styles: Styles,
    name: str,
    columns: tuple[PlainColumn[Row], ...],
    rows: Iterable[Row],
) -> Worksheet:
    """A sheet with one header row and one row for each of `rows`."""
    sheet = book.add_worksheet(name)
    for col, column in enumerate(columns):
        sheet.set_column(col, col, column.width)
        write_text(sheet, 0, col, column.header, styles("plain_head"))
    sheet.set_row(0, row_height(((c.header, c.width) for c in columns), PLAIN_SIZE, 24))
    at = 0
    for at, row in enumerate(rows, 1):
        values = [column.value(row) for column in columns]
        for col, (column, value) in enumerate(zip(columns, values, strict=True)):
            _write_value(sheet, styles, (at, col), value, column.style)
        widths = (c.width for c in columns)
        sheet.set_row(at, row_height(zip(map(_shown, values), widths, strict=True), PLAIN_SIZE))
    _set_page(sheet, at, len(columns) - 1)
    return sheet


def _write_value(
    sheet: Worksheet, styles: Styles, at: tuple[int, int], value: Value, style: str
) -> None:
    row, col = at
    match value:
        case None:
            sheet.write_blank(row, col, None, styles(style))
        case Link():
            _write_link(sheet, at, value, styles("plain_link"), styles(style))
        case str():
            look = shade(value) if style == "plain_word" else {}
            write_text(sheet, row, col, value, styles(style, **look))
        case date():
            sheet.write_datetime(row, col, value, styles(style))
        case int() if style == "plain":
            sheet.write_number(row, col, value, styles(style, align="center"))
        case _:
            sheet.write_number(row, col, float(value), styles(style))


def _write_link(
    sheet: Worksheet, at: tuple[int, int], link: Link, style: Format, otherwise: Format
) -> None:
    """The link, or its text alone where Excel takes no more links on the sheet."""
    if sheet.write_url(*at, link.url, style, cell_text(link.text)):
        write_text(sheet, *at, link.text, otherwise)


def _shown(value: Value) -> str:
    return str(value) if isinstance(value, str | Link) else ""  # numbers and dates take one line


def _set_page(sheet: Worksheet, last_row: int, last_col: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, last_col)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, max(last_row, 1), last_col)})
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last_row, last_col)
    set_plain_page(sheet)
