"""Returns on paper → each unit's StampedCopy, what is nobody's yet, what is asked about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..catalogue import RULES
from ..copies import BLANK, Difference, StampedCopy, StampedPage
from ..history import History
from ..problems import Problem
from ..returns import Return
from ..stamped import Typed, differences


@dataclass(frozen=True)
class StampedCopies:
    """The stamped copies of one period."""

    history: History
    returns: Sequence[Return]

    @cached_property
    def _papers(self) -> tuple[Return, ...]:
        """Those that count, the oldest first."""
        found = (r for r in self.returns if r.stamped and r.counts)
        return tuple(sorted(found, key=lambda r: r.age))

    @cached_property
    def by_unit(self) -> Mapping[str, StampedCopy]:
        """Unit → its copy, of all the files that have pages of it."""
        period = self.history.now.period
        files: dict[str, list[Return]] = {}
        for ret in self._papers:
            for unit in dict.fromkeys(p.unit for p in ret.stamped if p.period == period):
                files.setdefault(unit, []).append(ret)
        return {unit: self._copy(unit, returns) for unit, returns in files.items()}

    def _copy(self, unit: str, returns: Sequence[Return]) -> StampedCopy:
        period = self.history.now.period
        pages = tuple(page for ret in returns for page in _pages_of(ret, unit, self.history))
        # An older copy was of an older file: the newest that can be read is held against it.
        newest = next(
            (ret for ret in reversed(returns) if _has_text(ret, unit, self.history)), None
        )
        found: tuple[Difference, ...] = ()
        if newest:
            title = self.history.office.programme.title
            found = differences(_pages_of(newest, unit, self.history), title, self._typed(unit))
        unclear = any(not page.unit and page.remark != BLANK for r in returns for page in r.stamped)
        return StampedCopy(unit, period, pages, found, unclear)

    def _typed(self, unit: str) -> Iterator[Typed]:
        """The unit's own answers in the annex, as they count."""
        office, now = self.history.office, self.history.now
        annex = office.form.annex
        for duty in office.programme.duties_by_unit(now.period).get(unit, ()):
            row = now.row(unit, annex.sheet, duty.item.id)
            if row is None or row.chosen.proxy:
                continue
            before = (duty.item.name, *sorted(duty.item.units, key=len, reverse=True))
            for column in annex.answers:
                if answer := row.chosen.answers.get(column.key):
                    date = column.answer == "deadline"
                    header = column.title(now.period.cycle)
                    yield Typed(duty.item.id, header, answer.text, answer.place, date, before)

    @cached_property
    def loose(self) -> tuple[StampedPage, ...]:
        """Pages of this period's files that are nobody's yet; blank ones are left out."""
        period = self.history.now.period
        return tuple(
            page
            for ret in self._papers
            if ret.may_be_of(period) or period in ret.stamped_periods
            for page in ret.stamped
            if not page.unit and page.remark != BLANK
        )

    def problems(self) -> Iterator[Problem]:
        """Where paper and file differ, and what is to be said of the files themselves."""
        for ret in self._papers:
            if self.history.now.period in ret.stamped_periods:
                yield from ret.questions
        for copy in self.by_unit.values():
            pages = "、".join(f"{file}" for file in copy.files)
            for d in copy.differences:
                words = (("printed", d.printed), ("pages", pages), ("column", d.column))
                yield Problem(RULES["P01"], d.place, d.electronic, copy.unit, d.item, words)


def _pages_of(ret: Return, unit: str, history: History) -> tuple[StampedPage, ...]:
    period = history.now.period
    return tuple(p for p in ret.stamped if (p.unit, p.period) == (unit, period))


def _has_text(ret: Return, unit: str, history: History) -> bool:
    return any(page.text.strip() for page in _pages_of(ret, unit, history))
