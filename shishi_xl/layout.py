"""Fonts, sizes, widths and heights of every workbook that people see."""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from .form import Orientation

# GB/T 9704—2012: title 小标宋 2号, first-level heads 黑体, body 仿宋. The standard sets no size
# for tables; 小四 (12 pt) is usual. The fonts may be absent: nothing below depends on them.
TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
TITLE_SIZE, HEAD_SIZE, BODY_SIZE, SMALL_SIZE = 22.0, 12.0, 12.0, 9.0
OVERVIEW_TITLE_SIZE, FACT_SIZE, PLAIN_SIZE = 18.0, 10.5, 10.0  # 小二, 五号; plain tables

GREY, PALE, ANSWER_FILL = "#808080", "#F2F2F2", "#FFF9E5"

A4 = 9
# mm: GB/T 9704—2012 gives top 37, left 28 and a text block of 156 × 225; turned for landscape.
_MARGINS: dict[Orientation, tuple[float, float, float, float]] = {
    "portrait": (28, 26, 37, 35),
    "landscape": (37, 35, 28, 26),
}

NARROW_MARGIN = 20.0  # mm
NARROW_HEIGHT = (297 - 2 * NARROW_MARGIN) * 72 / 25.4  # points from margin to margin, portrait

NARROW_COLUMN = 12.0  # up to this width a fixed column is centred, as in the published annexes
_WIDE = frozenset({"W", "F", "A"})  # two half characters; A: as East Asian fonts have them
MAX_HEIGHT = 409.0  # points; Excel's limit for a row
MAX_TEXT = 32767  # UTF-16 units; Excel's limit for a cell
FOOTER = '&C&"宋体"&14— &P —'


def margins(orientation: Orientation) -> dict[str, float]:
    """Left, right, top and bottom in inches, as xlsxwriter takes them."""
    names = ("left", "right", "top", "bottom")
    return dict(zip(names, (mm / 25.4 for mm in _MARGINS[orientation]), strict=True))


def narrow_margins() -> dict[str, float]:
    """Inches, for sheets that are no form: the overview, and the tables the clerk works with."""
    return dict.fromkeys(("left", "right", "top", "bottom"), NARROW_MARGIN / 25.4)


def text_width(text: str) -> int:
    """Width in half characters: a CJK character takes two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(_WIDE.__contains__, map(unicodedata.east_asian_width, text)))


def line_count(text: str, width: float, size: float) -> int:
    """Lines that `text` takes in a column of `width` (Excel's unit: digits of 11 pt Calibri).

    A column of width w is 7 w + 5 pixels wide, of which about 6 are padding; a CJK character of
    size s is 4 s / 3 pixels wide at 96 dpi. Words and punctuation that may not begin a line
    cost up to one character a line, so one is kept back.
    """
    halves = max(2, int((7 * width - 1) / (size * 2 / 3)) - 1)
    return sum(max(1, math.ceil(text_width(line) / halves)) for line in text.split("\n"))


def row_height(cells: Iterable[tuple[str, float]], size: float, at_least: float = 0) -> float:
    """Height in points for a row of (text, column width): lines × 1.3 × size, at most 409."""
    lines = max((line_count(text, width, size) for text, width in cells), default=1)
    return min(MAX_HEIGHT, max(at_least, math.ceil(lines * 1.3 * size + 4)))


def most_lines(size: float) -> int:
    """Lines of `size` that the highest row holds."""
    return int((MAX_HEIGHT - 4) / (1.3 * size))


def cut_text(text: str, width: float, size: float, lines: int) -> Iterator[str]:
    """`text` in pieces of at most `lines` lines, cut at a line's or sentence's end where one is near.

    Nothing but a line break between two pieces is left out.
    """
    longest = lines * int(7 * width)  # no column holds more characters than pixels
    while True:
        ends = range(1, min(len(text), longest) + 1)
        fits = bisect_right(ends, lines, key=lambda end: line_count(text[:end], width, size))
        if fits == len(text):
            yield text
            return
        end = fits if text[fits] == "\n" else _good_end(text, max(fits, 1), int(width))
        piece, text = text[:end], text[end:]
        if piece.endswith("\n"):
            piece = piece[:-1]
        else:
            text = text.removeprefix("\n")
        yield piece
        if not text:
            return


def _good_end(text: str, end: int, near: int) -> int:
    """The place to cut at or before `end`, at most `near` characters before it."""
    start = max(1, end - near)
    for marks in ("\n", "。；！？", "，、"):
        if (found := max(text.rfind(mark, start, end) for mark in marks)) >= start:
            return found + 1
    return end
