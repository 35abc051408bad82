"""The truth, kept before the damage: what a unit answered to what, and where the damage left it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

PROGRESS, DEADLINE = "措施", "时限"  # Key.what in the annex; on 量化指标 it is the target's name


class Fate(Enum):
    """What a damage does to an answer."""

    STAYS = "readable in its place"
    ASKS = "a person must be asked"  # out of its place, out of sight, or contradicted
    GONE = "deleted"


@dataclass(frozen=True, order=True)
class Key:
    """What an answer is to: item and unit, and which of its answers.

    `unit` is "" for text of which nobody can say whose answer it is.
    """

    unit: str
    number: str
    what: str


@dataclass(frozen=True)
class Answer:
    """What was answered, verbatim, and what became of it."""

    text: str
    fate: Fate = Fate.STAYS

    def now(self, fate: Fate) -> Answer:
        """With this fate, unless it already has a worse one."""
        order = list(Fate)
        return self if order.index(self.fate) >= order.index(fate) else replace(self, fate=fate)


Truth = dict[Key, Answer]
