"""A row of values → the sheet rows that hold them: no row is higher than Excel allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest

from ..cells import clean_text
from ..layout import cut_text, line_count, most_lines

Value = str | int | Decimal | Fraction | None

_PIECE = 12  # lines: a text that must be cut leaves little of a page empty in pieces of this size


@dataclass(frozen=True, slots=True)
class RowPart:
    """One sheet row of a row of values, and where in the row it stands."""

    values: tuple[Value, ...]
    first: bool = True
    last: bool = True

    @property
    def edges(self) -> Mapping[str, int]:
        """Between the parts of one row there is no line: they read as cells that go on."""
        if self.first and self.last:
            return {}
        return {"top": int(self.first), "bottom": int(self.last)}


def split_row(
    values: Sequence[Value], widths: Sequence[float], size: float, whole: Sequence[bool]
) -> tuple[RowPart, ...]:
    """One part where a row holds every text, else as many as the longest text takes.

    `whole` marks the cells that stand undivided in the first part, where a row can hold them.
    """
    clean = [clean_text(v) if isinstance(v, str) else v for v in values]
    lines = [_lines(v, width, size) for v, width in zip(clean, widths, strict=True)]
    limit = most_lines(size)
    if max(lines) <= limit:
        return (RowPart(tuple(clean)),)
    held = (count for count, keep in zip(lines, whole, strict=True) if keep)
    piece = min(limit, max(_PIECE, *held, 0))
    pieces = (
        list(cut_text(v, width, size, piece)) if isinstance(v, str) else [v]
        for v, width in zip(clean, widths, strict=True)
    )
    rows = list(zip_longest(*pieces, fillvalue=""))
    last = len(rows) - 1
    return tuple(RowPart(row, at == 0, at == last) for at, row in enumerate(rows))


def _lines(value: Value, width: float, size: float) -> int:
    return line_count(value, width, size) if isinstance(value, str) else 1
