"""Checks between rows: two units' figures for one target, an item's status and its figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..kinds import plain
from ..problems import Problem
from ..target import Combine
from .done import reaches
from .subject import Case, Subject, Written

_COINCIDENCE = 10  # smaller figures are often the same by chance


def same_figure(subject: Subject) -> Iterator[Problem]:
    """N15: two units give the same figure where theirs are added up."""
    row, target, figure = subject.row, subject.target, subject.row.figure
    if target is None or figure is None or target.combine is not Combine.SUM:
        return
    units = list(target.shares)
    for unit in units[: units.index(row.unit)] if row.unit in units else ():
        other = subject.case.row(unit, row.table.sheet, row.item.id, target.id)
        if other is None or other.main is None or other.figure != figure or not row.main:
            continue
        if figure >= _COINCIDENCE or (figure > 1 and figure == target.goal.number):
            yield subject.problem("N15", row.main, other.main.place, target=target.name, other=unit)
            return


def status_against_figures(subject: Subject) -> Iterator[Problem]:
    """T02: 已完成 though a target is short, 未启动 though a target has a figure."""
    said = subject.row.value_of("choice")
    if subject.table.rows != "status" or said is None:
        return
    answer, word = said
    reporters = subject.programme.reporters(subject.row.item)
    for target_row in subject.case.target_rows(subject.row.item):
        if len(reporters) > 1 and target_row.unit != subject.row.unit:
            continue  # a group's member speaks for itself
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


def _whole_reaches(case: Case, row: Written) -> bool:
    """Whether the unit's part of a target is reached, or the whole by all units together."""
    target = row.target
    assert target
    if reaches(target.goal_for(row.unit), row):
        return True
    if len(target.shares) < 2 or target.combine is Combine.EACH:
        return False
    rows = [case.row(u, row.table.sheet, row.item.id, target.id) for u in target.shares]
    figures = [r.figure for r in rows if r and r.figure is not None]
    if len(figures) < len(rows):
        return True  # not all parts are known
    whole = sum(figures, Decimal(0)) if target.combine is Combine.SUM else max(figures)
    goal = target.goal
    if goal.minimum is not None:
        return whole >= goal.minimum
    return goal.maximum is not None and whole <= goal.maximum
