"""Checks for copies: last period's text, another item's, another unit's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..names import fold_words
from ..problems import Problem
from .subject import Subject
from .written import Written


def same_as_before(subject: Subject) -> Iterator[Problem]:
    """C01: last period's text but for period names and figures. What was done may be repeated."""
    row, last = subject.row, subject.last
    if not _long(subject, "C01") or last is None or subject.case.done_before(row.item):
        return
    if _skeleton(row.text) == _skeleton(last[1].text) and row.main:
        yield subject.problem("C01", row.main, period=last[0].label)


def same_as_another_item(subject: Subject) -> Iterator[Problem]:
    """C02: word for word what the unit wrote for another of its items."""
    row = subject.row
    if not _long(subject, "C02"):
        return
    for other in subject.case.by_unit[row.unit]:
        if other.item.number >= row.item.number or not _same(row, other):
            continue
        if row.main and other.main:
            place = other.main.place
            yield subject.problem(
                "C02", row.main, place, number=other.item.number, other=other.item.name,
                cells=place.cell,
            )  # fmt: skip
            return


def same_as_another_unit(subject: Subject) -> Iterator[Problem]:
    """C03: word for word what another unit wrote; the one that the form names first is not asked."""
    row = subject.row
    if not _long(subject, "C03"):
        return
    for other in subject.case.texts.get(fold_words(row.text), ()):
        if other.unit == row.unit or not _precedes(other, row) or not row.main or not other.main:
            continue
        place = other.main.place
        yield subject.problem(
            "C03", row.main, place, other=other.unit, number=other.item.number, file=place.file,
            cells=place.cell,
        )  # fmt: skip
        return


CHECKS = {
    "C01": same_as_before,
    "C02": same_as_another_item,
    "C03": same_as_another_unit,
}


def _long(subject: Subject, code: str) -> bool:
    """Whether the row has a text that is long enough to be a copy of anything."""
    row = subject.row
    if row.table.rows != "item" or row.table.main.answer != "text" or row.nil:
        return False
    return len(fold_words(row.text)) >= subject.limit(code, "least")


def _same(row: Written, other: Written) -> bool:
    return fold_words(row.text) == fold_words(other.text)


def _precedes(other: Written, row: Written) -> bool:
    """Whether `other` has the better claim to the text: its own item's first unit, else by order."""
    return _rank(other) < _rank(row)


def _rank(row: Written) -> tuple[int, int, str]:
    units = list(row.item.units)
    at = units.index(row.unit) if row.unit in units else len(units)
    return (at, row.item.number, row.unit)


def _skeleton(text: str) -> str:
    """A text without what changes from period to period: period names, dates, figures."""
    return fold_words(_CHANGING.sub("", fold_words(text)))


_DIGITS = "0-9〇零一二三四五六七八九十百千万亿两"
_CHANGING = re.compile(
    "(?:20[0-9]{2}|今|本|当)年度?|前[一二三1-3]个?季度|第?[一二三四1-4]季度?|[上下]半年|本季度?|本期|本月|当前|目前|截至"
    f"|[{_DIGITS}]+[.]?[{_DIGITS}]*(?:月份?|日|号|万|亿|余|多)?|月底|月末|季末|季度|月份|年底|累计|全年"
)
