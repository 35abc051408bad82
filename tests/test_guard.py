"""Workbooks that are not safe to parse are refused, each for its reason; honest ones pass."""

import re
import struct
import zipfile
from io import BytesIO

import pytest

from shishi_xl.reading.guard import check_package
from shishi_xl.reading.reach import OdsSheets, XlsxSheet, xls_reaches, xlsb_reach
from shishi_xl.sheets import Refusal

from .hostile import (
    HEAD,
    SHEET,
    STRINGS,
    TAIL,
    Entry,
    raw_zip,
    repeated,
    with_cells,
    with_packed_part,
    with_part,
    workbook,
)
from .ole_file import ole_file

DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
TODO = "请单位打开后按 Ctrl+End，删去表格以外的行和列，另存为 .xlsx 后再报一次。"


def damaged(reason: str) -> Refusal:
    return Refusal("F01", "无法读取", (("reason", reason),))


def too_far(cell: str) -> Refusal:
    what = f"已用区域大得反常的工作簿（一直用到单元格 {cell}）"
    return Refusal("F02", "无法读取", (("what", what), ("todo", TODO)))


def cell(reference: str, row: int = 1) -> bytes:
    return f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'.encode()


def ods(rows: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f"<x><table:table>{rows}</table:table></x>")
    return out.getvalue()


def test_an_honest_workbook_passes() -> None:
    assert check_package(workbook()) is None


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (with_cells(cell("XFD1048576")), too_far("XFD1048576")),
        (with_cells(cell("xfd1048576")), too_far("XFD1048576")),
        (with_cells(cell("XFD200") + cell("A99999")), too_far("XFD99999")),
        (with_cells(cell("A1") + b"<row r='900000'>" + b"<c><v>1</v></c>" * 3 + b"</row>"), too_far("C900000")),
        (with_cells(b'<x:row r="9"><x:c s="1" r = \'XFD99999\' t="n"><x:v>1</x:v></x:c></x:row>'), too_far("XFD99999")),
        (with_cells(b'<row><c x=" r=\'A1\'>" r="ZZ99999"><v>1</v></c></row>'), too_far("ZZ99999")),
        (with_cells(cell("A1") * 40_000 + cell("XFD99999")), too_far("XFD99999")),
    ],
    ids=["last cell", "small letters", "two cells", "no references", "prefix", "decoy", "long sheet"],
)  # fmt: skip
def test_a_cell_far_from_the_table_is_refused(content: bytes, refusal: Refusal) -> None:
    assert check_package(content) == refusal


@pytest.mark.parametrize(
    "rows",
    [
        b"".join(b'<row r="%d" ht="20" customHeight="1"/>' % n for n in range(1, 1_048_577)),
        b'<row r="1048576"><c r="XFD1048576" s="3"/></row>',
        b'<row r="1048576"><c r="XFD1048576" s="3"></c></row>',
        cell("A1048576", 1_048_576),
        cell("XFD100", 100),
        b"".join(b'<row r="%d">%s</row>' % (n, b"<c><v>1</v></c>" * 9) for n in range(1, 12_000)),
    ],
    ids=["formatted rows", "formatted cell", "the same of POI", "one column", "one row", "no references"],
)  # fmt: skip
def test_a_sheet_that_is_large_only_on_paper_passes(rows: bytes) -> None:
    assert check_package(with_cells(cell("A1") + rows)) is None


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", STRINGS, "docProps/core.xml", "x.png"])
def test_a_document_type_in_any_part_is_refused(part: str) -> None:
    content = with_part(workbook(), part, lambda xml: DTD + xml)
    reason = f"内部含有文档类型定义（DTD，在 {part} 里），正常的文件没有"
    assert check_package(content) == damaged(reason)


def test_what_looks_like_a_document_type_in_a_part_that_is_no_xml_passes() -> None:
    settings = "xl/printerSettings/printerSettings1.bin"
    assert check_package(with_part(workbook(), settings, lambda _: b"\x00\x01" + DTD)) is None


def test_an_xls_with_a_password_is_called_so_and_not_a_far_cell() -> None:
    bof = struct.pack("<HHHH", 0x0809, 4, 0x0600, 5)
    password = struct.pack("<HHH", 0x002F, 2, 0)
    garbled = struct.pack("<HHIIHHH", 0x0200, 14, 0, 0xFFFFFFF0, 0, 256, 0)
    stream = (bof + password + garbled).ljust(5_000, b"\x00")
    assert check_package(ole_file({"Workbook": stream})) == Refusal("F03", "无法读取")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_does_not_hide_in_utf_16(encoding: str) -> None:
    content = with_part(workbook(), SHEET, lambda xml: (DTD + xml).decode().encode(encoding))
    reason = f"内部含有文档类型定义（DTD，在 {SHEET} 里），正常的文件没有"
    assert check_package(content) == damaged(reason)


@pytest.mark.parametrize(
    ("part", "told"),
    [(SHEET, 2_100_000_000), (STRINGS, 2_100_000_000), (SHEET, 1_000)],
    ids=["sheet", "texts", "one that lies"],
)
def test_a_part_of_two_gigabytes_is_refused(part: str, told: int) -> None:
    packed = repeated(HEAD, b" " * 1_000_000, 2_100, TAIL)
    content = with_packed_part(workbook(), Entry(part.encode(), packed, told, 0, method=8))
    assert check_package(content) == damaged(f"解开后过大（{part} 超过 256 MB）")


