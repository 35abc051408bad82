"""What a second look at a sheet brings to light: all that calamine does not tell of its cells.

calamine gives values alone: a formula without a value and an error look empty to it; comments,
pasted pictures, text boxes, struck-through and white text, hidden rows are not seen at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..kinds.cell import plain
from ..sheets import Area, Aside

_QUOTED = re.compile(r'"[^"]*"|\\.')

_MOST_HIDDEN = 20_000  # rows that are remembered one by one; no table of a form is longer


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a sheet holds beside its values; as in `Sheet`. `merged` only where calamine has none."""

    blanks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    asides: tuple[Aside, ...] = ()
    merged: tuple[Area, ...] = ()
    unseen_rows: frozenset[int] = frozenset()
    unseen_cols: frozenset[int] = frozenset()
    percents: frozenset[tuple[int, int]] = frozenset()  # cells that show 0.85 as 85%


def is_percent(number_format: str) -> bool:
    """Whether a number format shows a hundred times the number, with a % behind it."""
    return "%" in _QUOTED.sub("", number_format)


def in_percent(number: float) -> str:
    """A number as a cell in per cent shows it, with all its digits."""
    return f"{plain(Decimal(f'{number:.15g}') * 100)}%"


def span(first: int, count: int) -> range:
    """Rows or columns from `first` on, no more of them than a form may have."""
    return range(first, first + min(count, _MOST_HIDDEN))
