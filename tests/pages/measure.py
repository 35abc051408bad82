"""A rendered workbook → what a reader would complain of, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

_MM = 72 / 25.4
_LINE, _PATH = 0.9, 2  # points; a thicker path is a fill. pdfium's kind of a path


@dataclass(frozen=True)
class Page:
    """One page: its text, where its horizontal rules are, what stands across one of them."""

    text: str
    width: float
    height: float
    rules: tuple[float, ...]  # from the top, in points
    cut: str  # characters that a rule goes through

    @property
    def kind(self) -> str:
        if "具体措施及任务进度情况" in "".join(self.text.split()):
            return "汇总表"
        return "量化指标" if "计量单位" in self.text else "总览"

    def empty(self, top: float, bottom: float) -> float:
        """The part of the text block below the last rule."""
        block = self.height - (top + bottom) * _MM
        foot = max(self.rules, default=0) - top * _MM
        return 1 - foot / block


def read_pages(file: Path) -> tuple[Page, ...]:
    document = pdfium.PdfDocument(file)
    return tuple(_page(page) for page in document)


def _page(page: pdfium.PdfPage) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    rules = list(_rules(page))
    # A hyphen at a line's end is a soft one to pdfium.
    whole = re.sub("[\ufffe\x02\xad]", "-", text.get_text_range())
    cut = "".join(_cut(text, rules))
    return Page(
        whole, width, height, tuple(sorted({round(height - y, 1) for _, y, _ in rules})), cut
    )


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


def _cut(text: pdfium.PdfTextPage, rules: list[tuple[float, float, float]]) -> Iterator[str]:
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if not char.strip():
            continue
        left, bottom, right, top = text.get_charbox(index)
        room, middle = (top - bottom) * 0.3, (left + right) / 2
        if any(bottom + room < y < top - room and a < middle < b for a, y, b in rules):
            yield char


def missing(texts: list[str], pages: list[Page]) -> str:
    """Characters of the texts that are not on the pages."""
    wanted = Counter("".join("".join(texts).split()))
    found = Counter("".join("".join(page.text for page in pages).split()))
    return "".join((wanted - found).elements())
