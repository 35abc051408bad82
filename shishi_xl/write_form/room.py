"""How high the rows of a form are: room to write in, and pages that are filled."""

from __future__ import annotations

from collections.abc import Sequence

from ..grid import Grid
from ..layout import OFFICIAL, block_points

SIGN_HEIGHT, SIGN_GAP = 27.0, 12.0
# Points that a row may have: six to thirteen lines to write in, a figure, a choice and why.
_ROOMS = {"item": (100, 200), "target": (32, 90), "status": (60, 150)}
_EMPTY = 0.14  # of a page, but the last, may stay empty
_LOWEST = 64
_FEWEST = 3  # rows on the last page, lines to sign among them


def room_to_write(
    grid: Grid, above: tuple[float, float], needed: Sequence[float], signs: int
) -> float:
    """The least height of a row.

    `above`: points that stand above the table on the first page and on the others; `needed`:
    those that each row's known text takes; `signs`: lines to sign below the table, which stand
    on one page with its last row.
    """
    least, most = _ROOMS[grid.table.rows]
    orientation = grid.table.orientation
    _, block = block_points(OFFICIAL[orientation], orientation)
    first, page = (block - grid.heads_height - 2 - points for points in above)
    below = SIGN_GAP + signs * SIGN_HEIGHT if signs else 0
    room: float
    # Lower than usual only where all would stand on one page.
    for room in (
        least if not signs else most,
        *range(most, least - 1, -2),
        *range(least, _LOWEST, -4),
    ):
        heights = [max(room, height) for height in needed]
        heights[-1:] = [height + below for height in heights[-1:]]
        pages = _paginate(heights, first, page)
        filled = all(left <= _EMPTY * block for _, left in pages[:-1])
        fits = len(pages) == 1 and pages[0][1] >= 0
        if fits or (
            room >= least and filled and pages[-1][0] + signs >= _FEWEST and len(pages) > 1
        ):
            return room
    return least


def _paginate(heights: Sequence[float], first: float, page: float) -> list[tuple[int, float]]:
    """Rows on each page, and points that are left of it."""
    pages, count, left = [], 0, first
    for height in heights:
        if height > left and count:
            pages.append((count, left))
            count, left = 0, page
        count, left = count + 1, left - height
    return [*pages, (count, left)]
