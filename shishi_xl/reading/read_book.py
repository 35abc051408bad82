"""Bytes of a file → Book, or a Refusal that says what it is and what to ask of the unit."""

from __future__ import annotations

from dataclasses import replace

from ..sheets import Book, Refusal
from .file_type import WORKBOOKS, FileType, file_type, open_package
from .package import Package
from .refuse import refuse
from .workbook import read_workbook


def read_book(
    name: str, content: bytes, package: Package | None = None, found: FileType | None = None
) -> Book | Refusal:
    """The workbook in `content`; `name` only tells system files. Never raises.

    `package`: the same content, where it is a zip that is opened already; `found`: what it is,
    where that is known.
    """
    package = package or open_package(content)
    found = found or file_type(name, content, package)
    if found in WORKBOOKS:
        book = read_workbook(found, content, package)
        kind = "et" if name.lower().endswith(".et") else ""
        return replace(book, unproven=kind) if isinstance(book, Book) else book
    match found:
        case FileType.SYSTEM:
            return Refusal("", "系统文件")
        case FileType.PDF | FileType.PICTURE | FileType.MEDIA:
            return Refusal("", "附件", (("what", str(found)),))
        case FileType.EMPTY:
            return Refusal("F05", "无法读取")
        case FileType.ENCRYPTED:
            return Refusal("F03", "无法读取")
    return _read_other(found, content)


def _read_other(found: FileType, content: bytes) -> Book | Refusal:
    """Tables that no spreadsheet program wrote; each library is loaded where it is needed."""
    match found:
        case FileType.DOCX:
            from .word import read_word

            return read_word(content)
        case FileType.WEB_PAGE:
            from .web_page import read_web_page

            return read_web_page(content)
        case FileType.XML_SPREADSHEET:
            from .xml_spreadsheet import read_xml_spreadsheet

            return read_xml_spreadsheet(content)
        case FileType.TEXT:
            from .text_table import read_text_table

            return read_text_table(content)
    return refuse(found)
