"""Sheet × tables → Regions: where a form's table stands; columns are known by their headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..form import Table, fold_header
from ..returns import Region, row_ids
from ..sheets import Sheet

_LONGEST_HEADER = 60
_MOST_CAPTIONS = 5


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
    starts = [0, *(_caption_start(sheet, *pair) for pair in pairwise(heads))]
    ends = [*starts[1:], len(sheet.rows)]
    return tuple(
        Region(sheet, h.table, start, h.top, h.row + 1, end, h.columns, h.doubles)
        for h, start, end in zip(heads, starts, ends, strict=True)
    )


def _caption_start(sheet: Sheet, before: _Head, head: _Head) -> int:
    """Where the lines above a further table begin: after the last row of the table before it.

    A title or 填报单位 begins at the table's left edge; an item's row has a mark or a name with
    something beside it, and what goes on with it stands under the answers.
    """
    left = min(head.columns.values())
    row = head.top
    while row > before.row + 1 and head.top - row < _MOST_CAPTIONS:
        texts = dict(sheet.texts(row - 1))
        named = before.columns.get("item.name") in texts and len(texts) > 1
        if row_ids(sheet, row - 1) or named or (texts and min(texts) > left):
            break
        row -= 1
    return row


def _has_marks_below(head: _Head, marked: list[int]) -> bool:
    return any(row > head.row for row in marked)


def _heads(sheet: Sheet, tables: tuple[Table, ...]) -> Iterator[_Head]:
    row = 0
    while row < len(sheet.rows):
        upper = _header_texts(sheet, tables, row)
        head = _best(tables, upper, row, row) if len(upper) > 1 else None
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


def _header_texts(sheet: Sheet, tables: tuple[Table, ...], row: int) -> dict[int, str]:
    """The row's short texts that have a character of some header: a large table is passed over fast."""
    characters = _characters(tables)
    return {
        col: sheet.text(row, col)
        for col, raw in enumerate(sheet.rows[row])
        if isinstance(raw, str) and len(raw) <= _LONGEST_HEADER and not characters.isdisjoint(raw)
    }


@lru_cache(maxsize=8)
def _characters(tables: tuple[Table, ...]) -> frozenset[str]:
    """Every character of every header under which a column may be known."""
    columns = [c for table in tables for c in table.columns]
    words = [fold_header(w) for c in columns for w in (c.header, *c.also)]
    # {period} is no header's own word.
    return frozenset("".join(words).replace("period", ""))


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
