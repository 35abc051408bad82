"""One way in which a return goes wrong, and what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .contact import Contact


@dataclass(frozen=True)
class Damage:
    """`act` does it. What may be done together is told by the rest.

    `lines`: rows with answers that the annex must have. `takes`: what a row or a table is known
    by (`marks`, `names`, `title`, `headers`) and cannot be told by any more; of these something
    must be left. `last`: nothing is done after it. `only`: the kinds of file that it can be done in.
    """

    name: str
    act: Callable[[Contact], None]
    lines: int = 1
    takes: frozenset[str] = frozenset()
    last: bool = False
    partner: bool = False
    targets: bool = False  # needs a sheet 量化指标
    only: tuple[str, ...] = (".xlsx", ".xls", ".ods")


def takes(*witnesses: str) -> frozenset[str]:
    """What a damage takes away."""
    return frozenset(witnesses)
