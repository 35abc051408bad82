"""What the clerk wrote in 登记.xlsx, as the stages get it: decisions about files, words of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from .period import Period
from .problems import Place, Problem

REGISTER_FILE = "登记.xlsx"
DECISIONS, NOTICES = "登记", "单位说明"  # its sheets


class Handling(StrEnum):
    """处理: whether a file counts. 采用 and 恢复 both lift 作废; 恢复 says that it had been void."""

    USE = "采用"
    VOID = "作废"
    RESTORE = "恢复"


class Topic(StrEnum):
    """类别 of what a unit said by telephone."""

    EXPLAINED = "说明"
    EXTENDED = "延期"
    NIL = "零报告"
    EXEMPT = "免报"
    STAMPED = "盖章件已收"  # on paper, or the clerk saw the seal


_INSTEAD = (Topic.NIL, Topic.EXEMPT)  # of an answer


@dataclass(frozen=True, slots=True)
class Decision:
    """The clerk's word on one file, known by its bytes. What it leaves open is "" or None."""

    sha256: str
    place: Place
    unit: str = ""
    period: Period | None = None
    arrival: datetime | None = None
    handling: Handling | None = None

    @property
    def says(self) -> tuple[str, Period | None, datetime | None, Handling | None]:
        return (self.unit, self.period, self.arrival, self.handling)

    def over(self, other: Decision | None) -> Decision:
        """This word, and the other's where this one is silent."""
        if other is None:
            return self
        return replace(
            self,
            unit=self.unit or other.unit,
            period=self.period or other.period,
            arrival=self.arrival or other.arrival,
            handling=self.handling or other.handling,
        )


@dataclass(frozen=True, slots=True)
class Notice:
    """What one unit said of one period. `items`: ids, none for all. `until`: 延至; `told`: when."""

    topic: Topic
    unit: str
    period: Period
    place: Place
    items: frozenset[str] = frozenset()
    code: str = ""
    until: date | None = None
    told: date | None = None
    text: str = ""

    def is_about(self, item: str) -> bool:
        return not self.items or item in self.items


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was said to a problem, and where it is written.

    A unit's own words name the problem by its `mark` ("" where that is lost); what the clerk noted
    of a telephone call names unit, period, item and code ("" for any), and is `accepted`.
    """

    text: str
    place: Place
    mark: str = ""
    unit: str = ""
    period: Period | None = None
    item: str = ""
    code: str = ""
    accepted: bool = False


ITEM_IDS = "item ids"  # in a row of the ledger: which items it meant when it was first understood


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row as the clerk's book has it: column key → text, and → the cell's address."""

    sheet: str
    texts: Mapping[str, str]
    cells: Mapping[str, str]

    def text(self, key: str) -> str:
        return self.texts.get(key, "")

    def place(self, key: str) -> Place:
        """The cell under a column."""
        return Place(REGISTER_FILE, self.sheet, self.cells.get(key, ""))


Written = Mapping[str, tuple[WrittenRow, ...]]  # sheet → rows, as last read


@dataclass(frozen=True)
class Register:
    """All that 登记.xlsx says. `written`: its rows verbatim, for the ledger. `problems`: its faults."""

    decisions: tuple[Decision, ...] = ()
    notices: tuple[Notice, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: Written = field(default_factory=dict)

    @cached_property
    def _by_content(self) -> Mapping[str, Decision]:
        return {d.sha256: d for d in self.decisions}

    def decision(self, sha256: str) -> Decision | None:
        """What is decided about the file with these bytes."""
        return self._by_content.get(sha256)

    @cached_property
    def _by_unit(self) -> Mapping[tuple[str, Period], Sequence[Notice]]:
        found: dict[tuple[str, Period], list[Notice]] = {}
        for notice in self.notices:
            found.setdefault((notice.unit, notice.period), []).append(notice)
        return found

    def instead(self, unit: str, period: Period, item: str) -> Notice | None:
        """What was said instead of an answer for the item: 零报告 or 免报, the last row of them."""
        said = reversed(self._by_unit.get((unit, period), ()))
        return next((n for n in said if n.topic in _INSTEAD and n.is_about(item)), None)

    def of_unit(self, topic: Topic, unit: str, period: Period) -> tuple[Notice, ...]:
        """All that the unit said of this kind."""
        return tuple(n for n in self._by_unit.get((unit, period), ()) if n.topic is topic)

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """What was said to problems, once for each item that was named."""
        return tuple(
            Explanation(n.text, n.place, "", n.unit, n.period, item, n.code, accepted=True)
            for n in self.notices
            if n.topic is Topic.EXPLAINED
            for item in (sorted(n.items) or ("",))
        )


NOTHING = Register()  # before the clerk has written anything
