"""A workbook → what should be on paper: each sheet's printed texts, its header, its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from .measure import Page

_ANNEX = "汇总表"


@dataclass(frozen=True)
class Printed:
    """One sheet as it should be printed.

    `heads`: the texts that are repeated on each page; `planned`: of a sheet whose rows go on
    without a line between them, how many stand on each page.
    """

    name: str
    texts: tuple[str, ...]
    heads: tuple[str, ...]
    head_rows: int
    top: float
    bottom: float
    planned: tuple[int, ...] = ()


def printed_sheets(file: Path) -> tuple[Printed, ...]:
    book = load_workbook(file)
    return tuple(_printed(sheet) for sheet in book.worksheets)


def _printed(sheet: Worksheet) -> Printed:
    margins = sheet.page_margins
    first, last = _titles(sheet)
    return Printed(
        sheet.title,
        tuple(_texts(sheet, 1, sheet.max_row)),
        tuple("".join(t.split()) for t in _texts(sheet, first, last)) if last else (),
        last - first + 1 if last else 0,
        margins.top * 72,
        margins.bottom * 72,
        tuple(_planned(sheet, last)) if sheet.title == _ANNEX else (),
    )


def _titles(sheet: Worksheet) -> tuple[int, int]:
    rows = str(sheet.print_title_rows or "").rpartition("!")[2].replace("$", "")
    first, _, last = rows.partition(":")
    return (int(first), int(last)) if first else (0, 0)


def _texts(sheet: Worksheet, first: int, last: int) -> Iterator[str]:
    """The texts of the printed cells; numbers stand in formats of their own."""
    area = str(sheet.print_area or sheet.dimensions).rpartition("!")[2].replace("$", "")
    left, top, right, bottom = (n or 1 for n in range_boundaries(area))
    for row in sheet.iter_rows(max(top, first), min(bottom, last), left, right):
        for cell in row:
            hidden = sheet.column_dimensions[get_column_letter(cell.column or 1)].hidden
            if isinstance(cell.value, str) and cell.data_type == "s" and not hidden:
                yield cell.value


def _planned(sheet: Worksheet, head: int) -> Iterator[int]:
    ends = [b.id for b in sheet.row_breaks.brk] + [sheet.max_row]
    yield from (end - start for start, end in zip([head, *ends[:-1]], ends, strict=True))


def pages_of(sheets: Sequence[Printed], pages: Sequence[Page]) -> dict[str, list[Page]]:
    """The pages of each sheet: known by the header that is repeated on them, in their order."""
    found: dict[str, list[Page]] = {sheet.name: [] for sheet in sheets}
    at = 0
    for page in pages:
        text = "".join(page.text.split())
        fitting = [k for k in range(at, len(sheets))
                   if sheets[k].heads and all(head in text for head in sheets[k].heads)]  # fmt: skip
        bare = [k for k in range(at, len(sheets)) if not sheets[k].heads]
        at = max(fitting, key=lambda k: len(sheets[k].heads)) if fitting else (bare or [at])[0]
        found[sheets[at].name].append(page)
    return found
