"""Faults of meaning in `by` and `combine`: which units report a target, and what part of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..kinds import plain
from ..names import fold
from ..target import Goal
from .fault import Fault
from .figures import read_figure, read_goal
from .near import nearest
from .node import Node, Place
from .survey import Survey


def check_shares(survey: Survey, item: Node, target: Node) -> Iterator[Fault]:
    """The units of one target: of its item, once each, with parts that meet the goal."""
    yield from _check_by(survey, item, target["by"])
    yield from _check_sum(target)
    alone = len(reporters(survey, item, target)) < 2
    if alone and "combine" in target and not _is_damaged(item, target):
        message = "只有一个单位填报，没有可合并的；请删去 combine，或在 by 里写明几个单位"
        yield Fault(*target.keys["combine"], message)


def named_by(target: Node) -> tuple[tuple[str, Place, Node], ...]:
    """The units in `by`, each with its place and its figure (an empty node where it has none)."""
    by = target["by"]
    if by.entries:
        return tuple((name, by.keys[name], figure) for name, figure in by.entries.items())
    return tuple((node.text, node.place, Node(node.place, None)) for node in by.elements)


def reporters(survey: Survey, item: Node, target: Node) -> tuple[str, ...]:
    """The units that report a target: those in `by`, else the item's reporter; members for groups."""
    named = [name for name, _, _ in named_by(target)]
    if not named:
        first = (*item["lead"].elements, *item["responsible"].elements)
        named = [node.text for node in first[:1]]
    spread = (survey.members(name) or (name,) for name in named)
    return tuple(dict.fromkeys(unit for units in spread for unit in units))


def _check_by(survey: Survey, item: Node, by: Node) -> Iterator[Fault]:
    units = tuple(survey.item_units(item))
    every = {*units, *(member for unit in units for member in survey.members(unit))}
    seen: dict[str, Place] = {}
    for name, place, figure in named_by(Node(by.place, {"by": by})):
        if name in seen:
            yield Fault(*place, f"“{name}”写了两次；请只留一处")
        seen.setdefault(name, place)
        if name not in every and not survey.is_lost(name) and not _is_damaged(item):
            near = survey.alias_of.get(fold(name), "") or nearest(name, every)
            hint = f"是不是“{near}”？" if near else f"应从这里选：{'、'.join(units)}"
            yield Fault(*place, f"“{name}”不是这件实事的单位；{hint}")
        if figure.text and read_figure(figure) is None:
            message = f"“{figure.text}”读不出数字；应写成这个单位承担的数，如 0.5万"
            yield Fault(*figure.place, message)
        elif figure.text and survey.members(name):
            message = f"“{name}”是一组单位，一个数分不到各成员；请逐个成员写明，或不写数"
            yield Fault(*figure.place, message)


def _check_sum(target: Node) -> Iterator[Fault]:
    """Where every unit has a figure and figures add up, together they must meet the goal.

    More than a floor is no fault: parts are often handed out with something to spare.
    """
    goal, _ = read_goal(target["goal"]) if "goal" in target else (None, "")
    figures = [read_figure(figure) for _, _, figure in named_by(target)]
    if goal is None or not target["by"].entries or target["by"].dropped:
        return
    if target["combine"].text not in ("", "sum") or target["kind"].text == "level":
        return
    parts = [figure for figure in figures if figure is not None]
    if len(parts) == len(figures):
        yield from _compare(target, goal, sum(parts, Decimal(0)))


def _compare(target: Node, goal: Goal, total: Decimal) -> Iterator[Fault]:
    place = target.keys["by"]
    if goal.minimum is not None and total < goal.minimum and not goal.about:
        what = f"各单位承担的数合计 {plain(total)}，不到年度目标 {plain(goal.minimum)}"
        yield Fault(*place, f"{what}；请核对 by 和 goal")
    if goal.maximum is not None and total > goal.maximum:
        what = f"各单位承担的数合计 {plain(total)}，超过年度目标的上限 {plain(goal.maximum)}"
        yield Fault(*place, f"{what}；请核对 by 和 goal")


def _is_damaged(*nodes: Node) -> bool:
    """Whether units were taken away here because of another fault."""
    keys = {"lead", "responsible", "support", "by"}
    lists = (node[key] for node in nodes for key in keys)
    return any(node.dropped & keys for node in nodes) or any(n.dropped for n in lists)
