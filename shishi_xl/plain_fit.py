"""A plain table's texts → widths, sizes of type, heights and pages: nothing is cut off.

A row is never broken by a page's end and never higher than Excel allows, and its table has one row
for each thing: so what is long gets a wider column, then smaller type.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .layout import MAX_HEIGHT, NARROW, PLAIN_SIZE, block_points, column_points
from .wrap import line_count, lines_height, row_height

Texts = Sequence[str]  # what stands in a row's cells; numbers and dates take one line

_PAGE_WIDTH, _PAGE_HEIGHT = block_points(NARROW, "landscape")
_LOWEST_HEAD = 24.0
_WIDENED = (1.0, 1.2, 1.45, 1.75, 2.1, 2.6)
_FEWEST = 3  # rows on a page
_SMALLEST = 5.0
_SAFE = 0.98  # of a page: programs round heights and scales
_GAP, _FILLED = 0.12, 0.09  # of a page: what is left is shared among its rows, but for so much
_MANY, _MOST_BREAKS = 2_000, 1_000  # rows; Excel's limit is 1,023 breaks


@dataclass(frozen=True, slots=True)
class PlainShape:
    """What the table says of its columns: widths, which of them may grow, how many are printed.

    `size`: of the type; `above`: points of what stands above the header on the first page.
    """

    widths: tuple[float, ...]
    grows: tuple[bool, ...]
    printed: int
    size: float = PLAIN_SIZE
    above: float = 0.0

    @property
    def percent(self) -> int:
        """The scale in which it is printed: never larger than it is on the screen."""
        return int(min(1.0, _PAGE_WIDTH / column_points(self.widths[: self.printed])) * 100)

    def widened(self, factor: float) -> PlainShape:
        widths = (w * factor if g else w for w, g in zip(self.widths, self.grows, strict=True))
        return replace(self, widths=tuple(round(w, 2) for w in widths))


@dataclass(frozen=True, slots=True)
class PlainFit:
    """The table as it is to be written.

    `sizes`: of the type in each row's growing columns; `breaks`: rows before each new page.
    """

    widths: tuple[float, ...]
    head: float
    sizes: tuple[float, ...]
    heights: tuple[float, ...]
    breaks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Try:
    """The table in some widths: each row's size of type and height, and a page's height."""

    shape: PlainShape
    head: float
    page: float
    rows: tuple[tuple[float, float], ...]
    breaks: tuple[int, ...] = ()

    @property
    def highest(self) -> float:
        return max((height for _, height in self.rows), default=0.0)

    @property
    def pages(self) -> Iterator[tuple[float, Sequence[float]]]:
        """Room and rows' heights of each page."""
        heights = [height for _, height in self.rows]
        for first, end in pairwise((0, *self.breaks, len(heights))):
            yield self.page - (0 if first else self.shape.above), heights[first:end]

    @property
    def good(self) -> bool:
        """Whether no row is too high, no page has few rows, and none but the last is much empty."""
        pages = list(self.pages)
        few = len(pages) > 1 and any(len(on_it) < _FEWEST for _, on_it in pages)
        empty = any(room - sum(on_it) > _GAP * room for room, on_it in pages[:-1])
        return self.highest <= MAX_HEIGHT and not few and not empty


def fit_plain(shape: PlainShape, heads: Texts, rows: Sequence[Texts]) -> PlainFit:
    """The narrowest columns under which pages are filled, else rows low enough to fill them."""
    factors = _WIDENED if any(shape.grows) else _WIDENED[:1]
    tried = []
    for factor in factors if len(rows) <= _MANY else factors[-1:]:
        tried.append(_set(shape.widened(factor), heads, rows))
        if tried[-1].good:
            return _fit(tried[-1])
    low = (one for one in tried if one.highest <= min(MAX_HEIGHT, one.page / _FEWEST))
    return _fit(_lowered(next(low, tried[-1]), rows))


def _set(shape: PlainShape, heads: Texts, rows: Sequence[Texts]) -> _Try:
    head = row_height(zip(heads, shape.widths, strict=True), shape.size, _LOWEST_HEAD)
    page = _PAGE_HEIGHT * 100 / shape.percent * _SAFE - head
    heights = tuple((shape.size, _height(texts, shape.widths, shape.size)) for texts in rows)
    return _paged(_Try(shape, head, page, heights))


def _height(texts: Texts, widths: Sequence[float], size: float) -> float:
    """What a row takes, be it more than it may."""
    lines = (line_count(text, w, size) for text, w in zip(texts, widths, strict=True) if text)
    return lines_height(max(lines, default=1), size)


def _mixed_height(texts: Texts, shape: PlainShape, size: float) -> float:
    """Of a row whose growing columns are set smaller."""
    long = [text if grows else "" for text, grows in zip(texts, shape.grows, strict=True)]
    short = ["" if grows else text for text, grows in zip(texts, shape.grows, strict=True)]
    return max(_height(long, shape.widths, size), _height(short, shape.widths, shape.size))


def _paged(one: _Try) -> _Try:
    breaks, left = [], one.page - one.shape.above
    for at, (_, height) in enumerate(one.rows):
        if height > left and at:
            breaks.append(at)
            left = one.page
        left -= height
    return replace(one, breaks=_last_filled(breaks, len(one.rows)))


def _last_filled(breaks: list[int], rows: int) -> tuple[int, ...]:
    """The breaks, the last so that the last page has enough rows where the one before it has."""
    if len(breaks) > _MOST_BREAKS:
        return ()
    if breaks and rows - breaks[-1] < _FEWEST:
        before = breaks[-2] if len(breaks) > 1 else 0
        if rows - _FEWEST - before >= _FEWEST:
            breaks[-1] = rows - _FEWEST
    return tuple(breaks)


def _lowered(one: _Try, rows: Sequence[Texts]) -> _Try:
    """High rows in smaller type, so that three of them stand on any page."""
    limit = min(MAX_HEIGHT, (one.page - one.shape.above) / _FEWEST)
    found = []
    for texts, (usual, highest) in zip(rows, one.rows, strict=True):
        size, height = usual, highest
        while height > limit and size > _SMALLEST:
            size -= 1
            height = _mixed_height(texts, one.shape, size)
        found.append((size, min(MAX_HEIGHT, height)))
    return _paged(replace(one, rows=tuple(found)))


def _fit(one: _Try) -> PlainFit:
    sizes = tuple(size for size, _ in one.rows)
    return PlainFit(one.shape.widths, one.head, sizes, tuple(_shared(one)), one.breaks)


def _shared(one: _Try) -> Iterator[float]:
    """Where much of a page would be left empty, its rows have the room."""
    pages = list(one.pages)
    for number, (room, on_it) in enumerate(pages, 1):
        left = room - sum(on_it)
        more = (left - room * _FILLED) / max(1, len(on_it))
        if number == len(pages) or left <= room * _GAP:
            yield from on_it
        else:
            yield from (min(MAX_HEIGHT, height + more) for height in on_it)
