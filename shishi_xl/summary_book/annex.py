"""汇总表: the published annex with all items, printed like the form."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..cells import write_across, write_text
from ..form import Column, Table
from ..layout import (
    A4,
    BODY_SIZE,
    FOOTER,
    HEAD_SIZE,
    MAX_HEIGHT,
    NARROW_COLUMN,
    TITLE_SIZE,
    margins,
    row_height,
    text_width,
)
from ..styles import Styles
from ..summary import Summary
from .long_row import RowPart, Value, split_row
from .merged import merged_rows

_TITLE_ROW, _META_ROW, _HEAD_ROW = range(3)
_ROOM = 8.0  # points: fonts that stand in for absent ones can be higher


def write_annex(book: Workbook, styles: Styles, summary: Summary) -> None:
    """One row for each item; what is longer than a row can be goes on in rows below it."""
    table = summary.form.annex
    sheet = book.add_worksheet("汇总表")
    for col, column in enumerate(table.columns):
        sheet.set_column(col, col, column.width)
    _write_head(sheet, styles, summary)
    at = _body(table)
    widths, fixed = [c.width for c in table.columns], [bool(c.source) for c in table.columns]
    for values in merged_rows(summary):
        for part in split_row(values, widths, BODY_SIZE, fixed):
            _write_part(sheet, styles, at, table.columns, part)
            at += 1
    _set_page(sheet, table, at - 1)


def _body(table: Table) -> int:
    return _HEAD_ROW + (2 if table.grouped else 1)


def _write_head(sheet: Worksheet, styles: Styles, summary: Summary) -> None:
    programme, table = summary.programme, summary.form.annex
    last = len(table.columns) - 1
    whole = sum(c.width for c in table.columns)
    write_across(sheet, _TITLE_ROW, 0, last, programme.title, styles("title"))
    # The title's font may be replaced by a wider one: a tenth is kept back.
    sheet.set_row(_TITLE_ROW, row_height([(programme.title, whole * 0.9)], TITLE_SIZE) + 8)
    left = f"期次：{summary.period.label}"
    right = f"汇总单位：{programme.collector.name}" if programme.collector.name else ""
    middle = _middle(table.columns, text_width(left) + 2)
    write_across(sheet, _META_ROW, 0, middle, left, styles("meta"))
    write_across(sheet, _META_ROW, middle + 1, last, right, styles("meta_right"))
    sheet.set_row(_META_ROW, 22)
    _write_headers(sheet, styles, summary)


def _middle(columns: Sequence[Column], at_least: float) -> int:
    """The first column by which the left part is wide enough; some are left for the right."""
    widths = [sum(c.width for c in columns[: end + 1]) for end in range(len(columns) - 1)]
    return next((end for end, width in enumerate(widths) if width >= at_least), len(widths) - 1)


def _write_headers(sheet: Worksheet, styles: Styles, summary: Summary) -> None:
    table, cycle = summary.form.annex, summary.programme.cycle
    bottom, head = _body(table) - 1, styles("head")
    for name in dict.fromkeys(c.group for c in table.columns if c.group):
        under = [at for at, c in enumerate(table.columns) if c.group == name]
        write_across(sheet, _HEAD_ROW, under[0], under[-1], name, head)
    for col, column in enumerate(table.columns):
        if bottom > _HEAD_ROW and not column.group:
            sheet.merge_range(_HEAD_ROW, col, bottom, col, "", head)
            write_text(sheet, _HEAD_ROW, col, column.title(cycle), head)
        else:
            write_text(sheet, bottom, col, column.title(cycle), head)
    height = row_height(((c.title(cycle), c.width) for c in table.columns), HEAD_SIZE, 24)
    for row in range(_HEAD_ROW, bottom + 1):
        sheet.set_row(row, max(24, height / (bottom - _HEAD_ROW + 1)))


def _write_part(
    sheet: Worksheet, styles: Styles, at: int, columns: Sequence[Column], part: RowPart
) -> None:
    for col, (value, column) in enumerate(zip(part.values, columns, strict=True)):
        style = _style(styles, value, column, part)
        if isinstance(value, str | None):
            write_text(sheet, at, col, value or "", style)
        else:
            sheet.write_number(at, col, float(value), style)
    texts = zip(part.values, columns, strict=True)
    height = row_height(((v, c.width) for v, c in texts if isinstance(v, str)), BODY_SIZE)
    sheet.set_row(at, min(MAX_HEIGHT, height + _ROOM))


def _style(styles: Styles, value: Value, column: Column, part: RowPart) -> Format:
    """Short text is centred, as in the published annex; an answer that goes on begins at the top."""
    if part.edges and column.answer:
        return styles("text", valign="top", **part.edges)
    if column.source:
        short = column.width <= NARROW_COLUMN or not isinstance(value, str)
    else:
        short = text_width(str(value or "")) <= column.width - 2
    return styles("centre" if short else "text", **part.edges)


def _set_page(sheet: Worksheet, table: Table, last_row: int) -> None:
    if table.orientation == "landscape":
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(**margins(table.orientation))
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(_HEAD_ROW, _body(table) - 1)
    sheet.print_area(0, 0, last_row, len(table.columns) - 1)
    sheet.set_footer(FOOTER)
    sheet.freeze_panes(_body(table), 0)
