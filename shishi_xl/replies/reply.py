"""Summary → what each unit is to be told: one Reply for each unit that has something to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..model import Item
from ..problems import Grade, Problem
from ..summary import DetailRow, Outcome, ProblemRow, State, Summary

# Groups of codes that are the clerk's to settle: whose file it is, 登记.xlsx, 单位说明.
_CLERK = "RGS"
_DAYS = 3  # working days to answer in


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to correct or to explain; `item` in words."""

    row: ProblemRow
    item: str

    @property
    def problem(self) -> Problem:
        return self.row.problem

    @property
    def must(self) -> bool:
        return self.problem.grade is Grade.MUST

    @property
    def message(self) -> str:
        return self.problem.message.rstrip("。")

    @property
    def advice(self) -> str:
        """What to do, said to the unit; of what it has said in vain, why that is not enough."""
        advice = self.problem.advice.replace("由单位", "由贵单位").replace("请单位", "请")
        if not self.row.explanation:
            return advice
        said = (
            self.row.explanation
            if len(self.row.explanation) <= 20
            else f"{self.row.explanation[:20]}…"
        )
        why = "但此类问题须改正原单元格" if self.must else "不足 6 个字，请写明原因"
        return f"{advice}（上次的说明“{said}”，{why}。）"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one unit is told. `number` is its form's; `remarks` the gravest first.

    `missing`: the items that it owes and has not reported, after the due day. `by`: until when
    an answer is asked for. `home`: the unit whose office collects: it gets no letters.
    """

    unit: str
    number: int
    by: date
    remarks: tuple[Remark, ...] = ()
    missing: tuple[Item, ...] = ()
    owed: int = 0
    person: str = ""
    phone: str = ""
    home: bool = False

    @property
    def musts(self) -> tuple[Remark, ...]:
        return tuple(r for r in self.remarks if r.must)

    @property
    def questions(self) -> tuple[Remark, ...]:
        return tuple(r for r in self.remarks if not r.must)


def compose_replies(summary: Summary) -> tuple[Reply, ...]:
    """A reply for each unit with something to correct, to explain or to send, in form order."""
    programme = summary.programme
    contacts = {u.unit: (u.person, u.phone) for u in summary.units}
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
        own = details.get(unit, ())
        replies.append(
            Reply(
                unit,
                number,
                answer_by(summary.today),
                tuple(Remark(r, labels.get(r.problem.item, "")) for r in rows.get(unit, ())),
                tuple(d.duty.item for d in own if d.state is State.MISSING),
                len(own),
                *contacts.get(unit, ("", "")),
                home=unit == programme.collector.office_of,
            )
        )
    return tuple(r for r in replies if r.remarks or r.missing)


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


def answer_by(today: date) -> date:
    """The third working day from now; holidays are the office's to know (the texts can be changed)."""
    day, left = today, _DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day
