"""Every period of the programme up to one, settled → what was said last, and which items are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from .checks import is_nil
from .model import Combine, Item, Target
from .office import Office
from .period import Period
from .problems import Problem
from .progress import NOT_STARTED, REACHED, SLOW, WORST_FIRST, part_of, verdict, whole
from .returns import Return
from .settle import Settled, settle, sign_off
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
        return History(self.office, self.periods[:-1])

    def figure(self, unit: str, item: Item, target: Target) -> Decimal | None:
        """The figure that the unit reported last, in whichever period."""
        sheet = self.office.form.targets.sheet
        every = (s.figure(unit, sheet, item.id, target.id) for s in reversed(self.periods))
        return next((f for f in every if f is not None), None)

    def standing_figure(self, unit: str, item: Item, target: Target) -> Decimal | None:
        """The figure that counts now: this period's; last time's where the unit says that nothing
        has happened since, or has nothing more to report because the item is done."""
        if not self.periods:
            return None
        sheet = self.office.form.targets.sheet
        said = self.now.figure(unit, sheet, item.id, target.id)
        if said is not None or not (self.is_nil(unit, item) or self.done_since(item, unit)):
            return said
        return self.before.figure(unit, item, target)

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
        return self._done.get((item.id, unit), self._done[item.id, ""])

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
        if any(d.item is item and not d.owed for d in duties):
            return True
        nil = problem.code == "N06" and self.is_nil(problem.unit, item)
        return nil or self.done_since(item, problem.unit) is not None

    def judge(self, item: Item, target: Target, figures: Mapping[str, Decimal | None]) -> str:
        """评价 of a whole target as of now. `figures`: what each of its units stands at.

        While a unit's part is out, the whole is judged where what is known is enough already, or
        where a unit is behind with its own part.
        """
        period = self.now.period
        known = {u: f for u, f in figures.items() if f is not None}
        parts = {
            u: verdict(part_of(target, u), f, period)
            for u, f in known.items()
            if not target.is_pooled(u)
        }
        complete = len(known) == len(figures)
        lagging = next((v for v in (NOT_STARTED, SLOW) if v in parts.values()), "")
        if target.combine is Combine.EACH and len(figures) > 1:
            worst = next((v for v in WORST_FIRST if v in parts.values()), "")
            return worst if complete else lagging
        said = verdict(whole(target), joint_figure(target, known.values()), period)
        enough = complete or target.combine is Combine.MAX or said == REACHED
        return said if enough else lagging

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
                figures = {u: self.figure(u, item, target) for u in target.shares}
                yield self.judge(item, target, figures)
            elif member in target.shares and not target.is_pooled(member):
                figure = self.figure(member, item, target)
                yield verdict(part_of(target, member), figure, self.now.period)

    def last_answers(self, unit: str) -> LastAnswers:
        """What the unit said last, to be looked at and carried over in its next form."""
        carried: dict[tuple[str, str], dict[str, str]] = {}
        figures: dict[tuple[str, str], Decimal] = {}
        signed: dict[str, str] = {}
        shown: LastAnswers = LastAnswers()
        for settled in self.periods:
            answers = settled.answers_of(unit)
            for key, texts in answers.items():
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


def joint_figure(target: Target, figures: Iterable[Decimal]) -> Decimal | None:
    """One figure out of several units': their sum, the largest, or the one that is least far."""
    known = list(figures)
    if not known:
        return None
    if target.combine is Combine.SUM:
        return sum(known, Decimal(0))
    least = max if target.goal.minimum is None else min
    return max(known) if target.combine is Combine.MAX else least(known)


def load_history(office: Office, period: Period, returns: Iterable[Return]) -> History:
    """The programme's periods up to and including `period`."""
    every = tuple(returns)
    periods = (p for p in office.programme.periods if p <= period)
    return History(office, tuple(settle(office, p, every) for p in periods))
