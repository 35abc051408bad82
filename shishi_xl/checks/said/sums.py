"""Mentions of one text → which make up another: 直播3场、现场10场，全年13场."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from ...kinds.measure import agree
from .mentions import Mention


def sums(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Sequence[Mention]]]:
    """Each number of a sentence with those beside it that add up to it."""
    for _, group in groupby(mentions, key=lambda m: m.sentence):
        sentence = list(group)
        for whole in sentence:
            same = [m for m in sentence if agree(m.measure, whole.measure)]
            at = same.index(whole)
            for beside in (same[at + 1 :], same[:at][::-1]):
                if parts := _adding_up(whole.value, beside):
                    yield whole, parts


def _adding_up(whole: Decimal, beside: Sequence[Mention]) -> Sequence[Mention]:
    """The first two or more numbers that add up to the whole; none where they do not."""
    total = Decimal(0)
    for count, mention in enumerate(beside, 1):
        total += mention.value
        if total == whole and count > 1:
            return beside[:count]
        if total > whole:
            break
    return ()
