"""Problems: what a check found, where, how grave it is, and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Grade(StrEnum):
    """How grave, after the graded audit of the national statistics system."""

    MUST = "强制"  # must be corrected
    EXPLAIN = "核实"  # stands if the unit explains it
    NOTE = "提示"  # may be ignored

    @property
    def rank(self) -> int:
        """0 for the gravest; for sorting."""
        return list(Grade).index(self)


MUST, EXPLAIN, NOTE = Grade.MUST, Grade.EXPLAIN, Grade.NOTE


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where something stands. `file` is relative to inbox/; `cell` is an A1 address."""

    file: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold of a rule that items.yaml may set, with its default and what it means."""

    default: Decimal
    meaning: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the catalogue.

    `message` and `advice` are format strings over the problem's `details`; `why` is the
    paragraph that the documentation prints. `asks` says that a person must decide: the item or
    file concerned stands as 待确认 until then. `many` is the message of several such problems in
    one column of a sheet, which have one cause; "" where each has its own. `limits`: thresholds
    by the name that items.yaml gives them.
    """

    code: str
    grade: Grade
    title: str
    message: str
    advice: str
    why: str
    asks: bool = False
    many: str = ""
    limits: Mapping[str, Limit] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What items.yaml says of a rule: its grade (None: as in the catalogue), its limits, or off."""

    grade: Grade | None = None
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    off: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding in a return. `unit` and `item` are "" where they are not known.

    `beside`: other cells that it concerns, such as the text that a figure contradicts.
    """

    rule: Rule
    place: Place
    found: str = ""
    unit: str = ""
    item: str = ""
    details: tuple[tuple[str, str], ...] = ()
    beside: tuple[Place, ...] = ()

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def cause(self) -> Hashable:
        """Equal for problems that one slip made: in one column of a sheet, or in merged cells."""
        place, rule = self.place, self.rule
        where = (rule.code, rule.grade, self.unit, place.file, place.sheet)
        if rule.many and (column := re.match("[A-Z]+", place.cell)):
            details = dict(self.details)
            return (*where, column[0], *(details.get(word, "") for word in _TOLD_APART))
        if rule.code == "L06":
            return (*where, place.cell)
        if rule.code.startswith("R"):  # of the file as a whole, whichever sheets bear witness
            return (rule.code, rule.grade, self.unit, place.file, self.details)
        return (*where, place.cell, self.item, self.found, self.details)

    @property
    def places(self) -> tuple[Place, ...]:
        """All the cells that it concerns, its own first."""
        return (self.place, *self.beside)

    @property
    def grade(self) -> Grade:
        return self.rule.grade

    @property
    def for_clerk(self) -> bool:
        """Whether it stands in 登记.xlsx and is the clerk's to mend, no unit's."""
        return self.code.startswith("G")

    @property
    def message(self) -> str:
        """What was found, in a sentence for the clerk."""
        return self.rule.message.format_map(self._words())

    @property
    def advice(self) -> str:
        """What to do about it."""
        return self.rule.advice.format_map(self._words())

    def _words(self) -> dict[str, str]:
        return {"found": self.found, "unit": self.unit, "item": self.item, **dict(self.details)}


# What must be alike in problems of one cause: the column, unit or period that they name.
_TOLD_APART = ("column", "who", "other", "period", "marked")


def count_causes(problems: Iterable[Problem]) -> Counter[Grade]:
    """How many causes of each grade."""
    return Counter(grade for grade, _ in {(p.grade, p.cause) for p in problems})


class CannotStart(Exception):
    """The command cannot be done; the text is one clear sentence for the user (exit status 2)."""
