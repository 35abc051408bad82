"""LibreOffice as a spreadsheet program, over its socket; run by the Python that has `uno`."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found] # comes with LibreOffice; it has no types
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found] # made by uno
from com.sun.star.table import (  # type: ignore[import-not-found] # made by uno
    TableSortField,
)

from .desk import Area, Desk, Value

_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}
_POINT = 2540 / 72  # hundredths of a millimetre
_WHITE = 0xFFFFFF


class UnoDesk:
    """A workbook that LibreOffice has open."""

    def __init__(self, program: UnoProgram, document: Any) -> None:
        self._program = program
        self._document = document
        self._odd: list[tuple[str, int, int]] = []  # cells whose looks were changed
        # Each call takes milliseconds: what was asked of a sheet is kept until the sheet changes.
        self._found: dict[str, Any] = {}
        self._asked: dict[str, dict[str, Any]] = {}

    def _sheet(self, name: str) -> Any:
        if name not in self._found:
            self._found[name] = self._document.Sheets.getByName(name)
        return self._found[name]

    def _edit(self, name: str) -> Any:
        self._asked.pop(name, None)
        return self._sheet(name)

    def _sheets_to_change(self) -> Any:
        self._asked.clear()
        self._found.clear()
        return self._document.Sheets

    def _ask(self, what: str, sheet: str, read: Callable[[str], Any]) -> Any:
        known = self._asked.setdefault(sheet, {})
        if what not in known:
            known[what] = read(sheet)
        return known[what]

    def _cell(self, sheet: str, row: int, col: int) -> Any:
        return self._sheet(sheet).getCellByPosition(col, row)

    def _cell_to_change(self, sheet: str, row: int, col: int) -> Any:
        """Changing a cell changes no merged area, no height and nothing hidden."""
        for what in ("cells", "used"):
            self._asked.setdefault(sheet, {}).pop(what, None)
        return self._cell(sheet, row, col)

    def _range(self, sheet: str, area: Area) -> Any:
        first, left, last, right = area
        return self._sheet(sheet).getCellRangeByPosition(left, first, right, last)

    def _address(self, sheet: str, area: Area) -> Any:
        return self._range(sheet, area).RangeAddress

    def _used(self, sheet: str) -> Area:
        return self._ask("used", sheet, self._read_used)  # type: ignore[no-any-return] # an Area

    def _read_used(self, sheet: str) -> Area:
        cursor = self._sheet(sheet).createCursor()
        cursor.gotoEndOfUsedArea(False)
        address = cursor.RangeAddress
        return (0, 0, address.EndRow, address.EndColumn)

    # What stands there.

    def sheets(self) -> list[str]:
        return list(self._document.Sheets.ElementNames)

    def cells(self, sheet: str) -> list[list[str]]:
        return [list(row) for row in self._ask("cells", sheet, self._read_cells)]

    def _read_cells(self, sheet: str) -> list[list[str]]:
        rows = self._range(sheet, self._used(sheet)).getFormulaArray()
        # A text that looks like a number is given with an apostrophe before it.
        return [[text.removeprefix("'") for text in row] for row in rows]

    def merges(self, sheet: str) -> set[Area]:
        return set(self._ask("merges", sheet, self._read_merges))

    def _read_merges(self, sheet: str) -> set[Area]:
        found: set[Area] = set()
        self._search_merges(sheet, self._used(sheet), found)
        return found

    def _search_merges(self, sheet: str, area: Area, found: set[Area]) -> None:
        """Halve the area as long as merged cells begin in it: a call a cell takes seconds."""
        first, left, last, right = area
        cells = self._range(sheet, area)
        if not cells.IsMerged:
            return
        if (first, left) == (last, right):
            cursor = self._sheet(sheet).createCursorByRange(cells)
            cursor.collapseToMergedArea()
            found.add(_area(cursor.RangeAddress))
        elif last > first:
            middle = (first + last) // 2
            self._search_merges(sheet, (first, left, middle, right), found)
            self._search_merges(sheet, (middle + 1, left, last, right), found)
        else:
            middle = (left + right) // 2
            self._search_merges(sheet, (first, left, last, middle), found)
            self._search_merges(sheet, (first, middle + 1, last, right), found)

    def heights(self, sheet: str) -> list[float]:
        return list(self._ask("heights", sheet, self._read_heights))

    def _read_heights(self, sheet: str) -> list[float]:
        rows = self._sheet(sheet).Rows
        return [rows.getByIndex(r).Height / _POINT for r in range(self._used(sheet)[2] + 1)]

    def hidden_columns(self, sheet: str) -> set[int]:
        seen = {c for area in self._visible(sheet) for c in range(area[1], area[3] + 1)}
        return set(range(self._used(sheet)[3] + 1)) - seen

    def _visible(self, sheet: str) -> set[Area]:
        return set(self._ask("visible", sheet, self._read_visible))

    def _read_visible(self, sheet: str) -> set[Area]:
        areas = self._range(sheet, self._used(sheet)).queryVisibleCells()
        return {_area(address) for address in areas.RangeAddresses}

    def look(self, sheet: str) -> tuple[object, ...]:
        return (
            self._sheet(sheet).IsVisible, self.cells(sheet), self.merges(sheet),
            self._visible(sheet), self._notes(sheet), self._sheet(sheet).DrawPage.Count,
            [self._looks_of(*at) for at in self._odd if at[0] == sheet],
        )  # fmt: skip

    def _notes(self, sheet: str) -> list[tuple[int, str]]:
        return [(note.Position.Row, note.String) for note in self._sheet(sheet).Annotations]

    def _looks_of(self, sheet: str, row: int, col: int) -> tuple[int, int]:
        cell = self._cell(sheet, row, col)
        return (cell.CharStrikeout, cell.CharColor)

    # Cells.

    def write(self, sheet: str, row: int, col: int, value: Value) -> None:
        cell = self._cell_to_change(sheet, row, col)
        if isinstance(value, str):
            cell.String = value
        else:
            cell.Value = value

    def refer(self, sheet: str, row: int, col: int, other: str, at: tuple[int, int]) -> None:
        name = self._cell(other, *at).AbsoluteName.partition(".")[2]
        self._cell_to_change(sheet, row, col).Formula = f"=$'{other}'.{name}"

    def link(self, sheet: str, row: int, col: int, file: str) -> None:
        self._cell_to_change(sheet, row, col).Formula = f"='file:///D:/{file}'#$Sheet1.$B$3"

    def fail(self, sheet: str, row: int, col: int) -> None:
        self._cell_to_change(sheet, row, col).Formula = "=#REF!"

    def comment(self, sheet: str, row: int, col: int, text: str) -> None:
        notes = self._edit(sheet).Annotations
        notes.insertNew(self._cell(sheet, row, col).CellAddress, text)

    def strike(self, sheet: str, row: int, col: int) -> None:
        self._cell(sheet, row, col).CharStrikeout = 1
        self._odd.append((sheet, row, col))

    def whiten(self, sheet: str, row: int, col: int) -> None:
        cell = self._cell(sheet, row, col)
        cell.CharColor = _WHITE
        cell.IsCellBackgroundTransparent = True
        self._odd.append((sheet, row, col))

    def put_picture(self, sheet: str, row: int, col: int) -> None:
        cell = self._cell(sheet, row, col)
        shape = self._document.createInstance("com.sun.star.drawing.GraphicObjectShape")
        shape.Graphic = self._program.picture()
        self._edit(sheet).DrawPage.add(shape)
        shape.setPosition(cell.Position)
        size = cell.Size
        size.Height, size.Width = min(size.Height, 2000), min(size.Width, 3000)
        shape.setSize(size)
        shape.Anchor = cell

    def merge(self, sheet: str, area: Area) -> None:
        self._edit(sheet)
        self._range(sheet, area).merge(True)

    def unmerge(self, sheet: str, area: Area) -> None:
        self._edit(sheet)
        self._range(sheet, area).merge(False)

    # Rows and columns.

    def unprotect(self, sheet: str) -> None:
        self._edit(sheet).unprotect("")

    def insert_rows(self, sheet: str, at: int, count: int = 1) -> None:
        self._edit(sheet).Rows.insertByIndex(at, count)

    def delete_rows(self, sheet: str, at: int, count: int = 1) -> None:
        self._edit(sheet).Rows.removeByIndex(at, count)

    def insert_columns(self, sheet: str, at: int, count: int = 1) -> None:
        self._edit(sheet).Columns.insertByIndex(at, count)

    def delete_columns(self, sheet: str, at: int, count: int = 1) -> None:
        self._edit(sheet).Columns.removeByIndex(at, count)

    def hide_row(self, sheet: str, row: int) -> None:
        self._edit(sheet).Rows.getByIndex(row).IsVisible = False

    def hide_column(self, sheet: str, col: int) -> None:
        self._edit(sheet).Columns.getByIndex(col).IsVisible = False

    def sort(self, sheet: str, area: Area, by: int, *, downwards: bool) -> None:
        field = TableSortField()
        field.Field, field.IsAscending = by - area[1], not downwards
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        how = (_property("SortFields", fields), _property("ContainsHeader", False))
        self._edit(sheet)
        self._range(sheet, area).sort(how)

    def drag(self, sheet: str, area: Area, to: tuple[int, int], onto: str = "") -> None:
        target = self._cell(onto or sheet, *to).CellAddress
        self._edit(sheet)
        self._edit(onto or sheet).moveRange(target, self._address(sheet, area))

    def copy(self, sheet: str, area: Area, to: tuple[int, int]) -> None:
        target = self._cell(sheet, *to).CellAddress
        self._edit(sheet).copyRange(target, self._address(sheet, area))

    # The workbook.

    def add_sheet(self, name: str, at: int) -> None:
        self._sheets_to_change().insertNewByName(name, at)

    def rename_sheet(self, sheet: str, name: str) -> None:
        self._sheets_to_change().getByName(sheet).Name = name

    def remove_sheet(self, sheet: str) -> None:
        self._sheets_to_change().removeByName(sheet)

    def move_sheet(self, sheet: str, at: int) -> None:
        self._sheets_to_change().moveByName(sheet, at)

    def hide_sheet(self, sheet: str) -> None:
        self._edit(sheet).IsVisible = False

    def copy_sheet(self, sheet: str, name: str, at: int) -> None:
        self._sheets_to_change().copyByName(sheet, name, at)

    def take_sheet(self, other: Desk, sheet: str, name: str, at: int) -> None:
        assert isinstance(other, UnoDesk)
        sheets = self._sheets_to_change()
        sheets.importSheet(other._document, sheet, at)
        sheets.getByIndex(at).Name = name

    def save(self, path: Path) -> None:
        how = (_property("FilterName", _FILTERS[path.suffix]),)
        self._document.storeToURL(path.as_uri(), how)

    def close(self) -> None:
        # LibreOffice may die of objects that are let go while their document closes.
        self._asked.clear()
        self._found.clear()
        self._document.close(True)


class UnoProgram:
    """A running LibreOffice that listens on `port`."""

    computes = True

    def __init__(self, port: int, picture: Path) -> None:
        self._picture = picture
        self._opened = 0
        context = _connect(port)
        self._services = context.ServiceManager
        self._context = context
        self._desktop = self._service("com.sun.star.frame.Desktop")

    def _service(self, name: str) -> Any:
        return self._services.createInstanceWithContext(name, self._context)

    def open_book(self, path: Path) -> UnoDesk:
        """A copy of its own: LibreOffice locks what it opens, and leaves the lock where it dies."""
        self._opened += 1
        copy = self._picture.with_name(f"open{self._opened}{path.suffix}")
        shutil.copyfile(path, copy)
        document = self._document()
        document.load((
            _property("URL", copy.as_uri()), _property("FilterName", _FILTERS[path.suffix]),
        ))  # fmt: skip
        return UnoDesk(self, document)

    def new_book(self, sheet: str) -> UnoDesk:
        document = self._document()
        document.initNew()
        document.Sheets.getByIndex(0).Name = sheet
        return UnoDesk(self, document)

    def _document(self) -> Any:
        """One without a window: LibreOffice 7.4 dies of sheets that come from another workbook
        while a window shows one."""
        return self._service("com.sun.star.sheet.SpreadsheetDocument")

    def picture(self) -> Any:
        provider = self._service("com.sun.star.graphic.GraphicProvider")
        return provider.queryGraphic((_property("URL", self._picture.as_uri()),))

    def stop(self) -> None:
        """End LibreOffice; it breaks the connection off before it answers."""
        with suppress(Exception):
            self._desktop.terminate()


def _connect(port: int) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    url = f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"
    for _ in range(240):
        try:
            return resolver.resolve(url)
        except Exception:  # uno's NoConnectException, until LibreOffice has started
            time.sleep(0.25)
    raise TimeoutError("LibreOffice does not answer")


def _property(name: str, value: Any) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _area(address: Any) -> Area:
    return (address.StartRow, address.StartColumn, address.EndRow, address.EndColumn)
