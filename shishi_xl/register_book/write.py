"""Programme + rows → the bytes of a new 登记.xlsx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from ..cells import cell_text, write_text
from ..layout import ANSWER_FILL, GREY, PLAIN_SIZE
from ..model import Programme
from ..names import Names
from ..paper import new_book, set_plain_page
from ..styles import Styles
from ..wrap import row_height
from .columns import DECISION_SHEET, PERIODS, SHEETS, UNITS, RegisterColumn, RegisterSheet

Row = Mapping[str, str]  # column key → text

_HEAD_ROW = 0
_LAST = 4999  # how far the drop-down lists and the filter reach
_LISTS = "选项"
_HINTS = {
    True: "有底色的各列由经办人填写，填完保存，再运行一次汇总。行可以增删、排序，列可以移动、增加；程序只在下面加行。",
    False: "单位在电话里说的话记在这里，一事一行。程序不改这张表，也不据此代单位填写内容。",
}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "text": {},
    "list": {},
    "verbatim": {"num_format": "@"},
    "mark": {"text_wrap": False, "font_color": GREY},
    "time": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
}


def write_register(names: Names, rows: Mapping[str, Sequence[Row]]) -> bytes:
    """Both sheets with `rows` in them. The same values give the same bytes."""
    out = BytesIO()
    programme = names.programme
    # A fixed date makes the bytes repeatable.
    book = new_book(out, f"{programme.name} 登记", datetime(programme.year, 1, 1))
    styles = Styles(book)
    for wanted in SHEETS:
        _write_sheet(book.add_worksheet(wanted.name), styles, wanted, rows.get(wanted.name, ()))
    _write_lists(book, programme, names)
    book.close()
    return out.getvalue()


def _write_sheet(
    sheet: Worksheet, styles: Styles, wanted: RegisterSheet, rows: Sequence[Row]
) -> None:
    for col, column in enumerate(wanted.columns):
        fill: Mapping[str, Any] = {} if column.own else {"bg_color": ANSWER_FILL}
        style = styles("plain", **fill, **_STYLES[column.kind])
        sheet.set_column(col, col, column.width, style)
        write_text(sheet, _HEAD_ROW, col, column.header, styles("plain_head", **fill))
        _validate(sheet, col, column, _HINTS[wanted is DECISION_SHEET])
        for at, row in enumerate(rows, _HEAD_ROW + 1):
            write_text(sheet, at, col, row.get(column.key, ""), style)
    sheet.set_row(_HEAD_ROW, 24)
    for at, row in enumerate(rows, _HEAD_ROW + 1):
        sheet.set_row(at, height_of(wanted, row))
    _set_page(sheet, len(wanted.columns) - 1)


def height_of(sheet: RegisterSheet, row: Row) -> float:
    """Points for a row with these texts."""
    wrapped = (c for c in sheet.columns if c.kind != "mark")
    return row_height(((row.get(c.key, ""), c.width) for c in wrapped), PLAIN_SIZE, 18)


def _validate(sheet: Worksheet, col: int, column: RegisterColumn, hint: str) -> None:
    """The drop-down list and the prompt; at the header `hint`, what the sheet is for. Another word is warned of, not refused: an office may
    have named a unit in items.yaml since."""
    options: dict[str, object] = {"validate": "any"}
    if column.choices:
        inline = not isinstance(column.choices, str)
        source = list(column.choices) if inline else f"={column.choices}"
        options = {
            "validate": "list", "source": source, "error_type": "warning",
            "error_title": column.header, "error_message": "不在下拉列表之内。",
        }  # fmt: skip
    options |= {"input_title": column.header, "input_message": column.prompt}
    sheet.data_validation(_HEAD_ROW + 1, col, _LAST, col, options)
    at_head = {"validate": "any", "input_title": column.header, "input_message": hint}
    sheet.data_validation(_HEAD_ROW, col, _HEAD_ROW, col, at_head)


def _write_lists(book: Workbook, programme: Programme, names: Names) -> None:
    """Units and periods for the drop-down lists: one in the cell's rule ends at 255 characters."""
    sheet = book.add_worksheet(_LISTS)
    lists = {UNITS: names.holders, PERIODS: tuple(map(str, programme.periods))}
    for col, (name, words) in enumerate(lists.items()):
        sheet.set_column(col, col, 30)
        for row, word in enumerate((name, *words)):
            sheet.write_string(row, col, cell_text(word))
        letter = "AB"[col]
        book.define_name(name, f"={_LISTS}!${letter}$2:${letter}${max(len(words), 1) + 1}")
    sheet.hide()


def _set_page(sheet: Worksheet, last_col: int) -> None:
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.ignore_errors({"number_stored_as_text": xl_range(_HEAD_ROW, 0, _LAST, last_col)})
    sheet.autofilter(_HEAD_ROW, 0, _LAST, last_col)
    sheet.repeat_rows(_HEAD_ROW)
    set_plain_page(sheet)
