"""Entries of many returns → for each item × unit the answers that count, and which file gave them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from .catalogue import RULES
from .problems import Place, Problem
from .returns import Answer, Entry

Key = tuple[str, str, str, str]  # unit, sheet, item, target

# Newest by the file's last saving, else by its arrival; then by arrival; then by path.
Age = tuple[datetime, datetime, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answers that count for one row, each the newest that was written, column by column.

    `seen`: the newest cell of each answer column, filled or empty. `proxy`: 代报 by that unit.
    `said`: whether there is more than what the form carried over.
    """

    answers: Mapping[str, Answer]
    seen: Mapping[str, Place]
    proxy: str = ""
    said: bool = True
    problems: tuple[Problem, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the answers come from."""
        return tuple(dict.fromkeys(p.file for a in self.answers.values() for p in a.places))


def key_of(entry: Entry) -> Key:
    """The row that an entry is for."""
    return (entry.unit, entry.sheet, entry.item, entry.target)


def choose(entries: Iterable[tuple[Age, Entry]]) -> dict[Key, Chosen]:
    """What counts among one period's entries. The order in which they are given is nothing."""
    newest_first = sorted(entries, key=lambda e: (key_of(e[1]), _descending(e[0])))
    return {
        key: _choose_row([entry for _, entry in group])
        for key, group in groupby(newest_first, key=lambda e: key_of(e[1]))
    }


def _descending(age: Age) -> tuple[float, float, str]:
    base = datetime(1900, 1, 1)
    return ((base - age[0]).total_seconds(), (base - age[1]).total_seconds(), age[2])


def _choose_row(entries: list[Entry]) -> Chosen:
    """`entries` of one key, newest first. Another unit's word counts only where there is no own."""
    own = [e for e in entries if not e.proxy]
    others = [e for e in entries if e.proxy and e.said]
    rows = own if any(e.said for e in own) or not others else others
    answers: dict[str, Answer] = {}
    seen: dict[str, Place] = {}
    problems: list[Problem] = []
    for key in dict.fromkeys(key for entry in rows for key in entry.seen):
        having = [e for e in rows if key in e.seen]
        seen[key] = having[0].seen[key]
        # What the form itself carried over is no newer word than what the unit wrote before.
        filled = sorted((e for e in having if key in e.answers), key=lambda e: not e.said)
        if filled:
            answers[key] = filled[0].answers[key]
            newer = having[: having.index(filled[0])]
            problems += (
                _emptied(filled[0], e.seen[key], answers[key])
                for e in newer[:1]
                if key not in e.answers and _file(e) != _file(filled[0])
            )
    problems += _contradictions(rows, {p.file for a in answers.values() for p in a.places})
    said = any(e.said for e in rows)
    return Chosen(answers, seen, rows[0].proxy, said, tuple(problems))


def _emptied(entry: Entry, place: Place, before: Answer) -> Problem:
    """A newer return has the row's cell empty: the older answer stands, and it is asked."""
    return Problem(RULES["A03"], place, before.text, entry.unit, entry.item)


def _contradictions(rows: list[Entry], counting: set[str]) -> Iterator[Problem]:
    """The same row on two sheets of one file that counts, with different words."""
    for index, entry in enumerate(rows):
        for other in rows[index + 1 :]:
            if _file(entry) != _file(other) or _file(entry) not in counting:
                continue
            for key in sorted(entry.answers.keys() & other.answers.keys()):
                if entry.answers[key].text != other.answers[key].text:
                    here, there = entry.answers[key].place, other.answers[key].place
                    cells = f"“{here.sheet}”{here.cell} 和“{there.sheet}”{there.cell}"
                    found = other.answers[key].text
                    yield Problem(
                        RULES["L12"], there, found, entry.unit, entry.item, (("cells", cells),)
                    )
                    break


def _file(entry: Entry) -> str:
    return next((place.file for place in entry.seen.values()), "")
