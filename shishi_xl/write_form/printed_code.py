"""A form's code → what is printed of it beside the unit's name: its picture, for scanners to find."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from ..cells import write_across
from ..grid import Grid
from ..layout import BODY_SIZE, column_pixels
from ..marks import FormCode, describe_code
from ..styles import Styles
from ..wrap import wrap

# A QR code of version 1 has 21 modules a side, and four more around it that must stay white.
# 17 mm: on scans of 150 dpi it is read from 12 mm on, and programs print a page up to 6 % smaller.
_SIDE_MM, _MODULES, _QUIET, _DOTS = 17.0, 21, 4, 8
_MASK = 6
_PICTURE = _SIDE_MM / 25.4 * 72 * (_MODULES + 2 * _QUIET) / _MODULES  # points, white around it too
_PIXELS = _PICTURE / 0.75
_EDGE = 4  # pixels short of the table's edge: columns are narrower in LibreOffice
_TAKEN = (_PIXELS + _EDGE) / 7  # as the width of a column
BESIDE_CODE = _PICTURE + 4.0  # points of the two rows: the white below must not hide a rule


def write_beside_code(
    sheet: Worksheet,
    styles: Styles,
    grid: Grid,
    row: int,
    remarks: tuple[str, str, str],
    code: FormCode,
) -> None:
    """Two rows: the unit; the period and the code in letters. The picture lies at the right edge.

    Each row is one cell as wide as the table, whatever its columns are; a long name is broken before
    the picture begins.
    """
    unit, *others = remarks
    lines = wrap(unit, grid.whole - _TAKEN, BODY_SIZE)
    write_across(sheet, row, 0, grid.last, "\n".join(lines), styles("meta"))
    write_across(sheet, row + 1, 0, grid.last, "　　".join(others), styles("code_line"))
    for at in (row, row + 1):
        sheet.set_row(at, BESIDE_CODE / 2)
    _insert(sheet, grid, row, code)


def _insert(sheet: Worksheet, grid: Grid, row: int, code: FormCode) -> None:
    """The picture: it moves with its cells and keeps its size."""
    first = grid.last
    while first > 1 and _pixels(grid, first) < _PIXELS + _EDGE:
        first -= 1
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

    # The choice of the best mask would take ten times as long; on 600 bad scans none did better.
    drawn = segno.make_qr(str(code), version=1, error="m", mode="alphanumeric", mask=_MASK,
                          boost_error=False)  # fmt: skip
    return _png(drawn.matrix)


def _png(modules: Sequence[Sequence[int]]) -> bytes:
    """Black and white, a bit a dot: a module is eight dots, so a byte. segno takes 1 ms for this."""
    side, edge = _MODULES + 2 * _QUIET, b"\xff" * _QUIET
    rows = [edge + bytes(0 if dark else 255 for dark in row) + edge for row in modules]
    empty = [b"\xff" * side] * _QUIET
    dots = b"".join((b"\0" + row) * _DOTS for row in (*empty, *rows, *empty))
    head = struct.pack(">IIBBBBB", side * _DOTS, side * _DOTS, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(dots, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in parts
    )


def _pixels(grid: Grid, first: int) -> int:
    """How wide the columns from `first` to the last are."""
    return sum(column_pixels(grid.width(at, at)) for at in range(first, grid.last + 1))
