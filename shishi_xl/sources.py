"""Fixed columns of a form: source name → what the cell says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .form import Column
from .model import Duty, Item, Programme, Role
from .period import Period, parse_period
from .progress import requirement
from .target import Target

SourceValue = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class FormRow:
    """What one row of a unit's form is about; `figure` is what the unit reported last period."""

    programme: Programme
    period: Period
    duty: Duty
    target: Target | None = None
    figure: Decimal | None = None

    @property
    def item(self) -> Item:
        return self.duty.item


def fixed_value(column: Column, row: FormRow) -> SourceValue:
    """What stands in a fixed column of this row; "" where the item has nothing for it."""
    if column.source.startswith("item.plan."):
        return _plan(row, column.source.removeprefix("item.plan."))
    return SOURCES[column.source](row)


def is_source(name: str) -> bool:
    """Whether a form may name this source."""
    return name in SOURCES or name.startswith("item.plan.")


def _plan(row: FormRow, word: str) -> str:
    """item.plan.2023H1, or item.plan.H1 of whatever year the programme is."""
    period = parse_period(word) or parse_period(f"{row.programme.year}{word}")
    return row.item.plan.get(period, "") if period else ""


def _names(*roles: Role) -> Callable[[FormRow], str]:
    return lambda row: "\n".join(row.item.names(*roles))


def _of_target(say: Callable[[Target, FormRow], SourceValue]) -> Callable[[FormRow], SourceValue]:
    return lambda row: say(row.target, row) if row.target else None


SOURCES: Mapping[str, Callable[[FormRow], SourceValue]] = {
    "item.number": lambda row: row.item.number,
    "item.name": lambda row: row.item.name,
    "item.units": _names(),
    "item.lead": _names(Role.LEAD),
    "item.responsible": _names(Role.RESPONSIBLE),
    "item.support": _names(Role.SUPPORT),
    "item.brief": lambda row: row.item.brief,
    "item.goal": lambda row: row.item.goal,
    "target.name": _of_target(lambda target, row: target.name),
    "target.goal": _of_target(lambda target, row: target.goal_label(row.duty.unit)),
    "target.measure": _of_target(lambda target, row: target.measure),
    "last.figure": lambda row: row.figure,
    "computed.rate": lambda row: None,
    "computed.requirement": _of_target(
        lambda target, row: requirement(target, row.duty.unit, row.period)
    ),
}
