"""序时要求, 完成率 and 评价 of every kind of target, and the formula that the unit's form holds."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from shishi_xl.period import Cycle, Period
from shishi_xl.progress import (
    is_beyond,
    part_of,
    rate,
    rate_formula,
    requirement,
    verdict,
    whole,
)
from shishi_xl.target import Combine, Goal, Kind, Pace, Target

Q1, Q2, Q3, Q4 = (Period(2023, i, Cycle.QUARTER) for i in (1, 2, 3, 4))
H1, H2 = (Period(2023, i, Cycle.HALF_YEAR) for i in (1, 2))
MAY = Period(2023, 5, Cycle.MONTH)


def number(text: str) -> Decimal:
    return Decimal(text)


def floor(text: str, about: bool = False) -> Goal:
    return Goal(number(text), about=about)


def ceiling(text: str) -> Goal:
    return Goal(maximum=number(text))


def target(goal: Goal, measure: str = "场", **more: Any) -> Target:
    """Of one unit, unless `shares` says otherwise."""
    shares: Mapping[str, Decimal | None] = more.pop("shares", {"甲": None})
    return Target("1", "指标", goal, measure, shares=shares, **more)


LEVEL: dict[str, Any] = {"kind": Kind.LEVEL, "pace": Pace.END}

EVENTS = target(floor("30"))
FIVE = target(floor("5"))
ONE = target(floor("1"), "个")
BUILDINGS = target(floor("8"), "所", pace=Pace.END)
MONEY = target(floor("1.95"), "亿元")
STAGED = target(floor("22"), milestones={H1: floor("10"), H2: floor("22")})
ONE_STAGE = target(floor("15000"), "人", milestones={Q2: floor("6000")})
SHELL_FIRST = target(floor("13"), "处", pace=Pace.END, milestones={H1: Goal(text="主体完工")})
MYOPIA = target(ceiling("20.5"), "%", base=number("21"), **LEVEL)
MYOPIA_EVEN = target(ceiling("20"), "%", base=number("21"), kind=Kind.LEVEL, pace=Pace.EVEN)
MYOPIA_WITHOUT_BASE = target(ceiling("20"), "%", **LEVEL)
PLACES = target(floor("4.5"), "个", base=number("4.1"), kind=Kind.LEVEL, pace=Pace.EVEN)
PLACES_WITHOUT_BASE = target(floor("4.55"), "个", **LEVEL)
HELD = target(floor("98"), "%", base=number("99"), **LEVEL)
EACH_HALF = target(floor("20"), "%", milestones={H1: floor("20"), H2: floor("20")}, **LEVEL)
ACCIDENTS = target(ceiling("5"), "件")
ACCIDENTS_END = target(ceiling("5"), "件", pace=Pace.END)
ROUGHLY = target(floor("10", about=True), "个")
ROUGHLY_STAGED = target(
    floor("100", about=True), milestones={H1: floor("50", True), H2: floor("100", True)}
)
RANGE = target(Goal(number("1"), number("2")), pace=Pace.END)
BAND = target(Goal(number("40"), number("60")), "%", **LEVEL)
WORDS = target(Goal(text="应训尽训"), "")
FREE = target(floor("30"), pace=Pace.NONE)
SHARED = target(floor("15000"), "人", shares={"甲": number("10000"), "乙": number("5000")})
SHARED_STAGED = target(
    floor("15000"), "人", shares={"甲": number("10000"), "乙": number("5000")},
    milestones={Q2: floor("6000")},
)  # fmt: skip
POOLED = target(floor("3"), "个", shares={"甲": None, "乙": None})
TOLD_TWICE = target(floor("8"), "所", shares={"甲": None, "乙": None}, combine=Combine.MAX)
SEVERALLY = target(floor("2"), "次", shares={"甲": None, "乙": None}, combine=Combine.EACH)


@pytest.mark.parametrize(
    ("target", "period", "expected"),
    [
        (EVENTS, Q1, number("7.5")),
        (EVENTS, Q2, number("15")),
        (EVENTS, Q4, number("30")),
        (EVENTS, MAY, number("12.5")),
        (target(floor("1000"), "人"), MAY, number("416.66")),
        (BUILDINGS, Q2, None),
        (BUILDINGS, Q4, number("8")),
        (MONEY, Q2, number("0.97")),
        (STAGED, H1, number("10")),
        (STAGED, H2, number("22")),
        (ONE_STAGE, Q1, None),
        (ONE_STAGE, Q3, number("6000")),
        (ONE_STAGE, Q4, number("15000")),
        (SHELL_FIRST, H1, "主体完工"),
        (SHELL_FIRST, H2, number("13")),
        (MYOPIA, Q2, None),
        (MYOPIA, Q4, "不超过 20.5"),
        (MYOPIA_EVEN, Q2, "不超过 20.5"),
        (PLACES, Q2, number("4.3")),
        (PLACES_WITHOUT_BASE, Q2, None),
        (target(floor("85"), "%", kind=Kind.LEVEL, pace=Pace.EVEN), Q2, number("42.5")),
        (EACH_HALF, H1, number("20")),
        (ACCIDENTS, Q2, "不超过 2.5"),
        (ACCIDENTS_END, Q2, None),
        (ROUGHLY, Q2, "约 5"),
        (ROUGHLY_STAGED, H1, "约 50"),
        (RANGE, Q2, None),
        (RANGE, Q4, "1-2"),
        (target(Goal(number("10"), number("12"))), Q2, number("5")),
        (WORDS, Q2, None),
        (WORDS, Q4, "应训尽训"),
        (FREE, Q4, None),
        (SHARED, Q2, number("5000")),
        (SHARED_STAGED, Q2, number("4000")),
        (SHARED_STAGED, Q4, number("10000")),
        (POOLED, Q2, None),
        (TOLD_TWICE, Q2, number("4")),
        (SEVERALLY, Q2, number("1")),
    ],
)
def test_the_time_requirement_is_what_is_due_by_the_period_s_end(
    target: Target, period: Period, expected: Decimal | str | None
) -> None:
    assert requirement(target, "甲", period) == expected


RATES = [
    (EVENTS, "15", "0.5"),
    (EVENTS, "0", "0"),
    (EVENTS, "45", "1.5"),
    (PLACES, "4.3", "0.5"),
    (PLACES, "4.0", "-0.25"),
    (PLACES_WITHOUT_BASE, "4.55", "1"),
    (MYOPIA, "21", "0"),
    (MYOPIA, "20.75", "0.5"),
    (MYOPIA, "20", "2"),
    (MYOPIA_WITHOUT_BASE, "20.5", None),
    (MYOPIA_WITHOUT_BASE, "19", "1"),
    (HELD, "98", "1"),
    (HELD, "49", "0.5"),
    (target(ceiling("20"), "%", base=number("19"), **LEVEL), "19.5", "1"),
    (target(ceiling("20"), "%", base=number("19"), **LEVEL), "21", None),
    (ACCIDENTS, "3", None),
    (ROUGHLY, "9", "0.9"),
    (RANGE, "0", "0"),
    (RANGE, "1", "1"),
    (RANGE, "2", "1"),
    (RANGE, "3", "1.5"),
    (BAND, "20", "0.5"),
    (BAND, "50", "1"),
    (BAND, "70", None),
    (target(Goal(number("40"), number("60")), "%", base=number("70"), **LEVEL), "65", None),
    (WORDS, "1", None),
    (SHARED, "5000", "0.5"),
    (target(floor("0")), "0", None),
]


@pytest.mark.parametrize(("target", "figure", "expected"), RATES)
def test_the_rate_goes_from_the_start_to_the_goal(
    target: Target, figure: str, expected: str | None
) -> None:
    found = rate(part_of(target, "甲"), number(figure))
    assert found == (None if expected is None else number(expected))


def test_what_was_not_reported_has_no_rate() -> None:
    assert rate(whole(EVENTS), None) is None


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (EVENTS, '=IF(G5="","",IFERROR({v}/30,""))'),
        (PLACES, '=IF(G5="","",IFERROR(({v}-4.1)/(0.4),""))'),
        (MYOPIA, '=IF(G5="","",IFERROR(({v}-21)/(-0.5),""))'),
        (MYOPIA_WITHOUT_BASE, '=IF(G5="","",IFERROR(IF({v}<=20,1,""),""))'),
        (RANGE, '=IF(G5="","",IFERROR(IF({v}<1,{v}/1,IF({v}<=2,1,{v}/2)),""))'),
        (ACCIDENTS, ""),
        (WORDS, ""),
    ],
)
def test_the_form_computes_the_rate_while_the_unit_types(target: Target, expected: str) -> None:
    value = 'VALUE(SUBSTITUTE(G5,"%",""))'
    assert rate_formula(part_of(target, "甲"), "G5") == expected.replace("{v}", value)


@pytest.mark.parametrize(
    ("target", "figure", "period", "said"),
    [
        (EVENTS, "30", Q2, "已完成"),
        (EVENTS, "15", Q2, "按序时推进"),
        (EVENTS, "14", Q2, "推进缓慢"),
        (EVENTS, "0", Q2, "未启动"),
        (EVENTS, None, Q2, ""),
        (EVENTS, "7", Q1, "按序时推进"),  # of 7.5 场 seven are due
        (FIVE, "2", Q2, "按序时推进"),
        (FIVE, "1", Q2, "推进缓慢"),
        (ONE, "0", Q3, "未到时限"),  # three quarters of one thing
        (ONE, "0", Q4, "未启动"),
        (MONEY, "0.97", Q2, "按序时推进"),
        (MONEY, "0.96", Q2, "推进缓慢"),
        (BUILDINGS, "0", Q2, "未到时限"),
        (BUILDINGS, "8", Q2, "已完成"),
        (BUILDINGS, "7", Q4, "推进缓慢"),
        (BUILDINGS, "0", Q4, "未启动"),
        (STAGED, "9", H1, "推进缓慢"),
        (STAGED, "10", H1, "按序时推进"),
        (STAGED, "21", H2, "推进缓慢"),
        (ONE_STAGE, "0", Q1, "未到时限"),
        (ONE_STAGE, "6000", Q4, "推进缓慢"),
        (SHELL_FIRST, "0", H1, "未到时限"),
        (MYOPIA, "21", Q2, "未到时限"),
        (MYOPIA, "20.5", Q2, "已完成"),
        (MYOPIA, "20.8", Q4, "推进缓慢"),
        (MYOPIA, "0", Q4, "已完成"),
        (MYOPIA_EVEN, "20.5", Q2, "按序时推进"),
        (MYOPIA_EVEN, "20.6", Q2, "推进缓慢"),
        (MYOPIA_WITHOUT_BASE, "20.5", Q2, "未到时限"),
        (PLACES, "4.3", Q2, "按序时推进"),
        (PLACES, "4.1", Q2, "推进缓慢"),
        (HELD, "97", Q2, "未到时限"),
        (HELD, "97", Q4, "推进缓慢"),
        (EACH_HALF, "25", H1, "按序时推进"),  # it must hold in the second half too
        (EACH_HALF, "19", H1, "推进缓慢"),
        (EACH_HALF, "25", H2, "已完成"),
        (ACCIDENTS, "0", Q2, "按序时推进"),
        (ACCIDENTS, "3", Q2, "按序时推进"),
        (ACCIDENTS, "4", Q2, "推进缓慢"),
        (ACCIDENTS, "5", Q4, "已完成"),
        (ACCIDENTS_END, "3", Q2, "未到时限"),
        (ACCIDENTS_END, "6", Q2, "推进缓慢"),
        (ROUGHLY, "9", Q4, "已完成"),
        (ROUGHLY, "8", Q4, "推进缓慢"),
        (ROUGHLY_STAGED, "45", H1, "按序时推进"),
        (ROUGHLY_STAGED, "44", H1, "推进缓慢"),
        (RANGE, "0", Q2, "未到时限"),
        (RANGE, "1", Q2, "已完成"),
        (RANGE, "3", Q4, "已完成"),
        (BAND, "70", Q4, "推进缓慢"),
        (BAND, "50", Q2, "已完成"),
        (WORDS, "1", Q4, ""),
        (FREE, "1", Q2, ""),
        (FREE, "1", Q4, ""),
        (FREE, "30", Q2, "已完成"),
        (SHARED, "5000", Q2, "按序时推进"),
        (SHARED, "4999", Q2, "推进缓慢"),
    ],
)
def test_a_figure_is_judged_by_the_goal_and_by_what_is_due(
    target: Target, figure: str | None, period: Period, said: str
) -> None:
    value = None if figure is None else number(figure)
    assert verdict(part_of(target, "甲"), value, period) == said


@pytest.mark.parametrize(
    ("target", "words", "said"),
    [
        (WORDS, "已完成，全县有需求的都已培训", "已完成"),
        (WORDS, " 按序时推进", "按序时推进"),
        (WORDS, "推进缓慢：名单未定", "推进缓慢"),
        (WORDS, "全县有需求的都已培训完成", ""),  # whether that is all, a person must say
        (WORDS, "未完成", ""),
        (EVENTS, "已完成", ""),
    ],
)
def test_words_are_judged_by_the_unit_s_own_verdict(target: Target, words: str, said: str) -> None:
    assert verdict(whole(target), words, Q4) == said


@pytest.mark.parametrize(
    ("target", "figure", "expected"),
    [
        (EVENTS, "30", False),
        (EVENTS, "31", True),
        (RANGE, "2", False),
        (RANGE, "3", True),
        (ROUGHLY, "11", False),
        (ROUGHLY, "12", True),
        (PLACES, "5", False),
        (ACCIDENTS, "0", False),
    ],
)
def test_more_things_done_than_asked_for_is_beyond(
    target: Target, figure: str, expected: bool
) -> None:
    assert is_beyond(whole(target), number(figure)) is expected


@pytest.mark.parametrize(
    ("target", "label"),
    [
        (EVENTS, "30"),
        (SHARED, "10000"),
        (POOLED, "合计 3"),
        (TOLD_TWICE, "8"),
        (SEVERALLY, "2"),
        (target(Goal(text="全覆盖"), shares={"甲": None, "乙": None}), "全覆盖"),
    ],
)
def test_a_unit_s_form_says_whose_goal_it_is(target: Target, label: str) -> None:
    assert target.goal_label("甲") == label


@pytest.mark.parametrize(
    ("judged", "figure", "said"),
    [
        (target(floor("100"), "万元", on_schedule=number("0.9")), "45", "按序时推进"),
        (target(floor("100"), "万元", on_schedule=number("0.9")), "44", "推进缓慢"),
        (target(floor("100"), "万元", on_schedule=number("0.9")), "0", "未启动"),
        (target(floor("100"), "万元"), "49", "推进缓慢"),
        (target(Goal(minimum=number("100"), about=True), "场", about=number("0.8")), "40", "按序时推进"),
        (target(Goal(minimum=number("100"), about=True), "场", about=number("0.8")), "39", "推进缓慢"),
        (target(floor("85"), "%", base=number("0"), kind=Kind.LEVEL, pace=Pace.EVEN,
                on_schedule=number("0.9")), "40", "推进缓慢"),
    ],
    ids=["enough", "short", "nothing", "without", "about", "short of about", "a level"],
)  # fmt: skip
def test_a_sum_may_be_as_near_to_what_is_due_as_the_programme_allows(
    judged: Target, figure: str, said: str
) -> None:
    assert verdict(whole(judged), number(figure), Q2) == said
