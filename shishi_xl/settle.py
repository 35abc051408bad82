"""Returns → what counts in one period: each row's answers, their values, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from .catalogue import RULES
from .checks import Case, Earlier, Written, check_case, graded, read_row, without_consequences
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
    checked: Written
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
    items = {i.id: i for i in office.programme.items}
    rows = {}
    for key, chosen in choose(entries).items():
        if item := items.get(key[2]):
            written = _read(office, key, item, chosen)
            rows[key] = Row(chosen, written, written.table.main.key)
    return Settled(period, rows, own)


def _read(office: Office, key: Key, item: Item, chosen: Chosen) -> Written:
    unit, sheet, _, target = key
    return read_row(
        office.programme, office.form.table(sheet), unit, item, _target(item, target),
        chosen.answers, chosen.seen,
    )  # fmt: skip


def _target(item: Item, target_id: str) -> Target | None:
    return next((t for t in item.targets if t.id == target_id), None)


def period_problems(
    office: Office, settled: Settled, before: Iterable[Settled] = ()
) -> tuple[Problem, ...]:
    """Every problem of the period that still matters, once each, graded as items.yaml says.

    What was doubtful about an answer that a newer one has replaced is settled with it. `before`:
    earlier periods as they stand now, the newest first.
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
    found += check_case(case_of(office, settled, before))
    kept = without_consequences(dict.fromkeys(found))
    return tuple(graded(office.programme, kept))


def case_of(office: Office, settled: Settled, before: Iterable[Settled] = ()) -> Case:
    """The period as the checks look at it."""
    earlier = tuple(Earlier(s.period, _written(s)) for s in before)
    return Case(office.programme, office.form, settled.period, _written(settled), earlier)


def _written(settled: Settled) -> Mapping[Key, Written]:
    return {key: row.checked for key, row in settled.rows.items()}


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
