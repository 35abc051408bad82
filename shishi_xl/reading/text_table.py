"""Text with delimiters (CSV, TSV, “Unicode 文本”) → Book of one sheet."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from ..sheets import Book, Refusal
from .charset import decode
from .file_type import FileType
from .grid import LARGEST, Grid, Room, TooLarge
from .refuse import LARGEST_TEXT, damaged, not_text, too_large, without_table

_DELIMITERS = ",\t;|"
_LAST = "\x00"  # stands on a line of its own under the text; one that is quoted away is not found
_SAMPLE = 100_000  # characters that decide which delimiter it is
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.I)  # Excel's own first line; it shows none of it


def read_text_table(content: bytes) -> Book | Refusal:
    """The table in a text; F02 where no two rows have two cells each. Never raises."""
    if len(content) > LARGEST_TEXT:
        return too_large()
    text = decode(content)
    if text is None:
        return not_text()
    text = text.replace("\x00", "").rstrip("\x1a")
    try:
        return _read(text)
    except csv.Error:
        return damaged("有一格长得不合常理，多为引号没有配对")
    except TooLarge:
        return too_large()


def _read(text: str) -> Book | Refusal:
    said = _SEPARATOR.match(text)
    body = text[said.end() :] if said else text
    delimiter = said[1] if said else _best_delimiter(body)
    if body.count(delimiter) > LARGEST:
        raise TooLarge
    rows = list(_rows(body, delimiter))
    if _width(rows)[1] < 2:
        return without_table(FileType.TEXT)
    if rows.pop() != [_LAST]:
        return damaged("引号没有配对，后面的行分不开")
    grid = Grid(Room())
    for row, cells in enumerate(rows):
        for col, cell in enumerate(cells):
            grid.put(row, col, cell)
    return Book((grid.sheet("表格"),))


def _best_delimiter(text: str) -> str:
    """The one that cuts most of the text into rows of equal width."""
    sample = text[:_SAMPLE]

    def cells(delimiter: str) -> int:
        width, rows = _width(list(_rows(sample, delimiter)))
        return (width - 1) * rows if rows > 1 else 0

    return max(_DELIMITERS, key=cells)


def _width(rows: list[list[str]]) -> tuple[int, int]:
    """The commonest number of cells, two at least, and how many rows have text in two of them."""
    widths = Counter(len(row) for row in rows if sum(map(bool, row)) > 1)
    return max(widths.items(), key=lambda w: (w[1] * (w[0] - 1), w[0]), default=(0, 0))


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    source = StringIO(f"{text.rstrip()}\n{_LAST}", newline="")
    return csv.reader(source, delimiter=delimiter)
