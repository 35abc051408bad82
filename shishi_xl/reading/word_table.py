"""Word tables → cells in a Grid whose columns are the same in all tables of the document.

Every table, and every row whose border somebody has dragged, has a grid of its own in Word. Cells
are therefore known by where they stand across the table's width.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tc
from lxml.etree import _Element

from .grid import Grid, TooLarge
from .word_notes import Note, Texts, notes_in
from .word_text import TC, inside, rows_of, text_in

_WIDTH = 10**9  # of every table, in parts so fine that no two edges fall together
_HARDLY_OFF = _WIDTH // 50  # 3 mm of a table as wide as the text; no column is narrower
_TELLING = 3  # cells that a row has at least whose layout says which table it belongs to
_MOST = 1000  # columns; Word has no more than 63

Layout = tuple[tuple[int, int], ...]  # left and right edge of each cell of a row


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row. `below`: whether a cell belongs to the one above it (vMerge)."""

    layout: Layout
    texts: tuple[str, ...]
    below: tuple[bool, ...]
    notes: tuple[tuple[Note, ...], ...]


Table = tuple[Row, ...]


def read_rows(table: _Element, texts: Texts) -> Table:
    """The table's rows as they stand. `texts` are those of comments and footnotes."""
    rows = [list(_spans(row)) for row in rows_of(table)]
    edges = _edges(table, max((end for row in rows for _, end, _ in row), default=0))
    return tuple(
        Row(
            tuple((edges[start], edges[end]) for start, end, _ in row),
            tuple(text_in(cell) for _, _, cell in row),
            tuple(cell.vMerge == "continue" for _, _, cell in row),
            tuple(notes_in(cell, texts) for _, _, cell in row),
        )
        for row in rows
    )


def aligned(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The rows with borders that were dragged put back to where they stand in the rows before.

    A border is another where it is hardly off; a whole row is where as many cells lie over one
    another.
    """
    edges: list[int] = []
    layouts: list[Layout] = []

    def straight(row: Row) -> Row:
        near = _near(edges, row.layout)
        layout = next((known for known in layouts if _alike(known, near)), near)
        if layout is near:
            layouts.append(layout)
            edges.extend({edge for cell in layout for edge in cell}.difference(edges))
        return replace(row, layout=layout)

    return tuple(tuple(map(straight, table)) for table in tables)


def columns_of(tables: Iterable[Table]) -> tuple[list[int], ...]:
    """For each table the left edges of its columns; those with rows alike have them in common.

    A table broken in two has: its second part, without a header, stays under that of the first.
    """
    known: list[tuple[set[Layout], set[int]]] = []
    for rows in tables:
        layouts = {row.layout for row in rows}
        telling = {layout for layout in layouts if len(layout) >= _TELLING}
        kin = next((k for k in known if k[0] & telling), None) or (set(), set())
        known.append(kin)
        kin[0].update(telling)
        kin[1].update(left for layout in layouts for left, _ in layout)
    return tuple(sorted(kin[1]) for kin in known)


def fill_grid(grid: Grid, rows: Table, lefts: list[int]) -> None:
    """Put a table's rows into `grid` under what is there.

    :raises TooLarge: as Grid does.
    """
    heights: dict[tuple[int, int], int] = {}
    widths: dict[tuple[int, int], int] = {}
    tops: dict[int, int] = {}  # column → where the cell begins that was last seen in it
    for at, row in enumerate(rows, len(grid)):
        grid.reserve(at + 1)
        for (left, right), text, below, notes in zip(
            row.layout, row.texts, row.below, row.notes, strict=True
        ):
            col = bisect_left(lefts, left)
            for note in notes:
                grid.note(at, col, *note)
            top = tops.get(col, at)
            if below and top + heights.get((top, col), 0) == at > top:
                heights[top, col] += 1
                continue
            tops[col] = at
            heights[at, col], widths[at, col] = 1, bisect_left(lefts, right) - col
            grid.put(at, col, text)
    for (at, col), height in heights.items():
        grid.merge(at, col, height, widths[at, col])


def _spans(row: _Element) -> Iterator[tuple[int, int, CT_Tc]]:
    """Each cell with the columns of Word's grid from which and up to which it reaches."""
    assert isinstance(row, CT_Row)
    start = row.grid_before
    for cell in inside(row, TC):
        assert isinstance(cell, CT_Tc)
        end = start + max(cell.grid_span, 1)
        if end > _MOST:
            raise TooLarge
        yield start, end, cell
        start = end


def _edges(table: _Element, count: int) -> list[int]:
    """Where the columns of Word's grid begin and end; all are as wide where it does not say."""
    columns = table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    widths = [int(column.get(qn("w:w"), 0)) for column in columns]
    if len(widths) < count or min(widths, default=0) < 1:
        widths = [1] * count
    edges = list(accumulate(widths, initial=0))
    return [_WIDTH * edge // max(edges[-1], 1) for edge in edges]


def _near(edges: list[int], layout: Layout) -> Layout:
    """The cells from one known edge to another where those are near; never a cell of no width."""

    def known(edge: int) -> int:
        nearest = min(edges, key=lambda other: abs(other - edge), default=edge)
        return nearest if abs(nearest - edge) < _HARDLY_OFF else edge

    near = tuple((known(left), known(right)) for left, right in layout)
    return near if all(left < right for left, right in near) else layout


def _alike(one: Layout, other: Layout) -> bool:
    """Whether the middle of each cell stands within the other's cell of the same number."""
    return len(one) == len(other) and all(
        _holds(a, b) and _holds(b, a) for a, b in zip(one, other, strict=True)
    )


def _holds(cell: tuple[int, int], other: tuple[int, int]) -> bool:
    return 2 * cell[0] < sum(other) < 2 * cell[1]
