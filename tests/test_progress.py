"""完成率, 序时要求 and 评价 of targets."""

from decimal import Decimal

import pytest

from shishi_xl.model import Goal, Kind, Pace, Target, time_requirement
from shishi_xl.period import Cycle, Period
from shishi_xl.summarise.progress import rate, verdict

Q2, Q3, Q4 = (Period(2023, i, Cycle.QUARTER) for i in (2, 3, 4))
H1, H2 = (Period(2023, i, Cycle.HALF_YEAR) for i in (1, 2))

EVENTS = Target("1", "场", Goal(Decimal(30)))
BUILDINGS = Target("1", "园", Goal(Decimal(8)), pace=Pace.END)
STAGED = Target(
    "1", "人", Goal(Decimal(22)), milestones={H1: Goal(Decimal(10)), H2: Goal(Decimal(22))}
)
MYOPIA = Target(
    "1", "率", Goal(maximum=Decimal(20)), kind=Kind.LEVEL, pace=Pace.END, base=Decimal(21)
)
PLACES = Target("1", "托位", Goal(Decimal("4.5")), kind=Kind.LEVEL, base=Decimal("4.1"))
ROUGHLY = Target("1", "吧", Goal(Decimal(10), about=True))
RANGE = Target("1", "场", Goal(Decimal(1), Decimal(2)), pace=Pace.END)
WORDS = Target("1", "全覆盖", Goal(text="全覆盖"), pace=Pace.END)


@pytest.mark.parametrize(
    ("target", "period", "required"),
    [
        (EVENTS, Q2, Decimal(15)),
        (EVENTS, Q4, Decimal(30)),
        (BUILDINGS, Q2, None),
        (BUILDINGS, Q4, Decimal(8)),
        (STAGED, H1, Decimal(10)),
        (STAGED, H2, Decimal(22)),
        (PLACES, Q2, Decimal("4.3")),
        (WORDS, Q4, None),
    ],
)
def test_the_time_requirement_is_what_is_due_by_the_period_s_end(
    target: Target, period: Period, required: Decimal | None
) -> None:
    assert time_requirement(target, period) == required


@pytest.mark.parametrize(
    ("target", "figure", "expected"),
    [
        (EVENTS, "15", Decimal("0.5")),
        (EVENTS, None, None),
        (EVENTS, "0", Decimal(0)),
        (PLACES, "4.3", Decimal("0.5")),
        (MYOPIA, "20.5", Decimal("0.5")),
        (WORDS, "1", None),
    ],
)
def test_the_rate_goes_from_the_start_to_the_goal(
    target: Target, figure: str | None, expected: Decimal | None
) -> None:
    assert rate(target, target.goal, Decimal(figure) if figure else None) == expected


@pytest.mark.parametrize(
    ("target", "figure", "period", "said"),
    [
        (EVENTS, "30", Q2, "已完成"),
        (EVENTS, "15", Q2, "按序时推进"),
        (EVENTS, "14", Q2, "推进缓慢"),
        (EVENTS, "0", Q2, "未启动"),
        (EVENTS, None, Q2, ""),
        (BUILDINGS, "0", Q2, "未到时限"),
        (BUILDINGS, "7", Q4, "推进缓慢"),
        (STAGED, "9", H1, "推进缓慢"),
        (ROUGHLY, "9", Q4, "已完成"),
        (RANGE, "1", Q2, "已完成"),
        (MYOPIA, "20", Q3, "已完成"),
        (MYOPIA, "21", Q3, "未到时限"),
        (MYOPIA, "21", Q4, "推进缓慢"),
        (WORDS, "1", Q4, ""),
    ],
)
def test_a_target_is_judged_by_its_goal_and_by_what_is_due(
    target: Target, figure: str | None, period: Period, said: str
) -> None:
    value = Decimal(figure) if figure is not None else None
    assert verdict(target, target.goal, value, time_requirement(target, period)) == said
