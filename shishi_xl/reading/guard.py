"""Bytes of a workbook → the Refusal where parsing it is not safe; nothing is parsed here.

The first of two walls; behind it, parsing happens in a process of its own (worker.py), which
stops what this one does not know.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import olefile

from ..sheets import Refusal, address
from .reach import OdsSheets, Reach, Sheets, XlsxSheet, xls_reaches, xlsb_reach
from .refuse import damaged

MOST_PARTS = 10_000
MOST_CELLS = 2_000_000  # of all sheets together, laid out as rectangles from A1
LARGEST_PART = 256 * 2**20  # a million formatted empty rows of nine cells inflate to 230 MB
LARGEST_PACKAGE = 384 * 2**20

_CHUNK, _PIECE = 2**16, 2**20
_LONGEST_TAG = 2**22
_BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error, zlib.error)


def check_package(content: bytes) -> Refusal | None:
    """What speaks against parsing a workbook or docx; None where nothing does. Never raises."""
    try:
        if content.startswith(olefile.MAGIC):
            return next(_too_far(xls_reaches(_xls_stream(content))), None)
        return next(_package_faults(content), None)
    except _BROKEN:
        return damaged("不是完整的工作簿")


def _package_faults(content: bytes) -> Iterator[Refusal]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        infos = archive.infolist()
    if len(infos) > MOST_PARTS:
        yield damaged(f"内部部件多达 {len(infos)} 个，不像是报表")
    seen: set[str] = set()
    for info in infos:
        if info.filename.lower() in seen:
            yield damaged(f"内部有重复的部件（{info.filename}）")
        seen.add(info.filename.lower())
    left = LARGEST_PACKAGE
    reaches: list[Reach] = []
    for info in infos:
        part = _Part(content, info, min(LARGEST_PART, left))
        yield from part.faults()
        left -= part.size
        reaches += part.reaches
    yield from _too_far(iter(reaches))


class _Part:
    """One part of a package, inflated once and looked at while it passes."""

    def __init__(self, content: bytes, info: zipfile.ZipInfo, limit: int) -> None:
        self._content, self._info, self._limit = content, info, limit
        self.size = 0
        self.reaches: list[Reach] = []

    def faults(self) -> Iterator[Refusal]:
        name = self._info.filename
        if self._info.file_size > self._limit:
            yield self._too_large()
        sheets: Sheets = OdsSheets() if name == "content.xml" else XlsxSheet()
        if name.lower().endswith(".bin") and "worksheets/" in name:
            self.reaches = [xlsb_reach(b"".join(self._inflated()))]
        else:
            for piece in _whole_tags(self._inflated()):
                if b"<!DOCTYPE" in piece:
                    yield damaged(f"内部含有文档类型定义（DTD，在 {name} 里），正常的工作簿没有")
                sheets.feed(piece)
            self.reaches = list(sheets.reaches())
        if self.size > self._limit:
            yield self._too_large()

    def _too_large(self) -> Refusal:
        if self._limit < LARGEST_PART:
            return damaged(f"解开后过大（各部件合计超过 {LARGEST_PACKAGE // 2**20} MB）")
        return damaged(f"解开后过大（{self._info.filename} 超过 {LARGEST_PART // 2**20} MB）")

    def _inflated(self) -> Iterator[bytes]:
        """The part in pieces, to one beyond the limit: what the directory says is not believed."""
        for piece in _inflate(self._content, self._info):
            self.size += len(piece)
            yield piece
            if self.size > self._limit:
                return


def _inflate(content: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    head = content[info.header_offset : info.header_offset + 30]
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile(info.filename)
    names = sum(struct.unpack_from("<HH", head, 26))
    start = info.header_offset + len(head) + names
    packed = memoryview(content)[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[i : i + _PIECE]) for i in range(0, len(packed), _PIECE))
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(info.compress_type)
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _CHUNK):
        rest: bytes | memoryview = packed[at : at + _CHUNK]
        while rest:
            piece = stream.decompress(rest, _PIECE)
            rest = stream.unconsumed_tail
            if piece:
                yield piece


def _whole_tags(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut where a tag begins, and never between a tag and its end tag.

    UTF-16 comes out as ASCII, without its zero bytes: tags are all that is looked at.
    """
    rest, wide = b"", None
    for piece in pieces:
        wide = b"\x00" in piece[:4] if wide is None else wide
        narrow = piece.replace(b"\x00", b"") if wide else piece
        whole = rest + narrow if rest else narrow
        cut = whole.rfind(b"<", 0, max(whole.rfind(b"<"), 0))
        rest = whole[cut:] if cut > 0 else b""
        yield whole[:cut] if cut > 0 else whole
        if len(rest) > _LONGEST_TAG:  # text, or a tag that only the worker can judge
            rest = b""
    yield rest


def _too_far(reaches: Iterator[Reach]) -> Iterator[Refusal]:
    left = MOST_CELLS
    for rows, cols in reaches:
        left -= rows * cols
        if left < 0:
            at = address(rows - 1, min(cols, 2**14) - 1)
            what = f"已用区域大得反常的工作簿（一直用到单元格 {at}）"
            todo = "请单位打开后按 Ctrl+End，删去表格以外的行和列，另存为 .xlsx 后再报一次。"
            yield Refusal("F02", "无法读取", (("what", what), ("todo", todo)))


def _xls_stream(content: bytes) -> bytes:
    with olefile.OleFileIO(content) as ole:
        for name in ("Workbook", "Book"):
            if ole.exists(name):
                stream: bytes = ole.openstream(name).read()
                return stream
    return b""
