"""Returns → what counts in one period: each row's answers, their values, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from .catalogue import RULES
from .checks import Checked, Subject, check
from .merge import Chosen, Key, choose
from .model import Item, Target
from .office import Office
from .period import Period
from .problems import Place, Problem
from .returns import Return


@dataclass(frozen=True, slots=True)
class Row:
    """One row that counts."""

    chosen: Chosen
    checked: Checked
    main: str  # the key of the table's main column

    @property
    def answered(self) -> bool:
        return bool(self.chosen.answers) and self.chosen.said

    @property
    def figure(self) -> Decimal | None:
        """The number that was read in the main column, where there is one."""
        value = self.checked.values.get(self.main)
        return value if isinstance(value, Decimal) else None


@dataclass(frozen=True)
class Settled:
    """One period's answers: unit, sheet, item, target → Row."""

    period: Period
    rows: Mapping[Key, Row]
    returns: tuple[Return, ...]  # those that count and have a part of this period

    @cached_property
    def files(self) -> Mapping[str, int]:
        """File → how many of its answers count."""
        count: dict[str, int] = {}
        for row in self.rows.values():
            for file in row.chosen.files:
                count[file] = count.get(file, 0) + 1
        return count

    @cached_property
    def returns_of(self) -> Mapping[str, tuple[Return, ...]]:
        """Unit → the returns that have a part of its own in this period, the newest last."""
        found: dict[str, list[Return]] = {}
        for ret in sorted(self.returns, key=lambda r: r.age):
            for unit in dict.fromkeys(x.unit for x in ret.extractions if x.period == self.period):
                found.setdefault(unit, []).append(ret)
        return {unit: tuple(returns) for unit, returns in found.items()}

    def row(self, unit: str, sheet: str, item: str, target: str = "") -> Row | None:
        return self.rows.get((unit, sheet, item, target))

    def figure(self, unit: str, sheet: str, item: str, target: str) -> Decimal | None:
        """The target's figure as this unit reports it; None where it reports none."""
        row = self.row(unit, sheet, item, target)
        return row.figure if row else None

    def answers_of(self, unit: str) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """A unit's own answers: (item, target or "") → column key → text."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for (_, item, target), row in self._by_unit.get(unit, {}).items():
            known = found.setdefault((item, target), {})
            known |= {k: a.text for k, a in row.chosen.answers.items()}
        return found

    def figures_of(self, unit: str) -> Mapping[tuple[str, str], Decimal]:
        """A unit's figures: (item, target) → the number read from it."""
        rows = self._by_unit.get(unit, {}).items()
        return {(i, t): row.figure for (_, i, t), row in rows if t and row.figure is not None}

    @cached_property
    def _by_unit(self) -> Mapping[str, Mapping[tuple[str, str, str], Row]]:
        found: dict[str, dict[tuple[str, str, str], Row]] = {}
        for (unit, *rest), row in self.rows.items():
            found.setdefault(unit, {})[rest[0], rest[1], rest[2]] = row
        return found


def settle(office: Office, period: Period, returns: Iterable[Return]) -> Settled:
    """Choose among all returns of the period, then check what was chosen."""
    own = tuple(r for r in returns if r.counts and period in r.periods)
    # A return without any answer says nothing: its empty cells are no omissions.
    valid = [r for r in own if any(e.said for e in r.entries(period))]
    entries = [(r.age, entry) for r in valid for entry in r.entries(period)]
    rows = {}
    for key, chosen in choose(entries).items():
        if subject := _subject(office, key, chosen):
            rows[key] = Row(chosen, check(subject), subject.table.main.key)
    return Settled(period, rows, own)


def _subject(office: Office, key: Key, chosen: Chosen) -> Subject | None:
    unit, sheet, item_id, target_id = key
    item = next((i for i in office.programme.items if i.id == item_id), None)
    if item is None:
        return None
    return Subject(
        office.programme, office.form.table(sheet), unit, item_id, chosen.answers, chosen.seen,
        _target(item, target_id),
    )  # fmt: skip


def _target(item: Item, target_id: str) -> Target | None:
    return next((t for t in item.targets if t.id == target_id), None)


def period_problems(settled: Settled) -> tuple[Problem, ...]:
    """Every problem of the period that still matters, once each.

    What was doubtful about an answer that a newer one has replaced is settled with it.
    """
    found: list[Problem] = []
    for ret in settled.returns:
        doubts = ret.problems(settled.period)
        answered = any(e.said for e in ret.entries(settled.period))
        if not answered and not doubts:
            unit = ret.extractions[0].unit
            found.append(Problem(RULES["F06"], Place(ret.path), unit=unit))
        replaced = answered and ret.path not in settled.files
        found += (p for p in doubts if _matters(settled, p) and (p.rule.asks or not replaced))
    for row in settled.rows.values():
        found += row.chosen.problems
        found += row.checked.problems
    return tuple(dict.fromkeys(found))


def _matters(settled: Settled, problem: Problem) -> bool:
    rows = [r for (u, _, i, _), r in settled.rows.items() if (u, i) == (problem.unit, problem.item)]
    files = {f for r in rows for f in r.chosen.files}
    return not problem.item or not files or problem.place.file in files


def sign_off(settled: Settled, unit: str) -> Mapping[str, str]:
    """What the unit's newest return is signed with."""
    signed: dict[str, str] = {}
    for ret in settled.returns_of.get(unit, ()):
        for extraction in ret.extractions:
            if (extraction.unit, extraction.period) == (unit, settled.period):
                signed |= extraction.sign_off
    return signed
