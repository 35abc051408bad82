"""Chance within one event, from one number that hypothesis draws; and the table of event kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")
Deed = Callable[[Any, "Luck"], bool]


class Luck:
    """What chance decides within one event."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def below(self, limit: int) -> int:
        return self._random.randrange(limit)

    def of(self, options: Sequence[T]) -> T:
        return self._random.choice(options)

    def some(self, options: Sequence[T], number: int) -> list[T]:
        return self._random.sample(options, number)

    def chance(self, in_ten: int) -> bool:
        return self.below(10) < in_ten


# Every kind of event by name: it does its deed, and says whether that was possible now.
EVENTS: dict[str, Deed] = {}


def event(name: str) -> Callable[[Deed], Deed]:
    """Put a deed into the table."""

    def register(deed: Deed) -> Deed:
        assert name not in EVENTS, name
        EVENTS[name] = deed
        return deed

    return register
