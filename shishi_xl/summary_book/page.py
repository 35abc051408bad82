"""A sheet that is written from top to bottom, on a grid of narrow columns that its tables share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from ..cells import write_across
from ..layout import FACT_SIZE, row_height
from ..styles import Styles
from .long_row import RowPart, Value, split_row

COLUMNS, WIDTH = 12, 6.85  # together as wide as an A4 page between narrow margins
ROW = 18.0  # points: one line of text
_SECTIONS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value over `span` columns of the grid."""

    span: int
    value: Value
    style: str = "fact"


class Page:
    """Where the next row goes, and how high in points all rows are so far."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self.sheet = sheet
        self.at = 0
        self.height = 0.0
        self._styles = styles
        self._sections = 0
        sheet.set_column(0, COLUMNS - 1, WIDTH)

    def section(self, heading: str) -> None:
        """A numbered heading, with room above it."""
        heading = f"{_SECTIONS[self._sections]}、{heading}"
        self._sections += 1
        self.space(6)
        self.line(heading, "section", 20)

    def space(self, height: float) -> None:
        """An empty row."""
        self._next(height)

    def line(self, text: str, style: str, height: float = 0, size: float = FACT_SIZE) -> None:
        """Text over the whole width."""
        needed = row_height([(text, COLUMNS * WIDTH)], size)
        self.row([Cell(COLUMNS, text, style)], max(height, needed))

    def head(self, *cells: tuple[int, str]) -> None:
        """A table's header: (columns, text) for each."""
        self.row([Cell(span, text, "fact_head") for span, text in cells])

    def row(self, cells: Sequence[Cell], at_least: float = ROW) -> None:
        """A row as high as its texts need; one that no row can hold goes on in the next."""
        widths = [cell.span * WIDTH for cell in cells]
        values = [cell.value for cell in cells]
        parts = split_row(values, widths, FACT_SIZE, [False] * len(cells))
        for part in parts:
            self._write(cells, part)
            texts = zip(part.values, widths, strict=True)
            height = row_height(((v, w) for v, w in texts if isinstance(v, str)), FACT_SIZE)
            self._next(max(at_least, height))

    def _write(self, cells: Sequence[Cell], part: RowPart) -> None:
        col = 0
        for cell, value in zip(cells, part.values, strict=True):
            style = self._styles(cell.style, **_look(part.edges))
            last = col + cell.span - 1
            text = value if isinstance(value, str) else ""
            write_across(self.sheet, self.at, col, last, text, style)
            if not isinstance(value, str | None):
                self.sheet.write_number(self.at, col, float(value), style)
            col = last + 1

    def _next(self, height: float) -> None:
        self.sheet.set_row(self.at, height)
        self.at += 1
        self.height += height


def _look(edges: Mapping[str, int]) -> dict[str, int | str]:
    return {**edges, "valign": "top"} if edges else {}
