"""A worksheet's XML → its cells by address, found or made where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from .package import CannotMark, Element, main

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def split(cell: str) -> tuple[int, int]:
    """Row and column from 1 of an A1 address."""
    match = _ADDRESS.fullmatch(cell)
    if match is None:
        raise CannotMark(f"{cell} is no address")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


class Cells:
    """The cells of one sheet."""

    def __init__(self, root: Element) -> None:
        data = root.find(main("sheetData"))
        if data is None:
            raise CannotMark("no worksheet")
        self._root, self._data = root, data
        self._rows = dict(_numbered(data, "row"))

    def find(self, cell: str) -> Element | None:
        """The cell, where the sheet has it."""
        number, column = split(cell)
        row = self._rows.get(number)
        return None if row is None else _columns(row).get(column)

    def seen(self, cell: str) -> str:
        """The cell that shows in its place: the first of the merged area that covers it."""
        row, column = split(cell)
        for merged in self._root.iterfind(f"{main('mergeCells')}/{main('mergeCell')}"):
            first, _, last = merged.get("ref", "").partition(":")
            (top, left), (bottom, right) = split(first), split(last or first)
            if top <= row <= bottom and left <= column <= right:
                return first
        return cell

    def every(self) -> Iterator[tuple[str, Element]]:
        """Each cell that the sheet has, with its address."""
        for number, row in self._rows.items():
            for column, cell in _columns(row).items():
                yield f"{letters(column)}{number}", cell

    def make(self, cell: str) -> Element:
        """The cell, made with the style of its row or column where the sheet has none."""
        if (found := self.find(cell)) is not None:
            return found
        number, column = split(cell)
        row = self._rows.get(number)
        if row is None:
            row = etree.Element(main("row"), r=str(number))
            _insert(self._data, row, self._rows, number)
            self._rows[number] = row
        new = etree.Element(main("c"), r=cell, s=self._style(row, column))
        _insert(row, new, _columns(row), column)
        return new

    def _style(self, row: Element, column: int) -> str:
        if row.get("customFormat") in ("1", "true"):
            return row.get("s", "0")
        for col in self._root.iterfind(f"{main('cols')}/{main('col')}"):
            if int(col.get("min", 0)) <= column <= int(col.get("max", 0)):
                return col.get("style", "0")
        return "0"


def letters(column: int) -> str:
    """The letters of a column that is counted from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _numbered(data: Element, tag: str) -> Iterator[tuple[int, Element]]:
    """The rows with their numbers: a row without one follows the row above it."""
    at = 0
    for row in data.iterfind(main(tag)):
        at = int(row.get("r", at + 1))
        row.set("r", str(at))
        yield at, row


def _columns(row: Element) -> dict[int, Element]:
    at, found = 0, {}
    for cell in row.iterfind(main("c")):
        at = split(cell.get("r", ""))[1] if cell.get("r") else at + 1
        cell.set("r", f"{letters(at)}{row.get('r')}")
        found[at] = cell
    return found


def _insert(parent: Element, new: Element, known: dict[int, Element], at: int) -> None:
    """Put a row or cell where its number belongs."""
    after = [known[n] for n in known if n > at]
    if after:
        after[0].addprevious(new)
    else:
        parent.append(new)
