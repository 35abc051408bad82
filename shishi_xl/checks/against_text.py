"""Figures that stand in a text, set beside the targets that they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..problems import Place
from .subject import Case, Written


@dataclass(frozen=True, slots=True)
class Stated:
    """A target's figure as the unit's text has it, in the text's own words, and where."""

    value: Decimal
    words: str
    place: Place


def stated(case: Case, row: Written) -> Stated | None:
    """What the unit's text for the item says of the target that `row` reports."""
    return None
