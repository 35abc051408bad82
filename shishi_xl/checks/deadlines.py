"""Checks of deadlines: missing, past the year, past though not done, unlike another's or an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..model import Role
from ..names import fold
from ..problems import Problem
from ..target import Target
from .done import is_done, targets_met
from .subject import Subject
from .written import Written


def deadline_missing(subject: Subject) -> Iterator[Problem]:
    """D01: something was answered, but no deadline. 零报告 needs none, nor does what is done."""
    row = subject.row
    supports = row.item.units.get(row.unit) is Role.SUPPORT
    for column in row.table.answers:
        place = row.seen.get(column.key)
        wanted = column.required and column.answer == "deadline" and column.key not in row.answers
        if place and wanted and row.answers and not row.nil and not supports:
            yield subject.problem("D01", place, column=column.title(subject.programme.cycle))


def needs_no_day(subject: Subject, problem: Problem) -> bool:
    """Whether a deadline without a day (D02) is as good as one: 长期坚持 of a duty that has no
    number to reach within the year, 已完成 where it is reached."""
    row, said = subject.row, fold(problem.found)
    if problem.code != "D02":
        return False
    if _STANDING.fullmatch(said):
        own = (t for t in row.item.targets if row.unit in t.shares)
        return all(_is_held(t, subject.period.year) for t in own)
    case = subject.case
    if _REACHED.fullmatch(said):
        done = case.done_before(row.item) or case.status(row.item) == "已完成"
        return done or targets_met(case, row)
    return False


def past_the_year(subject: Subject) -> Iterator[Problem]:
    """D04: later than the programme's year."""
    if said := subject.row.deadline:
        answer, day = said
        if day > date(subject.programme.year, 12, 31):
            yield subject.problem("D04", answer, year=subject.programme.year)


def past_not_done(subject: Subject) -> Iterator[Problem]:
    """D05: the deadline was over at the period's end, and nothing says that the item is done."""
    if said := subject.row.deadline:
        answer, day = said
        end = subject.period.end
        if day < end and not subject.row.nil and not is_done(subject.case, subject.row):
            yield subject.problem("D05", answer, end=f"{end.month}月{end.day}日")


def unlike_another_unit(subject: Subject) -> Iterator[Problem]:
    """D06: not the same day as a unit's that shares a target, or later than a lead unit's."""
    row, case = subject.row, subject.case
    said = row.deadline
    if not said or said[1] <= case.earliest.get(row.item.id, said[1]):
        return
    answer, day = said
    every = subject.limit("D06", "every") > 0
    for other, theirs, earlier in case.deadlines[row.item.id]:
        # Of two that differ only the later one is asked.
        if earlier >= day or other.unit == row.unit:
            continue
        if every or _share(row, other) or _leads(other, row):
            yield subject.problem("D06", answer, theirs.place, other=other.unit, theirs=theirs.text)
            return


def later_than_before(subject: Subject) -> Iterator[Problem]:
    """D07: later than the unit said in its last answer, and its text does not say so itself."""
    said, before = subject.row.deadline, subject.last
    if not said or not before or fold(said[0].text) == "":
        return
    earlier = before[1].deadline
    if _POSTPONED.search(subject.row.text):
        return
    if earlier and said[1] > earlier[1] and not subject.row.nil:
        yield subject.problem(
            "D07", said[0], period=before[0].label, before=earlier[0].text.replace("\n", "")
        )


CHECKS = {
    "D01": deadline_missing,
    "D04": past_the_year,
    "D05": past_not_done,
    "D06": unlike_another_unit,
    "D07": later_than_before,
}


def _share(row: Written, other: Written) -> bool:
    """Whether both units report one target of the item."""
    return any({row.unit, other.unit} <= t.shares.keys() for t in row.item.targets)


def _leads(other: Written, row: Written) -> bool:
    roles = row.item.units
    return roles.get(other.unit) is Role.LEAD and roles.get(row.unit) is Role.RESPONSIBLE


def _is_held(target: Target, year: int) -> bool:
    """Whether the goal is asked for from the year's first milestone on: it is kept, not reached."""
    asked = [goal for period, goal in target.milestones.items() if period.year == year]
    return len(asked) > 1 and all(goal == target.goal for goal in asked)


_POSTPONED = re.compile(
    "(?<![不未无])(?:顺延|推迟|延期|延后|延迟|推后|延[至到]|后延|改期|[改挪][到至在][^，。；]{0,6}[年月底季])"
)
_STANDING = re.compile(
    "(?:(?:长期|常年|全年|持续|常态化?|长效|日常|经常性?)"
    "(?:性|化|地)?(?:工作|坚持|开展|推进|执行|实施|落实|进行|有效|长效|保持|抓好)?)[。.]?"
)
_REACHED = re.compile("(?:已|已经|均已|全部|已全部)?(?:完成|落实|建成|办结|实现|到位|达标)[。.]?")
