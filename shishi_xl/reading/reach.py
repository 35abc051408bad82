"""Bytes of a sheet → how far its content reaches: (rows, columns), before anything parses it.

calamine lays a sheet out as a full rectangle from A1, 32 bytes a cell: what counts is the last
row times the last column that hold a value. Formatted cells without one do not count, so that a
sheet of 1,048,576 formatted empty rows, as WPS writes it, stays what it is: empty.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Protocol

Reach = tuple[int, int]
MOST_CLAIMED = 6_000_000

_SMALL = 2**20

_ATTRIBUTES = rb"""((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)"""
_VALUE_FOLLOWS = rb"(?<!/)>(?!\s*+</)"


class Sheets(Protocol):
    """Takes a part in pieces that end between tags; gives a reach for each sheet in it."""

    def feed(self, piece: bytes) -> None: ...

    def reaches(self) -> Iterator[Reach]: ...


class XlsxSheet:
    """A worksheet's XML; any other part reaches nowhere."""

    # In a small part, cells are looked at one by one only where a reference is beyond Z or 9999.
    _far = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{2,}\d|[A-Za-z]?\d{5})""")
    _cell = re.compile(rb"<(?:c|[\w.-]++:c)(?=[\s>])" + _ATTRIBUTES + _VALUE_FOLLOWS)
    _row = re.compile(rb"<(?:row|[\w.-]++:row)\s" + _ATTRIBUTES)
    _reference = re.compile(rb"""(?<!\S)r\s*=\s*["']\s*([A-Za-z]*)(\d*)""")

    def __init__(self) -> None:
        self._rows, self._cols = 0, 0
        self._held: bytes | None = b""  # not looked at yet: a small part, with nothing far in it

    def feed(self, piece: bytes) -> None:
        if self._held is not None:
            self._held += piece
            if len(self._held) <= _SMALL and not self._far.search(piece):
                return
            piece, self._held = self._held, None
        self._look_at_cells(piece)

    def _look_at_cells(self, piece: bytes) -> None:
        unplaced = False
        for attributes in self._cell.findall(piece):
            places = self._reference.findall(attributes)
            unplaced = unplaced or not places
            for letters, digits in places:
                self._cols = max(self._cols, _column(letters))
                self._rows = max(self._rows, int(digits[:9] or 0))
        if unplaced:
            self._look_at_rows(piece)

    def _look_at_rows(self, piece: bytes) -> None:
        """Cells without a reference stand one after another in the row that was named."""
        _, *rows = self._row.split(piece)
        for attributes, cells in zip(rows[::2], rows[1::2], strict=True):
            for _, digits in self._reference.findall(attributes):
                self._rows = max(self._rows, int(digits[:9] or 0))
            self._cols = max(self._cols, len(self._cell.findall(cells)))

    def reaches(self) -> Iterator[Reach]:
        yield self._rows, self._cols


_CELLS = (b"sheetData", b"table-cell")


def may_reach_far(part: bytes) -> bool:
    """Whether a small part has cells that must be looked at; most parts are no sheets at all."""
    return any(sign in part for sign in _CELLS) and (
        b"number-" in part or bool(XlsxSheet._far.search(part))
    )


class OdsSheets:
    """The content.xml of an ods: all its tables, where one tag may stand for a million rows."""

    _tag = re.compile(
        rb"<table:(table(?:-row|-cell)?|covered-table-cell)(?=[\s/>])" + _ATTRIBUTES
        + rb">(?=(\s*+</|))|</table:table-row>"
    )  # fmt: skip
    _repeated = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["'](\d+)""")

    def __init__(self) -> None:
        self._tables: list[Reach] = []
        self._row, self._height, self._col, self._width = 0, 0, 0, 0

    def feed(self, piece: bytes) -> None:
        for name, attributes, closed in self._tag.findall(piece):
            many = self._repeated.search(attributes)
            times = int(many[1][:9]) if many else 1
            alone = attributes.endswith(b"/")
            match name:
                case b"table":
                    self._tables.append((0, 0))
                    self._row = 0
                case b"table-row":
                    self._height, self._col, self._width = times, 0, 0
                    self._row += times if alone else 0
                case b"":
                    self._end_row()
                case _:
                    self._col += times
                    if not (alone or closed) or b"office:value" in attributes:
                        self._width = self._col

    def _end_row(self) -> None:
        self._row += self._height
        if self._width and self._tables:
            rows, cols = self._tables[-1]
            self._tables[-1] = max(rows, self._row), max(cols, self._width)

    def reaches(self) -> Iterator[Reach]:
        yield from self._tables


def xlsb_reach(part: bytes) -> Reach:
    """A worksheet part of an xlsb (MS-XLSB 2.1.4): records of a 7-bit number and length."""
    row = rows = cols = at = 0
    while at < len(part):
        kind, at = _number(part, at)
        size, at = _number(part, at)
        if kind == 0 and size >= 4:  # BrtRowHdr
            row = struct.unpack_from("<I", part, at)[0] + 1 if at + 4 <= len(part) else row
        elif 2 <= kind <= 11 or kind == 62:  # cells with a value; 1 is blank
            col = struct.unpack_from("<I", part, at)[0] if at + 4 <= len(part) else 0
            rows, cols = max(rows, row), max(cols, col + 1)
        at += size
    return rows, cols


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part of an xlsb: kind and body."""
    at = 0
    while at < len(part):
        kind, at = _number(part, at)
        size, at = _number(part, at)
        yield kind, part[at : at + size]
        at += size


def xls_reaches(stream: bytes) -> Iterator[Reach]:
    """Each sheet of a BIFF stream (MS-XLS), by its cells, or by what its DIMENSIONS claims.

    calamine reserves 40 bytes for each cell that is claimed, filled or not.
    """
    rows = cols = at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind == _BOF:
            yield rows, cols
            rows = cols = 0
        elif kind in _BIFF_CELLS and size >= 4 and at + 4 <= len(stream):
            row, col = struct.unpack_from("<HH", stream, at)
            last = col + (size - 6) // 6 - 1 if kind == _MULRK else col
            rows, cols = max(rows, row + 1), max(cols, last + 1)
        elif kind == _DIMENSIONS and size >= 8 and at + 12 <= len(stream):
            _, height, _, width = struct.unpack_from("<IIHH" if size >= 12 else "<HHHH", stream, at)
            if height * width > MOST_CLAIMED:
                yield height, width
        at += size
    yield rows, cols


def xls_encrypted(stream: bytes) -> bool:
    """Whether a FilePass record stands among the first of a BIFF stream, as it must."""
    at = 0
    for _ in range(_BEFORE_FILE_PASS):
        if at + 4 > len(stream):
            return False
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + size
    return False


_BOF, _DIMENSIONS, _MULRK = 0x0809, 0x0200, 0x00BD
_FILE_PASS, _BEFORE_FILE_PASS = 0x002F, 12
# FORMULA, LABEL, LABELSST, MULRK, NUMBER, RK, RSTRING, BOOLERR; BLANK and MULBLANK hold no value.
_BIFF_CELLS = frozenset({0x0006, 0x0204, 0x00FD, _MULRK, 0x0203, 0x027E, 0x00D6, 0x0205})


def _number(part: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, lowest first, four at most; and where it ends."""
    number = 0
    for shift in range(0, 28, 7):
        if at >= len(part):
            break
        byte = part[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
    return number, at


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:7]:
        number = number * 26 + letter - 64
    return number
