"""Checks between rows: two units' figures for one target, an item's status and its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..kinds import plain
from ..problems import Problem
from ..target import Combine
from .done import reaches
from .subject import Case, Subject
from .written import Written

_COINCIDENCE = 10  # smaller figures are often the same by chance


def same_figure(subject: Subject) -> Iterator[Problem]:
    """N15: two units give the same figure where theirs are added up."""
    row, target, figure = subject.row, subject.target, subject.row.figure
    if target is None or figure is None or target.combine is not Combine.SUM:
        return
    first = subject.case.figures.get((row.item.id, target.id, figure))
    if not first or not first.main or not row.main or first.unit == row.unit:
        return
    if row.unit in target.shares and (
        figure >= _COINCIDENCE or (figure > 1 and figure == target.goal.number)
    ):
        place = first.main.place
        yield subject.problem("N15", row.main, place, target=target.name, other=first.unit)


def status_against_figures(subject: Subject) -> Iterator[Problem]:
    """T02: 已完成 though a target is short, 未启动 though a target has a figure."""
    said = subject.row.value_of("choice")
    if subject.table.rows != "status" or said is None:
        return
    answer, word = said
    for target_row in _figures_of(subject):
        target, figure = target_row.target, target_row.figure
        if target is None or figure is None or target_row.main is None or target.goal.text:
            continue
        shown = f"{plain(figure)}{target.measure}"
        if word == "已完成" and not _whole_reaches(subject.case, target_row):
            goal = target.goal_for(target_row.unit).label
            words = f"是 {shown}，没有达到目标 {goal}{target.measure}"
        elif word == "未启动" and figure > 0 and target.kind == "sum":
            words = f"已有 {shown}"
        else:
            continue
        yield subject.problem("T02", answer, target_row.main.place, target=target.name, said=words)
        return


CHECKS = {"N15": same_figure, "T02": status_against_figures}


def _figures_of(subject: Subject) -> Iterable[Written]:
    """The rows that an item's status is held against; a group's member speaks for itself."""
    case, item, unit = subject.case, subject.row.item, subject.row.unit
    if len(subject.programme.reporters(item)) == 1:
        return case.target_rows(item)
    own = (t for t in item.targets if unit in t.shares)
    return (row for t in own if (row := case.target_row(unit, item, t)))


def _whole_reaches(case: Case, row: Written) -> bool:
    """Whether the unit's part of a target is reached, or the whole by all units together."""
    target = row.target
    assert target
    if reaches(target.goal_for(row.unit), row):
        return True
    if len(target.shares) < 2 or target.combine is Combine.EACH:
        return False
    whole, goal = case.wholes[row.item.id, target.id], target.goal
    if whole is None:
        return True  # not all parts are known
    if goal.minimum is not None:
        return whole >= goal.minimum
    return goal.maximum is not None and whole <= goal.maximum
