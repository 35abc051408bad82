"""What the office changes in items.yaml in the middle of the year."""

from __future__ import annotations

from dataclasses import replace

from .luck import Luck, event
from .office import Office
from .plan import Item, Target, Unit
from .units_deeds import someone

# None is like a published one: an office without ids would be asked whether that was reworded.
NEW_NAMES = ("实施城乡公益健身行动", "实施乡村亲子阅读行动", "实施女性就业护航行动", "实施老年助餐行动",
             "实施托育惠民行动", "老旧小区加装电梯", "农村公路养护", "新建改建公厕")  # fmt: skip


def settles(office: Office, luck: Luck, *units: str) -> bool:
    """items.yaml is saved; the units' forms go out again now, or they keep the old ones."""
    office.writes_items()
    if luck.chance(6):
        for unit in dict.fromkeys(units):
            if unit in office.plan.holders(office.quarter):
                office.sends(office.quarter, unit)
    return True


@event("事项插在中间")
def adds_item(office: Office, luck: Luck) -> bool:
    used = {i.name for i in office.plan.items}
    names = [n for n in NEW_NAMES if n not in used]
    if not names or len(office.plan.items) > 14:
        return False
    key = f"n{office.next_number()}"
    office.reads_notes()
    found = (office.plan.heir(someone(office, luck)) for _ in range(1 + luck.below(3)))
    units = list(dict.fromkeys(found))
    roles = dict.fromkeys(units, "responsible")
    if len(units) > 1 and luck.chance(5):
        roles = {units[0]: "lead", **{u: luck.of(("responsible", "support")) for u in units[1:]}}
    more = {"goal": 90, "measure": luck.of(("处", "场", "人"))}
    targets = (Target("1", f"新增指标{key}", more),) if luck.chance(6) else ()
    item = Item(key, luck.of(names), roles, targets, first=office.quarter)
    at = luck.of((2, 2, 0, 5, len(office.plan.items)))
    office.plan.items.insert(at, item)
    return settles(office, luck, *units)


@event("事项终止")
def ends_item(office: Office, luck: Luck) -> bool:
    """The item's last quarter is this one."""
    open_ones = [i for i in office.plan.items if not i.last]
    if len(open_ones) < 8:
        return False
    office.plan.change(luck.of(open_ones).key, last=office.quarter)
    return settles(office, luck)


@event("事项改措辞")
def rewords_item(office: Office, luck: Luck) -> bool:
    item = luck.of(office.plan.items)
    number = office.next_number()
    if not office.plan.ids and number % 2:
        return False
    name = f"{item.name.partition('（')[0]}（{number}号修订）"
    # Moved and reworded between two runs, an item without an id would be asked about.
    if not office.plan.ids:
        office.compares(office.quarter)
    office.plan.change(item.key, name=name)
    settles(office, luck, *office.plan.of_item(office.plan.item(item.key)))
    if not office.plan.ids:
        office.compares(office.quarter)
    return True


@event("事项调整顺序")
def reorders_items(office: Office, luck: Luck) -> bool:
    office.reads_notes()
    items = office.plan.items
    items.insert(luck.below(len(items)), items.pop(luck.below(len(items))))
    return settles(office, luck, someone(office, luck))


@event("单位改名")
def renames_unit(office: Office, luck: Luck) -> bool:
    known = [u for u in office.plan.units.values() if not u.formerly]
    if len(known) < 10:
        return False
    unit = luck.of(known)
    number = office.next_number()
    changed = replace(
        unit, name=f"{unit.name}改{number}局", formerly=(unit.name,), renamed=office.quarter
    )
    office.plan.units[unit.key] = changed
    return settles(office, luck, unit.key)


@event("单位合并")
def merges_units(office: Office, luck: Luck) -> bool:
    """Two units that share no item become one."""
    plan = office.plan
    small = [u for u in ("县科协", "县残联", "县文明办", "县总工会") if u in plan.units]
    if len(small) < 3 or any(plan.units[u].formerly for u in small):
        return False
    one, other = luck.of(small), luck.of(small)
    apart = [{i.key for i in plan.items if u in plan.of_item(i)} for u in (one, other)]
    if one == other or apart[0] & apart[1] or not all(apart):
        return False
    key = f"县合并{office.next_number()}中心"
    names = (plan.units.pop(one).name, plan.units.pop(other).name)
    plan.units[key] = Unit(key, key, renamed=office.quarter, formerly=names)
    plan.heirs |= {one: key, other: key}
    plan.items = [
        replace(
            i,
            units={plan.heirs.get(u, u): r for u, r in i.units.items()},
            targets=tuple(
                replace(t, by=tuple(plan.heirs.get(u, u) for u in t.by)) for t in i.targets
            ),
        )
        for i in plan.items
    ]
    return settles(office, luck, key)


@event("增加责任单位")
def adds_unit(office: Office, luck: Luck) -> bool:
    item, unit = luck.of(office.plan.items), someone(office, luck)
    unit = office.plan.heirs.get(unit, unit)
    if unit in office.plan.of_item(item) or len(item.units) > 5:
        return False
    role = luck.of(("responsible", "support"))
    office.plan.change(item.key, units={**item.units, unit: role})
    return settles(office, luck, unit)


@event("减少责任单位")
def removes_unit(office: Office, luck: Luck) -> bool:
    """A unit that reports no target of the item leaves it."""
    pairs = [
        (item, unit) for item in office.plan.items for unit in item.units
        if len(item.units) > 1 and unit != item.reporter
        and not any(unit in t.by for t in item.targets)
    ]  # fmt: skip
    if not pairs:
        return False
    item, unit = luck.of(pairs)
    left = {u: r for u, r in item.units.items() if u != unit}
    office.plan.change(item.key, units=left)
    return settles(office, luck)


@event("改报送期限")
def changes_due(office: Office, luck: Luck) -> bool:
    office.plan.due = luck.of((0, 5, -3, 10))
    return settles(office, luck)


@event("重新下发")
def sends_again(office: Office, luck: Luck) -> bool:
    """One unit asks for its form again, or all get theirs anew."""
    unit = office.plan.heirs.get(u := someone(office, luck), u)
    if unit not in office.plan.holders(office.quarter):
        return False
    office.sends(office.quarter, "" if luck.chance(2) else unit)
    return True


@event("更正前几期")
def looks_back(office: Office, luck: Luck) -> bool:
    """The office runs an earlier quarter again."""
    earlier = [q for q in office.plan.quarters if q < office.quarter]
    if not earlier:
        return False
    office.wishes.append(luck.of(earlier))
    return True
