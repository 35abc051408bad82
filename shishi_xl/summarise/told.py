"""What 登记 says in place of answers → the problems that it settles, and the words that were not needed."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import RULES
from ..history import EXCUSED
from ..office import Office
from ..problems import Problem
from ..register import Register, Topic
from ..settle import Settled


def is_excused(office: Office, settled: Settled, register: Register, problem: Problem) -> bool:
    """Whether a problem asks for an answer that 登记 says is not to come."""
    row = settled.row(problem.unit, office.form.annex.sheet, problem.item)
    if problem.code not in EXCUSED or (row and row.answered):
        return False
    return register.instead(problem.unit, settled.period, problem.item) is not None


def unused_notices(office: Office, settled: Settled, register: Register) -> Iterator[Problem]:
    """零报告 and 免报 in 登记 where the unit has answered for itself: its own words count."""
    sheet, period = office.form.annex.sheet, settled.period
    answered: dict[str, set[str]] = {}
    owed: dict[str, set[str]] = {}
    for duty in office.programme.duties(period):
        row = settled.row(duty.unit, sheet, duty.item.id)
        owed.setdefault(duty.unit, set()).add(duty.item.id)
        if row and row.answered:
            answered.setdefault(duty.unit, set()).add(duty.item.id)
    for notice in register.notices:
        if notice.topic in (Topic.NIL, Topic.EXEMPT) and notice.period == period:
            items = notice.items or owed.get(notice.unit, set())
            if items and items <= answered.get(notice.unit, set()):
                words = (("who", notice.unit),)
                yield Problem(RULES["G15"], notice.place, str(notice.topic), details=words)
