"""Sheet × tables → Regions: where a form's table stands; columns are known by their headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..form import Table, fold_header
from ..returns import Region, row_ids
from ..sheets import Sheet

_LONGEST_HEADER = 60


@dataclass(frozen=True, slots=True)
class _Head:
    table: Table
    row: int  # the last header row
    top: int  # the first
    columns: Mapping[str, int]
    doubles: Mapping[str, tuple[int, ...]]

    @property
    def answers(self) -> int:
        return sum(c.key in self.columns for c in self.table.answers)


def locate(sheet: Sheet, tables: tuple[Table, ...]) -> tuple[Region, ...]:
    """Every table of the form on the sheet, in order; () where nothing of the form is there."""
    marked = [row for row in range(len(sheet.rows)) if row_ids(sheet, row)]
    heads = [h for h in _heads(sheet, tables) if h.answers or _has_marks_below(h, marked)]
    if not heads:
        if not marked:
            return ()
        return (Region(sheet, None, 0, marked[0], marked[0], len(sheet.rows)),)
    regions = []
    for index, head in enumerate(heads):
        end = heads[index + 1].top if index + 1 < len(heads) else len(sheet.rows)
        # What stands above a second table is at most a title and two lines.
        start = 0 if index == 0 else max(heads[index - 1].row + 1, head.top - 4)
        regions.append(
            Region(
                sheet, head.table, start, head.top, head.row + 1, end, head.columns, head.doubles
            )
        )
    return tuple(regions)


def _has_marks_below(head: _Head, marked: list[int]) -> bool:
    return any(row > head.row for row in marked)


def _heads(sheet: Sheet, tables: tuple[Table, ...]) -> Iterator[_Head]:
    row = 0
    while row < len(sheet.rows):
        upper = {col: text for col, text in sheet.texts(row) if len(text) <= _LONGEST_HEADER}
        head = _best(tables, upper, row, row)
        if head and row + 1 < len(sheet.rows):
            # Grouped headers: the leaf stands below, what has no leaf is merged downwards.
            lower = {c: t for c, t in sheet.texts(row + 1) if len(t) <= _LONGEST_HEADER}
            double = _best(tables, {**upper, **lower}, row, row + 1)
            if double and len(double.columns) > len(head.columns):
                head = double
        if head:
            yield head
            row = head.row
        row += 1


def _best(tables: tuple[Table, ...], texts: Mapping[int, str], top: int, row: int) -> _Head | None:
    """The table that most of these texts are headers of: two at least."""
    found = []
    for order, table in enumerate(tables):
        columns, doubles = _match(table, texts)
        if len(columns) >= 2:
            head = _Head(table, row, top, columns, doubles)
            found.append((head.answers > 0, len(columns), -order, head))
    return max(found, key=lambda f: f[:3])[3] if found else None


def _match(
    table: Table, texts: Mapping[int, str]
) -> tuple[Mapping[str, int], Mapping[str, tuple[int, ...]]]:
    claims: dict[str, dict[int, list[int]]] = {}
    for col, text in texts.items():
        for key, strength in _meaning(table, text):
            claims.setdefault(key, {}).setdefault(strength, []).append(col)
    strongest = {key: by_strength[max(by_strength)] for key, by_strength in claims.items()}
    doubles = {key: tuple(cols) for key, cols in strongest.items() if len(cols) > 1}
    return {key: cols[0] for key, cols in strongest.items()}, doubles


@lru_cache(maxsize=10_000)
def _meaning(table: Table, text: str) -> tuple[tuple[str, int], ...]:
    """Which columns `text` may head, and how surely; the surest alone."""
    if not fold_header(text):
        return ()
    known = [(c.key, c.known_as(text)) for c in table.columns]
    best = max(strength for _, strength in known)
    return tuple((key, strength) for key, strength in known if strength == best > 0)
