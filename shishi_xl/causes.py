"""Problems → causes: what has one cause is one line, with all its cells and items."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from .problems import Grade, Place, Problem
from .summary import ProblemRow

_MANY = 3
_CELL = re.compile("([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Cause:
    """Problems that one slip has made: a column left empty, cells merged over two items."""

    rows: tuple[ProblemRow, ...]

    @property
    def first(self) -> ProblemRow:
        return self.rows[0]

    @property
    def problem(self) -> Problem:
        return self.first.problem

    @property
    def first_found(self) -> date | None:
        return min((r.first_found for r in self.rows if r.first_found), default=None)

    @property
    def places(self) -> tuple[Place, ...]:
        """The cells that it stands in, each once."""
        return tuple(dict.fromkeys(r.problem.place for r in self.rows))

    @property
    def cells(self) -> str:
        """E5, or E5:E9、E12 where it stands in several."""
        return cell_list(p.cell for p in self.places)

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of its items, each once."""
        return tuple(dict.fromkeys(r.problem.item for r in self.rows if r.problem.item))

    @property
    def found(self) -> str:
        """What stands in its cells: the one text, or the first with a word on the others."""
        texts = tuple(dict.fromkeys(r.problem.found for r in self.rows if r.problem.found))
        if len(texts) < 2:
            return texts[0] if texts else ""
        return f"{texts[0]}（等 {len(self.places)} 格）"

    @property
    def message(self) -> str:
        """What was found, in a sentence about all of its cells."""
        problem = self.problem
        if len(self.places) < 2 or not problem.rule.many:
            return problem.message
        words = {"found": problem.found, "unit": problem.unit, **dict(problem.details)}
        targets = [dict(r.problem.details).get("target", "") for r in self.rows]
        words["target"] = "、".join(dict.fromkeys(t for t in targets if t))
        words["count"] = str(len(self.places))
        return problem.rule.many.format_map(words)

    @property
    def advice(self) -> str:
        return self.problem.advice


def causes(rows: Iterable[ProblemRow]) -> tuple[Cause, ...]:
    """The rows by cause, in the order of each cause's first."""
    found: dict[Hashable, list[ProblemRow]] = {}
    for row in rows:
        fate = (row.state, row.explanation)
        found.setdefault((row.problem.cause, fate), []).append(row)
    return tuple(cause for group in found.values() for cause in _split(group))


def _split(rows: list[ProblemRow]) -> Iterator[Cause]:
    """Two slips that read differently may have a reason each: the unit explains them one by one."""
    explained = rows[0].problem.grade is Grade.EXPLAIN
    if explained and len(rows) < _MANY and len({row.problem.found for row in rows}) > 1:
        yield from (Cause((row,)) for row in rows)
    else:
        yield Cause(tuple(rows))


def cell_list(cells: Iterable[str]) -> str:
    """Cells as people list them: E5:E7、E9; what lies below one another is a range."""
    return "、".join(_ranges(dict.fromkeys(cells)))


def _ranges(cells: Iterable[str]) -> Iterator[str]:
    known = [c for c in cells if c]
    matches = [m for m in map(_CELL.fullmatch, known) if m]
    if len(matches) < len(known):
        yield from known
        return
    by_column = sorted(((m[1], int(m[2])) for m in matches), key=lambda c: (len(c[0]), c))
    for _, run in groupby(enumerate(by_column), key=lambda e: (e[1][0], e[1][1] - e[0])):
        column, rows = zip(*(cell for _, cell in run), strict=True)
        first, last = f"{column[0]}{rows[0]}", f"{column[-1]}{rows[-1]}"
        yield first if first == last else f"{first}:{last}"
