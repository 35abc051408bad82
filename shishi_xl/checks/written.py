"""One row as a unit wrote it, with what its answers mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from ..form import Column, Table
from ..model import Item
from ..problems import Place, Problem
from ..returns import Answer
from ..target import Target
from .nil import is_nil

Value: TypeAlias = Decimal | date | str
Key: TypeAlias = tuple[str, str, str, str]  # unit, sheet, item, target
Dated: TypeAlias = tuple["Written", Answer, date]


@dataclass(frozen=True, slots=True)
class Written:
    """One row as a unit wrote it: an item's, or one of its targets'.

    `seen`: the cells where the unit could have answered, by column key. `values`: what the
    answers mean, where that can be read. `problems`: what is doubtful in reading them.
    """

    unit: str
    table: Table
    item: Item
    target: Target | None
    answers: Mapping[str, Answer]
    seen: Mapping[str, Place]
    values: Mapping[str, Value] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def main(self) -> Answer | None:
        """The answer in the table's main column."""
        return self.answers.get(self.table.main.key)

    @property
    def text(self) -> str:
        """What stands in the main column, verbatim; "" for nothing."""
        return self.main.text if self.main else ""

    @property
    def nil(self) -> bool:
        return self.table.rows == "item" and is_nil(self.text)

    @property
    def figure(self) -> Decimal | None:
        value = self.values.get(self.table.main.key)
        return value if isinstance(value, Decimal) else None

    @property
    def deadline(self) -> tuple[Answer, date] | None:
        """The first deadline that can be read, with its day."""
        said = self.value_of("deadline")
        return (said[0], said[1]) if said and isinstance(said[1], date) else None

    def column(self, kind: str) -> Column | None:
        """The first answer column of a kind."""
        return next((c for c in self.table.answers if c.answer == kind), None)

    def value_of(self, kind: str) -> tuple[Answer, Value] | None:
        """The first readable answer of a kind, with its value."""
        for column in self.table.answers:
            if column.answer == kind and column.key in self.answers and column.key in self.values:
                return self.answers[column.key], self.values[column.key]
        return None
