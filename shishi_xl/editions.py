"""items.yaml as it was used over the year: which ids it gave, and which periods go by which edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Known:
    """An item that forms were made of, under its id; or one of its targets.

    `parts` are an item's targets. `context` is what else tells it apart: an item's units, a
    target's measure.
    """

    id: str
    name: str
    context: tuple[str, ...] = ()
    parts: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One items.yaml: its bytes, the day on which it was first used, the ids of its items.

    `notes`: what was tied to an older edition's ids though it was reworded, and what is new.
    """

    sha256: str
    day: date
    source: bytes
    items: tuple[Known, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A run under an edition. `period` goes by it from now on; "" where a later one has begun."""

    edition: Edition
    period: str


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Every edition in the order of first use.

    `in_force`: period → the edition under which it last ran; `sent`: the periods whose forms were
    generated. `bound`: whether forms are out that bear ids.
    """

    editions: tuple[Edition, ...] = ()
    in_force: Mapping[str, str] = field(default_factory=dict)
    sent: frozenset[str] = frozenset()
    bound: bool = False

    def edition(self, sha256: str) -> Edition | None:
        return next((e for e in self.editions if e.sha256 == sha256), None)

    @property
    def known(self) -> tuple[tuple[Known, ...], ...]:
        """The items of each edition, the latest first; none while no form bears an id."""
        return tuple(e.items for e in reversed(self.editions)) if self.bound else ()
