"""Word tables → cells in a Grid whose columns are the same in all tables of the document.

Every table, and every row whose border somebody has dragged, has a grid of its own in Word. Cells
are therefore known by where they stand across the table's width.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from docx.oxml.ns import qn
from lxml.etree import _Element

from .grid import Grid
from .word_text import TC, inside, rows_of, text_in

_WIDTH = 10_000  # the width of every table

Layout = tuple[tuple[int, int], ...]  # left and right edge of each cell of a row


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row. `below`: whether a cell belongs to the one above it (vMerge)."""

    layout: Layout
    texts: tuple[str, ...]
    below: tuple[bool, ...]


def read_rows(table: _Element) -> tuple[Row, ...]:
    """The table's rows as they stand."""
    rows = [_spans(row) for row in rows_of(table)]
    edges = _edges(table, max((end for row in rows for _, end, _ in row), default=0))
    return tuple(
        Row(
            tuple((edges[start], edges[end]) for start, end, _ in row),
            tuple(text_in(cell) for _, _, cell in row),
            tuple(_is_below(cell) for _, _, cell in row),
        )
        for row in rows
    )


def aligned(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with borders that were dragged a little put back to where they stand elsewhere."""
    known: list[Layout] = []
    found = []
    for row in rows:
        layout = next((k for k in known if _alike(k, row.layout)), None)
        if layout is None:
            layout = row.layout
            known.append(layout)
        found.append(Row(layout, row.texts, row.below))
    return tuple(found)
