"""UnitForm → the bytes of the workbook that is sent to the unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from .cells import write_across, write_over, write_text
from .form import Column, Table
from .layout import (
    A4,
    BODY_SIZE,
    FOOTER,
    HEAD_SIZE,
    MAX_HEIGHT,
    NARROW_COLUMN,
    TITLE_SIZE,
    margins,
    narrow_margins,
    row_height,
)
from .progress import part_of, rate_formula
from .sheets import PROPERTY
from .sources import SourceValue
from .styles import Styles
from .unit_form import SIGN_OFF, SentRow, SentTable, UnitForm, fixed_text

_ROOM = 96.0  # points: an empty answer cell, about six lines
_TITLE_ROW, _UNIT_ROW, _CODE_ROW, _HEAD_ROW = range(4)
_MARK = 1  # the hidden column with row ids, between 序号 and 实事名称
_LOCK = {"format_rows": True, "format_columns": True, "format_cells": True}
_SHORT = ("number", "deadline", "choice")


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where a table's columns stand on the sheet: the mark column is put in after the first."""

    table: Table

    def at(self, column: Column) -> int:
        index = self.table.columns.index(column)
        return index + (index >= _MARK)

    @property
    def last(self) -> int:
        return len(self.table.columns)

    @property
    def first_row(self) -> int:
        return _HEAD_ROW + (2 if self.table.grouped else 1)

    def width(self, first: int, last: int) -> float:
        return sum(c.width for c in self.table.columns if first <= self.at(c) <= last)

    def span(self, first: int, at_least: float) -> int:
        """The last of the columns from `first` on that together are at least so wide."""
        return next(
            (i for i in range(first, self.last) if self.width(first, i) >= at_least), self.last
        )


