"""An xlsb package → what calamine does not tell of its cells (MS-XLSB; relations as in an xlsx).

Tried on the xlsb files among the tests of other projects; they have comments, text boxes and
hidden rows, and no struck-through or white text.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ..sheets import Aside, AsideKind, own_words
from .look import SecondLook, is_percent, span
from .office_parts import OfficeParts, drawn
from .package import Package
from .reach import records

_ROW, _BLANK, _ERROR, _FORMULA_ERROR, _COLUMNS = 0, 1, 3, 11, 60
_CELLS = range(1, 12)  # BrtCellBlank to BrtFmlaError; 62 is a cell with rich text
_RICH = 62
_SHEET, _FONT, _NUMBER, _FILL, _XF, _BEGIN_XFS, _END_XFS = 156, 43, 44, 45, 47, 617, 618
_COMMENT, _COMMENT_TEXT = 635, 637
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}
_RGB, _THEME = 2, 3


def look_again(package: Package) -> dict[str, SecondLook]:
    """Sheet name → what calamine does not tell. Raises whatever a damaged structure leads to."""
    parts = OfficeParts(package)
    formats = _formats(parts.read("xl/styles.bin"))
    return {name: _look(parts, part, formats) for name, part in _sheets(parts)}


def _sheets(parts: OfficeParts) -> Iterator[tuple[str, str]]:
    known = parts.relations("xl/workbook.bin")
    for kind, body in records(parts.read("xl/workbook.bin")):
        if kind == _SHEET:
            rel, at = _string(body, 8)
            name, _ = _string(body, at)
            if rel in known:
                yield name, known[rel][1]


@dataclass(frozen=True, slots=True)
class _Format:
    """A cell format: how its text looks odd, and whether it shows a number in per cent."""

    odd: tuple[AsideKind, ...]
    percent: bool


def _formats(styles: bytes) -> tuple[_Format, ...]:
    fonts: list[tuple[bool, bool]] = []
    filled: list[bool] = []
    percent = {9, 10}  # 0% and 0.00% are built in
    found: list[_Format] = []
    within = False
    for kind, body in records(styles):
        if kind == _FONT:
            fonts.append((bool(body[2] & 8), _is_white(body[12:20])))
        elif kind == _FILL:
            filled.append(bool(struct.unpack_from("<I", body)[0]))
        elif kind == _NUMBER and is_percent(_string(body, 2)[0]):
            percent.add(struct.unpack_from("<H", body)[0])
        elif kind in (_BEGIN_XFS, _END_XFS):
            within = kind == _BEGIN_XFS
        elif kind == _XF and within:
            _, number, font, fill = struct.unpack_from("<HHHH", body)
            struck, white = fonts[font]
            odd: tuple[AsideKind, ...] = ("struck",) if struck else ()
            odd += ("white",) if white and not filled[fill] else ()
            found.append(_Format(odd, number in percent))
    return tuple(found)


def _is_white(colour: bytes) -> bool:
    sort = colour[0] >> 1
    return (sort == _RGB and colour[4:7] == b"\xff\xff\xff") or (sort == _THEME and colour[1] == 0)


@dataclass(slots=True)
class _Found:
    blanks: dict[tuple[int, int], str]
    asides: list[Aside]
    rows: set[int]
    cols: set[int]
    percents: set[tuple[int, int]]


def _look(parts: OfficeParts, part: str, formats: tuple[_Format, ...]) -> SecondLook:
    found = _Found({}, [], set(), set(), set())
    row = 0
    for kind, body in records(parts.read(part)):
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0]
            if len(body) > 11 and body[11] & 0x10:
                found.rows.add(row)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<IIIIH", body)
            if flags & 1:
                found.cols.update(span(first, last - first + 1))
        elif kind in _CELLS or kind == _RICH:
            col, style = struct.unpack_from("<II", body)
            if kind in (_ERROR, _FORMULA_ERROR):
                found.blanks[row, col] = _ERRORS.get(body[8], "#N/A")
            if kind != _BLANK:
                form = formats[style & 0xFFFFFF]
                found.asides += (Aside(row, col, k) for k in form.odd)
                if form.percent:
                    found.percents.add((row, col))
    for sort, target in parts.relations(part).values():
        if sort == "comments":
            found.asides += _comments(parts.read(target))
        elif sort == "drawing" and (beside := parts.parse(target)) is not None:
            found.asides += drawn(beside)
    return SecondLook(
        found.blanks,
        tuple(found.asides),
        (),
        frozenset(found.rows),
        frozenset(found.cols),
        frozenset(found.percents),
    )


def _comments(part: bytes) -> Iterator[Aside]:
    at = (0, 0)
    for kind, body in records(part):
        if kind == _COMMENT:
            row, _, col, _ = struct.unpack_from("<IIII", body, 4)
            at = (row, col)
        elif kind == _COMMENT_TEXT and (text := own_words(_string(body, 1)[0])):
            yield Aside(*at, "comment", text)


def _string(body: bytes, at: int) -> tuple[str, int]:
    """A string with its length before it, and where it ends."""
    end = at + 4 + 2 * int(struct.unpack_from("<I", body, at)[0])
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
