"""Checks of one figure: empty, out of bounds, against its goal, milestone and last period's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..kinds import plain
from ..kinds.measure import COUNTS, split_factor
from ..problems import Problem
from ..progress import requirement
from ..target import Goal, Kind, Target
from .against_text import stated
from .done import reaches, says_done
from .said.mentions import Finder
from .subject import Subject

_NO_DATUM = re.compile(
    "(?:无|没有|未有)(?:新的?|最新|今年|本年|年度|可用)*(?:数据|结果|数值)"
    "|(?:数据|结果)(?:还|尚)?(?:未|没有?)(?:出|公布|形成|汇总|反馈|下发)"
    "|(?:尚未|还未|还没有?|未到)[^，。；]{0,4}(?:监测|测试|检测|统计|评估|测评|调查)"
    "|(?:监测|测试|检测|统计|测评|调查)(?:工作)?(?:将|拟|定|安排|计划|要)*[在于到][^，。；0-9]{0,4}"
    "(?:[0-9一二三四五六七八九十至、—-]+月|下半年|第?[三四]季度|秋季|年底)"
)
_SMALL = 20  # below it a goal is easily passed several times over


def figure_missing(subject: Subject) -> Iterator[Problem]:
    """N06: a target's figure is asked for; a figure in the text is no answer, but it is shown."""
    row, target = subject.row, subject.target
    place = row.seen.get(row.table.main.key)
    if target is None or target.goal.text or row.main or place is None or _silent(subject):
        return
    if _not_yet_measured(subject, target):
        return
    found = stated(subject.case, row.unit, row.item, target)
    words = f"（文字中写有“{found.words}”）" if found else ""
    yield subject.problem("N06", place, target=target.name, stated=words)


def _not_yet_measured(subject: Subject, target: Target) -> bool:
    """A rate or level that nothing is due of yet, and the unit says that there is no datum."""
    if target.measure != "%" and target.kind is not Kind.LEVEL:
        return False
    text = subject.case.text_row(subject.row.unit, subject.row.item.id)
    if text is None or not _NO_DATUM.search(text.text):
        return False
    return requirement(target, subject.row.unit, subject.period) is None


def over_hundred(subject: Subject) -> Iterator[Problem]:
    """N07: a rate above 100 %; growth may be above it."""
    target, figure = subject.target, subject.row.figure
    if target is None or figure is None or target.measure != "%" or figure <= 100:
        return
    most = target.goal.number
    grows = any(word in target.name for word in ("增", "升", "提高", "上浮", "完成率"))
    if not grows and (most is None or most <= 100):
        yield _found(subject, "N07")


def fallen(subject: Subject) -> Iterator[Problem]:
    """N08: a cumulative figure below last period's."""
    last, figure = subject.last, subject.row.figure
    if not _adds_up(subject.target) or figure is None or last is None or last[1].figure is None:
        return
    if 0 <= figure < last[1].figure:
        yield _found(subject, "N08", period=last[0].label, before=plain(last[1].figure))


def far_above(subject: Subject) -> Iterator[Problem]:
    """N09: many times the goal: a slipped 万."""
    target, figure = subject.target, subject.row.figure
    if target is None or figure is None or target.measure == "%":
        return
    goal = target.goal_for(subject.row.unit)
    most = goal.maximum if goal.maximum is not None else goal.minimum
    if not most or most <= 0:
        return
    limit = subject.limit("N09", "times") * (2 if most < _SMALL else 1)
    if figure >= most * limit:
        times = plain(round(figure / most, 1))
        yield _found(subject, "N09", goal=goal.label, times=times)


def goal_from_the_first(subject: Subject) -> Iterator[Problem]:
    """N10: exactly the goal in the very first report, and nothing in words about it."""
    row, target, figure = subject.row, subject.target, subject.row.figure
    if target is None or figure is None or subject.last or subject.period.time_share == 1:
        return
    goal = target.goal_for(row.unit)
    judged = goal.maximum is None and (_adds_up(target) or target.name.endswith("率"))
    if figure != goal.number or not judged:
        return
    case = subject.case
    due = target.milestones.get(subject.period)
    if (due and due.number == figure) or case.status(row.item) == "已完成":
        return
    text = case.text_row(row.unit, row.item.id)
    words = text.text if text else ""
    if not _speaks_of(words, figure) and not says_done(words):
        yield _found(subject, "N10", goal=goal.label)


def milestone_missed(subject: Subject) -> Iterator[Problem]:
    """N11: below the milestone that has fallen due, and nobody has said why."""
    row, target, figure = subject.row, subject.target, subject.row.figure
    if target is None or figure is None or target.is_pooled(row.unit):
        return
    due = [p for p in sorted(target.milestones) if p <= subject.period]
    if not due or (part := _part(target, row.unit, target.milestones[due[-1]])) is None:
        return
    case = subject.case
    explained = case.status(row.item) in ("推进缓慢", "未启动") or case.obstacle(row.item)
    if not reaches(part, row) and not explained:
        yield _found(subject, "N11", goal=part.label)


def negative(subject: Subject) -> Iterator[Problem]:
    """N12: a sum below 0."""
    if _adds_up(subject.target) and subject.row.figure is not None and subject.row.figure < 0:
        yield _found(subject, "N12")


def fraction(subject: Subject) -> Iterator[Problem]:
    """N13: a part of a person, a school, a meeting."""
    target, figure = subject.target, subject.row.figure
    if target is None or figure is None or not _adds_up(target):
        return
    base, power = split_factor(target.measure)
    whole = target.goal.number is None or target.goal.number % 1 == 0
    if base in COUNTS and not power and whole and figure % 1 != 0:
        yield _found(subject, "N13", measure=target.measure)


CHECKS = {
    "N06": figure_missing,
    "N07": over_hundred,
    "N08": fallen,
    "N09": far_above,
    "N10": goal_from_the_first,
    "N11": milestone_missed,
    "N12": negative,
    "N13": fraction,
}


def _found(subject: Subject, code: str, **words: object) -> Problem:
    assert subject.row.main and subject.target
    return subject.problem(code, subject.row.main, target=subject.target.name, **words)


def _adds_up(target: Target | None) -> bool:
    return target is not None and target.kind is Kind.SUM


def _silent(subject: Subject) -> bool:
    """Whether the unit said 零报告 for the item: then no figure is asked for."""
    text = subject.case.text_row(subject.row.unit, subject.row.item.id)
    return text is not None and text.nil


def _part(target: Target, unit: str, milestone: Goal) -> Goal | None:
    """The unit's part of a milestone, in proportion to its part of the goal."""
    whole, part, number = target.goal.number, target.goal_for(unit).number, milestone.number
    if number is None or not whole or part is None:
        return None
    if part == whole:
        return milestone
    share = number * part / whole
    return Goal(minimum=share, about=milestone.about)


def _speaks_of(text: str, figure: Decimal) -> bool:
    """Whether a figure stands in a text, in any way of writing it."""
    return any(m.value == figure for m in Finder().find(text))
