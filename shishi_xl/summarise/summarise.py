"""Returns and files → Summary of one period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ..checks import graded
from ..history import History
from ..inbox import InboxFile
from ..ledger_state import LedgerState
from ..period import Period
from ..problems import Problem
from ..register import NOTHING, Register
from ..returns import Return
from ..settle import period_problems
from ..summary import Summary
from .clock import clock_notes
from .corrections import answers_that_count, corrections, earlier_notes
from .course import earlier_points, point_of
from .explained import explain
from .old_forms import old_forms
from .receipts import Receipts, refusal_problems
from .stamped_copies import StampedCopies
from .standing import Judged
from .states import Standing
from .told import is_excused, unused_notices


def summarise(
    history: History,
    today: date,
    returns: Sequence[Return],
    files: Iterable[InboxFile],
    state: LedgerState,
    notes: tuple[str, ...] = (),
    register: Register = NOTHING,
) -> Summary:
    """The history's latest period as of `today`. `state`: what earlier runs found and asked, and
    what was finalised. `register`: what the clerk wrote in 登记.xlsx.
    """
    office, settled, period = history.office, history.now, history.now.period
    before = tuple(reversed(history.periods[:-1]))
    told = (*register.problems, *unused_notices(office, settled, register))
    files = tuple(files)
    old = old_forms(history, returns, files)
    asked = graded(office.programme, (*_questions(period, returns), *told, *old))
    copies = StampedCopies(history, returns)
    on_paper = graded(office.programme, tuple(copies.problems()))
    found = dict.fromkeys((*period_problems(office, settled, before), *asked, *on_paper))
    problems = tuple(
        p for p in found if not (history.excuses(p) or is_excused(office, settled, register, p))
    )
    rows = explain(
        period, today, problems, settled.returns, returns, state.past, register.explanations
    )
    standing = Standing(
        office, history, tuple(r.problem for r in rows if r.open), tuple(returns), today, register,
        state.past, copies.by_unit,
    )  # fmt: skip
    judged = Judged(history, standing.details)
    receipts = Receipts(settled, {r.content.sha256: r for r in returns})
    said = answers_that_count(office, settled)
    own = tuple(d for d in state.drafts if d.period == str(period))
    notes = (
        *notes, *clock_notes(state, returns, today), *earlier_notes(history, state.drafts),
    )  # fmt: skip
    return Summary(
        office.programme, office.form, period, today, judged.items, standing.details,
        judged.targets, standing.units, rows, tuple(receipts.rows(files)), notes,
        said, own, corrections(office, period, said, own[-1] if own else None),
        (*earlier_points(history, returns, today, judged.targets), point_of(judged)),
        tuple(copies.by_unit.values()), copies.loose,
    )  # fmt: skip


def _questions(period: Period, returns: Iterable[Return]) -> tuple[Problem, ...]:
    """Files that are in no period yet, because they cannot be read or a person must decide.

    What could not be read and was deleted is settled: there is nothing to decide about.
    """
    return tuple(
        problem
        for ret in returns
        if ret.may_be_of(period)
        for problem in (*(() if ret.dropped else refusal_problems(ret)), *ret.questions)
    )
