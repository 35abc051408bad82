"""A BIFF workbook (.xls, .et) → what calamine does not tell of its cells; xlrd knows most of it.

xlrd passes drawings over: pictures and text boxes are found in the records themselves (MS-XLS
2.4.170 MsoDrawing, 2.4.181 Obj, 2.4.329 TxO).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

import olefile
import xlrd
from xlrd.book import Book as XlrdBook
from xlrd.sheet import Sheet as XlrdSheet

from ..sheets import Aside, AsideKind, own_words
from .look import SecondLook, is_percent, span

_WHITE = (255, 255, 255)
_BOF, _OBJ, _TXO, _CONTINUE, _DRAWING = 0x0809, 0x005D, 0x01B6, 0x003C, 0x00EC
_WORKBOOK, _WORKSHEET = 0x0005, 0x0010
_PICTURE, _NOTE = 0x08, 0x19  # what an Obj record may be
# OfficeArtClientAnchorSheet (MS-XLS 2.5.193): flags, left column, dx, upper row, dy …
_ANCHOR = re.compile(rb"\x00\x00\x10\xf0\x12\x00\x00\x00..(..)..(..)", re.DOTALL)


def look_again(content: bytes) -> dict[str, SecondLook]:
    """Sheet name → what calamine does not tell. Raises whatever a damaged structure leads to."""
    book = xlrd.open_workbook(
        file_contents=content, formatting_info=True, ragged_rows=True, logfile=StringIO()
    )
    shapes = list(_shapes(content))
    found = {}
    for number, sheet in enumerate(book.sheets()):
        drawn = shapes[number] if number < len(shapes) else ()
        asides = (*_comments(sheet), *_looks(book, sheet), *drawn)
        found[sheet.name] = SecondLook(
            _errors(sheet),
            asides,
            unseen_rows=frozenset(r for r, row in sheet.rowinfo_map.items() if row.hidden),
            unseen_cols=frozenset(_hidden_columns(sheet)),
            percents=frozenset(_percents(book, sheet)),
        )
    return found


def _errors(sheet: XlrdSheet) -> dict[tuple[int, int], str]:
    return {
        (row, col): xlrd.error_text_from_code.get(int(value), "#N/A")
        for row in range(sheet.nrows)
        for col, (kind, value) in enumerate(
            zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        )
        if kind == xlrd.XL_CELL_ERROR
    }


def _comments(sheet: XlrdSheet) -> Iterator[Aside]:
    for (row, col), note in sheet.cell_note_map.items():
        if text := own_words(note.text):
            yield Aside(row, col, "comment", text)


def _looks(book: XlrdBook, sheet: XlrdSheet) -> Iterator[Aside]:
    """Cells with text whose font, or the font of a run in it, is struck through or white."""
    known: dict[int, tuple[AsideKind, ...]] = {}
    for row in range(sheet.nrows):
        for col, kind in enumerate(sheet.row_types(row)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            index = sheet.cell_xf_index(row, col)
            if index not in known:
                known[index] = tuple(_odd(book, index))
            runs = sheet.rich_text_runlist_map.get((row, col), ())
            in_part = any(_font_struck(book, font) for _, font in runs)
            kinds: tuple[AsideKind, ...] = ("struck",) if in_part else ()
            yield from (Aside(row, col, k) for k in dict.fromkeys((*known[index], *kinds)))


def _odd(book: XlrdBook, index: int) -> Iterator[AsideKind]:
    xf = book.xf_list[index]
    if _font_struck(book, xf.font_index):
        yield "struck"
    colour = book.colour_map.get(book.font_list[xf.font_index].colour_index)
    if colour == _WHITE and xf.background and xf.background.fill_pattern == 0:
        yield "white"


def _percents(book: XlrdBook, sheet: XlrdSheet) -> Iterator[tuple[int, int]]:
    for row in range(sheet.nrows):
        for col, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_NUMBER:
                form = book.format_map.get(book.xf_list[sheet.cell_xf_index(row, col)].format_key)
                if form and is_percent(form.format_str):
                    yield row, col


def _font_struck(book: XlrdBook, index: int) -> bool:
    return index < len(book.font_list) and bool(book.font_list[index].struck_out)


def _hidden_columns(sheet: XlrdSheet) -> Iterator[int]:
    for col, info in sheet.colinfo_map.items():
        if info.hidden:
            yield from span(col, 1)


@dataclass(frozen=True, slots=True)
class _Record:
    kind: int
    body: bytes


def _shapes(content: bytes) -> Iterator[tuple[Aside, ...]]:
    """Pictures and text boxes of each worksheet, in the order of the stream."""
    found: list[Aside] | None = None
    at, what = (0, 0), 0
    records = list(_records(content))
    for number, record in enumerate(records):
        if record.kind == _BOF and struct.unpack_from("<H", record.body, 2)[0] == _WORKSHEET:
            if found is not None:
                yield tuple(found)
            found = []
        elif found is None:
            continue
        elif record.kind == _DRAWING and (anchor := _ANCHOR.search(record.body)):
            col, row = (int.from_bytes(n, "little") for n in anchor.groups())
            at = (row, col)
        elif record.kind == _OBJ and len(record.body) >= 6:
            what = record.body[4]
            if what == _PICTURE:
                found.append(Aside(*at, "picture"))
        elif record.kind == _TXO and what != _NOTE:
            follows = records[number + 1] if number + 1 < len(records) else _Record(0, b"")
            if text := _text_of(follows).strip():
                found.append(Aside(*at, "box", text))
    if found is not None:
        yield tuple(found)


def _text_of(record: _Record) -> str:
    """The Continue record after a TxO: a flag for two bytes a character, then the text."""
    if record.kind != _CONTINUE or not record.body:
        return ""
    return record.body[1:].decode("utf-16-le" if record.body[0] & 1 else "latin-1", "replace")


def _records(content: bytes) -> Iterator[_Record]:
    with olefile.OleFileIO(content) as ole:
        name = next((n for n in ("Workbook", "Book") if ole.exists(n)), "")
        stream: bytes = ole.openstream(name).read() if name else b""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind in (_BOF, _OBJ, _TXO, _CONTINUE, _DRAWING):
            yield _Record(kind, stream[at + 4 : at + 4 + size])
        at += 4 + size
