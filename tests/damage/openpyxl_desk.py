"""openpyxl as a spreadsheet program: it moves merged areas, heights and widths, which openpyxl does not."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formula.translate import Translator
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from shishi_xl.demo.saving import save_book

from .desk import Area, Desk, Value
from .moves import Line, deletion, insertion, moved, moved_areas, stays
from .picture import PNG

_DEFAULT_HEIGHT = 15.0


class OpenpyxlDesk:
    """A workbook in memory."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._pictures: set[tuple[str, int, int]] = set()

    def _sheet(self, name: str) -> Worksheet:
        sheet = self._book[name]
        assert isinstance(sheet, Worksheet)
        return sheet

    def _cell(self, sheet: str, row: int, col: int) -> Cell:
        cell = self._sheet(sheet).cell(row + 1, col + 1)
        assert isinstance(cell, Cell), f"{sheet} {cell.coordinate} is covered"
        return cell

    # What stands there.

    def sheets(self) -> list[str]:
        return list(self._book.sheetnames)

    def cells(self, sheet: str) -> list[list[str]]:
        return [[_text(v) for v in row] for row in self._sheet(sheet).iter_rows(values_only=True)]

    def merges(self, sheet: str) -> set[Area]:
        return {_area(a.bounds) for a in self._sheet(sheet).merged_cells.ranges}

    def heights(self, sheet: str) -> list[float]:
        lines = self._sheet(sheet).row_dimensions
        rows = range(1, self._sheet(sheet).max_row + 1)
        return [(lines[r].height if r in lines else None) or _DEFAULT_HEIGHT for r in rows]

    def hidden_columns(self, sheet: str) -> set[int]:
        return {at - 1 for at, (_, hidden) in _widths(self._sheet(sheet)).items() if hidden}

    def look(self, sheet: str) -> tuple[object, ...]:
        lines = self._sheet(sheet).row_dimensions
        return (
            self._sheet(sheet).sheet_state, self.cells(sheet), self.merges(sheet),
            self.hidden_columns(sheet), {r for r, line in lines.items() if line.hidden},
            list(_looks(self._sheet(sheet))), {p for p in self._pictures if p[0] == sheet},
        )  # fmt: skip

    # Cells.

    def write(self, sheet: str, row: int, col: int, value: Value) -> None:
        cell = self._cell(sheet, row, col)
        cell.value = value or None
        if isinstance(value, str) and value:
            cell.data_type = "s"  # text is text whatever it begins with

    def refer(self, sheet: str, row: int, col: int, other: str, at: tuple[int, int]) -> None:
        self._cell(sheet, row, col).value = f"='{other}'!{get_column_letter(at[1] + 1)}{at[0] + 1}"

    def link(self, sheet: str, row: int, col: int, file: str) -> None:
        self._cell(sheet, row, col).value = f"='[{file}]Sheet1'!$B$3"

    def fail(self, sheet: str, row: int, col: int) -> None:
        cell = self._cell(sheet, row, col)
        cell.value = "#REF!"
        cell.data_type = "e"

    def comment(self, sheet: str, row: int, col: int, text: str) -> None:
        self._cell(sheet, row, col).comment = Comment(text, "填报人")

    def strike(self, sheet: str, row: int, col: int) -> None:
        cell = self._cell(sheet, row, col)
        cell.font = Font(name=cell.font.name, sz=cell.font.sz, strike=True)

    def whiten(self, sheet: str, row: int, col: int) -> None:
        cell = self._cell(sheet, row, col)
        cell.font = Font(name=cell.font.name, sz=cell.font.sz, color="FFFFFFFF")
        cell.fill = PatternFill()

    def put_picture(self, sheet: str, row: int, col: int) -> None:
        image = Image(BytesIO(PNG))
        image.anchor = f"{get_column_letter(col + 1)}{row + 1}"
        self._sheet(sheet).add_image(image)
        self._pictures.add((sheet, row, col))

    def merge(self, sheet: str, area: Area) -> None:
        self._sheet(sheet).merge_cells(_reference(area))

    def unmerge(self, sheet: str, area: Area) -> None:
        self._sheet(sheet).unmerge_cells(_reference(area))

    # Rows and columns.

    def unprotect(self, sheet: str) -> None:
        self._sheet(sheet).protection.disable()

    def insert_rows(self, sheet: str, at: int, count: int = 1) -> None:
        _rearrange(self._sheet(sheet), row=insertion(at, count))
        if at:
            for row in range(at, at + count):
                _copy_format(self._sheet(sheet), at - 1, row)

    def delete_rows(self, sheet: str, at: int, count: int = 1) -> None:
        _rearrange(self._sheet(sheet), row=deletion(at, count))

    def insert_columns(self, sheet: str, at: int, count: int = 1) -> None:
        _rearrange(self._sheet(sheet), col=insertion(at, count))

    def delete_columns(self, sheet: str, at: int, count: int = 1) -> None:
        _rearrange(self._sheet(sheet), col=deletion(at, count))

    def hide_row(self, sheet: str, row: int) -> None:
        self._sheet(sheet).row_dimensions[row + 1].hidden = True

    def hide_column(self, sheet: str, col: int) -> None:
        self._sheet(sheet).column_dimensions[get_column_letter(col + 1)].hidden = True

    def sort(self, sheet: str, area: Area, by: int, *, downwards: bool) -> None:
        first, left, last, right = area
        texts = {r: _text(self._cell(sheet, r, by).value) for r in range(first, last + 1)}
        full = sorted((r for r in texts if texts[r]), key=lambda r: texts[r], reverse=downwards)
        after = full + [r for r in texts if not texts[r]]
        lines = {row: _take(self._sheet(sheet), (row, left, row, right)) for row in after}
        for to, row in enumerate(after, first):
            _put(self._sheet(sheet), lines[row], (row, left), (to, left))

    def drag(self, sheet: str, area: Area, to: tuple[int, int], onto: str = "") -> None:
        old, new = self._sheet(sheet), self._sheet(onto or sheet)
        merges = [a for a in self.merges(sheet) if _within(a, area)]
        for merged in merges:
            self.unmerge(sheet, merged)
        _put(new, _take(old, area), area[:2], to)
        for first, left, last, right in merges:
            down, aside = to[0] - area[0], to[1] - area[1]
            new.merge_cells(_reference((first + down, left + aside, last + down, right + aside)))

    def copy(self, sheet: str, area: Area, to: tuple[int, int]) -> None:
        kept = self._sheet(sheet)
        taken = _take(kept, area)
        _put(kept, taken, area[:2], area[:2])
        _put(kept, taken, area[:2], to)

    # The workbook.

    def add_sheet(self, name: str, at: int) -> None:
        self._book.create_sheet(name, at)

    def rename_sheet(self, sheet: str, name: str) -> None:
        self._sheet(sheet).title = name

    def remove_sheet(self, sheet: str) -> None:
        self._book.remove(self._sheet(sheet))

    def move_sheet(self, sheet: str, at: int) -> None:
        self._book.move_sheet(sheet, at - self.sheets().index(sheet))

    def hide_sheet(self, sheet: str) -> None:
        self._sheet(sheet).sheet_state = "hidden"
        visible = [i for i, s in enumerate(self._book.worksheets) if s.sheet_state == "visible"]
        self._book.active = visible[0]

    def copy_sheet(self, sheet: str, name: str, at: int) -> None:
        self.take_sheet(self, sheet, name, at)

    def take_sheet(self, other: Desk, sheet: str, name: str, at: int) -> None:
        assert isinstance(other, OpenpyxlDesk)
        model, new = other._sheet(sheet), self._book.create_sheet(name, at)
        for line in model.iter_rows():
            for cell in line:
                if isinstance(cell, Cell):
                    _copy_cell(cell, new.cell(cell.row, cell.column))
        for area in other.merges(sheet):
            new.merge_cells(_reference(area))
        for row, dimension in model.row_dimensions.items():
            new.row_dimensions[row].height = dimension.height
        _set_widths(new, _widths(model))

    def save(self, path: Path) -> None:
        with path.open("wb") as out:
            save_book(self._book, out)

    def close(self) -> None:
        self._book.close()


