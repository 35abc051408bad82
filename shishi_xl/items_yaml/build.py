"""Node without faults → Programme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ..model import Collector, Group, Item, Programme, Unit
from ..period import Cycle, Period, parse_period, periods_of
from ..target import ABOUT, Combine, Goal, Kind, Pace, Target
from .checks import rule_settings
from .figures import read_figure, read_goal
from .known_ids import Ids
from .node import Node
from .shares import named_by, reporters
from .survey import Survey
from .targets import kind_of, measure_of

INLINE_FORM = "items.yaml"  # the name of a form that is written in items.yaml itself


def build(survey: Survey, ids: Ids) -> Programme:
    """The programme; every default is filled in here."""
    root = survey.root
    cycle, year = Cycle(root["cycle"].text), int(root["year"].text)
    name = root["programme"].text
    form = root["form"]
    return Programme(
        id=root["id"].text,
        name=name,
        title=root["title"].text or f"{name}工作进展情况报表",
        year=year,
        cycle=cycle,
        first=parse_period(root["first"].text) or periods_of(cycle, year)[0],
        items=tuple(_item(survey, n, node, ids) for n, node in enumerate(survey.items, 1)),
        form=INLINE_FORM if form.entries else form.text or "annex",
        due=_due(root["due"]),
        stamped=root["stamped"].value is True,
        ask_status=root["ask_status"].value is not False,
        issuer=root["issuer"].text,
        document=root["document"].text,
        collector=_collector(root["collector"]),
        units=_units(survey),
        groups={name: _group(name, node) for name, node in survey.groups.entries.items()},
        checks=rule_settings(root["checks"]),
        on_schedule=_threshold(root, "on_schedule", Decimal(1)),
        about=_threshold(root, "about", ABOUT),
    )


def _threshold(root: Node, name: str, default: Decimal) -> Decimal:
    percent = read_figure(root["thresholds"][name])
    return default if percent is None else percent / 100


def _due(node: Node) -> Mapping[Period, date] | int | None:
    if node.entries:
        days = ((_period(key), date.fromisoformat(day.text)) for key, day in node.entries.items())
        return dict(sorted(days))
    return int(node.text) if node.text else None


def _collector(node: Node) -> Collector:
    return Collector(
        name=node["name"].text,
        office_of=node["office_of"].text,
        phone=node["phone"].text,
        mailbox=node["mailbox"].text,
    )


def _item(survey: Survey, number: int, node: Node, ids: Ids) -> Item:
    targets = zip(ids.targets[number - 1], node["targets"].elements, strict=True)
    return Item(
        id=ids.items[number - 1],
        number=number,
        name=node["name"].text,
        units=survey.item_units(node),
        targets=tuple(_target(survey, node, id_, target) for id_, target in targets),
        brief=node["brief"].text,
        goal=node["goal"].text,
        plan={_period(key): text.text for key, text in node["plan"].entries.items()},
        first=parse_period(node["from"].text),
        last=parse_period(node["until"].text),
    )


def _target(survey: Survey, item: Node, id_: str, node: Node) -> Target:
    kind = Kind(kind_of(node))
    milestones = node["milestones"].entries.items()
    return Target(
        id=id_,
        name=node["name"].text,
        goal=_goal(node["goal"]),
        measure=measure_of(node),
        kind=kind,
        pace=Pace(node["pace"].text or ("even" if kind is Kind.SUM else "end")),
        base=read_figure(node["base"]) if "base" in node else None,
        milestones={_period(key): _goal(goal) for key, goal in milestones},
        shares=_shares(survey, item, node),
        combine=Combine(node["combine"].text or "sum"),
        on_schedule=_threshold(survey.root, "on_schedule", Decimal(1)),
        about=_threshold(survey.root, "about", ABOUT),
    )


def _shares(survey: Survey, item: Node, target: Node) -> Mapping[str, Decimal | None]:
    figures = {name: figure for name, _, figure in named_by(target) if figure.text}
    units = reporters(survey, item, target)
    return {unit: read_figure(figures[unit]) if unit in figures else None for unit in units}


def _units(survey: Survey) -> Mapping[str, Unit]:
    """A record for every unit named anywhere: as listed in units:, then as first mentioned."""
    named = (m.name for m in survey.mentions if m.name not in survey.groups)
    names = dict.fromkeys((*survey.units.entries, *named))
    return {name: _unit(name, survey.units[name]) for name in names}


def _unit(name: str, node: Node) -> Unit:
    return Unit(
        name=name,
        aliases=tuple(n.text for n in node["aliases"].elements),
        formerly=tuple(n.text for n in node["formerly"].elements),
        email=node["email"].text,
        person=node["person"].text,
        phone=node["phone"].text,
        first=parse_period(node["from"].text),
        last=parse_period(node["until"].text),
    )


def _group(name: str, node: Node) -> Group:
    members = tuple(n.text for n in node["members"].elements)
    return Group(name, members, node["collected_by"].text)


def _goal(node: Node) -> Goal:
    goal, sentence = read_goal(node)
    if goal is None:
        raise ValueError(sentence)
    return goal


def _period(text: str) -> Period:
    period = parse_period(text)
    if period is None:
        raise ValueError(text)
    return period
