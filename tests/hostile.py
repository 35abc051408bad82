"""Files that no honest program writes, made in memory and in no time."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


@dataclass(frozen=True)
class Entry:
    """One entry of a zip, every field at will."""

    name: bytes
    content: bytes = b""
    size: int | None = None
    crc: int | None = None
    flags: int = 0
    method: int = zipfile.ZIP_STORED
    extra: bytes = b""
    date: int = (2023 - 1980) << 9 | 6 << 5 | 30
    time: int = 17 << 11 | 45 << 5


def raw_zip(entries: Iterable[Entry]) -> bytes:
    """A zip byte by byte: `content` is what stands in the file, packed already."""
    body, directory, count = b"", b"", 0
    for entry in entries:
        size = len(entry.content) if entry.size is None else entry.size
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        fields = (20, entry.flags, entry.method, entry.time, entry.date, crc)
        lengths = (len(entry.content), size, len(entry.name), len(entry.extra))
        head = struct.pack("<HHHHHIIIHH", *fields, *lengths)
        place = struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        directory += b"PK\x01\x02\x14\x00" + head + place + entry.name + entry.extra
        body += b"PK\x03\x04" + head + entry.name + entry.extra + entry.content
        count += 1
    end = (0, 0, count, count, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", *end)


def repeated(head: bytes, unit: bytes, times: int, tail: bytes) -> bytes:
    """head + unit × times + tail, deflated, without ever being laid out."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = stream.compress(head) + stream.flush(zlib.Z_FULL_FLUSH)
    again = stream.compress(unit) + stream.flush(zlib.Z_FULL_FLUSH)
    return first + again * times + stream.compress(tail) + stream.flush()


def repeated_crc(head: bytes, unit: bytes, times: int, tail: bytes) -> int:
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(unit, crc)
    return zlib.crc32(tail, crc)


@cache
def workbook(text: str = "无") -> bytes:
    """An honest workbook of one sheet: A1 and B2 hold text."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2023, 6, 30)})
    sheet = book.add_worksheet("表")
    sheet.write_string("A1", text)
    sheet.write_string("B2", "全年")
    book.close()
    return out.getvalue()


def with_part(book: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The book with one part rewritten, or added where it has none."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in dict.fromkeys([*old.namelist(), part]):
            content = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


def with_packed_part(book: bytes, packed: Entry) -> bytes:
    """The book with one part in its place as it stands, whatever it inflates to."""
    with zipfile.ZipFile(BytesIO(book)) as old:
        kept = [Entry(n.encode(), old.read(n)) for n in old.namelist()]
    return raw_zip(packed if e.name == packed.name else e for e in kept)


def with_cells(cells: bytes, book: bytes | None = None) -> bytes:
    """A workbook whose sheet holds these rows, as XML."""
    return with_part(book or workbook(), SHEET, lambda _: HEAD + cells + TAIL)


def slow_workbook() -> bytes:
    """A sheet of millions of empty rows, which takes seconds to go through."""
    unit, times = b"<row/>" * 150_000, 50
    packed = repeated(HEAD, unit, times, TAIL)
    size = len(HEAD) + len(unit) * times + len(TAIL)
    crc = repeated_crc(HEAD, unit, times, TAIL)
    return with_packed_part(workbook(), Entry(SHEET.encode(), packed, size, crc, method=8))


def amplified_workbook() -> bytes:
    """200,000 cells that all show one text of 32,767 characters: 12 GB out of 2 MB."""
    cell = b'<row><c t="s"><v>0</v></c></row>'
    return with_part(
        with_cells(cell * 200_000), STRINGS,
        lambda xml: xml.replace(b"<si><t>", b"<si><t>" + b"x" * 32_767, 1),
    )  # fmt: skip


def panicking_workbook() -> bytes:
    """An xlsb whose one sheet is nowhere: calamine 0.9 panics, which is no Python error."""
    rel, name = "rId9".encode("utf-16-le"), "表".encode("utf-16-le")
    sheet = struct.pack("<III", 0, 1, 4) + rel + struct.pack("<I", 1) + name
    body = b"\x9c\x01" + bytes([len(sheet)]) + sheet + b"\x90\x01\x00"
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00\x8f\x01\x00" + body + b"\x84\x01\x00")
        archive.writestr("xl/_rels/workbook.bin.rels", "<Relationships/>")
    return out.getvalue()
