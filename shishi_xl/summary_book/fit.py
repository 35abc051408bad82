"""汇总表's rows → widths, size of type and pages under which they read best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, product

from ..form import Column, Table
from ..grid import META_HEIGHT, Grid
from ..layout import BODY_SIZE, BODY_SIZES, OFFICIAL, block_points, fit_widths
from ..model import Programme
from ..sources import SourceValue
from ..wrap import line_count
from .flow import FEWEST, Part, Sizes, fill_pages, flow

HEAD_ROW = 2
# How much the columns beside the main one give it, or take where names are long.
_NARROWER = (1.0, 1.35, 1.2, 0.9, 0.8, 0.72)
_UNDIVIDED = ("item.number", "item.name", "item.units", "item.lead", "item.responsible",
              "item.support")  # fmt: skip
_DATE = 17.0  # 2023年12月底 on one line
_BROKEN = 1.1
_ROOMS = (12.0, 6.0, 0.0, 18.0, 26.0)  # points of room in each row
_LOWEST = 34.0
_MUCH = 60_000  # characters; so much text fills whatever widths
_LONG = 8  # pages; a longer table is printed in smaller type
_VERY_LONG = 60
_WELL_FILLED = 0.25
_EMPTY = 0.13  # of a page's height may stay empty


@dataclass(frozen=True, slots=True)
class Fit:
    """The table as it is to be written."""

    grid: Grid
    size: float
    parts: tuple[Part, ...]


def fit_annex(table: Table, programme: Programme, rows: Sequence[Sequence[SourceValue]]) -> Fit:
    """The first layout without a fault, in the usual size where the table is short."""
    grid = Grid.of(table, programme.cycle, HEAD_ROW)
    grid = replace(grid, widths=_widths(table, rows))
    tried: list[tuple[int, int, Fit]] = []
    too_large = 0.0
    for sizes in _layouts(grid, programme.title):
        if sizes.size == too_large:
            continue
        parts = flow(rows, sizes)
        fit = Fit(grid, sizes.size, fill_pages(parts, sizes))
        faults, pages = _faults(parts, sizes), parts[-1].page + 1 if parts else 1
        if not faults and (pages <= _LONG or sizes.size == BODY_SIZES[-1]):
            return fit
        if pages > _VERY_LONG:
            too_large = sizes.size  # no other layout of this size is tried
        tried.append((faults, pages, fit))
    return min(tried, key=lambda found: found[:2])[2]


def _faults(parts: Sequence[Part], sizes: Sizes) -> int:
    """Pages with too few rows or too much left empty, and a last page that is hardly begun."""
    pages = [list(group) for _, group in groupby(parts, key=lambda part: part.page)]
    if len(pages) < 2:
        return 0
    sparse = sum(len(page) < FEWEST for page in pages)
    heights = [sizes.first_page, *[sizes.page] * (len(pages) - 1)]
    left = [h - sum(p.height for p in page) for h, page in zip(heights, pages, strict=True)]
    empty = sum(points > sizes.spare for points in left[:-1])
    return sparse + empty + (left[-1] > (1 - _WELL_FILLED) * sizes.page)


def is_undivided(column: Column) -> bool:
    """Number, name and units of an item stand whole beside what goes on from page to page."""
    return column.source in _UNDIVIDED


def _layouts(grid: Grid, title: str) -> Iterator[Sizes]:
    whole = tuple(is_undivided(c) for c in grid.table.columns)
    orientation = grid.table.orientation
    _, height = block_points(OFFICIAL[orientation], orientation)
    page = height - grid.heads_height
    first = page - grid.title_height(title) - META_HEIGHT
    for size, room in product(BODY_SIZES, _ROOMS):
        yield Sizes(grid.widths, whole, size, first, page, _EMPTY * height, room, _LOWEST)


def _widths(table: Table, rows: Sequence[Sequence[SourceValue]]) -> tuple[float, ...]:
    """The form's widths, the main column given so much of the others' as makes the table shortest.

    A table that is a little longer is better than one that breaks every date.
    """
    if sum(len(v) for row in rows for v in row if isinstance(v, str)) > _MUCH:
        return _shared(table, _NARROWER[-1], 0.0)
    candidates = [
        (_shared(table, factor, date), date) for factor, date in product(_NARROWER, (_DATE, 0.0))
    ]
    best = min(candidates, key=lambda c: _lines(rows, c[0]) * (1 if c[1] else _BROKEN))
    return best[0]


def _shared(table: Table, factor: float, date: float) -> tuple[float, ...]:
    """The columns beside the main one by `factor` narrower; that of deadlines as wide as `date`."""
    whole = sum(fit_widths([1] * len(table.columns), table.orientation))
    shares = [
        c.width * (1 if c in (table.main, table.columns[0]) else factor) for c in table.columns
    ]
    for at, column in enumerate(table.columns):
        if column.answer == "deadline" and date:
            others = sum(shares) - shares[at]
            shares[at] = others * date / (whole - date)
    return fit_widths(shares, table.orientation)


def _lines(rows: Sequence[Sequence[SourceValue]], widths: Sequence[float]) -> int:
    return sum(
        max(line_count(v, w, BODY_SIZE) if isinstance(v, str) else 1
            for v, w in zip(row, widths, strict=True))
        for row in rows
    )  # fmt: skip
