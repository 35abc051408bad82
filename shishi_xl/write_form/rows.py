"""The rows of a unit's table: what is known, and cells to fill."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ..cells import write_text
from ..form import Column
from ..grid import MARK, Grid
from ..layout import BODY_SIZE, FIXED_SIZES, MAX_HEIGHT, NARROW_COLUMN
from ..progress import part_of, rate_formula
from ..sources import SourceValue
from ..styles import Styles
from ..unit_form import SentRow, SentTable, UnitForm, fixed_text
from ..wrap import row_height

_USUAL = 100.0  # points of an item's row
_SHORT = ("number", "deadline", "choice")


def write_rows(
    sheet: Worksheet, styles: Styles, form: UnitForm, sent: SentTable, grid: Grid, room: float
) -> int:
    """The table's rows, none lower than `room`; returns the row after the last."""
    at = grid.first_row
    for row, needed in zip(sent.rows, needed_heights(sent, grid), strict=True):
        sheet.write_string(at, MARK, str(form.row_id(row)), styles("mark"))
        for column in grid.table.columns:
            _write_cell(sheet, styles, grid, (at, grid.at(column)), row, column)
        sheet.set_row(at, min(MAX_HEIGHT, max(room, needed)))
        at += 1
    _write_prompts(sheet, grid, len(sent.rows))
    return at


def needed_heights(sent: SentTable, grid: Grid) -> list[float]:
    """What the known text of each row takes."""
    return [
        max(
            row_height([(_text(row, c), w)], _size(row, c, w))
            for c, w in zip(grid.table.columns, grid.widths, strict=True)
        )
        for row in sent.rows
    ]


def _size(row: SentRow, column: Column, width: float) -> float:
    """Of the type: smaller where known text would make the row higher than the room to write in."""
    if column.answer:
        return BODY_SIZE
    text = _text(row, column)
    return next(
        (s for s in FIXED_SIZES if row_height([(text, width)], s) <= _USUAL), FIXED_SIZES[-1]
    )


def _text(row: SentRow, column: Column) -> str:
    return row.prefill.get(column.key, "") if column.answer else fixed_text(row, column)


def _write_cell(
    sheet: Worksheet, styles: Styles, grid: Grid, at: tuple[int, int], row: SentRow, column: Column
) -> None:
    if column.answer:
        style = styles("answer_short" if column.answer in _SHORT else "answer")
        write_text(sheet, *at, _text(row, column), style)
    elif column.source == "computed.rate":
        _write_rate(sheet, styles, grid, row, *at)
    else:
        size = _size(row, column, grid.widths[grid.table.columns.index(column)])
        _write_fixed(sheet, styles, column, at, row.fixed[column.key], size)


def _write_fixed(
    sheet: Worksheet, styles: Styles, column: Column, at: tuple[int, int], value: SourceValue,
    size: float,
) -> None:  # fmt: skip
    if isinstance(value, int | Decimal):
        shown = value if isinstance(value, int) else round(value, 2)
        sheet.write_number(*at, float(shown), styles("number"))
    else:
        style = "centre" if column.width <= NARROW_COLUMN else "text"
        look = {} if size == BODY_SIZE else {"font_size": size}
        write_text(sheet, *at, value or "", styles(style, **look))


def _write_rate(
    sheet: Worksheet, styles: Styles, grid: Grid, row: SentRow, at: int, col: int
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


def _write_prompts(sheet: Worksheet, grid: Grid, count: int) -> None:
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
