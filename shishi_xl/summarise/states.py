"""What counts + what is asked → 明细 and 报送情况: the state of each item × unit, and of each unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from ..checks import is_nil
from ..copies import StampedCopy
from ..history import History
from ..ledger_state import NOTHING_YET, Past
from ..model import Duty
from ..office import Office
from ..period import Period
from ..problems import Grade, Problem, count_causes
from ..register import NOTHING, Notice, Register, Topic
from ..returns import Return
from ..settle import Row, Settled, sign_off
from ..summary import DetailRow, State, UnitRow
from .stamped import CopyStands

_NOT_OURS = "L13"  # the row is known, and no concern of the unit
_OF_A_ROW = {"L03", "L04", "L15", _NOT_OURS}  # says nothing of the other rows


@dataclass(frozen=True)
class Standing:
    """One period, as of `today`. `returns`: every return ever seen, those in question too."""

    office: Office
    history: History
    problems: tuple[Problem, ...]
    returns: tuple[Return, ...]
    today: date
    register: Register = NOTHING
    past: Past = NOTHING_YET
    copies: Mapping[str, StampedCopy] = field(default_factory=dict)

    @property
    def settled(self) -> Settled:
        return self.history.now

    @property
    def period(self) -> Period:
        return self.settled.period

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        return self.office.programme.duties(self.period)

    def due(self, unit: str, item: str = "") -> date | None:
        """The last day on time, as 登记 extends it for the unit (or the item); None where nothing
        is late."""
        due = self.office.programme.due_date(self.period)
        return None if due is None else max((due, *self._extended(unit, item)))

    def _extended(self, unit: str, item: str) -> Iterator[date]:
        for notice in self.register.of_unit(Topic.EXTENDED, unit, self.period):
            if notice.until and (not notice.items or item in notice.items):
                yield notice.until

    def not_due(self, duty: Duty) -> bool:
        """Before the due day nothing is missing; where none is named, before the period's end."""
        return not self._overdue(duty.unit, duty.item.id)

    def _overdue(self, unit: str, item: str = "") -> bool:
        due = self.office.programme.due_date(self.period) or self.period.end
        return self.today > max((due, *self._extended(unit, item)))

    def _told_of(self, duty: Duty, row: Row | None) -> Notice | None:
        """零报告 or 免报 of an item in 登记, while the unit has not answered for itself."""
        if row and row.answered:
            return None
        return self.register.instead(duty.unit, self.period, duty.item.id)

    @cached_property
    def _graded(self) -> set[tuple[str, str, bool]]:
        """(unit, item, whether a person must decide) of every 强制 problem."""
        return {
            (p.unit, p.item, p.rule.asks)
            for p in self.problems
            if p.grade is Grade.MUST or p.rule.asks
        }

    @cached_property
    def _problems_of(self) -> Mapping[str, Sequence[Problem]]:
        """Unit → what is asked of it."""
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(problem.unit, []).append(problem)
        return found

    def _undecided(self, unit: str, row: Row | None) -> bool:
        """Whether the table that the row came in as a whole must be decided about; where the unit
        has not answered, also whether a row that nobody can place may be it."""
        asked = self._asked_of.get(unit, {})
        if row is None or not row.answered:
            return any(code != _NOT_OURS for codes in asked.values() for code in codes)
        return any(asked.get(file, set()) - _OF_A_ROW for file in row.chosen.files)

    @cached_property
    def _asked_of(self) -> Mapping[str, Mapping[str, set[str]]]:
        """Unit → its files of this period in which more than one item's row is in doubt → codes."""
        own = {r.path for r in self.settled.returns}
        found: dict[str, dict[str, set[str]]] = {}
        for p in self.problems:
            if p.rule.asks and not p.item and p.place.sheet and p.place.file in own:
                found.setdefault(p.unit, {}).setdefault(p.place.file, set()).add(p.code)
        return found

    @cached_property
    def _questioned(self) -> set[str]:
        """Units whose return may be among the files that a person must decide about."""
        units: set[str] = set()
        for ret in filter(self._is_questioned, self.returns):
            periods = ret.said("period")
            if not periods or str(self.period) in set.union(*periods):
                units |= {n for said in ret.said("unit") for s in said for n in self._called(s)}
        return units

    def _called(self, unit: str) -> tuple[str, ...]:
        return self.office.names.valid(unit, self.period) or (unit,)

    def _is_questioned(self, ret: Return) -> bool:
        """Whether something in the file must be decided about before it is anybody's."""
        if ret.dropped or ret.on_paper:
            return False
        partly = self.period in ret.periods and any(p.rule.asks for p in ret.questions)
        return ret.may_be_of(self.period) or (ret.counts and partly)

    @cached_property
    def details(self) -> tuple[DetailRow, ...]:
        return tuple(self._detail(duty) for duty in self.duties)

    def _detail(self, duty: Duty) -> DetailRow:
        annex = self.office.form.annex
        row = self.settled.row(duty.unit, annex.sheet, duty.item.id)
        state = self._state(duty, row)
        if told := self._told_of(duty, row):
            return DetailRow(duty, state, places=(told.place,))
        exempt = state is State.EXEMPT
        since = self.history.done_since(duty.item, duty.unit) if exempt else None
        if row is None or not row.answered:  # a date that was carried over is nobody's answer
            return DetailRow(duty, state, done_since=since)
        answers = {k: a.text for k, a in row.chosen.answers.items()}
        places = [
            p for c in annex.answers if c.key in answers for p in row.chosen.answers[c.key].places
        ]
        deadlines = [row.checked.values.get(c.key) for c in annex.answers if c.answer == "deadline"]
        deadline = next((d for d in deadlines if isinstance(d, date)), None)
        return DetailRow(duty, state, answers, tuple(places), deadline, row.chosen.proxy, since)

    def _state(self, duty: Duty, row: Row | None) -> State:
        unit, item = duty.unit, duty.item.id
        if told := self._told_of(duty, row):
            return State(told.topic)
        if (unit, item, True) in self._graded or self._undecided(unit, row):
            return State.DECIDE
        if (unit, item, False) in self._graded:
            return State.CORRECT
        if row and row.answered:
            main = row.chosen.answers.get(self.office.form.annex.main.key)
            return State.NIL if main and is_nil(main.text) else State.REPORTED
        if unit in self._questioned:
            return State.DECIDE
        if not duty.owed or self.history.done_since(duty.item, unit):
            return State.EXEMPT
        return State.NOT_DUE if self.not_due(duty) else State.MISSING

    @cached_property
    def _details_of(self) -> Mapping[str, Sequence[DetailRow]]:
        found: dict[str, list[DetailRow]] = {}
        for detail in self.details:
            found.setdefault(detail.duty.unit, []).append(detail)
        return found

    @cached_property
    def units(self) -> tuple[UnitRow, ...]:
        return tuple(self._unit(unit) for unit in self._details_of)

    def _unit(self, unit: str) -> UnitRow:
        rows = [d for d in self._details_of[unit] if d.owed]
        returns = sorted(self._returns_of(unit), key=lambda r: r.age)
        arrivals = [r.content.arrival for r in returns]
        first = min((*arrivals, *self._told_nil(unit)), default=None)
        signed = sign_off(self.settled, unit)
        programme = self.office.programme
        known = programme.unit(programme.addressee(unit))
        answered = sum(d.answered for d in rows)
        return UnitRow(
            unit=unit,
            owed=len(rows),
            answered=answered,
            state=self._unit_state(rows),
            electronic="已收" if returns else "未收" if rows else "",
            stamped=self._copies.of(
                unit, owes=bool(rows), sent=bool(returns), overdue=self._overdue(unit)
            ),
            first_arrival=first,
            arrival=arrivals[-1] if arrivals else None,
            late=self._late(unit, first) if rows else None,
            versions=len(returns),
            problems=count_causes(self._problems_of.get(unit, ())),
            sent_back=len(self._sent_back(unit, returns)),
            reply_to=self._reply_to(unit, returns),
            person=signed.get("填报人", known.person),
            phone=signed.get("联系电话", known.phone),
            due=self.due(unit),
        )

    @cached_property
    def _copies(self) -> CopyStands:
        return CopyStands(self.office, self.period, self.register, self.copies, self.returns)

    def _reply_to(self, unit: str, returns: list[Return]) -> str:
        """The newest of its returns, where it holds the unit to correct or explain something."""
        asked = any(p.grade is not Grade.NOTE for p in self._problems_of.get(unit, ()))
        return returns[-1].content.sha256 if returns and asked else ""

    def _sent_back(self, unit: str, returns: list[Return]) -> set[str]:
        """The contents that were answered: each once, however often the program ran since.

        What was voided since does not count any more.
        """
        sent = self._answered.get(unit, set())
        return (sent | {self._reply_to(unit, returns)}) - self._void - {""}

    @cached_property
    def _answered(self) -> Mapping[str, set[str]]:
        """Unit → the contents of this period that were sent back to it by earlier runs."""
        found: dict[str, set[str]] = {}
        for period, unit, sha in self.past.rounds:
            if period == str(self.period):
                found.setdefault(unit, set()).add(sha)
        return found

    @cached_property
    def _void(self) -> set[str]:
        return {r.content.sha256 for r in self.returns if r.content.void}

    def _told_nil(self, unit: str) -> Iterator[datetime]:
        """When the unit said by telephone that there is nothing to report, where that is known."""
        for notice in self.register.of_unit(Topic.NIL, unit, self.period):
            if notice.told:
                yield datetime.combine(notice.told, time())

    def _late(self, unit: str, first: datetime | None) -> bool | None:
        due = self.due(unit)
        return None if first is None or due is None else first.date() > due

    def _returns_of(self, unit: str) -> Iterator[Return]:
        """The unit's valid returns of the period."""
        for ret in self.settled.returns_of.get(unit, ()):
            entries = ret.entries(self.period)
            if any(e.unit == unit and not e.proxy and e.said for e in entries):
                yield ret

    def _unit_state(self, rows: Sequence[DetailRow]) -> str:
        states = [d.state for d in rows]
        if not states:
            return State.EXEMPT
        for worst in (State.DECIDE, State.CORRECT):
            if worst in states:
                return worst
        if len(set(states)) == 1:
            return states[0]
        answered = sum(d.answered for d in rows)
        return "部分报送" if 0 < answered < len(rows) else State.REPORTED
