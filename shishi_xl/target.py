"""A target as office staff wrote it: what is to be reached, how, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .kinds import plain
from .period import Period

ABOUT = Decimal("0.9")  # 左右 is met at 90 %, where the programme says nothing else


class Kind(StrEnum):
    """What a target's figures are: a sum grows over the year, a level is measured anew."""

    SUM = "sum"
    LEVEL = "level"


class Pace(StrEnum):
    """What is due by a period's end where no milestone says so."""

    EVEN = "even"  # the part of the year that has gone by
    END = "end"  # nothing before the deadline
    NONE = "none"  # never judged against time


class Combine(StrEnum):
    """How the shares of several units make one figure."""

    SUM = "sum"
    MAX = "max"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached: a floor, a ceiling, both (a range), a rough number, or words.

    Exactly one of `text` or a bound is set. `about` marks 左右 (met at 90 %).
    """

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    about: bool = False
    text: str = ""

    @property
    def number(self) -> Decimal | None:
        """The figure that progress is measured against."""
        return self.minimum if self.minimum is not None else self.maximum

    @property
    def label(self) -> str:
        """The goal as a form prints it: 30, 1-2, 不超过 21, 约 100, 全覆盖."""
        if self.text:
            return self.text
        if self.minimum is not None and self.maximum is not None:
            return f"{plain(self.minimum)}-{plain(self.maximum)}"
        if self.maximum is not None:
            return f"不超过 {plain(self.maximum)}"
        number = plain(self.minimum or Decimal(0))
        return f"约 {number}" if self.about else number


@dataclass(frozen=True, slots=True)
class Target:
    """One measurable goal of an item. `shares` names the units that report it, in order.

    A share's value is that unit's part of the goal, or None. `base` is where a level starts.
    Milestones are cumulative. A percentage is kept as its number: 85 % is 85.
    """

    id: str
    name: str
    goal: Goal
    measure: str = ""
    kind: Kind = Kind.SUM
    pace: Pace = Pace.EVEN
    base: Decimal | None = None
    milestones: Mapping[Period, Goal] = field(default_factory=dict)
    shares: Mapping[str, Decimal | None] = field(default_factory=dict)
    combine: Combine = Combine.SUM
    on_schedule: Decimal = Decimal(1)  # the programme's, as is `about`
    about: Decimal = ABOUT

    @property
    def is_joint(self) -> bool:
        """Whether several units' figures make one figure."""
        return len(self.shares) > 1 and self.combine is not Combine.EACH

    def is_pooled(self, unit: str) -> bool:
        """Whether `unit` adds to a goal of several units without a part of its own: its figure
        can be held against nothing."""
        return self.is_joint and self.combine is Combine.SUM and self.shares.get(unit) is None

    def goal_label(self, unit: str) -> str:
        """年度目标 as `unit`'s form prints it; 合计 3 where several reach it together."""
        label = self.goal_for(unit).label
        return f"合计 {label}" if self.is_pooled(unit) and not self.goal.text else label

    def goal_for(self, unit: str) -> Goal:
        """The part of the goal that `unit` reports: its share, or the whole."""
        share = self.shares.get(unit)
        if share is None:
            return self.goal
        if self.goal.minimum is None and self.goal.maximum is not None:
            return Goal(maximum=share, about=self.goal.about)
        return Goal(minimum=share, about=self.goal.about)
