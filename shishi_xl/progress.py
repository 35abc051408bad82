"""A target, a figure and a period → 序时要求, 完成率 and 评价; docs/targets.md states the formulas.

序时要求 is a `Goal` too (what is due by the period's end), so that a floor stays a floor and a
ceiling a ceiling. The formula that a unit's form holds for 完成率 stands here beside `rate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from .kinds.measure import COUNTS
from .period import Period
from .target import Combine, Goal, Kind, Pace, Target

REACHED, ON_SCHEDULE, SLOW, NOT_STARTED, NOT_DUE = (
    "已完成",
    "按序时推进",
    "推进缓慢",
    "未启动",
    "未到时限",
)
WORST_FIRST = (NOT_STARTED, SLOW, NOT_DUE, ON_SCHEDULE, REACHED)

# What a unit has reached: a figure, words where the goal is words, None where it said nothing.
Stand = Decimal | str | None

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Part:
    """What a figure is held against: a target's whole goal, or one unit's part of it."""

    target: Target
    goal: Goal
    scale: Decimal = Decimal(1)  # the part's share of the whole, where parts add up

    @property
    def counted(self) -> bool:
        """Whether it goes by whole pieces: 8 所, but not 4.55 个 or 1.95 亿元."""
        bounds = (b for b in (self.goal.minimum, self.goal.maximum) if b is not None)
        return self.target.measure in COUNTS and all(b == b.to_integral_value() for b in bounds)

    @property
    def start(self) -> Decimal | None:
        """Where the way to the goal begins: 0, or a level's base.

        None where there is no way to go: a level whose base meets the goal is to be held, and a
        ceiling without base may be near or far.
        """
        if self.target.kind is Kind.SUM:
            return Decimal(0)
        base = self.target.base
        if base is None:
            return Decimal(0) if self.goal.minimum is not None else None
        base *= self.scale
        return None if is_met(self, self.goal, base) else base

    @property
    def is_limit(self) -> bool:
        """Whether it is a sum that must not be exceeded: nothing is reached before the year's end."""
        return self.target.kind is Kind.SUM and self.goal.minimum is None and not self.goal.text


def whole(target: Target) -> Part:
    """The target as all its units together answer for it."""
    return Part(target, target.goal)


def part_of(target: Target, unit: str) -> Part:
    """What `unit` answers for: its share, or the whole where it has none of its own."""
    goal, number = target.goal_for(unit), target.goal.number
    adds = target.combine is Combine.SUM and target.shares.get(unit) is not None
    scale = goal.number / number if adds and number and goal.number is not None else Decimal(1)
    return Part(target, goal, scale)


def due(part: Part, period: Period) -> Goal | None:
    """序时要求: what is due by the period's end; None where nothing is due yet.

    At the year's end the goal. Before it the latest milestone that has fallen due; where there
    are none, even pace asks for the year's part that has gone by of the way from start to goal.
    """
    target, goal = part.target, part.goal
    if target.pace is Pace.NONE and not target.milestones:
        return None
    if period.time_share == 1:
        return goal
    if target.milestones:
        passed = [p for p in target.milestones if p <= period]
        return _scaled(target.milestones[max(passed)], part.scale) if passed else None
    if goal.text or target.pace is not Pace.EVEN:
        return None
    if part.start is None:
        return goal
    if goal.minimum is not None:
        low = _on_the_way(part.start, goal.minimum, period.time_share)
        return Goal(minimum=low, about=goal.about)
    assert goal.maximum is not None, "a goal without words has a bound"
    return Goal(maximum=_on_the_way(part.start, goal.maximum, period.time_share))


def requirement(target: Target, unit: str, period: Period) -> Decimal | str | None:
    """序时要求 of what `unit` reports, as a sheet shows it; None where its part is not known."""
    wanted = None if target.is_pooled(unit) else due(part_of(target, unit), period)
    return None if wanted is None else shown(wanted)


def shown(goal: Goal) -> Decimal | str:
    """A mere floor as its number; anything else in words: 不超过 21, 1-2, 约 50, 主体完工."""
    if goal.text or goal.about or goal.maximum is not None or goal.minimum is None:
        return goal.label
    return goal.minimum


def _on_the_way(start: Decimal, end: Decimal, share: Fraction) -> Decimal:
    """Rounded to two places, as it is shown, in the unit's favour."""
    exact = start + (end - start) * share.numerator / share.denominator
    ceiling = end < start
    return exact.quantize(_CENT, ROUND_CEILING if ceiling else ROUND_FLOOR)


def _scaled(goal: Goal, scale: Decimal) -> Goal:
    if scale == 1 or goal.text:
        return goal
    low, high = (b if b is None else b * scale for b in (goal.minimum, goal.maximum))
    return Goal(low, high, goal.about)


