"""Bytes of the clerk's 登记.xlsx + new rows → its bytes with these added, all else as it stands.

Only the sheet's own part is written anew: a library that loads and saves a workbook loses what
it does not know (pictures, newer validations, the clerk's colours).
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from ..cells import cell_text
from ..sheets import Book, address
from .columns import DECISION_SHEET
from .part import SheetPart
from .rows import FoundSheet, find_sheet
from .write import Row, height_of

if TYPE_CHECKING:
    from lxml import etree

_OFFICE = "/officeDocument"


def add_rows(
    content: bytes, book: Book, rows: Sequence[Row], pins: Mapping[str, str]
) -> bytes | None:
    """`rows` below the last row of 登记; `pins`: empty cells of the program's own, address → text.

    None where the workbook is of a kind that nothing can be added to.
    """
    found, _ = find_sheet(book, DECISION_SHEET)
    if found is None:
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            path = _part_of(archive, found.sheet.name)
            part = SheetPart(archive.read(path))
        _add(part, found, rows, pins)
        return _replaced(content, path, part.content)
    except (zipfile.BadZipFile, KeyError, ValueError, StopIteration):
        return None


def _add(part: SheetPart, found: FoundSheet, rows: Sequence[Row], pins: Mapping[str, str]) -> None:
    for cell, text in pins.items():
        part.set_text(cell, cell_text(text))
    for at, row in enumerate(rows, found.end):
        part.set_height(at, height_of(DECISION_SHEET, row))
        for key, col in sorted(found.columns.items(), key=lambda c: c[1]):
            if row.get(key):
                part.set_text(address(at, col), cell_text(row[key]))


def _part_of(archive: zipfile.ZipFile, name: str) -> str:
    """The part of the sheet with this name.

    :raises ValueError: where there is none.
    """
    workbook = next(t for kind, t in _targets(archive, "") if kind.endswith(_OFFICE))
    sheets = _parse(archive.read(workbook)).iterfind(".//{*}sheets/{*}sheet")
    ids = {s.get("name"): v for s in sheets for k, v in s.items() if str(k).endswith("}id")}
    for ident, target in _relations(archive, workbook):
        if ident == ids.get(name):
            return target
    raise ValueError(name)


def _targets(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    return [(r.get("Type", ""), _path(part, r.get("Target", ""))) for r in _rels(archive, part)]


def _relations(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    return [(r.get("Id", ""), _path(part, r.get("Target", ""))) for r in _rels(archive, part)]


def _rels(archive: zipfile.ZipFile, part: str) -> list[etree._Element]:
    folder, name = dirname(part), part.rpartition("/")[2]
    return list(_parse(archive.read(join(folder, "_rels", f"{name}.rels"))))


def _path(part: str, target: str) -> str:
    return target[1:] if target.startswith("/") else normpath(join(dirname(part), target))


def _parse(content: bytes) -> etree._Element:
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _replaced(content: bytes, path: str, part: bytes) -> bytes:
    """The package with one part exchanged; times and order of the parts stay, so that the same
    addition gives the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename, info.date_time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = info.external_attr
            new.writestr(entry, part if info.filename == path else old.read(info))
    return out.getvalue()
