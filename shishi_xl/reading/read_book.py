"""Bytes of a file → Book, or a Refusal that says what it is and what to ask of the unit."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import olefile
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from ..marks import PROPERTY
from ..sheets import Area, Book, Refusal, Sheet
from .file_type import WORKBOOKS, FileType, file_type

CHINA = timezone(timedelta(hours=8))  # all of China has one time zone
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RESAVE = "请单位另存为 .xlsx 工作簿后再报一次。"
_UNPACK = "请把里面的文件解开，放进 inbox/ 后再运行一次。"
_ADVICE = {
    FileType.WORD: "请单位把内容填入下发的 .xlsx 报表后再报一次。",
    FileType.ZIP: _UNPACK,
    FileType.RAR: _UNPACK,
    FileType.SEVEN_ZIP: _UNPACK,
    FileType.MAIL: "请把邮件里的附件另存到 inbox/ 后再运行一次。",
    FileType.WEB_PAGE: _RESAVE,
    FileType.TEXT: _RESAVE,
    FileType.OFD: "请单位另报下发的 .xlsx 报表。",
}


def read_book(name: str, content: bytes) -> Book | Refusal:
    """The workbook in `content`; `name` only tells system files. Never raises."""
    found = file_type(name, content)
    if found in WORKBOOKS:
        return _read_workbook(found, content)
    match found:
        case FileType.SYSTEM:
            return Refusal("", "系统文件")
        case FileType.PDF | FileType.PICTURE:
            return Refusal("", "附件", (("what", str(found)),))
        case FileType.EMPTY:
            return Refusal("F05", "无法读取")
        case FileType.ENCRYPTED:
            return Refusal("F03", "无法读取")
    todo = _ADVICE.get(found, "请打开核对；若是报表，请单位用下发的 .xlsx 报表重报。")
    return Refusal("F02", "无法读取", (("what", str(found)), ("todo", todo)))


def _read_workbook(found: FileType, content: bytes) -> Book | Refusal:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        names = {m.name: m.visible is not SheetVisibleEnum.Visible for m in book.sheets_metadata}
        blanks = _blank_formulas(content) if found is FileType.XLSX else {}
        sheets = tuple(
            _read_sheet(book, name, hidden, blanks.get(name, {})) for name, hidden in names.items()
        )
        code, saved = _properties(found, content)
    except CalamineError as error:
        if "assword" in f"{type(error).__name__} {error}":
            return Refusal("F03", "无法读取")
        return Refusal("F01", "无法读取", (("reason", "不是完整的工作簿"),))
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError, EOFError):
        return Refusal("F01", "无法读取", (("reason", "不是完整的工作簿"),))
    return Book(sheets, code, saved)


def _read_sheet(
    book: CalamineWorkbook, name: str, hidden: bool, blanks: Mapping[tuple[int, int], str]
) -> Sheet:
    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError as error:
        if "not worksheet" in str(error).lower() or "WorksheetNotFound" in type(error).__name__:
            return Sheet(name, (), hidden=hidden)  # a chart sheet has no cells
        raise
    rows = sheet.to_python(skip_empty_area=False)
    merged = tuple((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
    for area in merged:
        _uncover(rows, area)
    while rows and not any(cell not in ("", None) for cell in rows[-1]):
        rows.pop()
    return Sheet(name, tuple(map(tuple, rows)), merged, hidden, blanks)


def _uncover(rows: list[list[Any]], area: Area) -> None:
    """Empty what a merged area hides: the file keeps the old values, the unit does not see them."""
    first, left, last, right = area
    for row in range(first, min(last + 1, len(rows))):
        for col in range(left, min(right + 1, len(rows[row]))):
            if (row, col) != (first, left):
                rows[row][col] = None


def _properties(found: FileType, content: bytes) -> tuple[str, datetime | None]:
    """The form code and the time of the last saving, in China's time, where the file has them."""
    if found is FileType.XLS:
        return _ole_properties(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
        custom = archive.read("docProps/custom.xml") if "docProps/custom.xml" in names else b""
        core = "docProps/core.xml" if "docProps/core.xml" in names else "meta.xml"
        text = archive.read(core).decode("utf-8", "replace") if core in names else ""
        meta = custom.decode("utf-8", "replace") or text
    code = re.search(rf'name="{PROPERTY}"[^>]*>(?:\s*<[^>]*>)?\s*([^<]+)<', meta)
    saved = re.search(r"<(?:dcterms:modified|dc:date)[^>]*>([^<]+)<", text)
    return unescape(code[1]) if code else "", _moment(saved[1]) if saved else None


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


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo:
        moment = moment.astimezone(CHINA).replace(tzinfo=None)
    return moment.replace(microsecond=0)


def _blank_formulas(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Cells that calamine shows as empty though they hold a formula or an error, by sheet."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name, part in _sheet_parts(archive).items():
            xml = archive.read(part)
            if b"<f" in xml or b't="e"' in xml:
                found[name] = _formulas_in(xml)
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its part in the package."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    parts = {rel.get("Id"): str(rel.get("Target")) for rel in rels}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = parts.get(sheet.get(relation), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            found[str(sheet.get("name"))] = part
    return found


def _formulas_in(xml: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for cell in ElementTree.fromstring(xml).iter(f"{_MAIN}c"):
        formula, value = cell.find(f"{_MAIN}f"), cell.findtext(f"{_MAIN}v") or ""
        if cell.get("t") == "e" or (formula is not None and not value):
            at = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
            if at:
                text = value or f"={formula.text or '' if formula is not None else ''}"
                found[int(at[2]) - 1, _column(at[1])] = text
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
