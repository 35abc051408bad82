"""Numbers and days, written in the ways that people have, read back as they were."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shishi_xl.kinds import CellValue, Expectation, Reading, read_deadline, read_number


def read_figure(raw: CellValue, measure: str) -> Reading:
    return read_number(raw, Expectation(2023, measure))


def read_day(raw: CellValue, year: int = 2023) -> Reading:
    return read_deadline(raw, Expectation(year))


def chinese(number: int) -> str:
    """The standard way to write a number below 10**12 in words."""
    if number == 0:
        return "零"
    words, skipped = "", False
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, size)
        if section == 0:
            skipped = bool(words)
            continue
        gap = bool(words) and (skipped or section < 1000)
        words, skipped = words + "零" * gap + below_ten_thousand(section) + unit, False
    return words.removeprefix("一") if words.startswith("一十") else words


def below_ten_thousand(section: int) -> str:
    words, skipped = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, section = divmod(section, size)
        if digit:
            words += ("零" if words and skipped else "") + "零一二三四五六七八九"[digit] + unit
        skipped = digit == 0
    return words


@given(st.integers(0, 10**12 - 1))
def test_every_number_in_chinese_words_reads_back(number: int) -> None:
    assert read_figure(chinese(number) + "人", "人") == Reading(Decimal(number))


@given(st.integers(0, 10**6), st.sampled_from(["万", "亿"]))
def test_every_number_of_ten_thousands_reads_back(number: int, unit: str) -> None:
    written = f"{Decimal(number) / 100:f}{unit}"
    assert read_figure(written, "人") == Reading(Decimal(number) * {"万": 100, "亿": 10**6}[unit])


@given(st.integers(-(10**12), 10**12), st.sampled_from(["{}", "{:,}", "{:,}人", "共{}人"]))
def test_every_arabic_number_reads_back_in_full_width_too(number: int, shape: str) -> None:
    written = shape.format(number)
    full_width = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in written)
    assert read_figure(written, "人") == read_figure(full_width, "人") == Reading(Decimal(number))


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_number_cell_and_its_text_mean_the_same(figure: Decimal) -> None:
    assert read_figure(float(figure), "元") == read_figure(str(figure), "元") == Reading(figure)


def in_chinese(day: date) -> str:
    """二〇二三年十二月三十一日."""
    digits = "〇一二三四五六七八九"
    year = "".join(digits[int(c)] for c in str(day.year))

    def words(n: int) -> str:
        tens, ones = divmod(n, 10)
        ten = "" if tens == 0 else ("" if tens == 1 else digits[tens]) + "十"
        return ten + (digits[ones] if ones else "")

    return f"{year}年{words(day.month)}月{words(day.day)}日"


SHAPES = ["{0.year}年{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}", "{0:%Y-%m-%d}"]
SHAPES += ["{0:%Y/%m/%d}", "{0:%Y%m%d}", "于{0.year}年{0.month}月{0.day}日前完成"]
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(DAYS, st.sampled_from(SHAPES))
def test_every_full_date_reads_back(day: date, shape: str) -> None:
    assert read_day(shape.format(day)) == Reading(day)


@given(DAYS)
def test_every_full_date_in_chinese_reads_back(day: date) -> None:
    assert read_day(in_chinese(day)) == Reading(day)


@given(DAYS.filter(lambda day: day.day > 1))
def test_every_real_date_but_the_first_of_a_month_reads_back(day: date) -> None:
    moment = datetime(day.year, day.month, day.day, 23, 59)
    assert read_day(day) == read_day(moment) == Reading(day)


@given(DAYS, st.integers(-5, 5))
def test_a_serial_number_means_what_the_date_cell_means(day: date, years: int) -> None:
    serial, year = (day - date(1899, 12, 30)).days, day.year + years
    assert read_day(serial, year) == read_day(f"{serial}.5", year) == read_day(day, year)
