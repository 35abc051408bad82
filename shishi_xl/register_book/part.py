"""One worksheet's XML, to which texts and rows are added; nothing that stands there is changed."""

from __future__ import annotations

import re

from lxml import etree

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CELL = re.compile(r"([A-Z]+)(\d+)")


class SheetPart:
    """The part as it is edited. Rows are counted from 0, as everywhere in the program.

    :raises ValueError: where it is no worksheet.
    """

    def __init__(self, content: bytes) -> None:
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            self._root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as fault:
            raise ValueError(str(fault)) from None
        self._space = etree.QName(self._root).namespace or ""
        data = self._root.find(self._tag("sheetData"))
        if data is None:
            raise ValueError("sheetData")
        self._data = data
        self._rows = self._numbered()

    @property
    def content(self) -> bytes:
        self._widen()
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def set_height(self, row: int, height: float) -> None:
        """The height of a row that is new."""
        if row not in self._rows:
            element = self._row(row)
            element.set("ht", f"{height:g}")
            element.set("customHeight", "1")

    def set_text(self, cell: str, text: str) -> None:
        """Text into an empty cell, whatever it begins with; the cell's or column's look stays."""
        match = _CELL.fullmatch(cell)
        if match is None:
            raise ValueError(cell)
        element = self._cell(self._row(int(match[2]) - 1), cell, _column(match[1]))
        for child in list(element):
            element.remove(child)
        element.set("t", "inlineStr")
        words = etree.SubElement(etree.SubElement(element, self._tag("is")), self._tag("t"))
        words.set(_XML_SPACE, "preserve")
        words.text = text

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}" if self._space else name

    def _numbered(self) -> dict[int, etree._Element]:
        """Rows by number; one without a number follows the one before."""
        found: dict[int, etree._Element] = {}
        at = -1
        for element in self._data.iterchildren(self._tag("row")):
            at = int(element.get("r", at + 2)) - 1
            found[at] = element
        return found

    def _row(self, row: int) -> etree._Element:
        if row not in self._rows:
            element = etree.Element(self._tag("row"), r=str(row + 1))
            after = next((self._rows[r] for r in sorted(self._rows) if r > row), None)
            if after is None:
                self._data.append(element)
            else:
                after.addprevious(element)
            self._rows[row] = element
        return self._rows[row]

    def _cell(self, row: etree._Element, cell: str, col: int) -> etree._Element:
        for other in row.iterchildren(self._tag("c")):
            match = _CELL.fullmatch(other.get("r", ""))
            if match is None:
                raise ValueError("cells without an address")
            if _column(match[1]) == col:
                return other
            if _column(match[1]) > col:
                made = self._new_cell(cell, col)
                other.addprevious(made)
                return made
        made = self._new_cell(cell, col)
        row.append(made)
        return made

    def _new_cell(self, cell: str, col: int) -> etree._Element:
        made = etree.Element(self._tag("c"), r=cell)
        for column in self._root.iterfind(f"{self._tag('cols')}/{self._tag('col')}"):
            inside = int(column.get("min", 0)) <= col <= int(column.get("max", 0))
            if inside and (style := column.get("style")):
                made.set("s", style)
        return made

    def _widen(self) -> None:
        """The sheet's stated extent holds the new rows too; readers go by it."""
        extent = self._root.find(self._tag("dimension"))
        cells = [
            m
            for row in self._rows.values()
            for c in row.iterchildren(self._tag("c"))
            if (m := _CELL.fullmatch(c.get("r", "")))
        ]
        if extent is not None and cells:
            columns = sorted((m[1] for m in cells), key=_column)
            lines = [int(m[2]) for m in cells]
            extent.set("ref", f"{columns[0]}{min(lines)}:{columns[-1]}{max(lines)}")


def _column(letters: str) -> int:
    """A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
