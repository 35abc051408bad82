"""Deadlines: when a unit says it will be done → the last day meant, or why that is not clear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from .cell import CellValue, Expectation, Note, Reading, fold, verbatim
from .numeral import parse_numeral
from .span import YEARS, Span, day, months, ten_days

# What a deadline may mean; None is “something else than the day that can be read”.
_Meanings = tuple[date | None, ...]


@lru_cache(maxsize=4096, typed=True)
def read_deadline(raw: CellValue, expect: Expectation) -> Reading:
    """The last day meant; a text without a year is of the programme's year.

    D02: no day can be read (长期坚持, 已完成, 2月30日). D03: several can, or it may mean another.
    """
    written = verbatim(raw)
    if not written:
        return Reading(None)
    match _meanings(raw, written, expect.year):
        case ():
            return Reading(None, (Note("D02"),))
        case (date() as last,):
            return Reading(last)
        case several:
            readings = " 还是 ".join(_in_words(several))
            return Reading(None, (Note("D03", (("readings", readings),)),))


def _meanings(raw: CellValue, written: str, year: int) -> _Meanings:
    match raw:
        case bool() | time() | timedelta():
            return ()
        case datetime():
            return _calendar_day(raw.date())
        case date():
            return _calendar_day(raw)
        case float() if re.fullmatch(r"[0-9]+\.[0-9]", written):
            # A number cell drops the 0 of 2023.10 and of 6.30.
            return _distinct(_in_text(written, year) + _in_text(written + "0", year))
    return _in_text(written, year)


def _calendar_day(found: date) -> _Meanings:
    """A real date. Typed 2023年12月 becomes 1 December: the 1st may stand for the month."""
    if found.year not in YEARS:
        return ()
    month = months(found.year, found.month) if found.day == 1 else None
    return (found, month.last) if month else (found,)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A date that stands in a text from `start` to `end`, with the days that it may mean."""

    start: int
    end: int
    days: tuple[date, ...]


def _in_text(written: str, year: int) -> _Meanings:
    text = _tidy(written)
    if _SERIAL.fullmatch(text):
        found = _EXCEL_DAY_0 + timedelta(days=int(text[:5]))
        return _calendar_day(found) if abs(found.year - year) <= _SERIALS_WITHIN else ()
    mentions = tuple(_mentions(text, year))
    if not all(m.days for m in mentions):
        return ()
    days = tuple(d for m in mentions for d in m.days)
    others = _AROUND.sub("", _without(text, mentions))
    if _is_range(text, mentions):
        days = days[1:]
        others = others.strip("自从起-~")
    return _distinct(days + ((None,) if days and others else ()))


def _mentions(text: str, year: int) -> Iterator[_Mention]:
    """Every date in `text`; one without a year is of the year named before it, else of `year`."""
    current = year
    for match in _DATE.finditer(text):
        if match["numbers"]:
            spans = _from_numbers(match["numbers"], current)
        else:
            current = _year_of(match, current, year)
            spans = (_from_words(match, current),)
        before = _BEFORE.match(text, match.end())
        days = tuple(d for s in spans if s for d in (s.deadlines_before if before else (s.last,)))
        yield _Mention(match.start(), match.end(), tuple(dict.fromkeys(days)))


def _from_words(match: re.Match[str], year: int) -> Span | None:
    if match["month"]:
        month = int(match["month"])
        if match["day"]:
            return day(year, month, int(match["day"]))
        span = ten_days(year, month, match["ten"]) if match["ten"] else months(year, month)
    elif match["quarter"]:
        span = months(year, int(match["quarter"]), 3)
    elif match["half"]:
        span = months(year, "上下".index(match["half"]) + 1, 6)
    else:
        span = months(year, 1, 12)
    return span.at_the_end if span and match["end"] else span


def _from_numbers(text: str, year: int) -> tuple[Span | None, ...]:
    """3.4, 23.12.31, 12/31/2023: every way to read numbers that do not begin with a full year.

    A two-digit year counts only near the programme's: 23.12.31 is no 23 December 2031.
    """
    a, b, *rest = (int(n) for n in re.split("[-./]", text))
    begins_with_year = _near(2000 + a, year)
    if not rest:
        spans = (day(year, a, b), day(year, b, a))
        return (*spans, months(2000 + a, b)) if begins_with_year else spans
    last = rest[0] if rest[0] > 99 else 2000 + rest[0]
    ends_with_year = last == rest[0] or _near(last, year)
    return (
        day(2000 + a, b, rest[0]) if begins_with_year else None,
        day(last, b, a) if ends_with_year else None,
        day(last, a, b) if ends_with_year else None,
    )


def _year_of(match: re.Match[str], current: int, year: int) -> int:
    """The year that is named; 0, which has no days, for a two-digit one far from `year`."""
    if match["year"]:
        return int(match["year"])
    if match["short"]:
        short = 2000 + int(match["short"])
        return short if _near(short, year) else 0
    if match["word"]:
        return current + 1 if match["word"] == "次年" else year + _YEAR_WORDS[match["word"]]
    return current


def _near(year: int, other: int) -> bool:
    return abs(year - other) <= 2