def is_met(part: Part, goal: Goal, figure: Decimal) -> bool:
    """Whether a figure reaches a goal of this part: the year's, or what is due now.

    A floor is met from there on, 左右 at the programme's 90 % or so; a ceiling up to there; a range of things done from
    its floor on, of a level within.
    """
    if goal.text:
        return False
    if goal.maximum is not None and figure > goal.maximum:
        return part.target.kind is Kind.SUM and goal.minimum is not None
    floor = goal.minimum
    return floor is None or figure >= (floor * part.target.about if goal.about else floor)


def is_beyond(part: Part, figure: Decimal) -> bool:
    """超额: more things done than asked for; a rate beyond its goal is just reached."""
    goal = part.goal
    if part.target.kind is Kind.LEVEL or goal.minimum is None:
        return False
    most = goal.maximum if goal.maximum is not None else goal.minimum
    return figure > (most * (2 - part.target.about) if goal.about else most)


def rate(part: Part, figure: Decimal | None) -> Decimal | None:
    """完成率: (figure − start) ÷ (goal − start); within a range it is 1.

    None where nothing was reported, the goal is words or a limit that is not to be used up, and
    where a ceiling without base is exceeded.
    """
    goal, start = part.goal, part.start
    low, high = goal.minimum, goal.maximum
    if figure is None or goal.text or part.is_limit:
        return None
    if low is not None and high is not None:
        if low <= figure <= high:
            return Decimal(1)
        if figure > high:
            return figure / high if part.target.kind is Kind.SUM and high else None
    if start is None and low is None:
        return Decimal(1) if is_met(part, goal, figure) else None
    end, start = low if low is not None else high, start or Decimal(0)
    if end is None or end == start or (low is not None and high is not None and start > high):
        return None
    return (figure - start) / (end - start) + 0  # no −0 %


def rate_formula(part: Part, cell: str) -> str:
    """`rate` as a formula over a cell with text in it; "" where there is no rate to compute."""
    goal, start = part.goal, part.start
    low, high = goal.minimum, goal.maximum
    if goal.text or part.is_limit:
        return ""
    v = f'VALUE(SUBSTITUTE({cell},"%",""))'
    if start is None and low is None:
        rated = f'IF({v}<={high},1,"")'
    else:
        end, start = low if low is not None else high, start or Decimal(0)
        if end is None or end == start:
            return ""
        rated = f"({v}-{start})/({end - start})" if start else f"{v}/{end}"
        if low is not None and high is not None:
            over = f"{v}/{high}" if part.target.kind is Kind.SUM and high else '""'
            below = '""' if start > high else rated
            rated = f"IF({v}<{low},{below},IF({v}<={high},1,{over}))"
    return f'=IF({cell}="","",IFERROR({rated},""))'


def verdict(part: Part, figure: Stand, period: Period) -> str:
    """评价: "" where nothing can be said (no figure, mere words, never judged against time).

    Words that begin with one of the verdicts are the unit's own: 已完成，全县已无遗漏.
    """
    goal, target = part.goal, part.target
    if isinstance(figure, str):
        words = "".join(figure.split())
        return next((v for v in WORST_FIRST if goal.text and words.startswith(v)), "")
    if figure is None or goal.text:
        return ""
    met = is_met(part, goal, figure)
    if met and not _is_to_hold(part, period):
        return REACHED
    if part.is_limit and not met:
        return SLOW  # exceeded for good
    wanted = due(part, period)
    if wanted is None or wanted.text:
        return NOT_DUE if target.pace is not Pace.NONE or target.milestones else ""
    if part.counted:
        wanted = _in_pieces(wanted)
    if wanted.maximum is None and not wanted.minimum and not figure:
        return NOT_DUE  # less than one piece is due
    if is_met(part, wanted, figure) or _is_near(target, wanted, figure):
        return ON_SCHEDULE
    return SLOW if figure or goal.minimum is None else NOT_STARTED


def _is_near(target: Target, wanted: Goal, figure: Decimal) -> bool:
    """Whether a sum comes as near to what is due as items.yaml asks (`thresholds`)."""
    if target.kind is not Kind.SUM or wanted.minimum is None or target.on_schedule == 1:
        return False
    return figure >= wanted.minimum * target.on_schedule


def _is_to_hold(part: Part, period: Period) -> bool:
    """Whether what is met today must still be met later: a limit, a level asked for each period."""
    later = any(p > period for p in part.target.milestones)
    level = part.target.kind is Kind.LEVEL
    return period.time_share < 1 and (part.is_limit or (level and later))


def _in_pieces(goal: Goal) -> Goal:
    """Of 2.5 场 two are due: what is less than a piece is not asked for."""
    low, high = goal.minimum, goal.maximum
    return Goal(
        low if low is None else low.to_integral_value(ROUND_FLOOR),
        high if high is None else high.to_integral_value(ROUND_CEILING),
        goal.about,
    )
