"""A sheet that is written from top to bottom, on a grid of narrow columns that its tables share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ..cells import clean_text, write_across
from ..layout import FACT_SIZE, NARROW, block_points, fit_widths
from ..styles import Styles
from ..wrap import lines_height, most_lines, wrap
from .flow import Value

COLUMNS = 24
WIDTH = fit_widths([1] * COLUMNS, "portrait", NARROW)[0]
HEIGHT = block_points(NARROW, "portrait")[1] - 6  # points of a page
_SECTIONS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value over `span` columns of the grid; `look` overlays the style."""

    span: int
    value: Value
    style: str = "fact"
    look: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One sheet row. `anchor` names what is put there: a chart, a page's end."""

    cells: tuple[Cell, ...]
    height: float
    anchor: str = ""


def row(cells: Sequence[Cell], at_least: float = 0, size: float = FACT_SIZE) -> tuple[Line, ...]:
    """A row as high as its texts need in type of this size; one that no row can hold goes on."""
    if size != FACT_SIZE:
        cells = [replace(cell, look={**cell.look, "font_size": size}) for cell in cells]
    wrapped = [_lines(cell, size) for cell in cells]
    most = max(map(len, wrapped))
    limit = most_lines(size)
    if most <= limit:
        return (Line(tuple(cells), max(at_least, lines_height(most, size))),)
    pieces = [["".join(w[i : i + limit]) for i in range(0, len(w), limit)] for w in wrapped]
    parts = list(zip_longest(*pieces, fillvalue=""))
    return tuple(
        Line(
            tuple(_part(c, text, n == 0, n == len(parts) - 1) for c, text in zip(cells, part, strict=True)),
            lines_height(limit if n < len(parts) - 1 else most - limit * n, size),
        )
        for n, part in enumerate(parts)
    )  # fmt: skip


def _lines(cell: Cell, size: float) -> tuple[str, ...]:
    if not isinstance(cell.value, str):
        return (str(cell.value),)
    return wrap(clean_text(cell.value), breadth(cell.span), size) or ("",)


def _part(cell: Cell, text: str, first: bool, last: bool) -> Cell:
    """Between the parts of one row there is no line: they read as cells that go on."""
    value: Value = text.removesuffix("\n") if isinstance(cell.value, str) else cell.value
    if not first and not isinstance(cell.value, str):
        value = None
    bordered = "fact" in cell.style
    edges = {"top": int(first), "bottom": int(last)} if bordered else {}
    return Cell(cell.span, value, cell.style, {**cell.look, **edges, "valign": "top"})


def line(text: str, style: str, at_least: float = 0, size: float = FACT_SIZE) -> tuple[Line, ...]:
    """Text over the whole width."""
    return row([Cell(COLUMNS, text, style)], at_least, size)


def head(*cells: tuple[int, str], size: float = FACT_SIZE) -> tuple[Line, ...]:
    """A table's header: (columns, text) for each."""
    return row([Cell(span, text, "fact_head") for span, text in cells], 18, size)


def breadth(span: int) -> float:
    """The width of so many columns together."""
    return span * (WIDTH + 0.7)


def space(height: float, anchor: str = "") -> tuple[Line, ...]:
    """An empty row."""
    return (Line((), height, anchor),)


def sections(parts: Iterable[tuple[str, Sequence[Line]]]) -> Iterator[Line]:
    """Parts under numbered headings; a part without lines is left out with its heading."""
    number = 0
    for heading, lines in parts:
        if not lines:
            continue
        yield from space(4)
        yield from line(f"{_SECTIONS[number]}、{heading}", "section", 20)
        yield from lines
        number += 1


def height(lines: Iterable[Line]) -> float:
    """How high in points they are together."""
    return sum(one.height for one in lines)


def write_lines(sheet: Worksheet, styles: Styles, lines: Iterable[Line]) -> dict[str, int]:
    """Write the lines from the sheet's top; returns the row of each anchor and of "end"."""
    sheet.set_column(0, COLUMNS - 1, WIDTH)
    anchors = {}
    at = 0
    for at, one in enumerate(lines):
        sheet.set_row(at, one.height)
        if one.anchor:
            anchors[one.anchor] = at
        col = 0
        for cell in one.cells:
            style = styles(cell.style, **cell.look)
            last = col + cell.span - 1
            text = cell.value if isinstance(cell.value, str) else ""
            write_across(sheet, at, col, last, text, style)
            if not isinstance(cell.value, str | None):
                sheet.write_number(at, col, float(cell.value), style)
            col = last + 1
    return anchors | {"end": at}
