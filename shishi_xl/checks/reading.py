"""A row's answers → the values they mean, and what is doubtful in reading them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from ..catalogue import RULES
from ..form import Column, Table
from ..kinds import KINDS, Expectation, Reading
from ..kinds.cell import fold
from ..model import Item, Programme
from ..problems import Place, Problem
from ..returns import Answer
from ..target import Goal, Target
from .written import Value, Written


def read_row(
    programme: Programme,
    table: Table,
    unit: str,
    item: Item,
    target: Target | None,
    answers: Mapping[str, Answer],
    seen: Mapping[str, Place],
) -> Written:
    """The row with its values."""
    row = Written(unit, table, item, target, answers, seen)
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for column in table.answers:
        if answer := answers.get(column.key):
            reading = _read(programme, row, column, answer)
            if reading.value is not None:
                values[column.key] = reading.value
            if not (row.nil and column.answer == "deadline"):
                problems += _doubts(programme, row, column, answer, reading)
    return replace(row, values=values, problems=tuple(problems))


def _read(programme: Programme, row: Written, column: Column, answer: Answer) -> Reading:
    kind = column.answer
    if row.target and row.target.goal.text:
        kind = "text"  # 全覆盖 is answered in words
    expect = Expectation(programme.year, row.target.measure if row.target else "", column.choices)
    return KINDS[kind](answer.raw if answer.raw not in (None, "") else answer.text, expect)


def _doubts(
    programme: Programme, row: Written, column: Column, answer: Answer, reading: Reading
) -> Iterator[Problem]:
    title = column.title(programme.cycle)
    for note in reading.notes:
        code = note.code
        words = [("column", title), *note.details]
        if row.target:
            words.append(("target", row.target.name))
        if code == "N02" and row.target and _is_range(answer.text, row.target.goal):
            code = "N14"
        yield Problem(RULES[code], answer.place, answer.text, row.unit, row.item.id, tuple(words))


def _is_range(text: str, goal: Goal) -> bool:
    """Whether a range goal was written where the figure belongs: 1-2, 1至2场."""
    bounds = [b for b in (goal.minimum, goal.maximum) if b is not None]
    numbers = re.findall(r"[0-9]+(?:\.[0-9]+)?", fold(text))
    return len(bounds) == 2 and [Decimal(n) for n in numbers] == bounds
