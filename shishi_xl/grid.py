"""Where a form's table stands on a sheet: its columns, its title and header, and their heights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from xlsxwriter.worksheet import Worksheet

from .cells import write_across, write_over
from .form import Column, Table
from .layout import BODY_SIZE, HEAD_SIZE, HEAD_SIZES, TITLE_SIZE, TITLE_SIZES, fit_widths
from .period import Cycle
from .styles import Styles
from .titles import title_lines
from .wrap import LINE, line_count, lines_height, row_height, text_width

MARK = 1  # the hidden column with row ids stands between 序号 and 实事名称
META_HEIGHT = 24.0
_TITLE_ROOM, _MOST_TITLE = 14.0, 3  # points below the title; lines of it
_LOWEST_HEAD, _LONG_HEAD = 26.0, 6  # points; characters


@dataclass(frozen=True)
class Grid:
    """A table from `head_row` on (counted from 0). `marked`: with the hidden column of row ids.

    `widths` are the columns' as they fill the page; without any, as the form shares it.
    """

    table: Table
    cycle: Cycle
    head_row: int
    widths: tuple[float, ...]
    marked: bool = False

    @classmethod
    @lru_cache(maxsize=64)  # every unit's form has the same
    def of(cls, table: Table, cycle: Cycle, head_row: int, marked: bool = False) -> Grid:
        """The table as wide as its page, its columns as the form shares them."""
        widths = fit_widths([c.width for c in table.columns], table.orientation)
        return cls(table, cycle, head_row, widths, marked)

    def at(self, column: Column) -> int:
        """The sheet's column."""
        return self._place(self._index[column.key])

    @cached_property
    def _index(self) -> Mapping[str, int]:
        return {column.key: at for at, column in enumerate(self.table.columns)}

    def _place(self, index: int) -> int:
        return index + (self.marked and index >= MARK)

    @cached_property
    def last(self) -> int:
        return self._place(len(self.table.columns) - 1)

    @property
    def first_row(self) -> int:
        """The first row below the header."""
        return self.head_row + (2 if self.table.grouped else 1)

    @cached_property
    def whole(self) -> float:
        return sum(self.widths)

    def width(self, first: int, last: int) -> float:
        """The width of the sheet's columns `first` to `last`."""
        return sum(w for i, w in enumerate(self.widths) if first <= self._place(i) <= last)

    def span(self, first: int, at_least: float) -> int:
        """The last of the columns from `first` on that together are at least so wide."""
        return next(
            (i for i in range(first, self.last) if self.width(first, i) >= at_least), self.last
        )

    def title(self, text: str) -> str:
        """The title in lines of nearly equal length; a tenth is kept back for other fonts."""
        return title_lines(text, self.whole * 0.95, self.title_size(text))

    def title_size(self, text: str) -> float:
        """二号; smaller where the title would take more than three lines."""
        lines = {s: title_lines(text, self.whole * 0.95, s).count("\n") + 1 for s in TITLE_SIZES}
        return next(
            (size for size, count in lines.items() if count <= _MOST_TITLE), TITLE_SIZES[-1]
        )

    def title_height(self, text: str) -> float:
        size = self.title_size(text)
        lines = sum(line_count(x, self.whole, size) for x in self.title(text).split("\n"))
        return lines * LINE * size + _TITLE_ROOM

    @cached_property
    def head_height(self) -> float:
        """The height of each header row."""
        rows = self.first_row - self.head_row
        heights = (
            row_height([(c.title(self.cycle), w)], self.head_size(c))
            for c, w in zip(self.table.columns, self.widths, strict=True)
        )
        return max(_LOWEST_HEAD, *(height / rows for height in heights))

    def head_size(self, column: Column) -> float:
        """Of a header's type: of a long one a little smaller where it then stands on one line."""
        text, width = column.title(self.cycle), self.widths[self._index[column.key]]
        sizes = HEAD_SIZES if len(text) > _LONG_HEAD else ()
        return next((s for s in sizes if line_count(text, width, s) == 1), HEAD_SIZE)

    @property
    def heads_height(self) -> float:
        """The height of the header, which is repeated on every page."""
        return self.head_height * (self.first_row - self.head_row)

    def groups(self) -> Iterator[tuple[str, int, int]]:
        """Each grouped header with the first and last column under it."""
        for name in dict.fromkeys(c.group for c in self.table.columns if c.group):
            places = [self.at(c) for c in self.table.columns if c.group == name]
            yield name, places[0], places[-1]


def write_title(sheet: Worksheet, styles: Styles, grid: Grid, title: str) -> None:
    """The columns' widths, and the title in the first row."""
    for column, width in zip(grid.table.columns, grid.widths, strict=True):
        sheet.set_column(grid.at(column), grid.at(column), width)
    size = grid.title_size(title)
    look = {} if size == TITLE_SIZE else {"font_size": size}
    write_across(sheet, 0, 0, grid.last, grid.title(title), styles("title", **look))
    sheet.set_row(0, grid.title_height(title))


def write_meta(
    sheet: Worksheet, styles: Styles, grid: Grid, row: int, left: str, right: str
) -> None:
    """Two remarks over the table, in cells of their own, at its left and right edge."""
    if not right:
        write_across(sheet, row, 0, grid.last, left, styles("meta"))
    else:
        middle = _middle(grid, left, right)
        write_across(sheet, row, 0, middle, left, styles("meta"))
        write_across(sheet, row, middle + 1, grid.last, right, styles("meta_right"))
    sheet.set_row(row, meta_height(grid, left, right))


def meta_height(grid: Grid, left: str, right: str) -> float:
    """How high the row of the two remarks is."""
    fits = not right or not _lacking(grid, _middle(grid, left, right), left, right)
    return META_HEIGHT if fits else lines_height(2, BODY_SIZE)


def _middle(grid: Grid, left: str, right: str) -> int:
    """The column after which the remarks meet."""
    return min(range(grid.last), key=lambda at: _lacking(grid, at, left, right))


def _lacking(grid: Grid, middle: int, left: str, right: str) -> float:
    """By how much the remarks are too long for one line where they meet after this column."""
    room = grid.width(0, middle), grid.width(middle + 1, grid.last)
    lacking = [max(0.0, _needed(t) - w) for t, w in zip((left, right), room, strict=True)]
    return lacking[0] + 3 * lacking[1]  # a unit's long name reads better on two lines than a period


def _needed(text: str) -> float:
    """The width that one line of text takes: of 12 points a half character, of a column 5.25."""
    return text_width(text) * 1.25 + 1


def write_headers(sheet: Worksheet, styles: Styles, grid: Grid) -> None:
    """The header's one or two rows."""
    bottom = grid.first_row - 1
    for name, first, last in grid.groups():
        write_across(sheet, grid.head_row, first, last, name, styles("head"))
    for column in grid.table.columns:
        top = grid.head_row + 1 if column.group else grid.head_row
        area = (top, grid.at(column), bottom, grid.at(column))
        size = grid.head_size(column)
        look = {} if size == HEAD_SIZE else {"font_size": size}
        write_over(sheet, area, column.title(grid.cycle), styles("head", **look))
    for row in range(grid.head_row, grid.first_row):
        sheet.set_row(row, grid.head_height)
