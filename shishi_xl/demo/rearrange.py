"""Moving rows and columns of an openpyxl sheet as a spreadsheet program moves them.

openpyxl's own insert_rows and delete_rows leave merged areas, heights, widths and validations
where they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

Line = Callable[[int], int | None]  # where a row or column goes; None where it is deleted
Area = tuple[int, int, int, int]  # first row, first column, last row, last column; from 1


def stays(line: int) -> int:
    """Every line where it is."""
    return line


def insertion(at: int, count: int = 1) -> Line:
    """Lines from `at` on go `count` further."""
    return lambda line: line + count if line >= at else line


def deletion(at: int) -> Line:
    """Line `at` goes, those after it close the gap."""
    return lambda line: None if line == at else line - (line > at)


def permutation(before: Iterable[int], after: Iterable[int]) -> Line:
    """The lines `after` come to stand where `before` stand."""
    places = dict(zip(after, before, strict=True))
    return lambda line: places.get(line, line)


def rearrange(sheet: Worksheet, row: Line = stays, column: Line = stays) -> None:
    """Move all that a sheet holds: cells, merged areas, heights, widths, hidden columns, lists.

    A protected sheet is unprotected first, as a person must do. A row put in between takes the
    format of the row above it.
    """
    sheet.protection.disable()
    merged = [_moved((a.min_row, a.min_col, a.max_row, a.max_col), row, column)
              for a in sheet.merged_cells.ranges]  # fmt: skip
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    cells = [c for line in sheet.iter_rows() for c in line if not isinstance(c, MergedCell)]
    sheet.delete_rows(1, sheet.max_row)
    for cell in cells:
        _move(sheet, cell, row(cell.row), column(cell.column))
    _move_heights(sheet, row)
    _move_widths(sheet, column)
    _move_lists(sheet, row, column)
    for moved in sorted(filter(None, merged)):
        sheet.merge_cells(_reference(moved))


def copy_format(sheet: Worksheet, source: int, row: int) -> None:
    """Give a row the format and height of another."""
    for column in range(1, sheet.max_column + 1):
        model = sheet.cell(source, column)
        if model.has_style:
            _copy_style(model, sheet.cell(row, column))
    sheet.row_dimensions[row].height = sheet.row_dimensions[source].height


def _move(sheet: Worksheet, cell: Cell, row: int | None, column: int | None) -> None:
    if row is None or column is None:
        return
    moved = sheet.cell(row, column)
    value = cell.value
    if cell.data_type == "f":
        value = Translator(str(value), cell.coordinate).translate_formula(moved.coordinate)
    write(moved, value, cell.data_type)
    _copy_style(cell, moved)


def _copy_style(model: Cell | MergedCell, cell: Cell | MergedCell) -> None:
    cell._style = copy(model._style)  # type: ignore[union-attr] # not in the stubs


def write(cell: Cell | MergedCell, value: object, data_type: str = "s") -> None:
    """Put a value into a cell; text is text whatever it begins with."""
    cell.value = value  # type: ignore[assignment] # whatever a cell held it may hold again
    if isinstance(value, str):
        cell.data_type = data_type


def _move_heights(sheet: Worksheet, row: Line) -> None:
    heights = {at: line.height for at, line in sheet.row_dimensions.items() if line.height}
    for at in heights:
        sheet.row_dimensions[at].height = None
    for at, height in heights.items():
        moved = row(at)
        if moved is not None:
            sheet.row_dimensions[moved].height = height


def _move_widths(sheet: Worksheet, column: Line) -> None:
    widths = column_widths(sheet)
    sheet.column_dimensions.clear()
    for at, (width, hidden) in widths.items():
        moved = column(at)
        if moved is not None:
            line = sheet.column_dimensions[get_column_letter(moved)]
            line.width, line.hidden = width, hidden


def column_widths(sheet: Worksheet) -> dict[int, tuple[float, bool]]:
    """Column → width and whether it is hidden; openpyxl keeps neighbours of one width together."""
    found = {}
    for line in sheet.column_dimensions.values():
        first = line.min or column_index_from_string(line.index or "A")
        for at in range(first, (line.max or first) + 1):
            found[at] = (line.width, line.hidden)
    return found


def _move_lists(sheet: Worksheet, row: Line, column: Line) -> None:
    for rule in sheet.data_validations.dataValidation:
        areas = ((a.min_row, a.min_col, a.max_row, a.max_col) for a in rule.sqref.ranges)
        moved = filter(None, (_moved(area, row, column) for area in areas))
        rule.sqref = MultiCellRange(" ".join(map(_reference, moved)))


def _moved(area: Area, row: Line, column: Line) -> Area | None:
    """Where an area comes to lie: around what is left of its lines."""
    first, left, last, right = area
    rows = [to for line in range(first, last + 1) if (to := row(line)) is not None]
    columns = [to for line in range(left, right + 1) if (to := column(line)) is not None]
    return (min(rows), min(columns), max(rows), max(columns)) if rows and columns else None


def _reference(area: Area) -> str:
    first, left, last, right = area
    return f"{get_column_letter(left)}{first}:{get_column_letter(right)}{last}"
