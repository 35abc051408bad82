"""HTML table → cells in a Grid, with what colspan and rowspan cover left empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from .grid import Grid
from .page_notes import Page, is_hidden, notes_in
from .page_text import text_of

_WIDEST = 1000  # HTML: colspan counts up to here


def is_data(table: _Element) -> bool:
    """Whether the table is one itself, not a frame around others for the sake of layout."""
    inner = next(table.iterdescendants("table"), None)
    return inner is None or not any(_is_frame(row) for row in _rows(table))


def table_width(table: _Element) -> int:
    """Columns of its widest row."""
    return max(
        (sum(_span(c, "colspan", _WIDEST) for c in _cells(r)) for r in _rows(table)), default=1
    )


def fill_grid(grid: Grid, table: _Element, page: Page) -> None:
    """Put the table's cells into `grid` under what is there. `page`: what it says of cells elsewhere.

    :raises TooLarge: as Grid does.
    """
    for caption in table.iterchildren("caption"):
        grid.put_line(text_of(caption))
    rows = list(_rows(table))
    covered: dict[int, int] = {}  # column → how many rows from here on are covered in it
    at = len(grid)
    for index, row in enumerate(rows):
        if is_hidden(row):
            grid.hide(rows=(at,))
        col = 0
        for cell in _cells(row):
            while covered.get(col):
                col += 1
            width = _span(cell, "colspan", _WIDEST)
            height = _span(cell, "rowspan", len(rows) - index)
            grid.put(at, col, _shown(cell))
            for note in notes_in(cell, page):
                grid.note(at, col, *note)
            # Excel's sign that the text runs over its empty neighbours: no merged cells.
            if "mso-ignore:colspan" not in cell.get("style", ""):
                grid.merge(at, col, height, width)
            covered.update(dict.fromkeys(range(col, col + width), height))
            col += width
        covered = {col: left - 1 for col, left in covered.items() if left > 1}
        at += _skipped(row)
    grid.reserve(at)


def _is_frame(row: _Element) -> bool:
    """Whether the row's one cell with content holds a table of two by two at least."""
    filled = [c for c in _cells(row) if text_of(c)]
    return len(filled) == 1 and any(
        sum(len(list(_cells(r))) > 1 for r in _rows(inner)) > 1 for inner in filled[0].iter("table")
    )


def _rows(table: _Element) -> Iterator[_Element]:
    """The table's own rows, whatever stands around them."""
    return _nearest(table, ("tr",))


def _cells(row: _Element) -> Iterator[_Element]:
    return _nearest(row, ("td", "th"))


def _nearest(element: _Element, tags: tuple[str, ...]) -> Iterator[_Element]:
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag != "table":
            yield from _nearest(child, tags)


def _span(cell: _Element, name: str, most: int) -> int:
    said = re.match(r"\s*(\d{1,9})", cell.get(name) or "1")
    # rowspan=0 reaches down to the end.
    return max(1, min(int(said[1]) or most, most)) if said else 1


def _shown(cell: _Element) -> str:
    """The text, or the number that Excel keeps beside ### where the column was too narrow."""
    text = text_of(cell)
    number = cell.get("x:num") or cell.get("sdval")
    return number if number and text and not text.strip("#") else text


def _skipped(row: _Element) -> int:
    """How many rows of the sheet it stands for: Excel writes a run of empty ones as one."""
    said = re.search(r"mso-xlrowspan:\s*(\d{1,7})", row.get("style") or "")
    return int(said[1]) if said else 1
