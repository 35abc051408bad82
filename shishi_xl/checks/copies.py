"""Checks for copies: last period's text, another item's, another unit's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..names import fold_words
from ..period import Period
from ..problems import Problem
from .subject import Subject
from .written import Written


def same_as_before(subject: Subject) -> Iterator[Problem]:
    """C01: last period's text but for period names and figures. What was done may be repeated."""
    last = _repeated(subject, _CHANGING)
    if last and subject.row.main and not _unedited_rows(subject):
        yield subject.problem("C01", subject.row.main, period=last.label)


def form_as_before(subject: Subject) -> Iterator[Problem]:
    """C04: all that the unit wrote is last period's, figures and all; said once for all its rows."""
    rows = _unedited_rows(subject)
    last = _repeated(subject, _PERIODS)
    places = [row.main.place for row in rows if row.main]
    if last and rows[0:1] == (subject.row,) and places:
        problem = subject.problem(
            "C04", places[0], *places[1:], period=last.label, count=len(places),
            cells="、".join(place.cell for place in places),
        )  # fmt: skip
        yield replace(problem, item="")  # it is about all of them


def _unedited_rows(subject: Subject) -> tuple[Written, ...]:
    """The unit's rows, if there are several and every one that is not done repeats its text."""
    case = subject.case
    rows = [r for r in case.by_unit.get(subject.row.unit, ()) if r.main]
    rows = [r for r in rows if not case.done_before(r.item)]
    same = all(_repeated(Subject(case, r), _PERIODS) for r in rows)
    return tuple(rows) if same and len(rows) > 1 else ()


def _repeated(subject: Subject, changing: re.Pattern[str]) -> Period | None:
    """The period whose text this row repeats but for what changes from period to period."""
    row, last = subject.row, subject.last
    if not _long(subject, "C01") or last is None or subject.case.done_before(row.item):
        return None
    return last[0] if _says_nothing_new(row.text, last[1].text, changing) else None


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
    "C04": form_as_before,
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


def _says_nothing_new(text: str, last: str, changing: re.Pattern[str]) -> bool:
    """The same but for what changes; or with some set words more at the end, or some less."""
    now, before = (fold_words(changing.sub("", fold_words(t))) for t in (text, last))
    if now == before:
        return True
    longer, shorter = sorted((now, before), key=len, reverse=True)
    more = len(longer) - len(shorter)
    if len(shorter) < _LONG or not longer.startswith(shorter) or more > _TAIL:
        return False
    return longer is before or not _NEWS.search(_NEXT.sub("", fold_words(text)[-more:]))


_LONG, _TAIL = 15, 14  # characters
_DIGITS = "0-9〇零一二三四五六七八九十百千万亿两"
_NEXT = re.compile("[下进]一步|下步")
_NEWS = re.compile(
    f"[{_DIGITS}]|完成|建成|启用|投用|验收|开工|举办|召开|新增|通过|开展了|挂牌|竣工|交付"
)
_NAMES = "(?:20[0-9]{2}|今|本|当)年度?|前[一二三1-3]个?季度|第?[一二三四1-4]季度?|[上下]半年|本季度?|本期|本月|当前|目前|截至"
_ENDS = "月底|月末|季末|季度|月份|年底"
_PERIODS = re.compile(f"{_NAMES}|[{_DIGITS}]+(?:月份?|日|号)|{_ENDS}")
_CHANGING = re.compile(
    f"{_NAMES}|[{_DIGITS}]+[.]?[{_DIGITS}]*(?:月份?|日|号|万|亿|余|多)?|{_ENDS}|累计|全年"
)
