"""A text → the numbers in it that have a measure, and what stands round each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..kinds.cell import fold
from ..kinds.numeral import AMOUNT, parse_numeral


@dataclass(frozen=True, slots=True)
class Mention:
    """A number with its measure, in the text's own words."""

    value: Decimal
    words: str


def find_mentions(text: str) -> Iterator[Mention]:
    """Every number."""
    for run in re.findall(AMOUNT, fold(text)):
        value = parse_numeral(run)
        if value is not None:
            yield Mention(value, run)
