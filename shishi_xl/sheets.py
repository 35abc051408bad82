"""What a file says, as values: Book of Sheets of cells, Scan of pages, or why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Literal

from .kinds import CellValue, verbatim

PROPERTY = "shishi_xl form code"  # the custom document property that holds a form's code

# A note of ours in a cell's comment: what stands before or after it is the unit's own.
NOTE_BEGIN, NOTE_END = "【审核意见】", "（改后不必删除本批注）"
_NOTE = re.compile(f"\n?{NOTE_BEGIN}.*?{NOTE_END}", re.S)

Area = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0


AsideKind = Literal["comment", "box", "picture", "struck", "white", "revised"]


@dataclass(frozen=True, slots=True)
class Aside:
    """Something about a cell that its value does not show: the text of a comment, a footnote or a
    text box, a picture over it, text that is struck through (in whole or in part) or white on
    white, a change that nobody has accepted yet."""

    row: int
    col: int
    kind: AsideKind
    text: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet from A1 on, rows of equal or unequal length, without trailing empty rows.

    `blanks` are cells that look empty but hold a formula without a value, or an error:
    (row, column) → what stands there. `unseen_rows` and `unseen_cols` are hidden.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    blanks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    asides: tuple[Aside, ...] = ()
    unseen_rows: frozenset[int] = frozenset()
    unseen_cols: frozenset[int] = frozenset()

    def text(self, row: int, col: int) -> str:
        """A cell's verbatim text; "" outside the sheet."""
        if row < len(self._texts) and col < len(self._texts[row]):
            return self._texts[row][col]
        return ""

    def raw(self, row: int, col: int) -> CellValue:
        if row < len(self.rows) and col < len(self.rows[row]):
            return self.rows[row][col]
        return None

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """The row's cells that are not empty, with their columns."""
        return iter(self._filled[row] if row < len(self._filled) else ())

    # Every stage asks for every cell, several times.
    @cached_property
    def _texts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(map(verbatim, row)) for row in self.rows)

    @cached_property
    def _filled(self) -> tuple[tuple[tuple[int, str], ...], ...]:
        return tuple(tuple((c, t) for c, t in enumerate(row) if t) for row in self._texts)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that was read. `code` is the document property, `saved` its last saving.

    `unproven`: its format could not be tried on real files, which the clerk is told. `unlooked`:
    comments, looks and what is hidden could not be seen, which the clerk is told too.
    """

    sheets: tuple[Sheet, ...]
    code: str = ""
    saved: datetime | None = None
    unproven: str = ""
    unlooked: bool = False


class Seal(StrEnum):
    """Whether a page bears a seal, as far as can be seen: a hint, no proof."""

    FOUND = "有印章"
    NONE = "未见印章"
    UNSURE = "不能判断"  # a scan without colours


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a PDF or one picture, as it was looked at.

    `codes`: what its QR codes say. `text`: its text layer, else what was read from the picture
    (`by_sight`); "" where there is neither. `picture`: a small JPEG to look at. `blank`: nothing
    is printed on it; `written`: it looks like a written sheet, and no photograph of something else.
    `fault`: why it could not be looked at; the rest is empty then. `unread`: a JPEG of a page
    without text, upright as far as is known, for who can read by eye.
    """

    number: int
    codes: tuple[str, ...] = ()
    text: str = ""
    by_sight: bool = False
    seal: Seal = Seal.UNSURE
    picture: bytes = b""
    blank: bool = False
    written: bool = False
    fault: str = ""
    unread: bytes = b""


@dataclass(frozen=True, slots=True)
class Scan:
    """A PDF or a picture, page by page; `what` is “PDF 文件” or “图片”."""

    pages: tuple[Page, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail's envelope. `date` is China's time, without a zone; `text` its beginning."""

    sender: str
    subject: str
    date: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is no readable workbook.

    `code` is a catalogue code, or "" for a file that is not meant to be read (`outcome` then
    says what it is); `details` are the words of the message. `lost`: there were no bytes to read,
    which says nothing of what stands in them.
    """

    code: str
    outcome: str
    details: tuple[tuple[str, str], ...] = ()
    lost: bool = False


@lru_cache(maxsize=4096)  # the cells of one form are those of the next
def address(row: int, col: int) -> str:
    """A1 address from zero-based row and column."""
    return f"{column_letters(col)}{row + 1}"


def column_letters(col: int) -> str:
    """A, B, … from a zero-based column."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def own_words(comment: str) -> str:
    """A comment without the note that we put there."""
    return _NOTE.sub("", comment).strip()
