"""Faults of meaning in the names of units: unknown, unused, doubled, ambiguous."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Role
from ..names import fold
from .fault import Fault
from .groups import check_groups
from .near import Likeness, find_likenesses, nearest
from .node import Node, Place
from .survey import SEVERAL, Survey


def check_units(survey: Survey) -> Iterator[Fault]:
    """Every name of a unit or group: known, used, written in one way, standing for one unit."""
    likenesses = tuple(find_likenesses(survey))
    meant = frozenset(likeness.meant.name for likeness in likenesses)
    for likeness in likenesses:
        yield Fault(*likeness.mention.place, _unlike(likeness))
    yield from _check_mentions(survey)
    for item in survey.items:
        yield from _check_item(survey, item)
    yield from _check_unused(survey, meant)
    yield from _check_aliases(survey)
    yield from check_groups(survey, meant)
    if not any(likeness.mention.name == survey.office.text for likeness in likenesses):
        yield from _check_office(survey)


def _unlike(likeness: Likeness) -> str:
    name, meant = likeness.mention.name, likeness.meant
    there = f"第 {meant.place[0]} 行的“{meant.name}”"
    if likeness.folded:
        return f"“{name}”与{there}只是全角半角或空格不同；应写成“{meant.name}”"
    return (
        f"“{name}”只出现这一次，与{there}只差一个字；"
        f"应写成“{meant.name}”，如确是两个单位，请把“{name}”列入 units"
    )


def _check_mentions(survey: Survey) -> Iterator[Fault]:
    for mention in survey.mentions:
        name = mention.name
        unit = survey.alias_of.get(fold(name))
        if survey.looks_several(name):
            yield _several(mention.place, name)
        elif unit and unit != name:
            unless = "，如是另一个单位，请把它从 units 的别名里删去"
            yield Fault(*mention.place, f"“{name}”是“{unit}”的别名或原名；这里应写“{unit}”{unless}")


def _several(place: Place, name: str) -> Fault:
    split = ", ".join(part for part in SEVERAL.split(name) if part)
    return Fault(*place, f"“{name}”像是几个名称；应写成 [{split}]")


def _check_item(survey: Survey, item: Node) -> Iterator[Fault]:
    seen: dict[str, Place] = {}
    for role in (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT):
        for unit in item[role.value].elements:
            if unit.text in seen:
                line = seen[unit.text][0]
                message = f"“{unit.text}”在这件实事里写了两次（另一处在第 {line} 行）；请只留一处"
                yield Fault(*unit.place, message)
            seen.setdefault(unit.text, unit.place)
    answering = ("lead", "responsible")
    if any(k in item or k in item.dropped or survey.is_lost(k) for k in answering):
        return
    if "support" in item:
        message = "这件实事只有配合单位，没有人报送；请补上 responsible: [单位名称]"
    else:
        message = "这件实事没有责任单位；请补上 responsible: [单位名称] 或 lead: [单位名称]"
    yield Fault(*item.place, message)


def _check_unused(survey: Survey, meant: frozenset[str]) -> Iterator[Fault]:
    if not survey.items:
        return  # that there are none is the fault
    named = set(survey.counts) | meant
    named |= {survey.alias_of.get(fold(name), "") for name in survey.counts}
    former = {fold(f.text) for u in survey.units.entries.values() for f in u["formerly"].elements}
    for name, place in survey.units.keys.items():
        known = name in named or name in survey.groups or fold(name) in former
        if known or survey.is_lost(name) or name not in survey.units:
            continue
        near = nearest(name, survey.counts)
        hint = f"是不是“{near}”？" if near else "请改成事项里用的名称，或删去这一行"
        yield Fault(*place, f"units 里的“{name}”在事项和单位组里都没有用到；{hint}")


def _check_aliases(survey: Survey) -> Iterator[Fault]:
    """A name may stand for one unit only. A former name may be a unit's that ends (until)."""
    owner = {fold(name): name for name in survey.listed}
    for name, unit in survey.units.entries.items():
        for key in ("aliases", "formerly"):
            for alias in unit[key].elements:
                if SEVERAL.search(alias.text):
                    yield _several(alias.place, alias.text)
                other = owner.setdefault(fold(alias.text), name)
                ended = key == "formerly" and "until" in survey.units[other]
                if other == name or ended:
                    continue
                if other == alias.text:
                    what = "另一个单位或单位组的名称"
                else:
                    what = f"“{other}”的别名或原名"
                message = f"“{alias.text}”已经是{what}；一个名称只能指一个单位，请删去一处"
                yield Fault(*alias.place, message)


def _check_office(survey: Survey) -> Iterator[Fault]:
    office = survey.office
    elsewhere = {m.name for m in survey.mentions if m.within != office.place} | survey.listed
    name = office.text
    if not name or name in elsewhere or fold(name) in survey.alias_of or survey.is_lost(name):
        return
    near = nearest(name, elsewhere)
    hint = f"是不是“{near}”？" if near else "请写责任单位的名称，或删去 office_of"
    yield Fault(*office.place, f"“{name}”不是本方案的单位；{hint}")
