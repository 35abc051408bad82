"""Rows of values → the sheet rows that hold them, page by page: full pages, and nothing cut off.

A sheet row is never broken by a page's end, and none may be higher than Excel allows: so a long
row is made of several sheet rows, cut where the page ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from ..cells import clean_text
from ..layout import MAX_HEIGHT
from ..wrap import cut_lines, lines_height, most_lines, wrap

Value = str | int | Decimal | Fraction | None

FEWEST = 3  # sheet rows on a page
_LONG = 12  # lines; the names of many units may go on from page to page
_SLACK = 4.0  # points of a page that are kept back: programs round heights


@dataclass(frozen=True, slots=True)
class Sizes:
    """How a table is set: column widths, size of type, room in a row, heights of its pages.

    `whole` marks the columns that are never divided: they stand in the first part. `spare`:
    points of a page that may stay empty rather than that a row is divided.
    """

    widths: tuple[float, ...]
    whole: tuple[bool, ...]
    size: float
    first_page: float
    page: float
    spare: float
    room: float = 0.0  # points more than a row's text needs
    lowest: float = 0.0

    def keeps(self, column: int, lines: int) -> bool:
        """Whether a cell of so many lines in this column stands whole in the row's first part."""
        return self.whole[column] and lines <= min(_LONG, self.lines(MAX_HEIGHT))

    def height(self, lines: int) -> float:
        """A sheet row's height."""
        return min(MAX_HEIGHT, max(self.lowest, lines_height(lines, self.size) + self.room))

    def lines(self, height: float) -> int:
        """Lines that stand in a sheet row of this height."""
        return most_lines(self.size, min(height, MAX_HEIGHT) - self.room)


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet row: lines of each column from the row `row`; `page` counts from 0.

    `first` and `last` say whether the row begins and ends with it.
    """

    row: int
    page: int
    values: tuple[Value, ...]
    columns: tuple[tuple[str, ...], ...]
    height: float
    first: bool = True
    last: bool = True

    @property
    def lines(self) -> int:
        return max(len(lines) for lines in self.columns)


def flow(rows: Iterable[Sequence[Value]], sizes: Sizes) -> tuple[Part, ...]:
    """The parts in their order; every page but the last is full to 85 %."""
    parts: list[Part] = []
    page, left = 0, sizes.first_page - _SLACK
    for number, values in enumerate(rows):
        rest = _Rest(number, tuple(values), _columns(values, sizes))
        while rest.lines:
            take = _take(rest, left, sizes)
            if not take:
                page, left = page + 1, sizes.page - _SLACK
                take = _take(rest, left, sizes) or min(rest.lines, sizes.lines(left))
            part, rest = rest.cut(take, page, sizes)
            parts.append(part)
            left -= part.height
    return tuple(_fill(parts, sizes))


def fill_pages(parts: Sequence[Part], sizes: Sizes) -> tuple[Part, ...]:
    """Where a page but the last would be left too empty, its rows have the room between them."""
    filled: list[Part] = []
    for page, group in groupby(parts, key=lambda part: part.page):
        on_it = list(group)
        room = sizes.page if page else sizes.first_page
        left = room - sum(part.height for part in on_it) - _SLACK
        if page == parts[-1].page or left <= sizes.spare:
            filled += on_it
            continue
        more = (left - sizes.spare / 2) / len(on_it)
        filled += [replace(p, height=min(MAX_HEIGHT, p.height + more)) for p in on_it]
    return tuple(filled)


@dataclass(frozen=True, slots=True)
class _Rest:
    """What of a row is not placed yet."""

    row: int
    values: tuple[Value, ...]
    columns: tuple[tuple[str, ...], ...]
    begun: bool = False

    @property
    def lines(self) -> int:
        return max(len(lines) for lines in self.columns)

    def least(self, sizes: Sizes) -> int:
        """Lines that the first part must have: what may not be divided, but three at least."""
        held = (len(c) for at, c in enumerate(self.columns) if sizes.keeps(at, len(c)))
        return min(self.lines, max(3, *held, 0))

    def cut(self, take: int, page: int, sizes: Sizes) -> tuple[Part, _Rest]:
        taken, left = zip(*(self._divide(at, take, sizes) for at in range(len(self.columns))),
                          strict=True)  # fmt: skip
        rest = replace(self, columns=left, begun=True)
        values = tuple(_shown(v, c) for v, c in zip(self.values, taken, strict=True))
        height = sizes.height(max(map(len, taken)))
        if rest.lines:  # what goes on needs no room below it
            height = min(height, lines_height(max(map(len, taken)), sizes.size))
        part = Part(self.row, page, values, taken, height, not self.begun, not rest.lines)
        return part, rest

    def _divide(self, at: int, take: int, sizes: Sizes) -> tuple[tuple[str, ...], tuple[str, ...]]:
        lines = self.columns[at]
        end = len(lines) if sizes.keeps(at, len(lines)) else take
        return lines[:end], lines[end:]


def _columns(values: Sequence[Value], sizes: Sizes) -> tuple[tuple[str, ...], ...]:
    """The lines of each cell; a figure takes one, an empty cell none."""
    cells = zip(values, sizes.widths, strict=True)
    lines = tuple(
        () if v in ("", None) else wrap(clean_text(v), w, sizes.size) if isinstance(v, str)
        else (str(v),)
        for v, w in cells
    )  # fmt: skip
    return lines if any(lines) else (("",), *lines[1:])


def _shown(value: Value, lines: tuple[str, ...]) -> Value:
    if not isinstance(value, str):
        return value if lines else None
    text = "".join(lines)
    return text.removesuffix("\n")


def _take(rest: _Rest, left: float, sizes: Sizes) -> int:
    """How many lines of the rest to place into `left` points of a page; 0 for none."""
    if sizes.height(rest.lines) <= left and lines_height(rest.lines, sizes.size) <= MAX_HEIGHT:
        return rest.lines
    fitting = sizes.lines(left) if left > sizes.height(1) else 0
    least = 2 if rest.begun else rest.least(sizes)
    if fitting < least or left < sizes.spare:
        return 0
    fitting = min(fitting, max(least, rest.lines - 2))  # no line stands alone on the next page
    longest = max(rest.columns, key=len)
    return max(least, cut_lines(longest, fitting))


def _fill(parts: Sequence[Part], sizes: Sizes) -> Iterator[Part]:
    """Where a page has too few rows, its longest is divided: a page of one cell reads badly."""
    for _, group in groupby(parts, key=lambda part: part.page):
        on_it = list(group)
        while len(on_it) < FEWEST and parts[-1].page:
            divided = ((i, _halves(part, sizes)) for i, part in enumerate(on_it))
            able = [(i, halves) for i, halves in divided if len(halves) > 1]
            if not able:
                break
            at, halves = max(able, key=lambda found: on_it[found[0]].lines)
            on_it[at : at + 1] = halves
        yield from on_it


def _halves(part: Part, sizes: Sizes) -> tuple[Part, ...]:
    """Two parts as high together; both on one page, where cells that are not divided are one."""
    if part.lines < 4:
        return (part,)
    divisible = replace(sizes, whole=(False,) * len(sizes.whole))
    rest = _Rest(part.row, part.values, part.columns, not part.first)
    upper, rest = rest.cut(part.lines // 2, part.page, divisible)
    lower, _ = rest.cut(rest.lines, part.page, divisible)
    above = round(part.height * upper.lines / part.lines)
    return (
        replace(upper, last=False, height=above),
        replace(lower, last=part.last, height=part.height - above),
    )
