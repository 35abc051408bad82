"""Node → Survey: who is named where, by which the checks of meaning judge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..model import Role
from ..names import fold
from ..period import Cycle
from .node import Node, Place

SEVERAL = re.compile(r"[、，,；;]|\s")


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit or group by name, where it stands, and in which item or group (by place)."""

    name: str
    place: Place
    within: Place


@dataclass(frozen=True)
class Survey:
    """A programme's tree, and `lost`: text of the file that could not be judged."""

    root: Node
    lost: str

    @property
    def items(self) -> tuple[Node, ...]:
        return self.root["items"].elements

    @property
    def groups(self) -> Node:
        return self.root["groups"]

    @property
    def units(self) -> Node:
        return self.root["units"]

    @property
    def office(self) -> Node:
        return self.root["collector"]["office_of"]

    @property
    def cycle(self) -> Cycle | None:
        text = self.root["cycle"].text
        return Cycle(text) if text else None

    @property
    def year(self) -> int | None:
        text = self.root["year"].text
        return int(text) if text else None

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every name that stands for a unit or group: items, members, collected_by, office_of."""
        office = mentions(self.office, self.office.place)
        return (*self._in_items(), *self._in_groups(), *office)

    def _in_items(self) -> Iterator[Mention]:
        for item in self.items:
            for role in Role:
                yield from mentions(item[role.value], item.place)

    def _in_groups(self) -> Iterator[Mention]:
        for name, group in self.groups.entries.items():
            place = self.groups.keys[name]
            yield from mentions(group["members"], place)
            yield from mentions(group["collected_by"], place)

    @cached_property
    def listings(self) -> tuple[Mention, ...]:
        """The names under units: and groups:, where they stand there."""
        tables = (self.units.keys, self.groups.keys)
        pairs = (pair for keys in tables for pair in keys.items() if pair[0] in self.listed)
        return tuple(Mention(name, place, place) for name, place in pairs)

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(m.name for m in self.mentions)

    @cached_property
    def listed(self) -> frozenset[str]:
        """Names that stand in units: or groups:, and so are meant as they are."""
        return frozenset((*self.units.entries, *self.groups.entries))

    @cached_property
    def alias_of(self) -> dict[str, str]:
        """Folded alias or former name → the unit that it stands for; listed names are none."""
        return {
            fold(alias.text): name
            for name, unit in self.units.entries.items()
            for key in ("formerly", "aliases")
            for alias in unit[key].elements
            if alias.text not in self.listed
        }

    def members(self, name: str) -> tuple[str, ...]:
        """A group's members; () for a unit and for a group that one unit collects for."""
        return tuple(m.text for m in self.groups[name]["members"].elements)

    @cached_property
    def _joined(self) -> str:
        """Names that are most likely several, written as one."""
        return "\n".join(m.name for m in self.mentions if self.looks_several(m.name))

    def looks_several(self, name: str) -> bool:
        return bool(SEVERAL.search(name)) and name not in self.listed

    def is_lost(self, name: str) -> bool:
        """Whether a name stands in text that could not be judged, or joined to another."""
        return name in self.lost or name in self._joined

    def item_units(self, item: Node) -> dict[str, Role]:
        """The item's units as the form prints them: lead, responsible, support."""
        return {unit.text: role for role in _ORDER for unit in item[role.value].elements}


_ORDER = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT)


def mentions(names: Node, within: Place) -> Iterator[Mention]:
    """The names in a list, or the one name that stands in its place."""
    for name in names.elements:
        if name.text:
            yield Mention(name.text, name.place, within)
