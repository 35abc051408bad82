"""Programme + period → the programme as it stands in that period: its items, names and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .model import Group, Item, Programme, Unit
from .period import Period
from .target import Target


def stand_in(programme: Programme, period: Period) -> Programme:
    """Items and units that do not stand in `period` are left out, units bear their names of then.

    An item that comes later takes no number yet; one that has ended keeps its own.
    """
    started = [i for i in programme.items if i.first is None or i.first <= period]
    numbered = [replace(i, number=n) for n, i in enumerate(started, 1)]
    standing = [i for i in numbered if i.last is None or period <= i.last]
    dated = any(u.first or u.last for u in programme.units.values())
    if not dated and tuple(standing) == programme.items:
        return programme
    office = programme.collector.office_of
    return replace(
        programme,
        items=tuple(_item(programme, i, period) for i in standing),
        groups={name: _group(programme, g, period) for name, g in programme.groups.items()},
        units=_units(programme, period),
        collector=replace(programme.collector, office_of=_one(programme, office, period)),
    )


def names_in(programme: Programme, name: str, period: Period) -> tuple[str, ...]:
    """The names under which a unit's duties stand: its own, its former one, or none.

    `from` of a unit that was called otherwise (`formerly`) says since when it has its name;
    before that the former unit stands, which `units` may date; of several without a date the
    last. `from` of one that is new, and `until`, say when there are no duties.
    """
    unit = programme.unit(name)
    if _stands(unit, period):
        return (name,)
    if unit.first is None or period >= unit.first or not unit.formerly:
        return ()
    dated = [n for n in unit.formerly if n in programme.units]
    if dated:
        return tuple(n for n in dated if _stands(programme.units[n], period))
    return unit.formerly[-1:]


def _stands(unit: Unit, period: Period) -> bool:
    return (unit.first is None or unit.first <= period) and (
        unit.last is None or period <= unit.last
    )


def _units(programme: Programme, period: Period) -> dict[str, Unit]:
    """What is known of a unit holds under its former name too."""
    former = {
        now: replace(unit, name=now, first=None, last=None)
        for name, unit in programme.units.items()
        for now in names_in(programme, name, period)
    }
    return {**former, **programme.units}


def _item(programme: Programme, item: Item, period: Period) -> Item:
    names = _renamed(programme, item.units, period)
    changed = replace(item, units={now: item.units[name] for name, now in names})
    reporter = changed.reporter
    targets = (_target(programme, t, reporter, period) for t in item.targets)
    return replace(changed, targets=tuple(targets))


def _target(programme: Programme, target: Target, reporter: str, period: Period) -> Target:
    """A share passes to the former unit; of several former ones none is known to bear it alone.

    Where no unit that reports it stands, the item's reporter does.
    """
    names = _renamed(programme, target.shares, period)
    written = [name for name, _ in names]
    shares = {now: target.shares[n] if written.count(n) == 1 else None for n, now in names}
    return replace(target, shares=shares or ({reporter: None} if reporter else {}))


def _group(programme: Programme, group: Group, period: Period) -> Group:
    members = tuple(now for _, now in _renamed(programme, group.members, period))
    collector = _one(programme, group.collected_by, period)
    return replace(group, members=members, collected_by=collector)


def _one(programme: Programme, name: str, period: Period) -> str:
    return next(iter(names_in(programme, name, period)), name) if name else ""


def _renamed(
    programme: Programme, names: Iterable[str], period: Period
) -> tuple[tuple[str, str], ...]:
    """(name as written, name in the period), without those that do not stand.

    A former unit that is written itself needs nobody to stand for it.
    """
    written = tuple(names)
    found: dict[str, str] = {}
    for name in written:
        for now in names_in(programme, name, period):
            if now == name or now not in written:
                found.setdefault(now, name)
    return tuple((name, now) for now, name in found.items())
