"""A number of a text that speaks of a target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .mentions import Mention
from .scopes import Scope


@dataclass(frozen=True, slots=True)
class Tie:
    """A number that speaks of a target, in the target's measure, and how surely.

    `summed`: other numbers, none of them of what is unfinished, make it up. `unit`: one step of its last digit, in the same measure.
    """

    mention: Mention
    value: Decimal
    unit: Decimal
    scope: Scope
    strength: Decimal
    total: bool
    part: bool
    summed: bool = False
