"""汇总表: the published annex with all items, printed like the form."""

from __future__ import annotations

from itertools import groupby

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..cells import write_over, write_text
from ..form import Column, Table
from ..grid import Grid, write_headers, write_meta, write_title
from ..layout import NARROW_COLUMN
from ..paper import set_official_page
from ..styles import Styles
from ..summary import Summary
from ..wrap import line_count
from .fit import Fit, fit_annex, is_undivided
from .flow import Part, Value
from .merged import merged_rows
from .overview import abridged

_GOES_ON = "（续）"


def write_annex(book: Workbook, styles: Styles, summary: Summary) -> None:
    """One row for each item; what does not fit on a page goes on in rows below it."""
    table = summary.form.annex
    fit = fit_annex(table, summary.programme, tuple(merged_rows(summary, abridged(summary))))
    sheet = book.add_worksheet("汇总表")
    _write_head(sheet, styles, summary, fit.grid)
    for at, part in enumerate(fit.parts, fit.grid.first_row):
        sheet.set_row(at, part.height)
    _write_body(sheet, styles, table, fit)
    _set_page(sheet, table, fit)


def _write_head(sheet: Worksheet, styles: Styles, summary: Summary, grid: Grid) -> None:
    collector = summary.programme.collector.name
    write_title(sheet, styles, grid, summary.programme.title)
    left = f"期次：{summary.period.label}"
    right = f"汇总单位：{collector}" if collector else ""
    write_meta(sheet, styles, grid, 1, left, right)
    write_headers(sheet, styles, grid)


def _write_body(sheet: Worksheet, styles: Styles, table: Table, fit: Fit) -> None:
    at = fit.grid.first_row
    for _, group in groupby(fit.parts, key=lambda part: (part.row, part.page)):
        parts = list(group)
        for col, column in enumerate(table.columns):
            if is_undivided(column):
                _write_fixed(sheet, (at, col), parts, _fixed_style(styles, fit, column, parts))
            else:
                for row, part in enumerate(parts, at):
                    style = _answer_style(styles, fit, col, part, parts)
                    write_text(sheet, row, col, str(part.values[col] or ""), style)
        at += len(parts)


def _write_fixed(sheet: Worksheet, at: tuple[int, int], parts: list[Part], style: Format) -> None:
    """A fixed column's cell over all the row's parts on one page; on later pages, that it goes on."""
    row, col = at
    first = parts[0]
    value = first.values[col] if first.first else _GOES_ON if col == 1 else ""
    here = "".join("".join(part.columns[col]) for part in parts).removesuffix("\n")
    text = here or (value if isinstance(value, str) else "")
    write_over(sheet, (row, col, row + len(parts) - 1, col), text, style)
    if value is not None and not isinstance(value, str):  # a figure
        sheet.write_number(row, col, float(value), style)


def _fixed_style(styles: Styles, fit: Fit, column: Column, parts: list[Part]) -> Format:
    """Short text is centred, as in the published annexes."""
    narrow = column.width <= NARROW_COLUMN or not parts[0].first
    figure = column.source == "item.number"
    return styles("centre" if narrow or figure else "text", font_size=fit.size)


def _answer_style(styles: Styles, fit: Fit, col: int, part: Part, on_page: list[Part]) -> Format:
    """Between the parts of one row there is no line: they read as a cell that goes on."""
    whole = part.first and part.last
    short = line_count(_text(part.values[col]), fit.grid.widths[col], fit.size) == 1
    if whole:
        return styles("centre" if short else "text", font_size=fit.size)
    top, bottom = int(part is on_page[0]), int(part is on_page[-1])
    return styles("text", font_size=fit.size, valign="top", top=top, bottom=bottom)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _set_page(sheet: Worksheet, table: Table, fit: Fit) -> None:
    set_official_page(sheet, table.orientation)
    body = fit.grid.first_row
    sheet.repeat_rows(fit.grid.head_row, body - 1)
    sheet.print_area(0, 0, body + max(len(fit.parts), 1) - 1, fit.grid.last)
    pages = [part.page for part in fit.parts]
    sheet.set_h_pagebreaks([body + at for at in range(1, len(pages)) if pages[at] != pages[at - 1]])
    sheet.set_start_page(1)
    sheet.freeze_panes(body, 0)
