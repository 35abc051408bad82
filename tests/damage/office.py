"""What the office sent: a programme's forms of this period and the last, and what stands on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .desk import Desk, Program
from .table import Table, find_text, tables


@dataclass(frozen=True)
class AnnexRow:
    """One row of the annex: header → text."""

    number: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sent:
    """The forms of one programme. `annex`: every item's row, in the order of the numbers.

    `lines`: unit → how many rows its annex has; `with_targets`: units that have to fill 量化指标.
    `label` is this period as people write it.
    """

    programme: str
    label: str
    last_label: str
    title: str
    forms: Mapping[str, Path]
    last_forms: Mapping[str, Path]
    annex: tuple[AnnexRow, ...]
    lines: Mapping[str, int]
    with_targets: tuple[str, ...]

    @property
    def year(self) -> int:
        return int(self.label[:4])

    @property
    def short(self) -> str:
        """The period without its year: 第三季度."""
        return self.label.partition("年")[2]

    @property
    def last_short(self) -> str:
        return self.last_label.partition("年")[2]

    def as_json(self) -> dict[str, Any]:
        """What `from_json` takes."""
        return {
            **self.__dict__,
            "forms": {u: str(p) for u, p in self.forms.items()},
            "last_forms": {u: str(p) for u, p in self.last_forms.items()},
            "annex": [(r.number, dict(r.cells)) for r in self.annex],
        }

    @classmethod
    def from_json(cls, known: Mapping[str, Any]) -> Sent:
        return cls(**{
            **known,
            "forms": {u: Path(p) for u, p in known["forms"].items()},
            "last_forms": {u: Path(p) for u, p in known["last_forms"].items()},
            "annex": tuple(AnnexRow(n, c) for n, c in known["annex"]),
            "with_targets": tuple(known["with_targets"]),
        })  # fmt: skip


def read_sent(
    program: Program, programme: str, forms: Mapping[str, Path], last_forms: Mapping[str, Path]
) -> Sent:
    """What stands on the forms, which are given by unit."""
    these = {unit: _read_form(program, path) for unit, path in forms.items()}
    any_form = next(iter(these.values()))
    last = _read_form(program, next(iter(last_forms.values())))
    annex = {int(row.number): row for form in these.values() for row in form.rows}
    return Sent(
        programme,
        any_form.label,
        last.label,
        any_form.title,
        forms,
        last_forms,
        tuple(annex[number] for number in sorted(annex)),
        {unit: len(form.rows) for unit, form in these.items()},
        tuple(unit for unit, form in these.items() if form.targets),
    )


@dataclass(frozen=True)
class _Form:
    label: str
    title: str
    rows: tuple[AnnexRow, ...]
    targets: bool


def _read_form(program: Program, path: Path) -> _Form:
    desk = program.open_book(path)
    every = tables(desk)
    title = desk.cells(desk.sheets()[0])[0][0]
    rows = tuple(_annex_rows(every[0]))
    form = _Form(period_on(desk), title, rows, len(every) > 1)
    desk.close()
    return form


def unit_on(desk: Desk) -> str:
    """The unit as it stands above the first table."""
    return _after(desk, "填报单位：")


def period_on(desk: Desk) -> str:
    """The period as it stands above the first table."""
    return _after(desk, "期次：")


def _annex_rows(table: Table) -> Iterator[AnnexRow]:
    cells = table.desk.cells(table.sheet)
    for r in table.rows:
        by_header = {header: cells[r][col] for header, col in table.columns.items()}
        yield AnnexRow(by_header["序号"], by_header)


def _after(desk: Desk, label: str) -> str:
    sheet = desk.sheets()[0]
    row, col = find_text(desk, sheet, label)
    return desk.cells(sheet)[row][col].removeprefix(label)
