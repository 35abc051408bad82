"""Bytes of an xlsx, xlsb, xls or ods workbook → Book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

import olefile
from defusedxml import DefusedXmlException
from lxml.etree import LxmlError
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from ..sheets import PROPERTY, Area, Book, Refusal, Sheet
from .file_type import FileType
from .look import SecondLook, in_percent
from .moment import CHINA, read_moment
from .package import BROKEN, Package
from .refuse import damaged


def read_workbook(found: FileType, content: bytes, package: Package | None) -> Book | Refusal:
    """A workbook of one of the types in WORKBOOKS; `package` where it is a zip. Never raises."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        names = {m.name: m.visible is not SheetVisibleEnum.Visible for m in book.sheets_metadata}
        looks = _looks(found, content, package)
        sheets = tuple(
            _read_sheet(book, name, hidden, (looks or {}).get(name, SecondLook()))
            for name, hidden in names.items()
        )
        code, saved = _properties(package) if package else _ole_properties(content)
    except CalamineError as error:
        if "assword" in f"{type(error).__name__} {error}":
            return Refusal("F03", "无法读取")
        return damaged("不是完整的工作簿")
    except (*BROKEN, ParseError, DefusedXmlException, LxmlError, KeyError, EOFError):
        return damaged("不是完整的工作簿")
    return Book(sheets, code, saved, unlooked=looks is None)


def _looks(
    found: FileType, content: bytes, package: Package | None
) -> Mapping[str, SecondLook] | None:
    """What calamine does not tell, by sheet; None where that cannot be known.

    Each library is loaded where it is needed.
    """
    match found:
        case FileType.XLSX if package:
            from .xlsx_look import look_again

            return look_again(package)
        case FileType.ODS if package:
            from .ods_look import look_again as look_at_ods

            return look_at_ods(package)
        case FileType.XLSB if package:
            from .xlsb_look import look_again as look_at_xlsb

            with suppress(Exception):  # what a record of an unusual length leads to
                return look_at_xlsb(package)
        case FileType.XLS:
            from .xls_look import look_again as look_at_xls

            with suppress(Exception):  # xlrd raises whatever an unusual structure leads to
                return look_at_xls(content)
    return None


def _read_sheet(book: CalamineWorkbook, name: str, hidden: bool, look: SecondLook) -> Sheet:
    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError as error:
        if "not worksheet" in str(error).lower() or "WorksheetNotFound" in type(error).__name__:
            return Sheet(name, (), hidden=hidden)  # a chart sheet has no cells
        raise
    rows = sheet.to_python(skip_empty_area=False)
    merged = tuple((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
    merged = merged or look.merged
    for area in merged:
        _uncover(rows, area)
    _show_percents(rows, look.percents)
    while rows and not any(cell not in ("", None) for cell in rows[-1]):
        rows.pop()
    return Sheet(
        name, tuple(map(tuple, rows)), merged, hidden, look.blanks, look.asides,
        look.unseen_rows, look.unseen_cols,
    )  # fmt: skip


def _show_percents(rows: list[list[Any]], places: Iterable[tuple[int, int]]) -> None:
    """Put 85% where the unit sees 85% and the file has 0.85: nobody can tell that from 0.85 %."""
    for row, col in places:
        if row < len(rows) and col < len(rows[row]) and type(rows[row][col]) in (int, float):
            rows[row][col] = in_percent(rows[row][col])


def _uncover(rows: list[list[Any]], area: Area) -> None:
    """Empty what a merged area hides: the file keeps the old values, the unit does not see them."""
    first, left, last, right = area
    for row in range(first, min(last + 1, len(rows))):
        for col in range(left, min(right + 1, len(rows[row]))):
            if (row, col) != (first, left):
                rows[row][col] = None


def _properties(package: Package) -> tuple[str, datetime | None]:
    """The form code and the time of the last saving, in China's time, where the file has them."""
    core = package.read("docProps/core.xml") or package.read("meta.xml")
    text = core.decode("utf-8", "replace")
    meta = package.read("docProps/custom.xml").decode("utf-8", "replace") or text
    code = re.search(rf'name="{PROPERTY}"[^>]*>(?:\s*<[^>]*>)?\s*([^<]+)<', meta)
    saved = re.search(r"<(?:dcterms:modified|dc:date)[^>]*>([^<]+)<", text)
    return unescape(code[1]) if code else "", read_moment(saved[1]) if saved else None


def _ole_properties(content: bytes) -> tuple[str, datetime | None]:
    with olefile.OleFileIO(content) as ole:
        saved = ole.get_metadata().last_saved_time
        data = b""
        if ole.exists("\x05DocumentSummaryInformation"):
            data = ole.openstream("\x05DocumentSummaryInformation").read()
    # olefile reads no custom properties; the value is a plain or UTF-16 string in the stream.
    text = data.decode("latin-1").replace("\x00", "")
    code = re.search(r"[0-9A-Z]{5}[0-9QH]{4}[0-9A-Z]{7}\d\d", text)
    moment = saved.replace(tzinfo=UTC).astimezone(CHINA) if saved and saved.year > 1980 else None
    return code[0] if code and PROPERTY in text else "", moment and moment.replace(tzinfo=None)
