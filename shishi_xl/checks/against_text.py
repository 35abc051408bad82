"""Figures that stand in a text, set beside the targets that they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..model import Item
from ..problems import Place, Problem
from ..target import Kind, Target
from .said.fits import in_measure_of
from .said.results import names_no_result
from .said.scopes import Scope
from .said.tie import Tie
from .subject import Case, Subject


@dataclass(frozen=True, slots=True)
class Stated:
    """A target's figure as the unit's text has it, in the text's own words, and where."""

    value: Decimal
    words: str
    place: Place
    tie: Tie


def stated(case: Case, unit: str, item: Item, target: Target) -> Stated | None:
    """What the unit's text for the item says of one of its targets."""
    text = case.text_row(unit, item.id)
    if text is None or text.main is None or text.nil:
        return None
    tie = case.readers[item.id].stated(text.text).get(target.id)
    return Stated(tie.value, tie.mention.words, text.main.place, tie) if tie else None


def text_against_figure(subject: Subject) -> Iterator[Problem]:
    """T01: the text has another figure than the cell. What can be read otherwise is not asked."""
    row, target = subject.row, subject.target
    if target is None or row.figure is None or row.main is None:
        return
    found = stated(subject.case, row.unit, row.item, target)
    if found is None or _agrees(subject, found):
        return
    yield subject.problem(
        "T01", row.main, found.place, target=target.name, words=found.words,
        cells=found.place.cell,
    )  # fmt: skip


CHECKS = {"T01": text_against_figure}

_BY_CHANCE = 100


def _agrees(subject: Subject, found: Stated) -> bool:
    """Whether the figure is what the text says, or may be, seeing over what time it speaks."""
    row, tie = subject.row, found.tie
    figure = row.figure
    assert figure is not None and row.target is not None
    text = subject.case.text_row(row.unit, row.item.id)
    every = subject.case.readers[row.item.id].ties(text.text if text else "").get(row.target.id, ())
    if any(near(figure, t) for t in every if not t.part or t == tie):
        return True
    if tie.scope is not Scope.CUMULATIVE and not tie.total:
        if figure == sum((t.value for t in every), Decimal(0)):
            return True
        last = subject.last
        if last and last[1].figure is not None and near(figure - last[1].figure, tie):
            return True
    if _stands_there(subject, figure):
        return True
    partial = tie.scope in (Scope.PERIOD, Scope.EVENT) and row.target.kind is Kind.SUM
    return partial and figure > tie.value


def _stands_there(subject: Subject, figure: Decimal) -> bool:
    """Whether the very figure stands elsewhere in the text, of work done, in the same measure.

    Small numbers stand there by chance.
    """
    row, target, case = subject.row, subject.target, subject.case
    text = case.text_row(row.unit, row.item.id)
    if target is None or text is None or figure < _BY_CHANCE:
        return False
    reader = case.readers[row.item.id]
    return any(
        in_measure_of(target, m) == figure
        and not names_no_result(m, target, subject.period, reader.level)
        for m in reader.finder.find(text.text)
    )


def near(figure: Decimal, tie: Tie) -> bool:
    """Whether a figure is the one that is written, as exactly as it is written."""
    if abs(figure - tie.value) < tie.unit and (tie.unit != 1 or figure == tie.value):
        return True
    return tie.mention.rough and abs(figure - tie.value) <= tie.value / 10
