"""Word document (.docx, .docm, .dotx) → Book of one sheet: lines and tables in their order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from posixpath import dirname

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import _Element

from ..sheets import PROPERTY, Book, Refusal, Sheet
from .file_type import FileType
from .grid import Grid, Room, TooLarge
from .moment import read_moment
from .refuse import LARGEST_TEXT, damaged, too_large, with_dtd, without_table
from .word_notes import PARTS, Note, Texts, notes_in, read_texts
from .word_table import Table, aligned, columns_of, fill_grid, read_rows
from .word_text import TBL, TC, P, inside, line_of, rows_of, text_in


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph outside of tables; without text where something hangs on an empty one."""

    text: str
    notes: tuple[Note, ...]


Block = _Line | Table


class _HasDtd(Exception):
    """A part declares a document type, which no program does."""


def read_word(content: bytes) -> Book | Refusal:
    """The document's tables on one sheet, paragraphs as rows of one cell. Never raises."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _read(_Package(archive))
    except TooLarge:
        return too_large()
    except _HasDtd:
        return with_dtd()
    except Exception:  # lxml and python-docx raise whatever a damaged structure leads to
        return damaged("不是完整的 Word 文档")


class _Package:
    """The parts of a document that are read.

    Not python-docx's own package: that loads every picture too, and fails where a picture's part
    is absent (Target="NULL", as Word and WPS leave behind).
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._left = LARGEST_TEXT

    def part(self, name: str) -> _Element | None:
        """The XML of a part, or None. :raises TooLarge, _HasDtd:"""
        if name not in self._names:
            return None
        with self._archive.open(name) as file:  # the size that the directory states may be a lie
            xml = file.read(self._left + 1)
        self._left -= len(xml)
        if self._left < 0:
            raise TooLarge
        root: _Element = parse_xml(xml)
        if root.getroottree().docinfo.internalDTD is not None:
            raise _HasDtd
        return root

    def body(self) -> _Element:
        """:raises ValueError: where there is none."""
        document = self.part(self._document())
        body = None if document is None else document.find(qn("w:body"))
        if body is None:
            raise ValueError("w:body")
        return body

    def texts(self) -> Texts:
        """Comments, footnotes and endnotes."""
        folder = dirname(self._document())
        parts = ((name, self.part(f"{folder}/{name}")) for name in PARTS)
        return {key: text for name, root in parts for key, text in read_texts(name, root).items()}

    def _document(self) -> str:
        links = self.part("_rels/.rels")
        every = () if links is None else links.iterchildren()
        kind = "/officeDocument"
        targets = (
            str(link.get("Target")) for link in every if str(link.get("Type")).endswith(kind)
        )
        return next(targets, "").lstrip("/")


def _read(package: _Package) -> Book | Refusal:
    blocks = tuple(_blocks(package.body(), package.texts()))
    if all(isinstance(block, _Line) for block in blocks):
        return without_table(FileType.DOCX)
    return Book((_sheet(blocks),), _code(package), _saved(package))


def _sheet(blocks: tuple[Block, ...]) -> Sheet:
    """Everything under one another, so that a table broken in two stays under its header."""
    tables = aligned([block for block in blocks if not isinstance(block, _Line)])
    in_order = zip(tables, columns_of(tables), strict=True)
    grid = Grid(Room())
    for block in blocks:
        if isinstance(block, _Line):
            grid.put_line(block.text)
            for note in block.notes:
                grid.note(max(len(grid) - 1, 0), 0, *note)
        else:
            fill_grid(grid, *next(in_order))
    return grid.sheet("表格")


def _blocks(container: _Element, texts: Texts) -> Iterator[Block]:
    """Lines, and tables; one that only frames another is seen through."""
    for block in inside(container, P, TBL):
        if block.tag == P:
            line = _Line(line_of(block).strip(), notes_in(block, texts))
            if line.text or line.notes:
                yield line
        elif any(_is_frame(row) for row in rows_of(block)):
            for row in rows_of(block):
                for cell in inside(row, TC):
                    yield from _blocks(cell, texts)
        else:
            yield read_rows(block, texts)


def _is_frame(row: _Element) -> bool:
    """Whether the row's one cell with content holds a table of two by two at least."""
    if row.find(f".//{TBL}") is None:
        return False
    filled = [cell for cell in inside(row, TC) if text_in(cell)]
    return len(filled) == 1 and any(
        sum(len(list(inside(r, TC))) > 1 for r in rows_of(table)) > 1
        for table in inside(filled[0], TBL)
    )


def _code(package: _Package) -> str:
    properties = package.part("docProps/custom.xml")
    for found in () if properties is None else properties.iterchildren():
        if found.get("name") == PROPERTY:
            return "".join(map(str, found.itertext())).strip()
    return ""


def _saved(package: _Package) -> datetime | None:
    core = package.part("docProps/core.xml")
    said = None if core is None else core.findtext("{http://purl.org/dc/terms/}modified")
    return read_moment(said) if said else None
