"""Sheets that are only looked at: 上期填报 and 填报说明."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..cells import clean_text, write_across, write_text
from ..form import Orientation
from ..layout import BODY_SIZE, NARROW, fit_widths
from ..paper import set_plain_page
from ..plain_fit import PlainShape, fit_plain
from ..styles import Styles
from ..unit_form import UnitForm
from ..wrap import row_height

LOCK = {"format_rows": True, "format_columns": True, "format_cells": True}
_LINE_WIDTH = 88.0
_TITLE, _LOWEST = 34.0, 28.0


def write_last(book: Workbook, styles: Styles, form: UnitForm) -> None:
    """Last period's answers, under headers that are never read as this period's."""
    last, annex = form.last, form.tables[0]
    if last.period is None:
        return
    sheet = book.add_worksheet("上期填报")
    answers = annex.table.answers
    heads = ["序号", "实事名称", *(c.title_of(last.period) for c in answers)]
    rows = [(str(r.number), r.name, *(last.of(r.item).get(c.key, "") for c in answers))
            for r in annex.rows]  # fmt: skip
    widths = _widths([6.0, 24.0, *(52.0 if c.answer == "text" else 18.0 for c in answers)])
    grows = (False, False, *(c.answer == "text" for c in answers))
    fit = fit_plain(PlainShape(widths, grows, len(widths), BODY_SIZE, _TITLE), heads, rows)
    title = f"上期填报：{last.period.label}（仅供查看，不必填写）"
    write_across(sheet, 0, 0, 1 + len(answers), title, styles("subtitle"))
    sheet.set_row(0, _TITLE)
    for col, (head, width) in enumerate(zip(heads, fit.widths, strict=True)):
        sheet.set_column(col, col, width)
        write_text(sheet, 1, col, head, styles("head"))
    sheet.set_row(1, fit.head)
    for at, (texts, size) in enumerate(zip(rows, fit.sizes, strict=True), 2):
        for col, text in enumerate(texts):
            small = size if grows[col] else BODY_SIZE
            style = styles("centre" if col == 0 else "text", font_size=small)
            write_text(sheet, at, col, clean_text(text), style)
        sheet.set_row(at, max(fit.heights[at - 2], _LOWEST))
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    _set_page(sheet, "landscape")
    sheet.set_h_pagebreaks([at + 2 for at in fit.breaks])


def write_guide(book: Workbook, styles: Styles, guide: str) -> None:
    """What the unit must know, a line a row."""
    sheet = book.add_worksheet("填报说明")
    (width,) = _widths([_LINE_WIDTH], "portrait")
    sheet.set_column(0, 0, width)
    sheet.hide_gridlines(2)
    for at, line in enumerate(guide.strip().split("\n")):
        write_text(sheet, at, 0, line, styles("subtitle" if at == 0 else "guide"))
        sheet.set_row(at, row_height([(line, width)], 16 if at == 0 else BODY_SIZE, 22))
    _set_page(sheet, "portrait")


def _widths(widths: Sequence[float], orientation: Orientation = "landscape") -> tuple[float, ...]:
    return fit_widths(widths, orientation, NARROW)


def _set_page(sheet: Worksheet, orientation: Orientation) -> None:
    """Locked, and on one page's width should it be printed."""
    set_plain_page(sheet, orientation)
    sheet.protect("", LOCK)
