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
    """

    answers: Mapping[str, Answer]
    seen: Mapping[str, Place]
    proxy: str = ""
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
    rows = (
        own if any(e.answers for e in own) else [e for e in entries if e.proxy and e.answers] or own
    )
    answers: dict[str, Answer] = {}
    seen: dict[str, Place] = {}
    problems: list[Problem] = []
    for entry in rows:
        for key, place in entry.seen.items():
            if key in entry.answers and key not in answers:
                answers[key] = entry.answers[key]
                if key in seen and seen[key].file != place.file:
                    problems.append(_emptied(entry, seen[key], answers[key]))
            seen.setdefault(key, place)
    problems += _contradictions(rows)
    proxy = rows[0].proxy if rows else ""
    return Chosen(answers, seen, proxy, tuple(problems))


def _emptied(entry: Entry, place: Place, before: Answer) -> Problem:
    """A newer return has the row's cell empty: the older answer stands, and it is asked."""
    return Problem(RULES["A03"], place, before.text, entry.unit, entry.item)


def _contradictions(rows: list[Entry]) -> Iterator[Problem]:
    """The same row on two sheets of one file, with different words."""
    for index, entry in enumerate(rows):
        for other in rows[index + 1 :]:
            if _file(entry) != _file(other):
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
