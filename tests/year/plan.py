"""The programme of the year as the office thinks of it, and the items.yaml that says so.

Items and units have keys of our own that no renaming, rewording or reordering changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

QUARTERS = ("2023Q1", "2023Q2", "2023Q3", "2023Q4")
ENDS = {
    "2022Q4": date(2022, 12, 31),
    "2023Q1": date(2023, 3, 31),
    "2023Q2": date(2023, 6, 30),
    "2023Q3": date(2023, 9, 30),
    "2023Q4": date(2023, 12, 31),
}
WORDS = {q: f"2023年第{w}季度" for q, w in zip(QUARTERS, "一二三四", strict=True)}
_EXAMPLE = Path(__file__).parents[2] / "templates" / "programmes" / "gaoqing-2023.yaml"
ROLES = ("lead", "responsible", "support")


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C, where PyYAML has it
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _published() -> Any:
    """What the notice says."""
    return yaml.load(_EXAMPLE.read_bytes(), Loader=_Loader)


def before(quarter: str) -> str:
    """The quarter before."""
    every = list(ENDS)
    return every[max(every.index(quarter) - 1, 0)]


@dataclass(frozen=True)
class Target:
    """One measurable goal; `by` are keys of units, none: the item's reporter."""

    key: str
    name: str
    more: dict[str, Any]
    by: tuple[str, ...] = ()

    @property
    def in_words(self) -> bool:
        return isinstance(self.more["goal"], dict) and "text" in self.more["goal"]


@dataclass(frozen=True)
class Item:
    key: str
    name: str
    units: dict[str, str]  # key of unit or group → role
    targets: tuple[Target, ...] = ()
    first: str = ""
    last: str = ""

    @property
    def reporter(self) -> str:
        """The first lead, else the first responsible unit."""
        return next(u for role in ROLES for u, r in self.units.items() if r == role)

    def stands(self, quarter: str) -> bool:
        return (not self.first or self.first <= quarter) and (not self.last or quarter <= self.last)


@dataclass(frozen=True)
class Unit:
    """`renamed`: the quarter from which `name` holds, and what it was called before."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    renamed: str = ""
    formerly: tuple[str, ...] = ()

    def called(self, quarter: str) -> str:
        return self.formerly[0] if self.formerly and quarter < self.renamed else self.name


@dataclass
class Plan:
    """What items.yaml says now."""

    first: str
    items: list[Item]
    units: dict[str, Unit]
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)  # key and name → members
    due: Any = 0
    ids: bool = False
    heirs: dict[str, str] = field(default_factory=dict)  # a merged unit → the one it became part of

    def copy(self) -> Plan:
        """As it stands now."""
        return replace(self, items=list(self.items), units=dict(self.units), heirs=dict(self.heirs))

    def heir(self, unit: str) -> str:
        """Who answers for what the unit answered for."""
        return self.heirs.get(unit, unit)

    @property
    def quarters(self) -> tuple[str, ...]:
        return tuple(q for q in QUARTERS if q >= self.first)

    def due_day(self, quarter: str) -> date | None:
        if self.due is None:
            return None
        if isinstance(self.due, int):
            return ENDS[quarter] + timedelta(days=self.due)
        return self.due.get(quarter)  # type: ignore[no-any-return]

    def items_in(self, quarter: str) -> list[tuple[int, Item]]:
        """The items that stand in a quarter, with their 序号."""
        return [(n, i) for n, i in enumerate(self.items, 1) if i.stands(quarter)]

    def duties(self, quarter: str) -> list[tuple[Item, str, str]]:
        """Item, unit and role of everything that is asked for in a quarter."""
        return [
            (item, unit, role)
            for _, item in self.items_in(quarter)
            for unit, role in self.of_item(item).items()
        ]

    def of_item(self, item: Item) -> dict[str, str]:
        """An item's units: a group's members in its place, each once."""
        found: dict[str, str] = {}
        for key, role in item.units.items():
            if key not in self.groups:
                found[key] = role
        for key, role in item.units.items():
            for member in self.groups.get(key, ()):
                found.setdefault(member, role)
        return found

    def holders(self, quarter: str) -> list[str]:
        """The units that get a form."""
        return list(dict.fromkeys(unit for _, unit, _ in self.duties(quarter)))

    def reports(self, item: Item, target: Target) -> tuple[str, ...]:
        """Who reports a target."""
        names = target.by or (item.reporter,)
        return tuple(member for name in names for member in self.groups.get(name, (name,)))

    def item(self, key: str) -> Item:
        return next(i for i in self.items if i.key == key)

    def change(self, key: str, **changes: Any) -> None:
        self.items = [replace(i, **changes) if i.key == key else i for i in self.items]

    def yaml(self) -> bytes:
        """items.yaml."""
        known = _published()
        known["first"] = self.first
        del known["due"]
        if self.due is not None:
            known["due"] = self.due
        known["collector"]["office_of"] = self._name(self.heir(known["collector"]["office_of"]))
        known["items"] = [self._item(n, i) for n, i in enumerate(self.items)]
        known["units"] = {u.name: self._unit(u) for u in self.units.values() if self._used(u.key)}
        if self.groups:
            known["groups"] = {g: {"members": [self._name(m) for m in members]}
                               for g, members in self.groups.items()}  # fmt: skip
        text = yaml.dump(known, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
        return str(text).encode()

    def _used(self, unit: str) -> bool:
        return any(unit in self.of_item(i) for i in self.items)

    def _name(self, key: str) -> str:
        return self.units[key].name if key in self.units else key

    def _item(self, _: int, item: Item) -> dict[str, Any]:
        said: dict[str, Any] = {"id": item.key} if self.ids else {}
        said["name"] = item.name
        for role in ROLES:
            if names := [self._name(u) for u, r in item.units.items() if r == role]:
                said[role] = names
        said |= {k: v for k, v in (("from", item.first), ("until", item.last)) if v}
        if item.targets:
            said["targets"] = [self._target(t) for t in item.targets]
        return said

    def _target(self, target: Target) -> dict[str, Any]:
        by = [self._name(u) for u in target.by]
        return {"name": target.name, **target.more, **({"by": by} if by else {})}

    @staticmethod
    def _unit(unit: Unit) -> dict[str, Any]:
        said: dict[str, Any] = {"aliases": list(unit.aliases)} if unit.aliases else {}
        if unit.formerly:
            said |= {"formerly": list(unit.formerly), "from": unit.renamed}
        return said


def example(first: str, *, ids: bool = False) -> Plan:
    """gaoqing-2023 as published, from its `first` or from the first quarter."""
    known = _published()
    items = [_read_item(n, entry) for n, entry in enumerate(known["items"], 1)]
    names = dict.fromkeys(u for item in items for u in item.units)
    units = {n: Unit(n, n, tuple(known["units"].get(n, {}).get("aliases", ()))) for n in names}
    return Plan(first, items, units, due=0, ids=ids)


def _read_item(number: int, entry: dict[str, Any]) -> Item:
    units = {u: role for role in ROLES for u in entry.get(role, ())}
    targets = tuple(
        Target(
            str(n),
            t["name"],
            {k: v for k, v in t.items() if k not in ("name", "by")},
            (t["by"],) if "by" in t else (),
        )
        for n, t in enumerate(entry.get("targets", ()), 1)
    )
    return Item(f"i{number}", entry["name"], units, targets)
