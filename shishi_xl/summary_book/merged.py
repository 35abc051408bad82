"""Summary → what the annex says of each item, its units' answers merged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..form import Column, Table
from ..model import Duty, Item, Role
from ..sources import FormRow, SourceValue, fixed_value
from ..summary import DetailRow, ItemRow, State, Summary

# What the collector adds to a unit's words stands in these brackets, and nothing else does.
_MARKS = {
    State.CORRECT: "【待更正】",
    State.DECIDE: "【待确认】",
    State.NIL: "【零报告】",
}
_OBSTACLES = "【存在问题】"
_SHORT = 20  # characters; a longer one is a unit's own sentence


def merged_rows(
    summary: Summary, abridged: Collection[int] = ()
) -> Iterator[tuple[SourceValue, ...]]:
    """For each item of the period the cells of the form's columns, in their order.

    `abridged`: the numbers of the items whose 存在问题 总览 does not tell in full; they stand here.
    """
    table = summary.form.annex
    rows = {row.item.id: row for row in summary.items}
    for item in summary.programme.items_in(summary.period):
        details = [row for row in summary.details if row.duty.item.id == item.id]
        # The sort is stable: leads first, the rest as they stand, a group's members together.
        told = rows.get(item.id) if item.number in abridged else None
        details.sort(key=lambda row: row.duty.role is not Role.LEAD)
        yield tuple(
            _fixed(column, item, summary) if not column.answer
            else _merge(column, details, table) if column != table.main
            else "\n".join(filter(None, (_merge(column, details, table), *_obstacles(told))))
            for column in table.columns
        )  # fmt: skip


def _obstacles(row: ItemRow | None) -> Iterator[str]:
    for unit, text in row.obstacles if row else ():
        yield f"{_OBSTACLES}{unit}：{text}"


def _fixed(column: Column, item: Item, summary: Summary) -> SourceValue:
    duty = Duty(item, item.reporter, Role.RESPONSIBLE)
    return fixed_value(column, FormRow(summary.programme, summary.period, duty))


def _merge(column: Column, details: Sequence[DetailRow], table: Table) -> str:
    """Every unit's words, each under its name where there are several; a group above its members."""
    main = column == table.main
    if column.answer == "deadline" and (shared := _shared(column, details)):
        return shared
    named = len(details) > 1 or any(row.duty.group for row in details)
    lines: list[str] = []
    group = ""
    for row in details:
        said = row.answers.get(column.key, "")
        if main:
            said = _said_in_main(row, said)
        if not said:
            continue
        if row.duty.group and row.duty.group != group:
            lines.append(f"{row.duty.group}：")
        group = row.duty.group
        lines.append(f"{row.duty.unit}：{said}" if named else said)
    if main and not lines and details:
        return State.EXEMPT.value
    return "\n".join(lines)


def _shared(column: Column, details: Sequence[DetailRow]) -> str:
    """The deadline that every unit that owes one gives in the same words, said once."""
    texts = ((row, row.answers.get(column.key, "").strip()) for row in details)
    said = {text for row, text in texts if row.owed or text}
    return said.pop() if len(said) == 1 and len(min(said)) <= _SHORT else ""


def _said_in_main(row: DetailRow, text: str) -> str:
    """The answer with its marks, or the state; "" for a unit that owes nothing and said nothing."""
    proxy = f"（{row.proxy}代报）" if row.proxy and text else ""
    mark = _MARKS.get(row.state, "")
    if text:
        said_so = row.state is State.NIL and "零报告" in text
        return text + proxy + ("" if said_so else mark)
    if row.done_since:
        return f"已完成（{row.done_since.label}报告）"
    match row.state:
        case State.EXEMPT | State.REPORTED:
            return ""
        case State.CORRECT:
            return mark
    return row.state.value
