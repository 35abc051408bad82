"""Part + the form as sent → entries (what was written for which item) and what is doubtful there."""

from __future__ import annotations

from ..problems import Problem
from ..returns import Entry, Extraction
from .doubts import (
    aside_problems,
    column_problems,
    fixed_problems,
    merged_problems,
    shifted_problems,
    stray_problems,
    unseen_problems,
)
from .entries import read_entry, read_sign_off
from .reader import PartReader, Tie
from .tie import tie_row

__all__ = ["PartReader", "extract"]


def extract(reader: PartReader) -> Extraction:
    """A part's entries in sheet order; every doubt is a problem with its cell."""
    ties, problems = _tie_rows(reader)
    problems += column_problems(reader)
    problems += merged_problems(reader, ties)
    problems += shifted_problems(reader, ties)
    problems += aside_problems(reader, ties)
    problems += unseen_problems(reader, ties)
    entries: list[Entry] = []
    for tie, rows in ties.items():
        entry, notes = read_entry(reader, tie, rows)
        entries.append(entry)
        problems += notes
    part = reader.part
    return Extraction(
        part.unit,
        part.period,
        part.basis,
        tuple(entries),
        tuple(problems),
        dict(read_sign_off(reader)),
    )


def _tie_rows(reader: PartReader) -> tuple[dict[Tie, list[int]], list[Problem]]:
    """Each item's rows. A row without a name right under an item's goes on with it."""
    ties: dict[Tie, list[int]] = {}
    problems: list[Problem] = []
    above: Tie | None = None  # the item of the row just above
    for row in reader.rows:
        tied = tie_row(reader, row)
        tie = tied.tie
        problems += tied.problems
        if tie:
            problems += fixed_problems(reader, row, tie)
        elif above and not tied.known and reader.goes_on(row):
            tie = above
        elif not tied.known:
            problems += stray_problems(reader, row)
        if tie:
            ties.setdefault(tie, []).append(row)
        above = tie
    return ties, problems
