"""One way in which a return goes wrong, and what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .contact import Contact


@dataclass(frozen=True)
class Damage:
    """`act` does it. What may be done together is told by the rest.

    `lines`: rows with answers that the annex must have. `takes`: what cannot be told or relied on
    any more (`marks`, `names`, `title`, `code`, `property`, `headers`, `rows`, `file`).
    `last`: nothing is done after it. `alone`: nor before it.
    """

    name: str
    act: Callable[[Contact], None]
    lines: int = 1
    takes: frozenset[str] = frozenset()
    last: bool = False
    alone: bool = False
    partner: bool = False  # needs another unit
    targets: bool = False  # needs a sheet 量化指标
    whole: bool = False  # speaks for other units, which send nothing themselves


def takes(*witnesses: str) -> frozenset[str]:
    """What a damage takes away."""
    return frozenset(witnesses)
