"""UnitForm → the bytes of the workbook that is sent to the unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ..cells import write_across, write_over
from ..grid import MARK, Grid, meta_height, write_headers, write_meta, write_title
from ..paper import new_book, set_official_page
from ..sheets import PROPERTY
from ..styles import Styles
from ..unit_form import SIGN_OFF, SentTable, UnitForm
from .aside import LOCK, write_guide, write_last
from .printed_code import BESIDE_CODE, write_beside_code
from .room import SIGN_GAP, SIGN_HEIGHT, room_to_write
from .rows import needed_heights, write_rows

Cell = tuple[str, str, str, str]  # sheet, item, target or "", column key: one answer

_UNIT_ROW, _CODE_ROW, _HEAD_ROW = 1, 2, 3
_CODE_HEIGHT = 16.0


def write_form(form: UnitForm, guide: str) -> bytes:
    """The workbook: the annex first, then what else is asked, then what is only looked at."""
    out = BytesIO()
    # A fixed date makes the bytes repeatable, and older than any saving by the unit.
    book = new_book(out, form.title, datetime(form.period.year, 1, 1))
    styles = Styles(book)
    book.set_custom_property(PROPERTY, str(form.code))
    for sent in form.tables:
        _write_table(book, styles, form, sent)
    if form.last.answers:
        write_last(book, styles, form)
    write_guide(book, styles, guide)
    book.close()
    return out.getvalue()


def answer_cells(form: UnitForm) -> Mapping[Cell, str]:
    """Where each answer stands on the workbook that `write_form` makes: its A1 address."""
    found: dict[Cell, str] = {}
    for sent in form.tables:
        grid = _grid(form, sent)
        for at, row in enumerate(sent.rows, grid.first_row):
            for column in sent.table.answers:
                key = (sent.table.sheet, row.item, row.target, column.key)
                found[key] = xl_rowcol_to_cell(at, grid.at(column))
    return found


def _grid(form: UnitForm, sent: SentTable) -> Grid:
    return Grid.of(sent.table, form.period.cycle, _HEAD_ROW, marked=True)


def _write_table(book: Workbook, styles: Styles, form: UnitForm, sent: SentTable) -> None:
    sheet = book.add_worksheet(sent.table.sheet)
    grid = _grid(form, sent)
    title = _title(form, grid)
    _write_head(sheet, styles, form, grid, title)
    signed = sent is form.tables[0]
    signs = len(SIGN_OFF) if signed else 0
    room = room_to_write(grid, _above(form, grid, title), needed_heights(sent, grid), signs)
    end = write_rows(sheet, styles, form, sent, grid, room)
    if signed:
        end = _write_sign_off(sheet, styles, form, grid, end)
    _set_page(sheet, form, grid, end)


def _title(form: UnitForm, grid: Grid) -> str:
    first = grid.table is form.tables[0].table
    return form.title if first else f"{form.title}（{grid.table.sheet}）"


def _write_head(sheet: Worksheet, styles: Styles, form: UnitForm, grid: Grid, title: str) -> None:
    # Narrow: LibreOffice counts a hidden column where it fits a sheet to the page.
    sheet.set_column(MARK, MARK, 0.5, styles("mark"), {"hidden": True})
    write_title(sheet, styles, grid, title)
    unit, period = _meta(form)
    code = f"表单编码：{form.code.written}"
    if form.stamped:
        write_beside_code(sheet, styles, grid, _UNIT_ROW, (unit, period, code), form.code)
    else:
        write_meta(sheet, styles, grid, _UNIT_ROW, unit, period)
        write_across(sheet, _CODE_ROW, 0, grid.last, code, styles("code"))
        sheet.set_row(_CODE_ROW, _CODE_HEIGHT)
    write_headers(sheet, styles, grid)
    sheet.write_string(grid.first_row - 1, MARK, str(form.code), styles("mark"))


def _meta(form: UnitForm) -> tuple[str, str]:
    return f"填报单位：{form.unit}", f"期次：{form.period.label}"


def _above(form: UnitForm, grid: Grid, title: str) -> tuple[float, float]:
    """Points above the table on the first page, and on the others."""
    first = grid.title_height(title)
    if form.stamped:
        return first + BESIDE_CODE, BESIDE_CODE
    return first + meta_height(grid, *_meta(form)) + _CODE_HEIGHT, 0.0


def _write_sign_off(sheet: Worksheet, styles: Styles, form: UnitForm, grid: Grid, at: int) -> int:
    """Four lines to sign on the left, room for the seal on the right; returns the row after."""
    label_end = grid.span(0, 18)
    value_end = grid.span(label_end + 1, 18)
    sheet.set_row(at, SIGN_GAP)
    at += 1
    for row, label in enumerate(SIGN_OFF, at):
        sheet.set_row(row, SIGN_HEIGHT)
        write_across(sheet, row, 0, label_end, f"{label}：", styles("label"))
        known = form.sign_off.get(label, "")
        write_across(sheet, row, label_end + 1, value_end, known, styles("sign"))
    end = at + len(SIGN_OFF)
    seal = (at, value_end + 1, end - 1, grid.last)
    write_over(sheet, seal, "（单位盖章）", styles("seal"))
    return end


def _set_page(sheet: Worksheet, form: UnitForm, grid: Grid, end: int) -> None:
    set_official_page(sheet, grid.table.orientation, form.code.written)
    # Excel prints the cells to fill without their colour: the sheet on paper is the annex.
    sheet.print_black_and_white()
    # LibreOffice prints a picture that lies on repeated rows on every page (seen there): any page of a
    # stamped copy says whose it is.
    sheet.repeat_rows(_UNIT_ROW if form.stamped else grid.head_row, grid.first_row - 1)
    sheet.print_area(0, 0, max(end - 1, grid.first_row), grid.last)
    first = grid.at(grid.table.main)
    sheet.freeze_panes(grid.first_row, 0)
    sheet.set_selection(grid.first_row, first, grid.first_row, first)
    sheet.protect("", LOCK)
