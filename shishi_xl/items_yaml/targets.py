"""Faults of meaning in items and targets: ids, goals, milestones, shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..kinds import plain
from ..names import fold
from ..period import Period, parse_period
from ..target import Goal
from .fault import Fault
from .figures import is_percentage, read_figure, read_goal
from .node import Node, Place
from .shares import check_shares
from .survey import Survey


def check_targets(survey: Survey) -> Iterator[Fault]:
    """Names that differ, goals and milestones that can be read and agree."""
    yield from _check_names(survey.items)
    for item in survey.items:
        for target in item["targets"].elements:
            yield from _check_target(target)
            yield from check_shares(survey, item, target)


def kind_of(target: Node) -> str:
    """sum or level: what is said, else level for percentages."""
    return target["kind"].text or ("level" if measure_of(target) == "%" else "sum")


def measure_of(target: Node) -> str:
    """The measure; a goal with a percent sign needs none."""
    measure = target["measure"].text
    if measure == "％" or (not measure and is_percentage(target["goal"])):
        return "%"
    return measure


def _check_names(items: Iterable[Node]) -> Iterator[Fault]:
    seen: dict[str, Place] = {}
    for item in items:
        name = item["name"]
        first = seen.setdefault(fold(name.text), name.place)
        if name.text and first != name.place:
            yield Fault(*name.place, f"与第 {first[0]} 行的事项同名；请删去一件，或改正名称")


def check_ids(survey: Survey, bound: bool) -> Iterator[Fault]:
    """Ids differ; while none is `bound` to a form, also from the numbers of those that have none."""
    yield from _check_ids(survey.items, "" if bound else "{:02d}")
    for item in survey.items:
        yield from _check_ids(item["targets"].elements, "" if bound else "{}")


def _check_ids(nodes: Iterable[Node], default: str) -> Iterator[Fault]:
    seen: dict[str, Place] = {}
    for number, node in enumerate(nodes, 1):
        text = node["id"].text or default.format(number)
        if not text:
            continue
        place = node["id"].place
        first = seen.setdefault(text.casefold(), place)
        if first != place:
            message = f"编号“{text}”与第 {first[0]} 行的重复（没有写 id 的按序号编）；请换一个"
            yield Fault(*place, message)


def _check_target(target: Node) -> Iterator[Fault]:
    goal, sentence = read_goal(target["goal"]) if "goal" in target else (None, "")
    if sentence:
        yield Fault(*target["goal"].place, sentence)
    measure = measure_of(target)
    if (
        is_percentage(target["goal"])
        and measure
        and not set(measure) & set("%％‰") | _words(measure)
    ):
        message = f'目标写的是百分数，计量单位却是“{measure}”；应写成 measure: "%"，或去掉 %'
        yield Fault(*target["goal"].place, message)
    base = target["base"]
    if "base" in target and kind_of(target) == "sum":
        message = "全年累加的指标（kind: sum）没有基数；请删去 base，或写明 kind: level"
        yield Fault(*target.keys["base"], message)
    elif "base" in target and read_figure(base) is None:
        yield Fault(*base.place, f"“{base.text}”读不出数字；应写成数字，如 4.1")
    yield from _check_milestones(target, goal)


def _words(measure: str) -> set[str]:
    return set(measure) & {"百"}  # 百分点


def _check_milestones(target: Node, goal: Goal | None) -> Iterator[Fault]:
    steps: list[tuple[Period, Goal, Node]] = []
    for key, node in target["milestones"].entries.items():
        period = parse_period(key)
        step, sentence = read_goal(node)
        if sentence:
            yield Fault(*node.place, sentence)
        elif period and step:
            steps.append((period, step, node))
    if kind_of(target) == "sum" and len({p.cycle for p, _, _ in steps}) == 1:
        yield from _check_order(sorted(steps, key=lambda s: s[0]), goal)


def _check_order(steps: list[tuple[Period, Goal, Node]], goal: Goal | None) -> Iterator[Fault]:
    """Milestones of a sum are cumulative: they never fall, and never exceed the goal."""
    most = None if goal is None else goal.maximum if goal.maximum is not None else goal.minimum
    last: tuple[Period, Decimal] | None = None
    for period, step, node in steps:
        number = step.number
        if number is None:
            continue
        if last and number < last[1]:
            message = (
                f"到 {period} 的累计目标 {plain(number)} 少于到 {last[0]} 的 {plain(last[1])}；"
                "阶段目标是累计数，不会减少，请更正"
            )
            yield Fault(*node.place, message)
        elif most is not None and number > most:
            message = f"阶段目标 {plain(number)} 超过年度目标 {plain(most)}；请更正其中一个"
            yield Fault(*node.place, message)
        last = (period, number)
