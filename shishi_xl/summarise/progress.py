"""Figures against goals and time: 完成率 and 评价 of a target."""

from __future__ import annotations

from decimal import Decimal

from ..model import Goal, Kind, Pace, Target

REACHED, ON_SCHEDULE, SLOW, NOT_STARTED, NOT_DUE = (
    "已完成",
    "按序时推进",
    "推进缓慢",
    "未启动",
    "未到时限",
)

_ABOUT = Decimal("0.9")  # 左右 is met at 90 %
_SLACK = Decimal("0.999")  # 5.5 of 11 in equal steps need not be 5.50


def rate(target: Target, goal: Goal, figure: Decimal | None) -> Decimal | None:
    """完成率: (figure − start) ÷ (goal − start); start is 0, or a level's base.

    None where nothing was reported, the goal is words or a mere ceiling without base, or goal
    and start are the same.
    """
    if figure is None or goal.number is None or (goal.minimum is None and target.base is None):
        return None
    start = target.base if target.kind is Kind.LEVEL and target.base is not None else Decimal(0)
    if goal.number == start:
        return None
    return (figure - start) / (goal.number - start)


def is_met(goal: Goal, figure: Decimal) -> bool:
    """Whether a figure reaches a goal: a floor, a range's floor, a ceiling; 左右 at 90 %."""
    if goal.minimum is not None:
        floor = goal.minimum * _ABOUT if goal.about else goal.minimum
        return figure >= floor
    return goal.maximum is not None and figure <= goal.maximum


def verdict(target: Target, goal: Goal, figure: Decimal | None, required: Decimal | None) -> str:
    """评价 of a figure against a goal and 序时要求: "" where nothing can be said.

    A level is judged only where a milestone, base or the year's end says what is due by now.
    """
    if figure is None or goal.number is None:
        return ""
    if is_met(goal, figure):
        return REACHED
    if required is None:
        return NOT_DUE if target.pace is not Pace.NONE else ""
    if goal.minimum is None:
        return SLOW  # above its ceiling though due
    need = required * (_ABOUT if goal.about else _SLACK)
    if figure >= need:
        return ON_SCHEDULE
    return NOT_STARTED if figure == 0 else SLOW
