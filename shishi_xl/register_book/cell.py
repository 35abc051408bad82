"""One row's cells → unit, period, moment, choice; what cannot be understood becomes a problem."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from ..catalogue import RULES
from ..names import Names, fold, fold_words
from ..period import Period, find_periods, parse_period
from ..problems import Problem
from ..register import ITEM_IDS, Handling, Topic, WrittenRow
from .moments import read_moment

_Choice = TypeVar("_Choice", bound=StrEnum)
_SEVERAL = re.compile(r"[、,;/\s]+")
_NUMBER = re.compile(r"第?0*(\d+)[件项号]?")
_A_MONTH = re.compile(r"^(\d{4}-\d\d)-01$")  # what Excel makes of 2023-05
_NEAR = 1  # years around the programme's: the rest is a slip of the finger


class CellReader:
    """Reads one row; an empty cell is nothing, and no fault."""

    def __init__(self, row: WrittenRow, names: Names, today: date) -> None:
        self._row, self._names, self._today = row, names, today
        self.problems: list[Problem] = []

    def unit(self) -> str:
        """The unit by any name under which the programme knows it; "" for none."""
        text = self._row.text("unit")
        unit = self._names.exact(text) if text else ""
        if text and (not unit or unit in self._names.unlisted):
            self._fault("G05", "unit")
            return ""
        return unit

    def units(self) -> tuple[str, ...]:
        """The unit, or the members of a group that is named."""
        text = fold(self._row.text("unit"))
        groups = self._names.programme.groups.values()
        members = next((g.members for g in groups if text and fold(g.name) == text), ())
        if members:
            return members
        unit = self.unit()
        return (unit,) if unit else ()

    def units_in(self, period: Period) -> tuple[str, ...]:
        """The same as they are called in the period; as they are now, where they have no duties
        then."""
        return tuple(self._names.exact_in(unit, period) or unit for unit in self.units())

    def code(self) -> str:
        """A code of the catalogue; "" for none."""
        code = fold(self._row.text("code")).upper()
        if code and code not in RULES:
            self._fault("G08", "code", column="问题代码", choices="问题清单“代码”一栏里的")
        return code

    def period(self) -> Period | None:
        programme = self._names.programme
        text = _A_MONTH.sub(r"\1", self._row.text("period"))
        found = [p for p, _ in find_periods(text, programme.year)]
        period = parse_period(text) or (found[0] if len(found) == 1 else None)
        if text and period not in programme.periods:
            self._fault("G06", "period", periods="、".join(map(str, programme.periods)))
            return None
        return period

    def moment(self, key: str) -> datetime | None:
        """When something has happened: not after the run."""
        latest = datetime.combine(self._today, time(23, 59, 59))
        return self._time(key, latest, "时间", "2023-06-30 09:12")

    def day(self, key: str, past: bool) -> date | None:
        """A day; `past`: not after the run."""
        latest = datetime.combine(self._today, time(23, 59, 59)) if past else datetime.max
        moment = self._time(key, latest, "日期", "2023-07-10")
        return moment.date() if moment else None

    def _time(self, key: str, latest: datetime, what: str, example: str) -> datetime | None:
        text = self._row.text(key)
        if not text:
            return None
        moment, year = read_moment(text), self._names.programme.year
        why = ""
        if moment is not None and abs(moment.year - year) > _NEAR:
            why = f"（与本方案的 {year} 年相差太远）"
        elif moment is not None and moment > latest:
            why = f"（晚于运行日期 {self._today}）"
        if moment is None or why:
            self._fault("G07", key, what=what, why=why, example=f"{year}{example[4:]}")
            return None
        return moment

    def handling(self) -> Handling | None:
        return self._choice("handling", "处理", Handling)

    def topic(self) -> Topic | None:
        return self._choice("topic", "类别", Topic)

    def items(self, unit: str, period: Period) -> frozenset[str]:
        """The ids of the items that are named by number or name, all of them the unit's."""
        duties = self._names.programme_in(period).duties(period)
        known = frozenset(self._row.text(ITEM_IDS).split())
        if known and known <= {d.item.id for d in duties if d.unit == unit}:
            return known
        own = {str(d.item.number): d.item.id for d in duties if d.unit == unit}
        own |= {fold_words(d.item.name): d.item.id for d in duties if d.unit == unit}
        text = self._row.text("items")
        if fold_words(text) in own:
            return frozenset({own[fold_words(text)]})
        words = filter(None, map(fold_words, _SEVERAL.split(unicodedata.normalize("NFKC", text))))
        names = [match[1] if (match := _NUMBER.fullmatch(word)) else word for word in words]
        if any(name not in own for name in names):
            self._fault("G12", "items", who=unit, period=period.label)
            return frozenset()
        return frozenset(own[name] for name in names)

    def _choice(self, key: str, column: str, choices: type[_Choice]) -> _Choice | None:
        text = fold(self._row.text(key))
        found = next((c for c in choices if c == text), None)
        if text and found is None:
            self._fault("G08", key, column=column, choices="、".join(choices))
        return found

    def _fault(self, code: str, key: str, **words: str) -> None:
        place = self._row.place(key)
        found = self._row.text(key)
        self.problems.append(Problem(RULES[code], place, found, details=tuple(words.items())))
