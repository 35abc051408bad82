"""Problems, what was said to them, and what earlier runs found → the rows of 问题清单."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ..catalogue import RULES
from ..ledger_state import Past
from ..opinions import is_enough, problem_mark
from ..period import Period
from ..problems import Grade, Place, Problem
from ..register import Explanation
from ..returns import Return
from ..summary import ACCEPTED, CORRECTED, EXPLAINED, PENDING, ProblemRow, Summary


def explain(
    period: Period,
    today: date,
    problems: Iterable[Problem],
    own: Sequence[Return],
    returns: Sequence[Return],
    past: Past,
    telephone: Iterable[Explanation] = (),
) -> tuple[ProblemRow, ...]:
    """Each problem with what became of it, the gravest first; then what has been corrected.

    `own`: the returns of the period that count; `returns`: every return ever seen. What a unit
    says clears a 核实 alone, and only while the value that it was said to is the same; what the
    clerk has noted of a telephone call outranks it.
    """
    said = _Said(period, returns, tuple(telephone), past, today)
    every = [(problem_mark(period, p), p) for p in problems]
    marked = dict(every)
    rows = [said.row(mark, problem) for mark, problem in every]
    rows += [said.row(problem_mark(period, p), p) for p in said.faults(marked)]
    rows.sort(key=lambda r: (r.problem.grade.rank, r.problem.unit, r.problem.item, r.problem.place))
    return (*rows, *_corrected(said, marked, own))


@dataclass(frozen=True)
class _Said:
    """What units and the clerk say, the newest word of each problem."""

    period: Period
    returns: Sequence[Return]
    telephone: tuple[Explanation, ...]
    past: Past
    today: date

    @cached_property
    def by_mark(self) -> Mapping[str, Explanation]:
        """The units' own words; a newer text goes before an older one."""
        oldest_first = sorted((r for r in self.returns if r.counts), key=lambda r: r.age)
        return {x.mark: x for r in oldest_first for x in r.explanations if x.mark}

    def row(self, mark: str, problem: Problem) -> ProblemRow:
        state, text = PENDING, ""
        if own := self.by_mark.get(mark):
            text = own.text
            if problem.grade is not Grade.MUST and is_enough(text):
                state = EXPLAINED
        if noted := self._noted(problem):
            source = f"“{noted.place.sheet}”{noted.place.cell}"
            text = f"{noted.text}（电话，{noted.place.file} {source}）"
            state = state if problem.grade is Grade.MUST else ACCEPTED
        if problem.code == "R10":  # the clerk has decided already
            state = ACCEPTED
        found = self.past.first_found.get(mark, self.today)
        return ProblemRow(problem, state, text, found, mark)

    def _noted(self, problem: Problem) -> Explanation | None:
        """What the clerk noted of a telephone call about this problem; the last such note."""
        fits = [
            x for x in self.telephone
            if problem.unit == x.unit and x.period in (None, self.period)
            and x.item in ("", problem.item) and x.code in ("", problem.code)
            and is_enough(x.text)
        ]  # fmt: skip
        return fits[-1] if fits else None

    def faults(self, marked: Mapping[str, Problem]) -> Iterator[Problem]:
        """Explanations that explain nothing: too short, of a 强制, or tied to no problem."""
        for mark, problem in marked.items():
            own = self.by_mark.get(mark)
            words = (("code", problem.code), ("title", problem.rule.title))
            if own and problem.grade is Grade.MUST:
                yield Problem(RULES["S02"], own.place, own.text, problem.unit, problem.item, words)
            elif own and not is_enough(own.text):
                yield Problem(RULES["S01"], own.place, own.text, problem.unit, problem.item, words)
        for ret in self.returns:
            if ret.counts and self.period in ret.periods:
                for lost in (x for x in ret.explanations if not x.mark):
                    unit = ret.extractions[0].unit
                    yield Problem(RULES["S03"], lost.place, lost.text, unit)


def _corrected(
    said: _Said, marked: Mapping[str, Problem], own: Sequence[Return]
) -> Iterator[ProblemRow]:
    """What an earlier run asked of a unit, and is no longer so in what it sent since.

    A problem whose file was voided, or that went without the unit doing anything, is dropped.
    """
    by_content = {r.content.sha256: r for r in own}
    for mark, (period, body) in sorted(said.past.findings.items()):
        if period != str(said.period) or mark in marked:
            continue
        problem, sha256 = _from_json(body)
        before = by_content.get(sha256)
        if problem is None or before is None or problem.grade is Grade.NOTE:
            continue
        units = {x.unit: r for r in own if r.age > before.age for x in r.extractions}
        if problem.unit in units:
            row = said.row(mark, problem)
            yield ProblemRow(problem, CORRECTED, row.explanation, row.first_found, mark)


def new_past(known: Past, summary: Summary) -> Past:
    """What this run adds to the ledger."""
    period = str(summary.period)
    shas = {r.path: r.sha256 for r in summary.receipts if r.sha256}
    rows = [r for r in summary.problems if r.mark and r.state != CORRECTED]
    findings = {
        r.mark: (period, _as_json(r.problem, shas.get(r.problem.place.file, ""))) for r in rows
    }
    return Past(
        {r.mark: summary.today for r in rows if r.mark not in known.first_found},
        {mark: said for mark, said in findings.items() if known.findings.get(mark) != said},
        frozenset((period, u.unit, u.reply_to) for u in summary.units if u.reply_to),
    )


def _as_json(problem: Problem, sha256: str) -> str:
    place = (problem.place.file, problem.place.sheet, problem.place.cell)
    said = {
        "code": problem.code, "grade": problem.grade, "place": place, "found": problem.found, "unit": problem.unit,
        "item": problem.item, "details": problem.details, "sha256": sha256,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _from_json(body: str) -> tuple[Problem | None, str]:
    """The problem and its file's content; None where the catalogue has its code no longer."""
    said = json.loads(body)
    rule = RULES.get(said["code"])
    details = tuple((key, text) for key, text in said["details"])
    if rule is None:
        return None, ""
    place = Place(*said["place"])
    rule = replace(rule, grade=Grade(said["grade"]))
    problem = Problem(rule, place, said["found"], said["unit"], said["item"], details)
    return problem, said["sha256"]