def write_form(form: UnitForm, guide: str) -> bytes:
    """The workbook: the annex first, then what else is asked, then what is only looked at."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    styles = Styles(book)
    # A fixed date makes the bytes repeatable, and older than any saving by the unit.
    book.set_properties({"title": form.title, "created": datetime(form.period.year, 1, 1)})
    book.set_custom_property(PROPERTY, str(form.code))
    for sent in form.tables:
        sheet = book.add_worksheet(sent.table.sheet)
        title = form.title if sent is form.tables[0] else f"{form.title}（{sent.table.sheet}）"
        _write_head(sheet, styles, form, sent.table, title)
        end = _write_rows(sheet, styles, form, sent)
        if sent is form.tables[0]:
            end = _write_sign_off(sheet, styles, form, _Grid(sent.table), end)
        _set_page(sheet, form, _Grid(sent.table), end)
    if form.last.answers:
        _write_last(book.add_worksheet("上期填报"), styles, form)
    _write_guide(book.add_worksheet("填报说明"), styles, guide)
    book.close()
    return out.getvalue()


def _write_head(sheet: Worksheet, styles: Styles, form: UnitForm, table: Table, title: str) -> None:
    grid = _Grid(table)
    sheet.set_column(_MARK, _MARK, 2, styles("mark"), {"hidden": True})
    for column in table.columns:
        sheet.set_column(grid.at(column), grid.at(column), column.width)
    write_across(sheet, _TITLE_ROW, 0, grid.last, title, styles("title"))
    whole = grid.width(0, grid.last)
    sheet.set_row(_TITLE_ROW, row_height([(title, whole)], TITLE_SIZE) + 8)
    middle = grid.span(0, whole * 0.45)
    unit, period = f"填报单位：{form.unit}", f"期次：{form.period.label}"
    write_across(sheet, _UNIT_ROW, 0, middle, unit, styles("meta"))
    write_across(sheet, _UNIT_ROW, middle + 1, grid.last, period, styles("meta_right"))
    sheet.set_row(_UNIT_ROW, 22)
    write_across(sheet, _CODE_ROW, 0, grid.last, f"表单编码：{form.code.written}", styles("code"))
    _write_headers(sheet, styles, form, grid)


def _write_headers(sheet: Worksheet, styles: Styles, form: UnitForm, grid: _Grid) -> None:
    table, bottom = grid.table, grid.first_row - 1
    for name, first, last in _groups(grid):
        write_across(sheet, _HEAD_ROW, first, last, name, styles("head"))
    for column in table.columns:
        at, title = grid.at(column), column.title(form.period.cycle)
        top = _HEAD_ROW + 1 if column.group else _HEAD_ROW
        write_over(sheet, (top, at, bottom, at), title, styles("head"))
    sheet.write_string(bottom, _MARK, str(form.code), styles("mark"))
    titles = [(c.title(form.period.cycle), c.width) for c in table.columns]
    height = row_height(titles, HEAD_SIZE, 24)
    for row in range(_HEAD_ROW, grid.first_row):
        sheet.set_row(row, max(24, height / (grid.first_row - _HEAD_ROW)))


def _groups(grid: _Grid) -> Iterator[tuple[str, int, int]]:
    """Each grouped header with the first and last column under it."""
    for name in dict.fromkeys(c.group for c in grid.table.columns if c.group):
        places = [grid.at(c) for c in grid.table.columns if c.group == name]
        yield name, places[0], places[-1]


def _write_rows(sheet: Worksheet, styles: Styles, form: UnitForm, sent: SentTable) -> int:
    """The table's rows; returns the row after the last."""
    grid, at = _Grid(sent.table), _Grid(sent.table).first_row
    for row in sent.rows:
        sheet.write_string(at, _MARK, str(form.row_id(row)), styles("mark"))
        texts = []
        for column in sent.table.columns:
            text = row.prefill.get(column.key, "") if column.answer else fixed_text(row, column)
            texts.append((text, column.width))
            if column.answer:
                _write_answer(sheet, styles, column, at, grid.at(column), text)
            elif column.source == "computed.rate":
                _write_rate(sheet, styles, grid, row, at, grid.at(column))
            else:
                _write_fixed(sheet, styles, column, at, grid.at(column), row.fixed[column.key])
        room = _ROOM if sent.table.rows == "item" else 26
        sheet.set_row(at, min(MAX_HEIGHT, row_height(texts, BODY_SIZE, room)))
        at += 1
    _write_prompts(sheet, grid, len(sent.rows))
    return at


def _write_answer(
    sheet: Worksheet, styles: Styles, column: Column, row: int, col: int, text: str
) -> None:
    write_text(
        sheet, row, col, text, styles("answer_short" if column.answer in _SHORT else "answer")
    )


def _write_fixed(
    sheet: Worksheet, styles: Styles, column: Column, row: int, col: int, value: SourceValue
) -> None:
    if isinstance(value, int | Decimal):
        shown = value if isinstance(value, int) else round(value, 2)
        sheet.write_number(row, col, float(shown), styles("number"))
    else:
        style = "centre" if column.width <= NARROW_COLUMN else "text"
        write_text(sheet, row, col, value or "", styles(style))


def _write_rate(
    sheet: Worksheet, styles: Styles, grid: _Grid, row: SentRow, at: int, col: int
) -> None:
    """完成率 as a formula over the answer beside it; empty where the goal is no number."""
    source = row.source
    cell = xl_rowcol_to_cell(at, grid.at(grid.table.answers[0]))
    formula = ""
    if source and source.target and not source.target.is_pooled(source.duty.unit):
        formula = rate_formula(part_of(source.target, source.duty.unit), cell)
    if formula:
        # LibreOffice does not recompute on load: the value of an empty answer is given.
        sheet.write_formula(at, col, formula, styles("percent"), "")
    else:
        sheet.write_string(at, col, "—", styles("centre"))


