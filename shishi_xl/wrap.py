"""Text and a column's width → its lines, and the heights of rows: nothing is cut off on paper."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from .layout import MAX_HEIGHT

# Points for each point of size: 仿宋 takes 1.2, 宋体 1.3, the Noto fonts that stand in for absent
# ones 1.45.
LINE = 1.45
_AROUND = 5.0  # points above and below the lines
_USABLE = 6.6 * 0.75  # points of a column of width 1 that text may fill, in the narrowest program

_NOT_FIRST = set("，。、；：？！）》」』】〕”’％…—·,.;:?!)]}%～℃")
_NOT_LAST = set("（《「『【〔“‘([{￥$#")
_IN_WORD = re.compile(r"[0-9A-Za-z.,:/%+\-_@'&=?#\u00c0-\u024f]")
_BREAKS, _WORD, _GLUED_BEFORE, _GLUED_AFTER = 0, 1, 2, 4
_WIDEST = 1.4  # ems; of a character
_WIDE = frozenset({"W", "F", "A"})  # two half characters; A: as East Asian fonts have them
_WIDE_LATIN = set("mwMW@%&")


def text_width(text: str) -> int:
    """Width in half characters: a CJK character takes two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(_WIDE.__contains__, map(unicodedata.east_asian_width, text)))


def _ems(char: str) -> float:
    """How wide a character is at most among the usual fonts, in its size."""
    if unicodedata.category(char) in ("Mn", "Cf", "Me"):
        return 0.0
    if char > "\uffff" and unicodedata.category(char) == "So":
        return 1.4  # emoji
    if char > "\u2e7f" or unicodedata.east_asian_width(char) in _WIDE:
        return 1.0
    if char in _WIDE_LATIN:
        return 1.0
    if char.isdigit():
        return 0.64
    if char.isalpha():
        return 0.75 if char.isupper() else 0.63
    return 0.35 if char == " " else 0.55


@lru_cache(maxsize=2**14)
def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """The lines that `text` takes in a column of `width`; joined by nothing they are the text.

    A line that ends with a line break keeps it. At least one line.
    """
    ems = max(1.4, width * _USABLE / size)
    return tuple(line for part in text.splitlines(keepends=True) for line in _wrap(part, ems)) or (
        "",
    )


def _wrap(text: str, ems: float) -> Iterable[str]:
    if len(text) <= ems / _WIDEST:
        yield text
        return
    start = end = 0
    used = 0.0
    before = _BREAKS
    for at, char in enumerate(text):
        width, kind = _CHARS[char]
        glued = before & _GLUED_AFTER or kind & _GLUED_BEFORE or before & kind & _WORD
        # LibreOffice keeps 1、2、3 together as it does 1,2,3.
        if not (
            glued or (char.isdigit() and text[max(0, at - 1)] == "、" and _ends_in_digit(text, at))
        ):
            end = at
        used += width
        if used > ems and at > start:
            cut = end if end > start else at
            yield text[start:cut]
            start = end = cut
            used = sum(_CHARS[c][0] for c in text[cut : at + 1])
        before = kind
    yield text[start:]


def _ends_in_digit(text: str, at: int) -> bool:
    """Whether there is a figure before the mark before `at`."""
    return at > 1 and text[at - 2].isdigit()


class _Chars(dict[str, tuple[float, int]]):
    """Each character's width, and what it does to a break beside it: worked out when first met."""

    def __missing__(self, char: str) -> tuple[float, int]:
        kind = _BREAKS
        if char in _NOT_FIRST or char in " \r\n":
            kind |= _GLUED_BEFORE
        if char in _NOT_LAST:
            kind |= _GLUED_AFTER
        if _IN_WORD.match(char):
            kind |= _WORD
        self[char] = (0.0 if char in "\r\n" else _ems(char)), kind
        return self[char]


_CHARS = _Chars()


def line_count(text: str, width: float, size: float) -> int:
    """Lines that `text` takes in a column of `width`."""
    if len(text) * _WIDEST <= width * _USABLE / size and "\n" not in text:
        return 1
    if text.endswith("\n"):
        return len(wrap(text, width, size)) + 1
    return len(wrap(text, width, size))


def lines_height(lines: int, size: float) -> float:
    """Height in points of a row with so many lines."""
    return math.ceil(lines * LINE * size + _AROUND)


def row_height(cells: Iterable[tuple[str, float]], size: float, at_least: float = 0) -> float:
    """Height in points for a row of (text, column width), at most 409."""
    lines = max((line_count(text, width, size) for text, width in cells), default=1)
    return min(MAX_HEIGHT, max(at_least, lines_height(lines, size)))


def most_lines(size: float, height: float = MAX_HEIGHT) -> int:
    """Lines that a row of this height holds; at least one."""
    return max(1, int((height - _AROUND) / (LINE * size)))


def cut_lines(lines: tuple[str, ...], most: int) -> int:
    """How many of `lines` to take when at most `most` fit: to the last end of a sentence near by.

    So the break is no riddle where another font wraps the text otherwise.
    """
    if len(lines) <= most:
        return len(lines)
    for taken in range(most, max(1, most - 3), -1):
        if lines[taken - 1].rstrip().endswith(("。", "；", "！", "？")) or lines[
            taken - 1
        ].endswith("\n"):
            return taken
    return most
