"""A form's code → the picture of it that is printed on the form, for scanners to find."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from ..grid import Grid
from ..layout import column_pixels
from ..marks import FormCode, describe_code

# A QR code of version 1 has 21 modules a side, and four more around it that must stay white.
# 17 mm: on scans of 150 dpi it is read from 12 mm on, and programs print a page up to 6 % smaller.
_SIDE_MM, _MODULES, _QUIET, _DOTS = 17.0, 21, 4, 8
_MASK = 6
PICTURE = _SIDE_MM / 25.4 * 72 * (_MODULES + 2 * _QUIET) / _MODULES  # points, white around it too
_PIXELS = PICTURE / 0.75
_EDGE = 4  # pixels short of the table's edge: columns are narrower in LibreOffice


def columns_left(grid: Grid) -> int:
    """The last column before those at the right edge that the picture lies over."""
    first = grid.last
    while first > 1 and _pixels(grid, first) < _PIXELS:
        first -= 1
    return first - 1


def insert_code(sheet: Worksheet, grid: Grid, row: int, code: FormCode) -> None:
    """The picture, its right edge at the table's: it moves with its cells and keeps its size."""
    first = columns_left(grid) + 1
    scale = _PIXELS / (_DOTS * (_MODULES + 2 * _QUIET))
    sheet.insert_image(row, first, "code.png", {
        "image_data": BytesIO(draw_code(code)),
        "x_scale": scale, "y_scale": scale, "object_position": 2,
        "x_offset": max(0, round(_pixels(grid, first) - _PIXELS) - _EDGE), "y_offset": 0,
        "description": describe_code(code),
    })  # fmt: skip


@lru_cache(maxsize=1)  # a form's sheets all carry the same
def draw_code(code: FormCode) -> bytes:
    """The code as a QR code of version 1-M: a PNG of a few hundred bytes."""
    import segno

    out = BytesIO()
    # The choice of the best mask would take ten times as long; on 600 bad scans none did better.
    drawn = segno.make_qr(str(code), version=1, error="m", mode="alphanumeric", mask=_MASK,
                          boost_error=False)  # fmt: skip
    drawn.save(out, kind="png", scale=_DOTS, border=_QUIET)
    return out.getvalue()


def _pixels(grid: Grid, first: int) -> int:
    """How wide the columns from `first` to the last are."""
    return sum(column_pixels(grid.width(at, at)) for at in range(first, grid.last + 1))
