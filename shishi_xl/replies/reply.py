"""Summary → what each unit is to be told: one Reply for each unit that has something to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..copies import NOT_ASKED, CopyStand
from ..model import Item
from ..problems import Grade
from ..summary import DetailRow, Outcome, ProblemRow, State, Summary, UnitRow
from .remark import Remark, remarks_of

# Groups of codes that are the clerk's to settle: whose file it is, 登记.xlsx, 单位说明.
_CLERK = "RGS"
_DAYS = 3  # working days to answer in


@dataclass(frozen=True, slots=True)
class Reply:
    """What one unit is told. `number` is its form's; `remarks` the gravest first.

    `missing`: the items that it owes and has not reported, after the due day. `by`: until when
    an answer is asked for, `due` until when it was. `home`: it is the organiser's own form, to
    which no letter is written. `copy`: how its stamped copy stands.
    """

    unit: str
    number: int
    by: date
    remarks: tuple[Remark, ...] = ()
    missing: tuple[Item, ...] = ()
    owed: int = 0
    due: date | None = None
    person: str = ""
    phone: str = ""
    home: bool = False
    copy: CopyStand = NOT_ASKED

    @property
    def paper_alone(self) -> bool:
        """Whether the stamped copy came and nothing else."""
        return bool(self.copy.files and self.missing) and len(self.missing) == self.owed

    @property
    def musts(self) -> tuple[Remark, ...]:
        return tuple(r for r in self.remarks if r.must)

    @property
    def questions(self) -> tuple[Remark, ...]:
        return tuple(r for r in self.remarks if not r.must)


def compose_replies(summary: Summary) -> tuple[Reply, ...]:
    """A reply for each unit with something to correct, to explain or to send, in form order."""
    programme = summary.programme
    known = {u.unit: u for u in summary.units}
    rows: dict[str, list[ProblemRow]] = {}
    for unit, row in _addressed(summary):
        rows.setdefault(unit, []).append(row)
    details: dict[str, list[DetailRow]] = {}
    for detail in summary.details:
        if detail.duty.owed:
            details.setdefault(detail.duty.unit, []).append(detail)
    labels = {item.id: f"{item.number}.{item.name}" for item in programme.items}
    replies = []
    for number, unit in enumerate(programme.form_holders(summary.period), 1):
        own, about = details.get(unit, ()), known.get(unit, UnitRow(unit, 0, 0, ""))
        replies.append(
            Reply(
                unit,
                number,
                answer_by(summary.today, about.due),
                tuple(remarks_of(rows.get(unit, ()), labels)),
                tuple(d.duty.item for d in own if d.state is State.MISSING),
                len(own),
                about.due,
                about.person,
                about.phone,
                home=not programme.gets_letters(unit),
                copy=about.stamped,
            )
        )
    return tuple(r for r in replies if r.remarks or r.missing or r.copy.chased)


def _addressed(summary: Summary) -> Iterator[tuple[str, ProblemRow]]:
    """What stands open and is for a unit: its own problems, and files of its that are broken."""
    unreadable = {
        r.path: r.units[0]
        for r in summary.receipts
        if r.outcome is Outcome.UNREADABLE and len(r.units) == 1
    }
    for row in summary.problems:
        problem = row.problem
        unit = problem.unit or unreadable.get(problem.place.file, "")
        if row.open and unit and problem.grade is not Grade.NOTE and problem.code[0] not in _CLERK:
            yield unit, row


def answer_by(today: date, due: date | None = None) -> date:
    """The third working day from now, or the due day where that is later.

    Holidays are the office's to know: the texts can be changed.
    """
    day, left = today, _DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return max(day, due) if due else day
