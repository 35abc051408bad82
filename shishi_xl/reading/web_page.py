"""HTML saved as .xls or .doc, and web archives (.mht) → Book, a sheet for each table.

Excel and WPS write such files as 网页 and 单个文件网页, many systems as “Excel 导出”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from html import unescape

from lxml import etree
from lxml.etree import _Element

from ..sheets import PROPERTY, Book, Refusal, Sheet
from .charset import decode
from .file_type import FileType
from .grid import Grid, Room, TooLarge
from .moment import read_moment
from .page_notes import read_page
from .page_table import fill_grid, is_data, table_width
from .page_text import flow
from .refuse import LARGEST_TEXT, damaged, frame_only, not_text, too_large, without_table

_LIBREOFFICE_NAME = re.compile(r"(?:Sheet|工作表|表) \d+: (.+)")
_EXCEL_NAME = re.compile(r"<x:Name>([^<]*)</x:Name>")
_CODE = re.compile(
    rf'<meta name="{PROPERTY}" content="([^"]*)"'
    rf"|<o:{PROPERTY.replace(' ', '_x0020_')}\b[^>]*>([^<]*)<"
)
_SAVED = re.compile(r'<o:LastSaved>([^<]*)<|<meta name="changed" content="([^"]*)"')


class _CutOff(Exception):
    """The page ends, or the parser gives up, within a table."""


def read_web_page(content: bytes) -> Book | Refusal:
    """The page's tables; text above a table stands in rows above it. Never raises."""
    if len(content) > LARGEST_TEXT:
        return too_large()
    pages = [decode(page) for page in _pages(content)]
    known = [page for page in pages if page is not None]
    if len(known) < len(pages):
        return not_text()
    source = "\n".join(known)
    try:
        room = Room()
        sheets = [sheet for page in known for sheet in _sheets_of(_parse(page), room)]
    except TooLarge:
        return too_large()
    except (_CutOff, etree.LxmlError, ValueError, RecursionError):
        return damaged("网页里的表格不完整")
    if not sheets:
        is_frame = re.search("<frameset", source, re.I)
        return frame_only() if is_frame else without_table(FileType.WEB_PAGE)
    code, saved = _CODE.search(source), _SAVED.search(source)
    return Book(
        tuple(_named(sheets, [unescape(n) for n in _EXCEL_NAME.findall(source)])),
        unescape(code[1] or code[2]) if code else "",
        read_moment(saved[1] or saved[2]) if saved else None,
    )


def _pages(content: bytes) -> Iterator[bytes]:
    """The page itself, or those that a web archive holds, without its strip of sheet tabs."""
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") or b"\x00" in content[:4]:
        yield content
        return
    for part in message_from_bytes(content, policy=policy.compat32).walk():
        is_tabs = str(part.get("Content-Location", "")).endswith("tabstrip.htm")
        if part.get_content_type() == "text/html" and not is_tabs:
            page = part.get_payload(decode=True)
            yield page if isinstance(page, bytes) else b""


def _parse(page: str) -> _Element | None:
    if page.lower().rfind("</table") < page.lower().rfind("<table"):
        raise _CutOff
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(page.encode(), parser)
    # libxml2 stops at 256 elements within one another and at 10 MB of text, and says so only here.
    if any(fault.level_name == "FATAL" for fault in parser.error_log):
        raise _CutOff
    return root


def _sheets_of(root: _Element | None, room: Room) -> Iterator[Sheet]:
    """The page's sheets: a table begins one, unless it can be seen to go on with the last.

    It goes on where nothing stands between, or where it is as wide: a table broken in two, whose
    second part has no header, would be lost on a sheet of its own.
    """
    grid, name, width = Grid(room), "", 0
    said = read_page(root)
    lines: list[str] = []
    for piece in () if root is None else flow(root, is_data):
        if isinstance(piece, str):
            lines.append(piece)
            continue
        heading = _LIBREOFFICE_NAME.fullmatch(lines[-1]) if lines else None
        if width and (heading or (lines and table_width(piece) != width)):
            yield grid.sheet(name)
            grid, name = Grid(room), ""
        if heading:
            name, lines = heading[1], []  # what else stands there is LibreOffice's list of sheets
        for line in lines:
            grid.put_line(line)
        lines.clear()
        fill_grid(grid, piece, said)
        width = table_width(piece)
    if width:
        for line in lines:
            grid.put_line(line)
        yield grid.sheet(name)


def _named(sheets: list[Sheet], names: list[str]) -> Iterator[Sheet]:
    """The sheets under the names that Excel keeps in a comment, else their own, else 表格."""
    for number, sheet in enumerate(sheets, 1):
        own = sheet.name or ("表格" if number == 1 else f"表格{number}")
        yield replace(sheet, name=names[number - 1] if len(names) == len(sheets) else own)
