"""Every check on every row of a period → problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..problems import Place, Problem
from . import against_text, between, copies, deadlines, figures, wording
from .subject import Case, Subject

Check = Callable[[Subject], Iterator[Problem]]

# A new check is one more entry in its family's CHECKS, and a rule in the catalogue.
CHECKS: Mapping[str, Check] = {
    **wording.CHECKS,
    **deadlines.CHECKS,
    **figures.CHECKS,
    **between.CHECKS,
    **against_text.CHECKS,
    **copies.CHECKS,
}


def check_case(case: Case) -> tuple[Problem, ...]:
    """The problems of every row, in the order of the rows, with those found in reading them."""
    found: list[Problem] = []
    for row in case.rows.values():
        subject = Subject(case, row)
        found += (p for p in row.problems if not deadlines.needs_no_day(subject, p))
        for find in CHECKS.values():
            found += find(subject)
    return tuple(found)


def without_consequences(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Without what only follows from something worse in the same cells.

    Of merged answer cells (L06) the covered ones are empty; of a picture (A05) or an unread
    formula (A02) the cell is; an emptied answer (A03) is asked about once.
    """
    found = tuple(problems)
    covered = {(p.unit, p.item, p.place.file, p.place.sheet) for p in found if p.code == "L06"}
    unread = {p.place for p in found if p.code in ("A02", "A03", "A05")}
    return tuple(
        p for p in found
        if p.code not in _OF_EMPTY_CELLS
        or not (_row_of(p) in covered or p.place in unread)
    )  # fmt: skip


_OF_EMPTY_CELLS = ("A01", "D01", "N06")


def _row_of(problem: Problem) -> tuple[str, str, str, str]:
    place: Place = problem.place
    return (problem.unit, problem.item, place.file, place.sheet)