class OpenpyxlProgram:
    """Opens and makes workbooks; saves xlsx alone."""

    computes = False

    def open_book(self, path: Path) -> OpenpyxlDesk:
        return OpenpyxlDesk(load_workbook(path))

    def new_book(self, sheet: str) -> OpenpyxlDesk:
        book = Workbook()
        book.worksheets[0].title = sheet
        return OpenpyxlDesk(book)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _area(bounds: tuple[int, int, int, int]) -> Area:
    left, first, right, last = bounds
    return (first - 1, left - 1, last - 1, right - 1)


def _reference(area: Area) -> str:
    first, left, last, right = area
    return f"{get_column_letter(left + 1)}{first + 1}:{get_column_letter(right + 1)}{last + 1}"


def _within(inner: Area, outer: Area) -> bool:
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _looks(sheet: Worksheet) -> Iterator[tuple[str, object]]:
    for line in sheet.iter_rows():
        for cell in line:
            note = cell.comment.text if isinstance(cell, Cell) and cell.comment else ""
            colour = cell.font.color.rgb if cell.font and cell.font.color else ""
            if note or cell.font.strike or colour == "FFFFFFFF":
                yield cell.coordinate, (note, bool(cell.font.strike), colour)


# Cells taken off a sheet: (row, column) → value, type, format, comment.
_Taken = dict[tuple[int, int], Cell]


