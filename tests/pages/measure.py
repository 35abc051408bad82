"""A page of a PDF → its text, its rules, and what stands where it should not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium

_LINE, _PATH = 0.9, 2  # points; a thicker path is a fill. pdfium's kind of a path
_APART = 1.5  # points; rules that are nearer are one


@dataclass(frozen=True)
class Page:
    """One page: its text, where its horizontal rules are, what stands across one or on other text."""

    text: str
    width: float
    height: float
    rules: tuple[float, ...]  # from the top, in points
    cut: str  # characters that a rule goes through
    over: str  # characters that are printed on others: cells that are too low

    def empty(self, top: float, bottom: float) -> float:
        """The part of the text block below the last rule; `top`, `bottom`: margins in points."""
        block = self.height - top - bottom
        return 1 - (max(self.rules, default=0) - top) / block

    @property
    def rows(self) -> int:
        """Rows between rules."""
        return len(self.rules) - 1


def read_pages(file: Path) -> tuple[Page, ...]:
    document = pdfium.PdfDocument(file)
    return tuple(_page(page) for page in document)


def _page(page: pdfium.PdfPage) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    rules = list(_rules(page))
    # A hyphen at a line's end is a soft one to pdfium.
    whole = re.sub("[\ufffe\x02\xad]", "-", text.get_text_range())
    chars = list(_chars(text))
    cut = "".join(_cut(chars, rules))
    heights = _merged(height - y for _, y, _ in rules)
    return Page(whole, width, height, heights, cut, "".join(_over(chars)))


def _merged(heights: Iterable[float]) -> tuple[float, ...]:
    found: list[float] = []
    for height in sorted(heights):
        if not found or height - found[-1] > _APART:
            found.append(round(height, 1))
    return tuple(found)


def _rules(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float]]:
    """Left end, height and right end of each horizontal line."""
    for item in page.get_objects():
        if item.type == _PATH:
            left, bottom, right, top = item.get_bounds()
            if top - bottom <= _LINE and right - left > 4 * _LINE:
                yield left, (top + bottom) / 2, right
            elif right - left > 15:  # a frame: its upper and lower edge
                yield left, top, right
                yield left, bottom, right


@dataclass(frozen=True)
class _Char:
    """A character and its box."""

    char: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


def _chars(text: pdfium.PdfTextPage) -> Iterator[_Char]:
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if char.strip() and char != "—":  # whose two halves run into one another
            yield _Char(char, *text.get_charbox(index))


def _cut(chars: list[_Char], rules: list[tuple[float, float, float]]) -> Iterator[str]:
    for c in chars:
        room, (middle, _) = (c.top - c.bottom) * 0.3, c.middle
        if any(c.bottom + room < y < c.top - room and a < middle < b for a, y, b in rules):
            yield c.char


def _over(chars: list[_Char]) -> Iterator[str]:
    """Characters whose middle is that of another: text that ran out of its cell."""
    seen: dict[tuple[int, int], _Char] = {}
    for before, c in pairwise(chars):
        if before.char == "f" and c.char in "fil":
            continue  # one glyph
        x, y = c.middle
        near = ((round(x / 4) + i, round(y / 4) + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if any(_is_on(c, seen[k]) for k in near if k in seen):
            yield c.char
        seen[round(x / 4), round(y / 4)] = c


def _is_on(c: _Char, other: _Char) -> bool:
    (x, y), (a, b) = c.middle, other.middle
    width = min(c.right - c.left, other.right - other.left)
    height = min(c.top - c.bottom, other.top - other.bottom)
    return abs(x - a) < width * 0.4 and abs(y - b) < height * 0.4


def missing(texts: Iterable[str], pages: Iterable[Page]) -> str:
    """Characters of the texts that are not on the pages."""
    wanted = Counter("".join("".join(texts).split()))
    found = Counter("".join("".join(page.text for page in pages).split()))
    return "".join((wanted - found).elements())