def _write_prompts(sheet: Worksheet, grid: _Grid, count: int) -> None:
    if not count:
        return
    for column in grid.table.answers:
        at, first = grid.at(column), grid.first_row
        rule: dict[str, object] = {"validate": "any"}
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
        if column.prompt:
            rule |= {"input_title": column.header.replace("{period}", "")[:32],
                     "input_message": column.prompt[:255]}  # fmt: skip
        if len(rule) > 1:
            sheet.data_validation(first, at, first + count - 1, at, rule)
        if column.answer == "number":
            area = f"{xl_rowcol_to_cell(first, at)}:{xl_rowcol_to_cell(first + count - 1, at)}"
            sheet.ignore_errors({"number_stored_as_text": area})


def _write_sign_off(sheet: Worksheet, styles: Styles, form: UnitForm, grid: _Grid, at: int) -> int:
    """Four lines to sign on the left, room for the seal on the right; returns the row after."""
    label_end = grid.span(0, 18)
    value_end = grid.span(label_end + 1, 18)
    at += 1
    for row, label in enumerate(SIGN_OFF, at):
        sheet.set_row(row, 26)
        write_across(sheet, row, 0, label_end, f"{label}：", styles("label"))
        known = form.sign_off.get(label, "")
        write_across(sheet, row, label_end + 1, value_end, known, styles("sign"))
    end = at + len(SIGN_OFF)
    seal = (at, value_end + 1, end - 1, grid.last)
    write_over(sheet, seal, "（单位盖章）", styles("seal"))
    return end


def _set_page(sheet: Worksheet, form: UnitForm, grid: _Grid, end: int) -> None:
    table = grid.table
    if table.orientation == "landscape":
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(**margins(table.orientation))
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(_HEAD_ROW, grid.first_row - 1)
    sheet.print_area(0, 0, max(end - 1, grid.first_row), grid.last)
    sheet.set_footer(f"&L&8 {form.code.written}{FOOTER}")
    first = grid.at(table.main)
    sheet.freeze_panes(grid.first_row, 0)
    sheet.set_selection(grid.first_row, first, grid.first_row, first)
    sheet.protect("", _LOCK)


def _write_last(sheet: Worksheet, styles: Styles, form: UnitForm) -> None:
    """Last period's answers, under headers that are never read as this period's."""
    last, annex = form.last, form.tables[0]
    if last.period is None:
        return
    answers = annex.table.answers
    widths = [6.0, 24.0] + [52.0 if c.answer == "text" else 18.0 for c in answers]
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    title = f"上期填报：{last.period.label}（仅供查看，不必填写）"
    write_across(sheet, 0, 0, 1 + len(answers), title, styles("subtitle"))
    sheet.set_row(0, 30)
    heads = ["序号", "实事名称", *(c.title_of(last.period) for c in answers)]
    sheet.write_row(1, 0, heads, styles("head"))
    sheet.set_row(1, 36)
    for at, row in enumerate(annex.rows, 2):
        known = last.of(row.item)
        texts = [str(row.number), row.name]
        texts += [known.get(c.key, "") for c in answers]
        for col, text in enumerate(texts):
            write_text(sheet, at, col, text, styles("centre" if col == 0 else "text"))
        sheet.set_row(at, row_height(zip(texts, widths, strict=True), BODY_SIZE, 26))
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    _set_aside_page(sheet)


def _set_aside_page(sheet: Worksheet) -> None:
    """A sheet that is only looked at: locked, and on one page's width should it be printed."""
    sheet.set_paper(A4)
    sheet.set_margins(**narrow_margins())
    sheet.fit_to_pages(1, 0)
    sheet.protect("", _LOCK)


def _write_guide(sheet: Worksheet, styles: Styles, guide: str) -> None:
    sheet.set_column(0, 0, 88)
    sheet.hide_gridlines(2)
    for at, line in enumerate(guide.strip().split("\n")):
        write_text(sheet, at, 0, line, styles("subtitle" if at == 0 else "guide"))
        sheet.set_row(at, row_height([(line, 88)], 16 if at == 0 else BODY_SIZE, 18))
    _set_aside_page(sheet)
