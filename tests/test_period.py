"""Periods as people write them."""

from datetime import date

import pytest

from shishi_xl.period import (
    Cycle,
    Period,
    current_period,
    find_periods,
    parse_period,
    period_from_code,
    periods_of,
)

Q2 = Period(2023, 2, Cycle.QUARTER)
H1 = Period(2023, 1, Cycle.HALF_YEAR)
MAY = Period(2023, 5, Cycle.MONTH)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023Q2", Q2),
        ("2023q2", Q2),
        ("２０２３Ｑ２", Q2),
        ("2023-Q2", Q2),
        ("2023年第二季度", Q2),
        ("2023年二季度", Q2),
        ("2023年2季度", Q2),
        ("2023年度第二季度", Q2),
        ("2023 年 第二 季度", Q2),
        ("2023H1", H1),
        ("2023年上半年", H1),
        ("2023-05", MAY),
        ("2023年5月", MAY),
        ("2023年五月", MAY),
        ("2023年05月份", MAY),
        ("2023年十二月", Period(2023, 12, Cycle.MONTH)),
        ("2023Q5", None),
        ("2023-13", None),
        ("2023-05-31", None),
        ("第二季度", None),
        ("2023", None),
        ("2023Q2和2023Q3", None),
        ("", None),
    ],
)
def test_a_period_is_read_as_people_write_it(text: str, period: Period | None) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "year", "found"),
    [
        ("县妇联2023年第二季度报表(1)", None, [Q2]),
        ("二季度报表", 2023, [Q2]),
        ("Q2报表", 2023, [Q2]),
        ("二季度报表", None, []),
        ("1-2季度", 2023, []),
        ("2023年6月30日报送", 2023, []),
        ("2022年第二季度，另见三季度", 2023, [Period(2022, 2, Cycle.QUARTER)]),
        ("FAQ2", 2023, []),
    ],
)
def test_periods_are_found_inside_a_name(text: str, year: int | None, found: list[Period]) -> None:
    assert [period for period, _ in find_periods(text, year)] == found


@pytest.mark.parametrize("period", [Q2, H1, MAY, Period(2023, 12, Cycle.MONTH)])
def test_the_code_of_a_period_leads_back_to_it(period: Period) -> None:
    assert period_from_code(period.code) == period


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (date(2023, 4, 30), "2023Q2"),  # none has a third or less left: the first
        (date(2023, 6, 10), "2023Q2"),
        (date(2023, 8, 29), "2023Q2"),
        (date(2023, 9, 5), "2023Q3"),
        (date(2024, 3, 1), "2023Q4"),
    ],
)
def test_the_current_period_has_ended_or_has_a_third_left(today: date, period: str) -> None:
    assert str(current_period(periods_of(Cycle.QUARTER, 2023, Q2), today)) == period


def test_the_period_before_the_first_is_in_the_year_before() -> None:
    assert Period(2023, 1, Cycle.MONTH).previous == Period(2022, 12, Cycle.MONTH)
