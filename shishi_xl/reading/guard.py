"""Bytes of a workbook → the Refusal where parsing it is not safe; nothing is parsed here.

The first of two walls; behind it, parsing happens in a process of its own (worker.py), which
stops what this one does not know.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

import olefile

from ..sheets import Refusal, address
from .package import BROKEN, Package
from .reach import (
    OdsSheets,
    Reach,
    Sheets,
    XlsxSheet,
    may_reach_far,
    xls_encrypted,
    xls_reaches,
    xlsb_reach,
)
from .refuse import damaged

MOST_PARTS = 10_000
MOST_CELLS = 2_000_000  # of all sheets together, laid out as rectangles from A1
LARGEST_PART = 256 * 2**20  # a million formatted empty rows of nine cells inflate to 230 MB
LARGEST_PACKAGE = 384 * 2**20

_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t"
_LONGEST_TAG = 2**22


def check_package(content: bytes, package: Package | None = None) -> Refusal | None:
    """What speaks against parsing a workbook or docx; None where nothing does. Never raises.

    `package`: the same content, where it is opened already.
    """
    try:
        if content.startswith(olefile.MAGIC):
            return _check_xls(_xls_stream(content))
        return next(_package_faults(package or Package(content)), None)
    except BROKEN:
        return damaged("不是完整的工作簿")


def _check_xls(stream: bytes) -> Refusal | None:
    # What follows the record of a password is no longer to be understood.
    if xls_encrypted(stream):
        return Refusal("F03", "无法读取")
    return next(_too_far(xls_reaches(stream)), None)


def _package_faults(package: Package) -> Iterator[Refusal]:
    infos = package.infos
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
        part = _Part(package, info, min(LARGEST_PART, left))
        yield from part.faults()
        left -= part.size
        reaches += part.reaches
    yield from _too_far(iter(reaches))


class _Part:
    """One part of a package, inflated once and looked at while it passes."""

    def __init__(self, package: Package, info: zipfile.ZipInfo, limit: int) -> None:
        self._package, self._info, self._limit = package, info, limit
        self.size = 0
        self.reaches: list[Reach] = []

    def faults(self) -> Iterator[Refusal]:
        name = self._info.filename
        if self._info.file_size > self._limit:
            yield self._too_large()
        if self._is_harmless():
            return
        sheets: Sheets = OdsSheets() if name == "content.xml" else XlsxSheet()
        if name.lower().endswith(".bin") and "worksheets/" in name:
            self.reaches = [xlsb_reach(b"".join(self._inflated()))]
        else:
            is_xml = None  # a printer's settings may hold anything, XML may be called anything
            for piece in _whole_tags(self._inflated()):
                is_xml = piece.lstrip(_BEFORE_XML)[:1] == b"<" if is_xml is None else is_xml
                if is_xml and b"<!DOCTYPE" in piece:
                    yield damaged(f"内部含有文档类型定义（DTD，在 {name} 里），正常的文件没有")
                sheets.feed(piece)
            self.reaches = list(sheets.reaches())
        if self.size > self._limit:
            yield self._too_large()

    def _is_harmless(self) -> bool:
        """Whether one look at a small part is enough: text without cells or a document type."""
        small = self._package.small(self._info)
        if not small or b"\x00" in small or b"<!DOCTYPE" in small or may_reach_far(small):
            return False
        self.size = len(small)
        return True

    def _too_large(self) -> Refusal:
        if self._limit < LARGEST_PART:
            return damaged(f"解开后过大（各部件合计超过 {LARGEST_PACKAGE // 2**20} MB）")
        return damaged(f"解开后过大（{self._info.filename} 超过 {LARGEST_PART // 2**20} MB）")

    def _inflated(self) -> Iterator[bytes]:
        """The part in pieces, to one beyond the limit: what the directory says is not believed."""
        for piece in self._package.pieces(self._info):
            self.size += len(piece)
            yield piece
            if self.size > self._limit:
                return


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
            at = address(min(rows, 2**20) - 1, min(cols, 2**14) - 1)
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
