"""Checks of what counts: chosen answers → problems and normalised values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .catalogue import RULES
from .form import Column, Table
from .kinds import KINDS, Expectation, Reading
from .model import Programme, Target
from .names import fold
from .problems import Place, Problem
from .returns import Answer

# 填报说明 tells units so; the words are the design's.
# What follows must be a sentence's end: 本季度无进展缓慢事项 says something else.
_NIL = re.compile(r"(?:零报告|本(?:季度?|半年|月|期)无进展|本期无此项工作)(?:$|[^\w])")


@dataclass(frozen=True, slots=True)
class Checked:
    """One item × unit after the checks: values by column key, and what is doubtful."""

    values: Mapping[str, Decimal | date | str]
    problems: tuple[Problem, ...]


def is_nil(text: str) -> bool:
    """Whether an answer says “nothing this period”: 零报告, 本季度无进展, 本期无此项工作."""
    return bool(_NIL.match(fold(text)))


@dataclass(frozen=True, slots=True)
class Subject:
    """What is checked: the chosen answers for one item (or target) of one unit.

    `seen`: the cells where the unit could have answered, by column key.
    """

    programme: Programme
    table: Table
    unit: str
    item: str
    answers: Mapping[str, Answer]
    seen: Mapping[str, Place]
    target: Target | None = None

    @property
    def nil(self) -> bool:
        main = self.answers.get(self.table.main.key)
        return main is not None and is_nil(main.text)


def check(subject: Subject) -> Checked:
    """All checks of one row, in the order of its columns."""
    values: dict[str, Decimal | date | str] = {}
    problems: list[Problem] = []
    for column in subject.table.answers:
        answer = subject.answers.get(column.key)
        if answer is None:
            problems += _missing(subject, column)
            continue
        kind = column.answer
        if subject.target and subject.target.goal.text:
            kind = "text"  # 全覆盖 is answered in words
        expect = Expectation(
            subject.programme.year, subject.target.measure if subject.target else "", column.choices
        )
        reading = KINDS[kind](answer.raw if answer.raw not in (None, "") else answer.text, expect)
        if reading.value is not None:
            values[column.key] = reading.value
        if not (subject.nil and column.answer == "deadline"):
            problems += _doubts(subject, column, answer, reading)
    return Checked(values, tuple(problems))


def _missing(subject: Subject, column: Column) -> Iterator[Problem]:
    """A required column without an answer; a target's figure is asked for, not demanded."""
    place = subject.seen.get(column.key)
    if place is None:
        return
    words = (("column", column.title(subject.programme.cycle)),)
    if column.required and column.answer == "deadline":
        if not subject.nil and subject.answers:
            yield Problem(RULES["D01"], place, "", subject.unit, subject.item, words)
    elif column.required:
        yield Problem(RULES["A01"], place, "", subject.unit, subject.item, words)
    elif subject.target and not subject.target.goal.text:
        named = (("target", subject.target.name),)
        yield Problem(RULES["N06"], place, "", subject.unit, subject.item, named)


def _doubts(
    subject: Subject, column: Column, answer: Answer, reading: Reading
) -> Iterator[Problem]:
    title = column.title(subject.programme.cycle)
    for note in reading.notes:
        words = (("column", title), *note.details)
        yield Problem(
            RULES[note.code], answer.place, answer.text, subject.unit, subject.item, words
        )
