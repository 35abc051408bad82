"""An ods → what calamine does not tell of its cells: merged areas too."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from ..marks import describes_code
from ..sheets import Area, Aside, AsideKind, own_words
from .look import SecondLook, span
from .ods_style import STYLE, Styles
from .package import Package

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _OFFICE, _TEXT, _DRAW = (
    f"{{{_OASIS}:{n}:1.0}}" for n in ("table", "office", "text", "drawing")
)
_DESCRIPTION = f"{{{_OASIS}:svg-compatible:1.0}}desc"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_HIDDEN = ("collapse", "filter")


def look_again(package: Package) -> dict[str, SecondLook]:
    """Sheet name → what calamine does not tell. Raises what zipfile and the XML parser raise."""
    styles = Styles()
    if "styles.xml" in package:
        for style in ElementTree.fromstring(package.read("styles.xml")).iter(f"{STYLE}style"):
            styles.add(style)
    body = package.read("content.xml")
    return {table.name: table.look() for table in _tables(body, styles)}


def _tables(body: bytes, styles: Styles) -> Iterator[_Table]:
    table: _Table | None = None
    above: list[Element] = []
    for event, element in ElementTree.iterparse(BytesIO(body), events=("start", "end")):
        if event == "start":
            above.append(element)
            if element.tag == f"{_TABLE}table":
                table = _Table(element.get(f"{_TABLE}name", ""), styles)
            continue
        above.pop()
        if element.tag == f"{STYLE}style":
            styles.add(element)
        elif table is None:
            continue
        elif element.tag == f"{_TABLE}table":
            yield table
            table = None
        elif element.tag == f"{_TABLE}table-column":
            table.put_columns(element)
        elif element.tag == f"{_TABLE}shapes":
            table.put_shapes(element)
        elif element.tag == f"{_TABLE}table-row":
            table.put_rows(element)
            above[-1].remove(element)  # a long sheet is not kept


class _Table:
    """One sheet as it is read, column definitions first, then its rows."""

    def __init__(self, name: str, styles: Styles) -> None:
        self.name = name
        self._styles = styles
        self._columns: list[tuple[int, str]] = []  # up to which column, and the cells' style
        self._row = 0
        self._blanks: dict[tuple[int, int], str] = {}
        self._asides: list[Aside] = []
        self._merged: list[Area] = []
        self._rows: set[int] = set()
        self._cols: set[int] = set()
        self._percents: set[tuple[int, int]] = set()

    def look(self) -> SecondLook:
        return SecondLook(
            self._blanks,
            tuple(self._asides),
            tuple(self._merged),
            frozenset(self._rows),
            frozenset(self._cols),
            frozenset(self._percents),
        )

    def put_columns(self, element: Element) -> None:
        """One or several columns that are alike."""
        start = self._columns[-1][0] if self._columns else 0
        times = _count(element, "number-columns-repeated")
        self._columns.append((start + times, element.get(f"{_TABLE}default-cell-style-name", "")))
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            self._cols.update(span(start, times))

    def put_shapes(self, element: Element) -> None:
        """Drawings that lie on the page, at no cell."""
        self._asides += _drawn(element, 0, 0)

    def put_rows(self, element: Element) -> None:
        """One or several rows that are alike."""
        times = _count(element, "number-rows-repeated")
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            self._rows.update(span(self._row, times))
        col = 0
        for cell in element:
            if cell.tag in _CELLS:
                if len(cell) or cell.get(f"{_TABLE}formula"):
                    style = cell.get(f"{_TABLE}style-name") or element.get(
                        f"{_TABLE}default-cell-style-name"
                    )
                    for row in span(self._row, times):
                        self._put_cell(row, col, cell, style or self._column_style(col))
                col += _count(cell, "number-columns-repeated")
        self._row += times

    def _put_cell(self, row: int, col: int, cell: Element, style: str) -> None:
        text = "\n".join("".join(p.itertext()) for p in cell.iterfind(f"{_TEXT}p"))
        formula = cell.get(f"{_TABLE}formula", "")
        if cell.get(f"{_CALCEXT}value-type") == "error":
            self._blanks[row, col] = text or formula
        elif formula and not text and not cell.get(f"{_OFFICE}value-type"):
            self._blanks[row, col] = "=" + formula.partition("=")[2]
        if cell.get(f"{_OFFICE}value-type") == "percentage":
            self._percents.add((row, col))
        if text:
            self._asides += (Aside(row, col, kind) for kind in self._odd(cell, style))
        for note in cell.iterfind(f"{_OFFICE}annotation"):
            if said := own_words(_text_of(note)):
                self._asides.append(Aside(row, col, "comment", said))
        self._asides += _drawn(cell, row, col)
        height, width = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            self._merged.append((row, col, row + height - 1, col + width - 1))

    def _odd(self, cell: Element, style: str) -> Iterator[AsideKind]:
        kinds = list(self._styles.odd("table-cell", style))
        for part in cell.iterfind(f"{_TEXT}p//{_TEXT}span"):
            own = self._styles.odd("text", part.get(f"{_TEXT}style-name", ""))
            kinds += (kind for kind in own if kind == "struck")
        yield from dict.fromkeys(kinds)

    def _column_style(self, col: int) -> str:
        return next((style for end, style in self._columns if col < end), "")


def _drawn(container: Element, row: int, col: int) -> Iterator[Aside]:
    """Pictures and the text of other drawings, as children of a cell or of the page."""
    for shape in container:
        if not shape.tag.startswith(_DRAW):
            continue
        if text := _text_of(shape):
            yield Aside(row, col, "box", text)
        elif shape.find(f".//{_DRAW}image") is None:
            continue
        elif not describes_code(shape.findtext(_DESCRIPTION, "")):
            yield Aside(row, col, "picture")


def _text_of(element: Element) -> str:
    return "\n".join("".join(p.itertext()) for p in element.iter(f"{_TEXT}p")).strip()


def _count(element: Element, what: str) -> int:
    said = element.get(f"{_TABLE}{what}", "1")
    return int(said) if said.isdigit() else 1
