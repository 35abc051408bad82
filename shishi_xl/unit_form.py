"""Programme, form, period and unit → UnitForm: everything that one unit's workbook says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .form import Column, Form, Table
from .kinds import plain
from .marks import FormCode, RowId, make_code
from .model import Duty, Programme
from .period import Period
from .sources import FormRow, SourceValue, fixed_value
from .target import Target

SIGN_OFF = ("单位负责人", "填报人", "联系电话", "填报日期")

# Fixed text that the programme alone decides; the rest differs from period to period.
_OF_PROGRAMME = ("item.", "target.")


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row as sent. `fixed` and `prefill` are by column key; `target` is "" for item rows.

    `carried`: of a row from the ledger, column key → every text that such a form came with; None
    where the ledger is too old to know.
    """

    item: str
    target: str
    number: int
    name: str
    fixed: Mapping[str, SourceValue]
    prefill: Mapping[str, str] = field(default_factory=dict)
    source: FormRow | None = None  # None where the row comes from the ledger
    carried: Mapping[str, Sequence[str]] | None = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentTable:
    """One sheet's table as sent."""

    table: Table
    rows: tuple[SentRow, ...]


@dataclass(frozen=True, slots=True)
class LastAnswers:
    """What a unit said last.

    `answers`, as (item, target or "") → column key → text: those of `period`, the last in which it
    reported; `carried` the last to each column in whichever period. `figures`: (item, target) →
    the number read last; `sign_off`: label → text.
    """

    period: Period | None = None
    answers: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    carried: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    figures: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    sign_off: Mapping[str, str] = field(default_factory=dict)

    def of(self, item: str, target: str = "") -> Mapping[str, str]:
        return self.answers.get((item, target), {})


@dataclass(frozen=True, slots=True)
class UnitForm:
    """One unit's form for one period. `stamped`: it comes back on paper too, with a seal."""

    code: FormCode
    unit: str
    period: Period
    title: str
    tables: tuple[SentTable, ...]
    last: LastAnswers = LastAnswers()
    sign_off: Mapping[str, str] = field(default_factory=dict)
    stamped: bool = False

    def sent(self, sheet: str) -> SentTable | None:
        return next((t for t in self.tables if t.table.sheet == sheet), None)

    def row_id(self, row: SentRow) -> RowId:
        return RowId(self.code, row.item, row.target)


def compose_form(
    programme: Programme, form: Form, period: Period, unit: str, last: LastAnswers
) -> UnitForm:
    """One unit's form. A sheet without rows is left out, the annex never is."""
    duties = programme.duties_by_unit(period).get(unit, ())
    tables = [SentTable(form.annex, _rows(form.annex, programme, period, duties, last))]
    for table in (form.targets, form.status):
        if table is form.status and not programme.ask_status:
            continue
        if rows := _rows(table, programme, period, duties, last):
            tables.append(SentTable(table, rows))
    return UnitForm(
        code=make_code(programme.id, period, unit, _fixed_text(programme.title, tables)),
        unit=unit,
        period=period,
        title=programme.title,
        tables=tuple(tables),
        last=last,
        sign_off=_sign_off(programme, unit, last),
        stamped=programme.stamped,
    )


def _rows(
    table: Table, programme: Programme, period: Period, duties: Sequence[Duty], last: LastAnswers
) -> tuple[SentRow, ...]:
    subjects = [
        FormRow(
            programme,
            period,
            duty,
            target,
            last.figures.get((duty.item.id, target.id)) if target else None,
        )
        for duty in duties
        for target in _subjects(table, programme, duty)
    ]
    return tuple(_sent_row(table, row, last) for row in subjects)


def _subjects(table: Table, programme: Programme, duty: Duty) -> Iterator[Target | None]:
    """What a duty has a row for: the item itself, each target it reports, or its status."""
    match table.rows:
        case "item":
            yield None
        case "target":
            yield from (t for t in duty.item.targets if duty.unit in t.shares)
        case "status":
            if duty.unit in programme.reporters(duty.item):
                yield None


def _sent_row(table: Table, row: FormRow, last: LastAnswers) -> SentRow:
    target = row.target.id if row.target else ""
    known = last.carried.get((row.item.id, target), {})
    return SentRow(
        item=row.item.id,
        target=target,
        number=row.item.number,
        name=row.item.name,
        fixed={c.key: fixed_value(c, row) for c in table.fixed},
        prefill={c.key: known[c.key] for c in table.answers if c.carries(known.get(c.key, ""))},
        source=row,
    )


def _fixed_text(title: str, tables: list[SentTable]) -> Iterator[str]:
    yield title
    for sent in tables:
        for row in sent.rows:
            yield f"{row.item}.{row.target}"
            yield from (fixed_text(row, c) for c in sent.table.fixed if compared(c))


def compared(column: Column) -> bool:
    """Whether this fixed column is the programme's text, which a return is held against."""
    return column.source.startswith(_OF_PROGRAMME)


def fixed_text(row: SentRow, column: Column) -> str:
    """A fixed cell as text."""
    value = row.fixed.get(column.key)
    return plain(value) if isinstance(value, Decimal) else "" if value is None else str(value)


def _sign_off(programme: Programme, unit: str, last: LastAnswers) -> Mapping[str, str]:
    """Who fills the form: as signed last time, else as items.yaml knows it. Never the date."""
    known = programme.unit(programme.addressee(unit))
    start = {"填报人": known.person, "联系电话": known.phone}
    carried = {label: text for label, text in last.sign_off.items() if label != "填报日期"}
    return {label: text for label, text in {**start, **carried}.items() if text}
