"""The programme as office staff wrote it: items, targets, units, groups, and who owes what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from .period import Cycle, Period, periods_of
from .problems import RuleSetting
from .target import ABOUT, Target


class Role(StrEnum):
    """How a unit answers for an item; the value is the key in items.yaml."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        return {"lead": "牵头单位", "responsible": "责任单位", "support": "配合单位"}[self.value]


_STRENGTH = {Role.LEAD: 2, Role.RESPONSIBLE: 1, Role.SUPPORT: 0}


@dataclass(frozen=True, slots=True)
class Item:
    """One practical livelihood item. `number` is the programme-wide 序号, from 1."""

    id: str
    number: int
    name: str
    units: Mapping[str, Role]  # units and groups by name, in the order the form prints them
    targets: tuple[Target, ...] = ()
    brief: str = ""
    goal: str = ""
    plan: Mapping[Period, str] = field(default_factory=dict)
    first: Period | None = None  # `from` in items.yaml
    last: Period | None = None  # `until`

    def names(self, *roles: Role) -> tuple[str, ...]:
        """The item's units with one of these roles; all of them where none is given."""
        return tuple(u for u, role in self.units.items() if not roles or role in roles)

    @property
    def reporter(self) -> str:
        """The first lead, else the first responsible unit: it reports 进展状态."""
        return next(iter(self.names(Role.LEAD) + self.names(Role.RESPONSIBLE)), "")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is known of a unit."""

    name: str
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    email: str = ""
    person: str = ""
    phone: str = ""
    first: Period | None = None
    last: Period | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """各镇（街道） and the like: its members, or the one unit that collects for it."""

    name: str
    members: tuple[str, ...] = ()
    collected_by: str = ""


@dataclass(frozen=True, slots=True)
class Collector:
    """The office that collects the returns; `office_of` is the unit whose office it is."""

    name: str = ""
    office_of: str = ""
    phone: str = ""
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """One item × unit: who holds the form, with which role, through which group ("" for none)."""

    item: Item
    unit: str
    role: Role
    group: str = ""

    @property
    def owed(self) -> bool:
        """Whether an answer is asked for; 配合单位 get the form and are never chased."""
        return self.role is not Role.SUPPORT


@dataclass(frozen=True)
class Programme:
    """One year's list of items, with its units."""

    id: str
    name: str
    title: str
    year: int
    cycle: Cycle
    first: Period
    items: tuple[Item, ...]
    form: str = "annex"
    due: Mapping[Period, date] | int | None = None
    stamped: bool = False
    ask_status: bool = True
    issuer: str = ""
    document: str = ""
    collector: Collector = Collector()
    units: Mapping[str, Unit] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    checks: Mapping[str, RuleSetting] = field(default_factory=dict)  # by code
    on_schedule: Decimal = Decimal(1)  # the part of what is due that counts as 按序时推进
    about: Decimal = ABOUT  # the part of an approximate goal that counts as reached

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        return periods_of(self.cycle, self.year, self.first)

    @cached_property
    def level(self) -> str:
        """县, 区 or 市: whose programme it is, by the units that it names."""
        names = "".join(name for item in self.items for name in item.units)
        said = re.findall("^.|[县区市]", self.name + names)
        return max("县区市", key=said.count)

    def due_date(self, period: Period) -> date | None:
        """The last day on time; None where items.yaml names none."""
        if self.due is None:
            return None
        if isinstance(self.due, int):
            return period.end + timedelta(days=self.due)
        return self.due.get(period)

    def items_in(self, period: Period) -> tuple[Item, ...]:
        """The items that stand in the programme in `period`."""
        return tuple(i for i in self.items if _stands(i.first, i.last, period))

    def duties(self, period: Period) -> tuple[Duty, ...]:
        """Every item × unit of `period`, by item, then in the order the form prints units.

        A group's members stand in the group's place, a collected group for itself. A unit that
        an item names twice (itself and in a group, or in two groups) owes one answer.
        """
        if period not in self._duties:
            self._duties[period] = tuple(
                d for item in self.items_in(period) for d in self._duties_of(item)
            )
        return self._duties[period]

    def duties_by_unit(self, period: Period) -> Mapping[str, tuple[Duty, ...]]:
        """The same by the unit that owes them, in the order of each unit's first item."""
        if period not in self._by_unit:
            found: dict[str, list[Duty]] = {}
            for duty in self.duties(period):
                found.setdefault(duty.unit, []).append(duty)
            self._by_unit[period] = {unit: tuple(duties) for unit, duties in found.items()}
        return self._by_unit[period]

    # A nation's programme has 100,000 duties, which every return asks for.
    @cached_property
    def _duties(self) -> dict[Period, tuple[Duty, ...]]:
        return {}

    @cached_property
    def _by_unit(self) -> dict[Period, Mapping[str, tuple[Duty, ...]]]:
        return {}

    def _duties_of(self, item: Item) -> Iterator[Duty]:
        """The strongest role counts, then the first place: lead, responsible, support."""
        every: dict[str, Duty] = {}
        for name, role in item.units.items():
            for unit in self.answering(name):
                duty = Duty(item, unit, role, "" if unit == name else name)
                known = every.get(unit)
                by_itself = known and known.role is role and not duty.group
                if known is None or by_itself or _STRENGTH[role] > _STRENGTH[known.role]:
                    every[unit] = duty
        # Where a unit stands by itself, its line stands there; of a group's, in the group's place.
        for name in item.units:
            for unit in self.answering(name):
                if unit in every and every[unit].group == ("" if unit == name else name):
                    yield every.pop(unit)

    def answering(self, name: str) -> tuple[str, ...]:
        """Who answers for a name in an item: a group's members, else the unit or group itself."""
        group = self.groups.get(name)
        return group.members if group and group.members else (name,)

    def reporters(self, item: Item) -> tuple[str, ...]:
        """Who reports 进展状态 of the item: its reporter, or the members of that group."""
        return self.answering(item.reporter)

    @property
    def organiser(self) -> str:
        """The unit whose office collects; "" where items.yaml names none."""
        return self.collector.office_of or (
            self.collector.name if self.collector.name in self.units else ""
        )

    def addressee(self, holder: str) -> str:
        """Whom a letter about a form goes to: a collected group's to the unit that collects."""
        group = self.groups.get(holder)
        return group.collected_by if group and group.collected_by else holder

    def gets_letters(self, holder: str) -> bool:
        """Whether a holder of a form is written to; the organiser does not write to itself."""
        return self.addressee(holder) != self.organiser

    def form_holders(self, period: Period) -> tuple[str, ...]:
        """The units and collected groups that get a form, in the order of their first item."""
        return tuple(self.duties_by_unit(period))

    def unit(self, name: str) -> Unit:
        """What is known of a unit: an empty record where nothing is."""
        return self.units.get(name, Unit(name))


def _stands(first: Period | None, last: Period | None, period: Period) -> bool:
    return (first is None or first <= period) and (last is None or period <= last)
