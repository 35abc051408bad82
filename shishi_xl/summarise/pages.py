"""Stamped pages → the words of 收件清单: which are whose and by what, and what is to be known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from ..copies import StampedPage


def page_bases(pages: Sequence[StampedPage]) -> Iterator[str]:
    """第 1—2 页：县妇联（二维码、文件名），2023Q2（二维码）; a line for each stretch of pages."""
    for basis, run in _runs(pages, lambda page: page.basis):
        if basis:
            yield f"{numbers(run)}：{basis.replace('；', '，')}"


def page_remarks(pages: Sequence[StampedPage]) -> Iterator[str]:
    """第 3 页：空白页。"""
    for remark, run in _runs(pages, lambda page: page.remark):
        if remark:
            yield f"{numbers(run)}：{remark}。"


def numbers(pages: Sequence[StampedPage]) -> str:
    """第 3 页, 第 1—4 页."""
    first, last = pages[0].number, pages[-1].number
    return f"第 {first} 页" if first == last else f"第 {first}—{last} 页"


def _runs(
    pages: Sequence[StampedPage], word: Callable[[StampedPage], str]
) -> Iterator[tuple[str, list[StampedPage]]]:
    for said, run in groupby(pages, key=word):
        yield said, list(run)
