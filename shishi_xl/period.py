"""Periods: 2023Q2, 2023H1, 2023-05 and the ways in which people write them → Period."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

_CHINESE_DIGITS = "〇一二三四五六七八九十"
_HALVES = {"上": "1", "前": "1", "下": "2", "后": "2", None: None}


class Cycle(StrEnum):
    """How often a form is returned; the value is what items.yaml says."""

    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    MONTH = "month"

    @property
    def per_year(self) -> int:
        """Periods in a year."""
        return {Cycle.QUARTER: 4, Cycle.HALF_YEAR: 2, Cycle.MONTH: 12}[self]

    @property
    def word(self) -> str:
        """What {period} in a form's header becomes."""
        return {Cycle.QUARTER: "本季度", Cycle.HALF_YEAR: "本半年", Cycle.MONTH: "本月"}[self]

    @property
    def example(self) -> str:
        """A period of this cycle, as a person types it."""
        return {Cycle.QUARTER: "2023Q2", Cycle.HALF_YEAR: "2023H1", Cycle.MONTH: "2023-05"}[self]


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """One quarter, half-year or month; `index` counts from 1 within the year."""

    year: int
    index: int
    cycle: Cycle

    def __str__(self) -> str:
        match self.cycle:
            case Cycle.QUARTER:
                return f"{self.year}Q{self.index}"
            case Cycle.HALF_YEAR:
                return f"{self.year}H{self.index}"
            case Cycle.MONTH:
                return f"{self.year}-{self.index:02d}"

    @property
    def label(self) -> str:
        """The period in words: 2023年第二季度, 2023年上半年, 2023年5月."""
        match self.cycle:
            case Cycle.QUARTER:
                return f"{self.year}年第{'一二三四'[self.index - 1]}季度"
            case Cycle.HALF_YEAR:
                return f"{self.year}年{'上下'[self.index - 1]}半年"
            case Cycle.MONTH:
                return f"{self.year}年{self.index}月"

    @property
    def end(self) -> date:
        """The period's last day."""
        month = self.index * 12 // self.cycle.per_year
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def time_share(self) -> Fraction:
        """The part of the year that has gone by at the period's end."""
        return Fraction(self.index, self.cycle.per_year)

    @property
    def previous(self) -> Period:
        """The period before, across the year's turn."""
        if self.index > 1:
            return Period(self.year, self.index - 1, self.cycle)
        return Period(self.year - 1, self.cycle.per_year, self.cycle)

    @property
    def code(self) -> str:
        """Four capital letters and digits for the form code: 23Q2, 23H1, 2305."""
        letter = {Cycle.QUARTER: "Q", Cycle.HALF_YEAR: "H", Cycle.MONTH: ""}[self.cycle]
        return f"{self.year % 100:02d}{letter}{self.index:0{2 - len(letter)}d}"


def periods_of(cycle: Cycle, year: int, first: Period | None = None) -> tuple[Period, ...]:
    """A year's periods in order, from `first` on."""
    every = (Period(year, index, cycle) for index in range(1, cycle.per_year + 1))
    return tuple(p for p in every if first is None or p >= first)


def current_period(periods: tuple[Period, ...], today: date) -> Period:
    """The latest period that has ended or has at most a third left; else the first."""
    chosen = periods[0]
    for period in periods:
        start = period.previous.end
        left = Fraction((period.end - today).days, (period.end - start).days)
        if left <= Fraction(1, 3):
            chosen = period
    return chosen


def parse_period(text: str) -> Period | None:
    """The period that the whole of `text` names; None where it names none."""
    found = list(find_periods(text))
    if len(found) != 1 or not re.fullmatch(found[0][1], _plain(text)):
        return None
    return found[0][0]


def period_from_code(code: str, century: int = 2000) -> Period | None:
    """The inverse of `Period.code`."""
    if match := re.fullmatch(r"(\d\d)(?:Q([1-4])|H([12])|(0[1-9]|1[0-2]))", code):
        return _period(match[1], match[2], match[3], match[4], century)
    return None


def find_periods(text: str, year: int | None = None) -> Iterator[tuple[Period, str]]:
    """Every period that stands in `text`, with a pattern of the words that name it.

    A name without a year (第二季度) counts only where `year` says whose quarter it is.
    """
    plain = _plain(text)
    matches = list(_PERIOD.finditer(plain))
    if not matches and year is not None:
        for match in _YEARLESS.finditer(plain):
            quarter = _digit(match["q_word"]) or match["q"]
            half = _HALVES[match["h_word"]] or match["h"]
            yield _period(str(year), quarter, half, None, 0), re.escape(match[0])
    for match in matches:
        quarter = match["q"] or _digit(match["q_word"])
        half = match["h"] or _HALVES[match["h_word"]]
        month = match["m"] or match["m_word"] or _chinese_month(match["m_chinese"])
        yield _period(match["year"], quarter, half, month, 0), re.escape(match[0])


def _period(year: str, q: str | None, h: str | None, m: str | None, century: int) -> Period:
    number = int(year) + (century if len(year) == 2 else 0)
    if q:
        return Period(number, int(q), Cycle.QUARTER)
    if h:
        return Period(number, int(h), Cycle.HALF_YEAR)
    return Period(number, int(m or 0), Cycle.MONTH)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def _digit(word: str | None) -> str | None:
    if not word:
        return None
    return word if word.isdigit() else str(_CHINESE_DIGITS.index(word))


def _chinese_month(word: str | None) -> str | None:
    if not word:
        return None
    if len(word) == 2:
        return str(10 + _CHINESE_DIGITS.index(word[1]))
    return str(_CHINESE_DIGITS.index(word))


# Digits on either side would make it another number: 12023Q2, 2023-055, 2023-05-31 (a day).
_PERIOD = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?:"
    r"年?[-_.]?Q(?P<q>[1-4])(?!\d)"
    r"|年?[-_.]?H(?P<h>[12])(?!\d)"
    r"|年?度?第?(?P<q_word>[一二三四1-4])季度?"
    r"|年?度?(?P<h_word>[上下前后])半年"
    r"|年(?P<m_word>1[0-2]|0?[1-9])月(?:份|(?!\d))"
    r"|年(?P<m_chinese>十[一二]|[一二三四五六七八九十])月"
    r"|-(?P<m>1[0-2]|0[1-9])(?![-\d])"
    r")"
)

# A range (1-2季度) names no single period.
_YEARLESS = re.compile(
    r"(?<![-—~至到、\d])(?:第?(?P<q_word>[一二三四1-4])季度"
    r"|(?P<h_word>[上下])半年"
    r"|(?<![A-Z0-9])Q(?P<q>[1-4])(?![0-9A-Z])"
    r"|(?<![A-Z0-9])H(?P<h>[12])(?![0-9A-Z]))"
)
