"""Declared columns and rows → a plain table on a sheet of its own: no merged cells, no totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Generic, TypeVar

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from .cells import cell_text, write_text
from .layout import PLAIN_SIZE
from .paper import set_plain_page
from .plain_fit import PlainFit, PlainShape, fit_plain
from .styles import Styles, shade
from .wrap import text_width

Row = TypeVar("Row")

_WIDEST_LINK, _HALF = 52.0, 1.05  # width that half a character of 10 points takes


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

    In the style `plain_word` a cell is shaded by the word that it says. `grows`: may become wider
    where its texts are long. `printed`: False of the last columns, which serve on the screen alone.
    """

    header: str
    width: float
    value: Callable[[Row], Value]
    style: str = "plain"
    grows: bool = False
    printed: bool = True


def write_plain_table(
    book: Workbook,
    styles: Styles,
    name: str,
    columns: tuple[PlainColumn[Row], ...],
    rows: Iterable[Row],
) -> Worksheet:
    """A sheet with one header row and one row for each of `rows`."""
    sheet = book.add_worksheet(name)
    values = [[column.value(row) for column in columns] for row in rows]
    fit = fit_plain(
        PlainShape(tuple(_width(c, [v[at] for v in values]) for at, c in enumerate(columns)),
                   tuple(c.grows for c in columns), sum(c.printed for c in columns)),
        [c.header for c in columns],
        [tuple(map(_shown, row)) for row in values],
    )  # fmt: skip
    for col, column in enumerate(columns):
        sheet.set_column(col, col, fit.widths[col])
        write_text(sheet, 0, col, column.header, styles("plain_head"))
    sheet.set_row(0, fit.head)
    for at, row in enumerate(values):
        usual = fit.sizes[at] == PLAIN_SIZE
        smaller = styles if usual else partial(styles, font_size=fit.sizes[at])
        for col, (column, value) in enumerate(zip(columns, row, strict=True)):
            style = smaller if column.grows else styles
            _write_value(sheet, style, (at + 1, col), value, column.style)
        sheet.set_row(at + 1, fit.heights[at])
    _set_page(sheet, fit, len(columns) - 1, sum(c.printed for c in columns) - 1)
    return sheet


def _width(column: PlainColumn[Row], values: Iterable[Value]) -> float:
    """As declared; of links so much that most stand on a line."""
    links = (text_width(v.text) for v in values if isinstance(v, Link))
    return max(column.width, min(_WIDEST_LINK, max(links, default=0) * _HALF + 1))


def _write_value(
    sheet: Worksheet,
    styles: Callable[..., Format],
    at: tuple[int, int],
    value: Value,
    style: str,
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
    return value if isinstance(value, str) else ""  # numbers, dates and links take one line


def _set_page(sheet: Worksheet, fit: PlainFit, last_col: int, last_printed: int) -> None:
    last_row = len(fit.heights)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, last_col)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, max(last_row, 1), last_col)})
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last_row, last_printed)
    set_plain_page(sheet)
    sheet.set_h_pagebreaks([at + 1 for at in fit.breaks])
