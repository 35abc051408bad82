"""Book of 登记.xlsx → its rows by header, wherever the clerk has moved the columns; and its faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..catalogue import RULES
from ..names import fold_words
from ..problems import Place, Problem
from ..register import REGISTER_FILE, WrittenRow
from ..sheets import Book, Sheet, address
from .columns import SHEETS, RegisterColumn, RegisterSheet

_BRACKET = re.compile(r"[(（\[【].*", re.DOTALL)
_DEEPEST = 20  # rows that a clerk may have put above the header


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """Where a sheet's columns are. `end`: the first row below which nothing stands."""

    sheet: Sheet
    head: int
    columns: Mapping[str, int]
    end: int


def read_rows(book: Book) -> tuple[dict[str, tuple[WrittenRow, ...]], tuple[Problem, ...]]:
    """The rows of each sheet that can be understood; a problem for each that cannot."""
    rows: dict[str, tuple[WrittenRow, ...]] = {}
    problems: list[Problem] = []
    for wanted in SHEETS:
        found, fault = find_sheet(book, wanted)
        if found:
            rows[wanted.name] = tuple(_rows(found))
        problems += fault
    return rows, tuple(problems)


def find_sheet(book: Book, wanted: RegisterSheet) -> tuple[FoundSheet | None, tuple[Problem, ...]]:
    """The sheet of this name, else the one with its columns."""
    named = [s for s in book.sheets if fold_words(s.name) == wanted.name]
    alike = [s for s in book.sheets if not _missing(wanted, _locate(s, wanted)[1])]
    if not (named or len(alike) == 1):
        words = (("sheet", wanted.name),)
        return None, (Problem(RULES["G02"], Place(REGISTER_FILE, wanted.name), details=words),)
    sheet = (named or alike)[0]
    head, columns = _locate(sheet, wanted)
    faults = tuple(_faults(sheet, wanted, head, columns))
    if faults:
        return None, faults
    single = {key: at[0] for key, at in columns.items()}
    return FoundSheet(sheet, head, single, len(sheet.rows)), ()


def _locate(sheet: Sheet, wanted: RegisterSheet) -> tuple[int, Mapping[str, tuple[int, ...]]]:
    """The row that has the most of the headers, and the columns that claim each key."""
    rows = range(min(_DEEPEST, len(sheet.rows)))
    found = [(row, _headers(sheet, row, wanted)) for row in rows]
    return max(found, key=lambda f: (len(f[1]), -f[0]), default=(0, {}))


def _headers(sheet: Sheet, row: int, wanted: RegisterSheet) -> Mapping[str, tuple[int, ...]]:
    texts = [(col, _word(text)) for col, text in sheet.texts(row)]
    found: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for alike in (_is_exactly, _is_another_name, _is_nearly):
        for column in wanted.columns:
            if column.key not in found:
                at = tuple(c for c, text in texts if c not in taken and alike(text, column))
                if at:
                    found[column.key] = at
                    taken |= set(at)
    return found


@lru_cache(maxsize=2_000)
def _word(header: str) -> str:
    """认定单位（请选） is 认定单位."""
    return fold_words(_BRACKET.sub("", header)).upper()


def _is_exactly(text: str, column: RegisterColumn) -> bool:
    return text == _word(column.header)


def _is_another_name(text: str, column: RegisterColumn) -> bool:
    return text in map(_word, column.names)


def _is_nearly(text: str, column: RegisterColumn) -> bool:
    """认定的单位; short headers have too many neighbours (处理, 处理人)."""
    header = _word(column.header)
    letters = iter(text)
    return 4 <= len(header) <= len(text) <= len(header) + 2 and all(c in letters for c in header)


def _missing(
    wanted: RegisterSheet, columns: Mapping[str, tuple[int, ...]]
) -> tuple[RegisterColumn, ...]:
    return tuple(c for c in wanted.columns if c.required and c.key not in columns)


def _faults(
    sheet: Sheet, wanted: RegisterSheet, head: int, columns: Mapping[str, tuple[int, ...]]
) -> Iterator[Problem]:
    for column in _missing(wanted, columns):
        place = Place(REGISTER_FILE, sheet.name, address(head, 0))
        yield Problem(RULES["G03"], place, details=(("column", column.header),))
    for key, at in columns.items():
        if len(at) > 1 and wanted.column(key).required:
            place = Place(REGISTER_FILE, sheet.name, address(head, at[1]))
            words = (("column", wanted.column(key).header),)
            yield Problem(RULES["G04"], place, sheet.text(head, at[1]), details=words)


def _rows(found: FoundSheet) -> Iterator[WrittenRow]:
    """Every row below the header in which something stands."""
    for row in range(found.head + 1, found.end):
        texts = {key: found.sheet.text(row, col).strip() for key, col in found.columns.items()}
        if any(texts.values()):
            cells = {key: address(row, col) for key, col in found.columns.items()}
            yield WrittenRow(found.sheet.name, {k: t for k, t in texts.items() if t}, cells)