def test_parts_that_are_too_large_together_are_refused() -> None:
    packed = repeated(b"<a>", b" " * 1_000_000, 210, b"</a>")
    parts = [Entry(f"{n}.xml".encode(), packed, 10, 0, method=8) for n in range(2)]
    assert check_package(raw_zip(parts)) == damaged("解开后过大（各部件合计超过 384 MB）")


@pytest.mark.parametrize("again", [SHEET, SHEET.upper()])
def test_a_part_that_stands_there_twice_is_refused(again: str) -> None:
    content = raw_zip([Entry(SHEET.encode(), HEAD + TAIL), Entry(again.encode(), HEAD + TAIL)])
    assert check_package(content) == damaged(f"内部有重复的部件（{again}）")


def test_ten_thousand_parts_are_refused() -> None:
    content = raw_zip(Entry(b"%d.xml" % n) for n in range(10_001))
    assert check_package(content) == damaged("内部部件多达 10001 个，不像是报表")


@pytest.mark.parametrize(
    "content",
    [
        workbook()[:-30],
        b"PK\x03\x04" + bytes(100),
        b"",
        raw_zip([Entry(SHEET.encode(), b"x", method=12)]),
        raw_zip([Entry(SHEET.encode(), b"\xff\xff\xff", method=8)]),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
    ids=["cut off", "zeros", "nothing", "bzip2", "no deflate", "OLE"],
)
def test_a_broken_package_is_called_so(content: bytes) -> None:
    assert check_package(content) == damaged("不是完整的工作簿")


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ('<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>', None),
        ('<table:table-row table:number-rows-repeated="1048575"/><table:table-row><table:table-cell/></table:table-row>', None),
        ('<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="5"><text:p>1</text:p></table:table-cell></table:table-row>', too_far("E1000000")),
        ('<table:table-row table:number-rows-repeated="1000000"/><table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value="1"/></table:table-row>', too_far("C1000001")),
        ('<table:table-row table:number-rows-repeated="99999"><table:covered-table-cell table:number-columns-repeated="99"/><table:table-cell><text:p/></table:table-cell></table:table-row>', too_far("CV99999")),
    ],
    ids=["empty cells", "empty rows", "repeated rows", "far row", "far column"],
)  # fmt: skip
def test_an_ods_counts_what_its_repeated_tags_stand_for(rows: str, refusal: Refusal | None) -> None:
    assert check_package(ods(rows)) == refusal


def test_an_ods_is_counted_across_pieces_and_tables() -> None:
    sheets = OdsSheets()
    sheets.feed(b"<table:table><table:table-row><table:table-cell office:value='1'/>")
    sheets.feed(b"<table:table-cell office:value='2'/></table:table-row></table:table>")
    sheets.feed(b"<table:table><table:table-row/><table:table-row><table:table-cell><text:p/>")
    sheets.feed(b"</table:table-cell></table:table-row></table:table>")
    assert list(sheets.reaches()) == [(1, 2), (2, 1)]


def test_a_sheet_that_comes_in_pieces_is_counted_in_all_of_them() -> None:
    sheet = XlsxSheet()
    sheet.feed(cell("H1") + b" " * 2**20)
    sheet.feed(cell("B70000"))
    assert list(sheet.reaches()) == [(70_000, 8)]


def record(kind: int, *values: int, form: str = "<HH") -> bytes:
    body = struct.pack(form, *values)
    return struct.pack("<HH", kind, len(body)) + body


@pytest.mark.parametrize(
    ("records", "reaches"),
    [
        (record(0x0203, 9, 4) + record(0x00FD, 2, 7), [(10, 8)]),
        (record(0x0201, 65_535, 255) + record(0x00BE, 65_535, 255), [(0, 0)]),
        (record(0x00BD, 3, 2, *[0] * 6, 3, form="<9H"), [(4, 4)]),
        (record(0x0203, 9, 4) + record(0x0809, 0, 0) + record(0x0203, 1, 1), [(10, 5), (2, 2)]),
        (record(0x0200, 0, 2**32 - 1, 0, 65_535, 0, form="<IIHHH"), [(2**32 - 1, 65_535), (0, 0)]),
        (record(0x0200, 0, 65_535, 0, 9, 0, form="<IIHHH"), [(0, 0)]),
        (record(0x0203, 9, 4) + b"\x03\x02\xff", [(10, 5)]),
    ],
    ids=["cells", "blank cells", "many in one", "two sheets", "absurd claim", "claim", "cut off"],
)
def test_an_xls_reaches_as_far_as_its_cells(records: bytes, reaches: list[tuple[int, int]]) -> None:
    assert list(xls_reaches(records)) == reaches


def test_an_xlsb_reaches_as_far_as_its_cells() -> None:
    row = b"\x00\x04" + struct.pack("<I", 1_048_575)
    blank = b"\x01\x08" + struct.pack("<II", 16_383, 0)
    real = b"\x05\x10" + struct.pack("<IId", 6, 0, 1.0)
    long = b"\x94\x01\x80\x01" + bytes(128)
    assert xlsb_reach(long + row + blank + real) == (1_048_576, 7)


def test_the_reason_is_a_sentence_without_english() -> None:
    refusal = check_package(with_cells(cell("XFD1048576")))
    assert refusal and not re.search("[a-z]{3,}", refusal.details[0][1])
