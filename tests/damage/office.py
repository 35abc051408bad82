"""What the office sent: a programme's forms of this period and the last, and what stands on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .desk import Desk, Program
from .table import find_table, find_text, tables


@dataclass(frozen=True)
class AnnexRow:
    """One row of the annex: header → text."""

    number: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sent:
    """The forms of one programme. `annex`: every item's row, in the order of the numbers.

    `lines`: unit → how many rows its annex has. `label` is this period as people write it.
    """

    programme: str
    label: str
    last_label: str
    title: str
    forms: Mapping[str, Path]
    last_forms: Mapping[str, Path]
    annex: tuple[AnnexRow, ...]
    lines: Mapping[str, int]

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
        })  # fmt: skip


def read_sent(program: Program, programme: str, forms: Path, last_forms: Path) -> Sent:
    """Open every form that was sent, and read what stands on it."""
    by_unit: dict[str, Path] = {}
    annex: dict[int, AnnexRow] = {}
    lines: dict[str, int] = {}
    labels = {""}
    for path in sorted(forms.glob("*.xlsx")):
        desk = program.open_book(path)
        unit = unit_on(desk)
        by_unit[unit] = path
        rows = read_annex(desk)
        lines[unit] = len(rows)
        annex |= {int(row.number): row for row in rows}
        labels = {period_on(desk)}
        title = desk.cells(desk.sheets()[0])[0][0]
        desk.close()
    last = {}
    for path in sorted(last_forms.glob("*.xlsx")):
        desk = program.open_book(path)
        last[unit_on(desk)] = path
        last_label = period_on(desk)
        desk.close()
    every = tuple(annex[n] for n in sorted(annex))
    return Sent(programme, labels.pop(), last_label, title, by_unit, last, every, lines)


def unit_on(desk: Desk) -> str:
    """The unit as it stands above the first table."""
    return _after(desk, "填报单位：")


def period_on(desk: Desk) -> str:
    """The period as it stands above the first table."""
    return _after(desk, "期次：")


def read_annex(desk: Desk) -> list[AnnexRow]:
    """The rows of the first table."""
    table = tables(desk)[0]
    cells = desk.cells(table.sheet)
    return [
        AnnexRow(cells[r][table.column("序号")], {h: cells[r][c] for h, c in table.columns.items()})
        for r in find_table(desk, table.sheet).rows
    ]


def _after(desk: Desk, label: str) -> str:
    sheet = desk.sheets()[0]
    row, col = find_text(desk, sheet, label)
    return desk.cells(sheet)[row][col].removeprefix(label)
