"""Spans: a day, ten days, a month, a quarter, a half-year, a year → first and last day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

YEARS = range(2000, 2100)  # a deadline outside is a slip of the pen, or not a date at all


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both inclusive."""

    first: date
    last: date

    @property
    def at_the_end(self) -> Span:
        """The span's last day alone: 12月底 of 12月."""
        return Span(self.last, self.last)

    @property
    def deadlines_before(self) -> tuple[date, ...]:
        """What 前 after the span may mean: 12月前 ends with 30 November or 31 December."""
        if self.first == self.last:
            return (self.last,)
        return self.first - timedelta(days=1), self.last


def day(year: int, month: int, number: int) -> Span | None:
    """One day; None where there is no such day (2月30日)."""
    return _between(year, month, number, month, number)


def ten_days(year: int, month: int, part: str) -> Span | None:
    """上旬, 中旬 or 下旬 of a month."""
    first = {"上": 1, "中": 11, "下": 21}[part]
    return _between(year, month, first, month, None if part == "下" else first + 9)


def months(year: int, number: int, length: int = 1) -> Span | None:
    """The `number`-th month of a year, or quarter (`length` 3), half-year (6) or whole (12)."""
    last = number * length
    return _between(year, last - length + 1, 1, last, None)


def _between(year: int, m: int, d: int, last_m: int, last_d: int | None) -> Span | None:
    """A span within one year, to the end of its last month where `last_d` is None."""
    if year not in YEARS or not 1 <= m <= last_m <= 12:
        return None
    in_month = calendar.monthrange(year, last_m)[1]
    if not (1 <= d <= calendar.monthrange(year, m)[1] and (last_d or 1) <= in_month):
        return None
    return Span(date(year, m, d), date(year, last_m, last_d or in_month))