def _take(sheet: Worksheet, area: Area) -> _Taken:
    """Cut an area out: copies of its cells, which are left empty on the sheet."""
    first, left, last, right = area
    taken = {}
    for line in sheet.iter_rows(first + 1, last + 1, left + 1, right + 1):
        for cell in line:
            assert not isinstance(cell, MergedCell), f"{sheet.title} {cell.coordinate} is covered"
            kept = Cell(sheet, cell.row, cell.column)
            _copy_cell(cell, kept)
            taken[cell.row - 1, cell.column - 1] = kept
            cell.value = None
            cell.comment = None
    return taken


def _put(sheet: Worksheet, taken: _Taken, start: tuple[int, ...], to: tuple[int, ...]) -> None:
    for (row, col), kept in taken.items():
        cell = sheet.cell(row - start[0] + to[0] + 1, col - start[1] + to[1] + 1)
        assert isinstance(cell, Cell), f"{sheet.title} {cell.coordinate} is covered"
        _copy_cell(kept, cell)


def _copy_cell(model: Cell, cell: Cell | MergedCell) -> None:
    assert isinstance(cell, Cell)
    if model.data_type == "f":
        formula = Translator(str(model.value), model.coordinate)
        cell.value = formula.translate_formula(cell.coordinate)
    else:
        cell.value = model.value
        cell.data_type = model.data_type
    if model.has_style:
        if model.parent.parent is cell.parent.parent:
            cell._style = copy(model._style)  # type: ignore[attr-defined]  # openpyxl's own way
        else:  # a style's number means something else in another workbook
            for look in ("font", "fill", "border", "alignment"):
                setattr(cell, look, copy(getattr(model, look)))
            cell.number_format = model.number_format
    if model.comment:
        cell.comment = Comment(model.comment.text, model.comment.author)


def _copy_format(sheet: Worksheet, model: int, row: int) -> None:
    """A row put in between takes the format and height of the one above it."""
    for col in range(1, sheet.max_column + 1):
        above, cell = sheet.cell(model + 1, col), sheet.cell(row + 1, col)
        if isinstance(above, Cell) and isinstance(cell, Cell) and above.has_style:
            cell._style = copy(above._style)  # type: ignore[attr-defined]  # openpyxl's own way
    sheet.row_dimensions[row + 1].height = sheet.row_dimensions[model + 1].height


def _rearrange(sheet: Worksheet, row: Line = stays, col: Line = stays) -> None:
    """Move all that the sheet holds to its new lines."""
    merges = [_area(a.bounds) for a in sheet.merged_cells.ranges]
    for area in merges:
        sheet.unmerge_cells(_reference(area))
    everything = (0, 0, sheet.max_row - 1, sheet.max_column - 1)
    taken = _take(sheet, everything)
    sheet.delete_rows(1, sheet.max_row)
    for (r, c), kept in taken.items():
        if (to_row := row(r)) is not None and (to_col := col(c)) is not None:
            _copy_cell(kept, sheet.cell(to_row + 1, to_col + 1))
    heights = {at: (line.height, line.hidden) for at, line in sheet.row_dimensions.items()}
    sheet.row_dimensions.clear()
    for at, (height, hidden) in heights.items():
        if (to_row := row(at - 1)) is not None:
            sheet.row_dimensions[to_row + 1].height = height
            sheet.row_dimensions[to_row + 1].hidden = hidden
    widths = {to + 1: w for at, w in _widths(sheet).items() if (to := col(at - 1)) is not None}
    _set_widths(sheet, widths)
    for rule in sheet.data_validations.dataValidation:
        areas = (moved(_area(a.bounds), row, col) for a in rule.sqref.ranges)
        rule.sqref = MultiCellRange(" ".join(_reference(a) for a in areas if a))
    for area in moved_areas(merges, row, col):
        sheet.merge_cells(_reference(area))


def _widths(sheet: Worksheet) -> dict[int, tuple[float, bool]]:
    """Column → width and whether it is hidden; openpyxl keeps neighbours of one width together."""
    found = {}
    for line in sheet.column_dimensions.values():
        first = line.min or column_index_from_string(line.index or "A")
        for at in range(first, (line.max or first) + 1):
            found[at] = (line.width, bool(line.hidden))
    return found


def _set_widths(sheet: Worksheet, widths: dict[int, tuple[float, bool]]) -> None:
    sheet.column_dimensions.clear()
    for at, (width, hidden) in widths.items():
        line = sheet.column_dimensions[get_column_letter(at)]
        line.width, line.hidden = width, hidden
