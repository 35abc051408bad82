"""What a second look at a sheet brings to light: all that calamine does not tell of its cells.

calamine gives values alone: a formula without a value and an error look empty to it; comments,
pasted pictures, text boxes, struck-through and white text, hidden rows are not seen at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..sheets import Area, Aside

_MOST_HIDDEN = 20_000  # rows that are remembered one by one; no table of a form is longer


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a sheet holds beside its values; as in `Sheet`. `merged` only where calamine has none."""

    blanks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    asides: tuple[Aside, ...] = ()
    merged: tuple[Area, ...] = ()
    unseen_rows: frozenset[int] = frozenset()
    unseen_cols: frozenset[int] = frozenset()


def span(first: int, count: int) -> range:
    """Rows or columns from `first` on, no more of them than a form may have."""
    return range(first, first + min(count, _MOST_HIDDEN))
