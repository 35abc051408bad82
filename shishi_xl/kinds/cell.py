"""Cells: a raw value → the text that the unit wrote, and that text folded for reading."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

# What python-calamine gives; "" for an empty cell.
CellValue: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the form expects of a cell; `year` is the programme's."""

    year: int
    measure: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A rule that a reading falls under; `details` are its message's words besides `found`."""

    code: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell means. None where it is empty, or where no single value can be read."""

    value: Decimal | date | str | None
    notes: tuple[Note, ...] = ()


def verbatim(raw: CellValue) -> str:
    """What the unit wrote, as text that may stand in XML; "" for a cell that looks empty."""
    if isinstance(raw, str) and raw.isprintable() and raw[-1:] > " ":
        return raw  # nothing in it that is no text, and something to be seen
    match raw:
        case None:
            text = ""
        case bool():
            text = "TRUE" if raw else "FALSE"
        case int():
            text = plain(Decimal(raw))
        case float():
            text = _shortest(raw)
        case date() | time():
            text = _moment(raw)
        case timedelta():
            text = _duration(raw)
        case _:
            text = _NOT_IN_XML.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))
    return "" if _INVISIBLE.fullmatch(text) else text


def fold(text: str) -> str:
    """`text` with full-width forms, dashes and blanks made ordinary, and zero-width ones dropped.

    This is not NFKC, which makes 15 of ①5 and 52 of 5². Line breaks stay.
    """
    narrow = "".join(
        unicodedata.normalize("NFKC", c) if unicodedata.east_asian_width(c) == "F" else c
        for c in _ZERO_WIDTH.sub("", text)
    )
    return re.sub(r"[^\S\n]+", " ", narrow.translate(_LOOKALIKES)).strip()


def plain(number: Decimal) -> str:
    """A finite number as a person writes it: no exponent, no trailing zeros."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _shortest(number: float) -> str:
    # Excel keeps 15 significant digits; a 16th is an artefact of binary (0.30000000000000004).
    text = f"{number:.15g}"
    readable = number == 0 or 1e-9 < abs(number) < 1e21
    return plain(Decimal(text)) if readable else text


def _moment(moment: date | time) -> str:
    """2023-12-31 08:30; without the time of day at midnight, without seconds on the minute."""
    if isinstance(moment, date) and not isinstance(moment, datetime):
        return moment.isoformat()
    if isinstance(moment, datetime) and moment.time() == time():
        return moment.date().isoformat()
    text = moment.replace(microsecond=0, tzinfo=None).isoformat().replace("T", " ")
    return text if moment.second else text.removesuffix(":00")


def _duration(duration: timedelta) -> str:
    minutes, seconds = divmod(abs(duration) // timedelta(seconds=1), 60)
    text = f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    return f"-{text}" if duration < timedelta(0) else text


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ZERO_WIDTH = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_INVISIBLE = re.compile(rf"(?:\s|{_ZERO_WIDTH.pattern})*")
_LOOKALIKES = str.maketrans(
    {"﹪": "%", "﹢": "+", "〜": "~", "∼": "~"} | dict.fromkeys("‐‑‒–—―−﹣", "-")
)
