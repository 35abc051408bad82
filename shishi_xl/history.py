"""Every period of the programme up to one, settled → what was said last, and which items are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from .checks import is_nil
from .joint import joint_verdict
from .model import Item
from .office import Office
from .period import Period
from .problems import Problem
from .progress import REACHED, Stand, part_of, verdict
from .returns import Return
from .settle import Settled, settle, sign_off
from .target import Target
from .unit_form import LastAnswers

DONE = "已完成"  # the reporter's word in 进展状态

# What is not asked of a unit any more whose item is done: text, figures.
EXCUSED = frozenset({"A01", "D01", "N06"})


@dataclass(frozen=True)
class History:
    """Periods settled, oldest first. The last one is “now”; there may be none yet."""

    office: Office
    periods: tuple[Settled, ...] = ()

    @property
    def now(self) -> Settled:
        return self.periods[-1]

    @cached_property
    def before(self) -> History:
        """The same as it stood one period earlier."""
        earlier = self.periods[:-1]
        office = self.office.at(earlier[-1].period) if earlier else self.office
        return History(office, earlier)

    def figure(self, unit: str, item: Item, target: Target) -> Decimal | None:
        """The figure that the unit reported last, in whichever period."""
        stand = self.last_stand(unit, item, target)
        return stand if isinstance(stand, Decimal) else None

    def last_stand(self, unit: str, item: Item, target: Target) -> Stand:
        """What the unit said of the target last, in whichever period."""
        every = (self._stand(s, unit, item, target) for s in reversed(self.periods))
        return next((f for f in every if f is not None), None)

    def stand(self, unit: str, item: Item, target: Target) -> Stand:
        """What counts now: what was said in this period; last time's where the unit says that
        nothing has happened since, or has nothing more to report because the item is done."""
        if not self.periods:
            return None
        said = self._stand(self.now, unit, item, target)
        if said is not None or not (self.is_nil(unit, item) or self.done_since(item, unit)):
            return said
        return self.before.last_stand(unit, item, target)

    def _stand(self, settled: Settled, unit: str, item: Item, target: Target) -> Stand:
        sheet = self.office.form.targets
        if not target.goal.text:
            return settled.figure(unit, sheet.sheet, item.id, target.id)
        row = settled.row(unit, sheet.sheet, item.id, target.id)
        answer = row.chosen.answers.get(sheet.main.key) if row else None
        return answer.text if answer else None

    def is_nil(self, unit: str, item: Item) -> bool:
        """Whether the unit's answer of now is 零报告."""
        annex = self.office.form.annex
        row = self.now.row(unit, annex.sheet, item.id) if self.periods else None
        main = row.chosen.answers.get(annex.main.key) if row and row.answered else None
        return main is not None and is_nil(main.text)

    def word(self, unit: str, item: Item) -> str:
        """状态 as the unit gave it last, in whichever period."""
        return next((w for s in reversed(self.periods) if (w := self._said(s, unit, item))), "")

    def word_now(self, unit: str, item: Item) -> str:
        """状态 as the unit gives it in this period."""
        return self._said(self.now, unit, item) if self.periods else ""

    def _said(self, settled: Settled, unit: str, item: Item) -> str:
        status = self.office.form.status
        row = settled.row(unit, status.sheet, item.id)
        values = (row.checked.values.get(c.key) for c in status.answers if c.choices) if row else ()
        return next((v for v in values if isinstance(v, str)), "")

    def is_done(self, item: Item, unit: str = "") -> bool:
        """Whether the item was reported done, and no target of it is short.

        Its reporter speaks for all its units; of a group that reports, each member for itself.
        """
        unit = self.now.called(unit)[0] if unit and self.periods else unit
        return self._done.get((item.id, unit), self._done.get((item.id, ""), False))

    def done_since(self, item: Item, unit: str = "") -> Period | None:
        """The period in which the item was reported done, where nothing has reopened it since and
        that was before now."""
        earlier = self.before
        if not self.is_done(item, unit) or not earlier.is_done(item, unit):
            return None
        return earlier.done_since(item, unit) or earlier.periods[-1].period

    def excuses(self, problem: Problem) -> bool:
        """Whether a problem asks for something that a unit need not say: it merely supports, its
        item is done, or it has said that nothing happened."""
        item = self._items.get(problem.item)
        if item is None or problem.code not in EXCUSED:
            return False
        duties = self.office.programme.duties_by_unit(self.now.period).get(problem.unit, ())
        if any(d.item.id == item.id and not d.owed for d in duties):
            return True
        nil = problem.code == "N06" and self.is_nil(problem.unit, item)
        return nil or self.done_since(item, problem.unit) is not None

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        return {i.id: i for i in self.office.programme.items}

    @cached_property
    def _done(self) -> Mapping[tuple[str, str], bool]:
        """(item, a group's member or "") → done."""
        return {
            (item.id, unit): self._is_done(item, unit)
            for item in self.office.programme.items
            for unit in ("", *self._speakers(item))
        }

    def _speakers(self, item: Item) -> tuple[str, ...]:
        """The members of a group that reports an item; none where one unit does."""
        reporters = self.office.programme.reporters(item)
        return reporters if len(reporters) > 1 else ()

    def _is_done(self, item: Item, member: str) -> bool:
        speakers = (member,) if member else self.office.programme.reporters(item)
        if not self.periods or any(self.word(u, item) != DONE for u in speakers):
            return False
        return all(v in ("", REACHED) for v in self._verdicts(item, member))

    def _verdicts(self, item: Item, member: str) -> Iterator[str]:
        for target in item.targets:
            if not member:
                stands = {u: self.last_stand(u, item, target) for u in target.shares}
                yield joint_verdict(target, stands, self.now.period)
            elif member in target.shares and not target.is_pooled(member):
                stand = self.last_stand(member, item, target)
                yield verdict(part_of(target, member), stand, self.now.period)

    def last_answers(self, unit: str) -> LastAnswers:
        """What the unit said last, to be looked at and carried over in its next form."""
        carried: dict[tuple[str, str], dict[str, str]] = {}
        figures: dict[tuple[str, str], Decimal] = {}
        signed: dict[str, str] = {}
        shown: LastAnswers = LastAnswers()
        for settled in self.periods:
            answers = settled.answers_of(unit)
            for key, texts in settled.agreed_of(unit).items():
                carried.setdefault(key, {}).update(texts)
            figures |= settled.figures_of(unit)
            signed |= sign_off(settled, unit)
            if answers:
                shown = LastAnswers(settled.period, answers)
        status = next((c.key for c in self.office.form.status.answers if c.choices), "")
        for (item, target), texts in carried.items():
            if not target and texts.get(status) == DONE and not self._stays(item, unit):
                del texts[status]
        return LastAnswers(shown.period, shown.answers, carried, figures, signed)

    def _stays(self, item: str, unit: str) -> bool:
        known = self._items.get(item)
        return known is not None and self.is_done(known, unit)


def load_history(office: Office, period: Period, returns: Iterable[Return]) -> History:
    """The programme's periods up to and including `period`."""
    every = tuple(returns)
    periods = (p for p in office.programme.periods if p <= period)
    return History(office, tuple(settle(office, p, every) for p in periods))