def _is_range(text: str, mentions: tuple[_Mention, ...]) -> bool:
    """2023年6月至12月: two days in order with a word of extent between them."""
    if len(mentions) != 2 or any(len(m.days) != 1 for m in mentions):
        return False
    first, last = mentions
    between = text[first.end : last.start]
    return first.days < last.days and bool(re.fullmatch("起?(?:[-~]+|至|到)", between))


def _without(text: str, mentions: tuple[_Mention, ...]) -> str:
    starts = (0, *(m.end for m in mentions))
    ends = (*(m.start for m in mentions), len(text))
    return "".join(text[i:j] for i, j in zip(starts, ends, strict=True))


def _distinct(meanings: _Meanings) -> _Meanings:
    return tuple(dict.fromkeys(meanings))


def _in_words(meanings: _Meanings) -> Iterator[str]:
    for meaning in meanings[:_MOST]:
        yield f"{meaning.year}年{meaning.month}月{meaning.day}日" if meaning else "另有所指"


def _tidy(written: str) -> str:
    """One line in which every number is Arabic and every full date reads 2023年12月31日."""
    text = re.sub(r"\s+", "", _TIME_OF_DAY.sub("", fold(written))).replace("元月", "1月")
    text = _CHINESE.sub(_arabic, text)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return text


def _arabic(match: re.Match[str]) -> str:
    """Arabic for 二〇二三 before 年 and 十二 before 月; 一二月 (January and February) as it is."""
    run = match[0]
    if match["year"]:
        return "".join(str("〇一二三四五六七八九".find(c) if c not in "零○" else 0) for c in run)
    number = parse_numeral(run) if len(run) == 1 or "十" in run else None
    return run if number is None else str(number)


_MOST = 4  # readings that a message can hold
_EXCEL_DAY_0 = date(1899, 12, 30)
_SERIAL = re.compile(r"[3-7][0-9]{4}(?:\.[0-9]+)?")  # 45291 is 2023-12-31
_SERIALS_WITHIN = 5  # years of the programme's; another five digits are no date
_YEAR_WORDS = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "来年": 1, "次年": 1, "去年": -1}

_TIME_OF_DAY = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?$")
_CHINESE = re.compile(
    "(?P<year>[零〇○一二三四五六七八九]{2,4}(?=年))|[零一二三四五六七八九十]{1,3}(?=[月日号季~至到-])"
)
_FULL_YEAR = "(?<![0-9])(20[0-9]{2})"
_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[Qq]([1-4])(?![0-9])", r"第\1季度"),
        # 20231231, 202312, 2023.12.31, 2023.12
        (rf"{_FULL_YEAR}(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])日?", r"\1年\2月\3日"),
        (rf"{_FULL_YEAR}(0[1-9]|1[0-2])(?![0-9])月?", r"\1年\2月"),
        (rf"{_FULL_YEAR}([-./])([0-9]{{1,2}})\2([0-9]{{1,2}})(?![0-9])日?", r"\1年\3月\4日"),
        (rf"{_FULL_YEAR}[-./]([0-9]{{1,2}})(?![0-9])月?", r"\1年\2月"),
        # 6月10-15日 ends on the 15th; 6-12月 is 6月-12月, and so are years and quarters
        (r"月([0-9]{1,2})日?[-~至到]([0-9]{1,2})日", r"月\2日"),
        (r"(?<![0-9./-])([0-9]+)(?=[-~至到]第?[0-9]+(年|月|季))", r"\1\2"),
    )
)

_NUMBERS = r"(?<![0-9.])[0-9]{1,2}([-./])[0-9]{1,2}(?:\2(?:[0-9]{4}|[0-9]{2}))?(?![0-9])"
_YEAR = (
    r"(?:(?<![0-9])(?:(?P<year>20[0-9]{2}(?![0-9])|[0-9]{4}(?=年))年?|(?P<short>[0-9]{2})年)"
    rf"|(?P<word>{'|'.join(_YEAR_WORDS)}))度?"
)
_MONTH = (
    r"(?<![0-9])(?P<month>[0-9]{1,2})月份?"
    r"(?:(?P<day>[0-9]{1,2})(?![0-9])[日号]?|(?P<ten>[上中下])旬)?"
)
_PART = r"第?(?P<quarter>[1-4])季度?|(?P<half>[上下])半年"
_WHOLE = r"全年|年度?(?=[底末终内])|(?(named)|(?!))"  # nothing more, where a year was named
_DATE = re.compile(
    rf"(?P<numbers>{_NUMBERS})日?"
    rf"|(?P<named>{_YEAR})?(?:{_MONTH}|{_PART}|{_WHOLE})(?:(?P<end>[底末终])|内)?"
)
_BEFORE = re.compile("[之以]?前")

# With any other word the date may be that of a beginning (3月启动) or of something else.
_AROUND = re.compile(
    "截至|截止|[之以]前|[之以]内|前|于|在|至|到|已|力争|争取|确保|预计|计划|拟|须|全部|全面|基本|按时"
    "|完成时限|时限|目标|任务|工作|完成|完工|竣工|建成|交付使用|投入使用|交付|投用|并|验收|结束|到位"
    "|实现|达标|落实|左右|底|[:,。.;、()!]"
)
