"""XML Spreadsheet 2003 (“XML 表格”, often saved as .xls) → Book.

The vocabulary is Microsoft's “XML Spreadsheet Reference” of Office 2003.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Set
from datetime import datetime
from html import unescape
from io import StringIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ..kinds import CellValue
from ..sheets import PROPERTY, AsideKind, Book, Refusal, Sheet, own_words
from .charset import decode
from .grid import Grid, Room, TooLarge
from .look import in_percent, is_percent, span
from .moment import read_moment
from .refuse import LARGEST_TEXT, damaged, not_text, too_large, with_dtd

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_STRUCK = "{http://www.w3.org/TR/REC-html40}S"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_CODE = re.compile(rf"<(?:\w+:)?{PROPERTY.replace(' ', '_x0020_')}\b[^>]*>([^<]*)<")
_SAVED = re.compile(r"<(?:\w+:)?LastSaved>([^<]*)<")


def read_xml_spreadsheet(content: bytes) -> Book | Refusal:
    """Every worksheet. A file with a DTD is refused: entities are its only use. Never raises."""
    if len(content) > LARGEST_TEXT:
        return too_large()
    text = decode(content)
    if text is None:
        return not_text()
    try:
        sheets = tuple(_sheets(text))
    except TooLarge:
        return too_large()
    except DefusedXmlException:
        return with_dtd()
    except (ParseError, ValueError, RecursionError):
        return damaged("XML 内容不完整或有错")
    code, saved = _CODE.search(text), _SAVED.search(text)
    return Book(sheets, unescape(code[1]) if code else "", read_moment(saved[1]) if saved else None)


def _sheets(text: str) -> Iterator[Sheet]:
    # As text, because expat knows no GBK; it then heeds no declared encoding.
    events = iterparse(StringIO(text.lstrip("\ufeff \r\n\t")), ("start", "end"), forbid_dtd=True)
    room, name, hidden = Room(), "", False
    styles: dict[str, frozenset[AsideKind]] = {}
    percents: set[str] = set()
    rows = _Rows(Grid(room), styles, percents)
    for event, element in events:
        if event == "start" and element.tag == f"{_SS}Worksheet":
            rows, name, hidden = (
                _Rows(Grid(room), styles, percents),
                element.get(f"{_SS}Name", "表格"),
                False,
            )
        elif event == "start":
            continue
        elif element.tag == f"{_SS}Row":
            rows.put(element)
            element.clear()  # a long sheet is not kept twice
        elif element.tag == f"{_SS}Style":
            styles[element.get(f"{_SS}ID", "")] = frozenset(_odd(element))
            form = element.find(f"{_SS}NumberFormat")
            if form is not None and is_percent(
                form.get(f"{_SS}Format", "").replace("Percent", "%")
            ):
                percents.add(element.get(f"{_SS}ID", ""))
        elif element.tag == f"{_SS}Column":
            rows.put_columns(element)
        elif element.tag == _VISIBLE:
            hidden = "Hidden" in (element.text or "")
        elif element.tag == f"{_SS}Worksheet":
            yield rows.grid.sheet(name, hidden)


class _Rows:
    """A worksheet's rows as they come; each follows the last unless it says where it stands."""

    def __init__(
        self, grid: Grid, styles: Mapping[str, frozenset[AsideKind]], percents: Set[str]
    ) -> None:
        self.grid = grid
        self._styles, self._percents = styles, percents
        self._next = 0
        self._next_column = 0

    def put_columns(self, element: Element) -> None:
        """One or several columns that are alike, before the rows."""
        first = _position(element, self._next_column)
        self._next_column = first + 1 + _count(element, "Span")
        if element.get(f"{_SS}Hidden") == "1":
            self.grid.hide(cols=span(first, self._next_column - first))

    def put(self, element: Element) -> None:
        row = _position(element, self._next)
        self._next = row + 1 + _count(element, "Span")
        if element.get(f"{_SS}Hidden") == "1":
            self.grid.hide(rows=span(row, self._next - row))
        col = 0
        for cell in element.iterfind(f"{_SS}Cell"):
            col = _position(cell, col)
            across, down = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
            self._put_cell(row, col, cell)
            self.grid.merge(row, col, down + 1, across + 1)
            col += across + 1

    def _put_cell(self, row: int, col: int, cell: Element) -> None:
        content = cell.find(f"{_SS}Data")  # that of a comment stands one level deeper
        formula = cell.get(f"{_SS}Formula")
        value = None if content is None else _value(content)
        if cell.get(f"{_SS}StyleID") in self._percents and type(value) is float:
            value = in_percent(value)
        if value in (None, "") and formula:
            self.grid.put_blank(row, col, formula)
        else:
            self.grid.put(row, col, value)
        comment = cell.find(f"{_SS}Comment/{_SS}Data")
        if comment is not None and (said := own_words("".join(comment.itertext()))):
            self.grid.note(row, col, "comment", said)
        if value not in (None, ""):
            kinds = set(self._styles.get(cell.get(f"{_SS}StyleID", ""), ()))
            if content is not None and content.find(f".//{_STRUCK}") is not None:
                kinds.add("struck")
            for kind in sorted(kinds):
                self.grid.note(row, col, kind)


def _odd(style: Element) -> Iterator[AsideKind]:
    """How text of a style looks odd. Programs repeat in each style what it takes from its parent."""
    font, fill = style.find(f"{_SS}Font"), style.find(f"{_SS}Interior")
    if font is not None and font.get(f"{_SS}StrikeThrough") == "1":
        yield "struck"
    plain = fill is None or fill.get(f"{_SS}Pattern", "None") == "None"
    if plain and font is not None and font.get(f"{_SS}Color", "").upper() == "#FFFFFF":
        yield "white"


def _position(element: Element, following: int) -> int:
    """From 0; `following` where it says nothing. :raises ValueError: where it goes back."""
    position = int(element.get(f"{_SS}Index", following + 1)) - 1
    if position < following:
        raise ValueError(position)
    return position


def _count(element: Element, name: str) -> int:
    return max(0, int(element.get(f"{_SS}{name}", 0)))


def _value(content: Element) -> CellValue:
    text = "".join(content.itertext())
    try:
        match content.get(f"{_SS}Type"):
            case "Number" if math.isfinite(float(text)):
                return float(text)
            case "Boolean":
                return bool(int(text))
            case "DateTime":
                moment = datetime.fromisoformat(text.strip())
                # A time of day alone is one on the day before Excel's first.
                return moment if moment.year > 1899 else moment.time()
    except ValueError:
        return text
    return text
