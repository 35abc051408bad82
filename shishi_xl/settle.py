"""Returns → what counts in one period: each row's answers, their values, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from .catalogue import RULES
from .checks import Case, Earlier, Written, check_case, graded, read_row, without_consequences
from .merge import Chosen, Key, choose
from .model import Item
from .names import Names
from .office import Office
from .period import Period
from .problems import Place, Problem
from .returns import Return
from .target import Kind, Target


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
    """One period's answers: unit, sheet, item, target → Row.

    A unit may be asked for by its name in any period; several that were merged are one then.
    """

    period: Period
    rows: Mapping[Key, Row]
    returns: tuple[Return, ...]  # those that count and have a part of this period
    names: Names

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
        found = self._rows_of(unit, sheet, item, target)
        return next((r for r in found if r.answered), found[0] if found else None)

    def _rows_of(self, unit: str, sheet: str, item: str, target: str) -> list[Row]:
        names = self.called(unit)
        return [r for n in names if (r := self.rows.get((n, sheet, item, target)))]

    def called(self, unit: str) -> tuple[str, ...]:
        """What a unit of any period was called in this one."""
        return self.names.valid(unit, self.period) or (unit,)

    def figure(self, unit: str, sheet: str, item: str, target: str) -> Decimal | None:
        """The target's figure as this unit reports it; None where it reports none."""
        rows = self._rows_of(unit, sheet, item, target)
        figures = [r.figure for r in rows if r.figure is not None]
        if len(figures) > 1 and not self._adds_up(item, target):
            return None
        return sum(figures[1:], figures[0]) if figures else None

    def _adds_up(self, item: str, target: str) -> bool:
        items = self.names.programme_in(self.period).items
        return any(
            t.kind is Kind.SUM for i in items if i.id == item for t in i.targets if t.id == target
        )

    def answers_of(self, unit: str) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """A unit's own answers: (item, target or "") → column key → text.

        Different ones of units that were merged since are each given with the name.
        """
        return {
            row: {key: joined(texts) for key, texts in columns.items()}
            for row, columns in self._texts_of(unit).items()
        }

    def agreed_of(self, unit: str) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """The same without what merged units said differently."""
        return {
            row: {k: next(iter(t.values())) for k, t in columns.items() if len({*t.values()}) == 1}
            for row, columns in self._texts_of(unit).items()
        }

    def _texts_of(self, unit: str) -> Mapping[tuple[str, str], Mapping[str, Mapping[str, str]]]:
        """Row → column key → the name of then → text."""
        found: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
        for name in self.called(unit):
            for (_, item, target), row in self._by_unit.get(name, {}).items():
                columns = found.setdefault((item, target), {})
                for key, answer in row.chosen.answers.items():
                    columns.setdefault(key, {})[name] = answer.text
        return found

    def figures_of(self, unit: str) -> Mapping[tuple[str, str], Decimal]:
        """A unit's figures: (item, target) → the number read from it."""
        every = (row for name in self.called(unit) for row in self._by_unit.get(name, {}))
        figures = {(i, t): self.figure(unit, sheet, i, t) for sheet, i, t in every if t}
        return {row: figure for row, figure in figures.items() if figure is not None}

    def files_of(self, unit: str, item: str = "") -> set[str]:
        """The files that a unit's answers come from, all of them or those for an item."""
        rows = self._by_unit.get(unit, {}).items()
        return {f for (_, i, _), row in rows if item in ("", i) for f in row.chosen.files}

    @cached_property
    def _by_unit(self) -> Mapping[str, Mapping[tuple[str, str, str], Row]]:
        found: dict[str, dict[tuple[str, str, str], Row]] = {}
        for (unit, *rest), row in self.rows.items():
            found.setdefault(unit, {})[rest[0], rest[1], rest[2]] = row
        return found


def joined(texts: Mapping[str, str]) -> str:
    """One text; different ones each with the unit's name."""
    if len(set(texts.values())) == 1:
        return next(iter(texts.values()))
    return "\n".join(f"{name}：{text}" for name, text in texts.items())


def settle(office: Office, period: Period, returns: Iterable[Return]) -> Settled:
    """Choose among all returns of the period, then check what was chosen."""
    office = office.at(period)
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
    return Settled(period, rows, own, office.names)


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
    earlier = tuple(Earlier(s.period, _written_as_called_in(settled.period, s)) for s in before)
    return Case(office.programme, office.form, settled.period, _written(settled), earlier)


def _written(settled: Settled) -> Mapping[Key, Written]:
    return {key: row.checked for key, row in settled.rows.items()}


def _written_as_called_in(period: Period, earlier: Settled) -> Mapping[Key, Written]:
    """An earlier period's rows by the units' names of now; what merged units both wrote is none."""
    found: dict[Key, Written | None] = {}
    for key, row in earlier.rows.items():
        for name in earlier.names.valid(key[0], period) or (key[0],):
            now = (name, *key[1:])
            found[now] = None if now in found else row.checked
    return {key: written for key, written in found.items() if written}


def _matters(settled: Settled, problem: Problem) -> bool:
    files = settled.files_of(problem.unit, problem.item)
    return not problem.item or not files or problem.place.file in files


def sign_off(settled: Settled, unit: str) -> Mapping[str, str]:
    """What the unit's newest return is signed with."""
    signed: dict[str, str] = {}
    for ret in (r for name in settled.called(unit) for r in settled.returns_of.get(name, ())):
        for extraction in ret.extractions:
            if extraction.period == settled.period and extraction.unit in settled.called(unit):
                signed |= extraction.sign_off
    return signed
