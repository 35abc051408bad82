"""Fonts, sizes, colours, margins and widths of everything that people see: one place for all."""

from __future__ import annotations

from collections.abc import Sequence

from .form import Orientation

# GB/T 9704—2012: title 小标宋 2号, first-level heads 黑体, body 仿宋. The standard sets no size
# for tables; 小四 (12 pt) is usual, 五号 (10.5 pt) where much is written. The fonts may be absent:
# nothing depends on them, and FALLBACK tells every program what to take in their place.
TITLE_FONT, HEAD_FONT, BODY_FONT, PLAIN_FONT = "方正小标宋简体", "黑体", "仿宋", "宋体"
FALLBACK = {"font_charset": 134, "font_family": 3}  # GB 2312, a face of even strokes
OVERVIEW_TITLE_SIZE = 18.0  # 小二: on one line
TITLE_SIZE, HEAD_SIZE, BODY_SIZE, SMALL_SIZE = 22.0, 12.0, 12.0, 9.0  # 二号, 小四, 小五
FACT_SIZE, NOTE_SIZE, PLAIN_SIZE = 10.5, 8.0, 10.0  # 五号; below large figures; plain tables
BODY_SIZES = (12.0, 11.0, 10.5)  # what 汇总表 may be printed in
TITLE_SIZES = (22.0, 18.0, 16.0)  # 二号, and 小二, 三号 for very long titles
HEAD_SIZES = (12.0, 11.0, 10.5)
FIXED_SIZES = (12.0, 11.0, 10.5, 9.0)  # and long known text in a form

# The unit of column widths is the digit of a workbook's default font. Verdana 8 is 7 pixels wide
# in Excel, and in LibreOffice, with the font or without it (Calibri 11 is 7 and up to 9.3: a page
# laid out for Excel was printed at 73 %).
DEFAULT_FONT = {"font_name": "Verdana", "font_size": 8}

GREY, RULE, PALE = "#7F7F7F", "#BFBFBF", "#F2F2F2"
ANSWER_FILL = "#FFF2CC"  # the cells that a unit fills

A4 = 9
_PAGE: dict[Orientation, tuple[float, float]] = {"portrait": (210, 297), "landscape": (297, 210)}
# mm, left right top bottom: GB/T 9704—2012 gives top 37, left 28 and a text block of 156 × 225.
# Across, the page is the upright one turned to the left: its top is the upright page's right.
OFFICIAL: dict[Orientation, tuple[float, float, float, float]] = {
    "portrait": (28, 26, 37, 35),
    "landscape": (37, 35, 28, 26),
}
NARROW = (20.0, 20.0, 20.0, 20.0)  # sheets that are no form: the overview, the clerk's tables

NARROW_COLUMN = 12.0  # up to this width a fixed column is centred, as in the published annexes
MAX_HEIGHT = 409.0  # points; Excel's limit for a row
MAX_TEXT = 32767  # UTF-16 units; Excel's limit for a cell

_POINTS = 72 / 25.4  # in a millimetre
_COLUMN, _PADDING = 7 * 0.75, 5 * 0.75  # points of a column of width 1, and beside it


def block_points(
    margins: tuple[float, float, float, float], orientation: Orientation
) -> tuple[float, float]:
    """Width and height of an A4 page between its margins, in points."""
    left, right, top, bottom = margins
    width, height = _PAGE[orientation]
    return (width - left - right) * _POINTS, (height - top - bottom) * _POINTS


def column_pixels(width: float) -> int:
    """How wide a column is on a screen of 96 dots an inch, as Excel counts."""
    return int(width * 7 + 0.5) + 5 if width else 0


def column_points(widths: Sequence[float]) -> float:
    """How wide columns are together, in points."""
    return sum(widths) * _COLUMN + len(widths) * _PADDING


def fit_widths(
    widths: Sequence[float],
    orientation: Orientation,
    margins: tuple[float, float, float, float] | None = None,
) -> tuple[float, ...]:
    """The widths in the same proportions, together as wide as the page between its margins.

    What a form says of its columns is how they share the page: it prints at its true size.
    """
    whole = block_points(margins or OFFICIAL[orientation], orientation)[0] - 2
    factor = (whole - len(widths) * _PADDING) / (sum(widths) * _COLUMN)
    return tuple(round(width * factor, 2) for width in widths)
