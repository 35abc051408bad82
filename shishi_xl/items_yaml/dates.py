"""Faults of meaning in periods and days: first, due, from, until, and keys that are periods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..period import Cycle, Period, parse_period
from .fault import Fault
from .node import Node, Place
from .survey import Survey

_HOW = {Cycle.QUARTER: "季度", Cycle.HALF_YEAR: "半年", Cycle.MONTH: "月"}


def check_dates(survey: Survey) -> Iterator[Fault]:
    """Periods of the programme's cycle and year, spans in order, days that exist."""
    if "first" in survey.root:
        yield from _check_period(survey, survey.root["first"])
    yield from _check_keys(survey, survey.root["due"])
    yield from _check_due(survey)
    for item in survey.items:
        yield from _check_span(survey, item, this_year=True)
        yield from _check_keys(survey, item["plan"])
        for target in item["targets"].elements:
            yield from _check_keys(survey, target["milestones"])
    for unit in survey.units.entries.values():
        yield from _check_span(survey, unit, this_year=False)


def _check_period(survey: Survey, node: Node, this_year: bool = True) -> Iterator[Fault]:
    fault = _judge(survey, node.text, this_year)
    if fault:
        yield Fault(*node.place, fault)


def _judge(survey: Survey, text: str, this_year: bool = True) -> str:
    """What is wrong with a period's name; "" for nothing."""
    cycle, year = survey.cycle, survey.year
    period = parse_period(text)
    example = cycle.example if cycle else "2023Q2"
    if year and cycle:
        example = str(Period(year, parse_example(cycle).index, cycle))
    if period is None:
        return f"“{text}”不是期次；应写成 {example} 这样"
    if cycle and period.cycle is not cycle:
        return f"“{text}”与 cycle 不符，本方案按{_HOW[cycle]}报送；应写成 {example} 这样"
    if this_year and year and period.year != year:
        return f"“{text}”不在 {year} 年之内；应写成 {example} 这样"
    return ""


def parse_example(cycle: Cycle) -> Period:
    """The example of a cycle as a period."""
    period = parse_period(cycle.example)
    assert period is not None
    return period


def _check_keys(survey: Survey, mapping: Node) -> Iterator[Fault]:
    """Keys that are periods: each one of the year, none twice."""
    seen: dict[Period, Place] = {}
    for key in mapping.entries:
        place = mapping.keys[key]
        if fault := _judge(survey, key):
            yield Fault(*place, fault)
        elif period := parse_period(key):
            if period in seen:
                message = f"{period} 写了两次（另一处在第 {seen[period][0]} 行）；请只留一处"
                yield Fault(*place, message)
            seen.setdefault(period, place)


def _check_span(survey: Survey, node: Node, this_year: bool) -> Iterator[Fault]:
    for key in ("from", "until"):
        if key in node:
            yield from _check_period(survey, node[key], this_year)
    first, last = parse_period(node["from"].text), parse_period(node["until"].text)
    if first and last and first.cycle is last.cycle and first > last:
        message = f"起始期 {first} 晚于终止期 {last}；请更正 from 或 until"
        yield Fault(*node["from"].place, message)


def _check_due(survey: Survey) -> Iterator[Fault]:
    for key, node in survey.root["due"].entries.items():
        period = parse_period(key)
        try:
            day = date.fromisoformat(node.text)
        except ValueError:
            yield Fault(*node.place, f"没有“{node.text}”这一天；请写成 2023-12-20 这样")
            continue
        if period and not period.previous.end < day <= period.end + timedelta(days=366):
            message = f"{node.text} 离 {period.label}太远；请核对年份和月份"
            yield Fault(*node.place, message)
