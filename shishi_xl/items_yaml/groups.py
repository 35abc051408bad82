"""Faults of meaning in groups of units."""

from __future__ import annotations

from collections.abc import Iterator

from .fault import Fault
from .near import nearest
from .node import Node, Place
from .survey import Survey


def check_groups(survey: Survey, meant: frozenset[str]) -> Iterator[Fault]:
    """Each group: its members, and whether an item names it. `meant` are names miswritten."""
    for name, group in survey.groups.entries.items():
        yield from _check_group(survey, name, group, meant)
        yield from _check_members(survey, group)


def _check_group(survey: Survey, name: str, group: Node, meant: frozenset[str]) -> Iterator[Fault]:
    place = survey.groups.keys[name]
    both = [key for key in ("members", "collected_by") if key in group or key in group.dropped]
    if len(both) == 2:
        message = f"“{name}”既有 members 又有 collected_by；成员各自填报写前者，由一家收齐写后者"
        yield Fault(*place, message)
    if not both and not survey.is_lost("members") and not survey.is_lost("collected_by"):
        message = f"“{name}”没有成员；请写 members: [各单位] 或 collected_by: 收齐的单位"
        yield Fault(*place, message)
    used = name in meant | survey.counts.keys() or not survey.items
    if not used and not survey.is_lost(name):
        near = nearest(name, survey.counts)
        hint = f"是不是“{near}”？" if near else "请改成事项里用的名称，或删去"
        yield Fault(*place, f"没有一件实事用到单位组“{name}”；{hint}")


def _check_members(survey: Survey, group: Node) -> Iterator[Fault]:
    seen: dict[str, Place] = {}
    for member in group["members"].elements:
        if member.text in seen:
            line = seen[member.text][0]
            message = f"成员“{member.text}”写了两次（另一处在第 {line} 行）；请只留一处"
            yield Fault(*member.place, message)
        seen.setdefault(member.text, member.place)
    for node in (*group["members"].elements, *group["collected_by"].elements):
        if node.text in survey.groups:
            yield Fault(*node.place, f"“{node.text}”是单位组，不能用在单位组里；请写出具体单位")
