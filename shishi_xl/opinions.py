"""审核意见: the marks by which what a unit says to a problem, and our own notes, are known again.

A problem is the same one as long as its code, unit, item, column or target and the value found
are: not its file or cell, for a unit sends a new file each round.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from stdnum.iso7064 import mod_97_10

from .kinds import verbatim
from .names import fold, fold_words
from .period import Period
from .problems import Place, Problem
from .register import Explanation
from .sheets import Book, Sheet, address

SHEET = "审核意见"
NUMBER, GRADE, ITEM, WHERE, FOUND, MESSAGE, ADVICE, SAID = HEADERS = (
    "编号", "类别", "事项", "位置", "填报内容", "问题", "处理办法", "单位说明",
)  # fmt: skip
SHORTEST = 6  # characters of an explanation, after the national statistics system

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MARK = re.compile(r"审[0-9A-HJKMNP-TV-Z]{12}[0-9]{2}")
# Details that say where something stands, or that help the clerk: they may change by themselves.
_OF_PLACE = {"cells", "witnesses", "example", "sheets", "file", "files"}


def problem_mark(period: Period, problem: Problem) -> str:
    """What makes two runs' problems the same one; a problem of no known unit is its file's."""
    details = (f"{k}={v}" for k, v in sorted(problem.details) if k not in _OF_PLACE)
    file = "" if problem.unit else f"{problem.place.file}#{problem.place.sheet}"
    said = (str(period), problem.code, problem.unit, problem.item, problem.found, file, *details)
    number = int.from_bytes(hashlib.sha256("\x1f".join(said).encode()).digest()[:8])
    body = "".join(_ALPHABET[number >> (5 * i) & 31] for i in range(12))
    return f"审{body}{mod_97_10.calc_check_digits(body)}"


def is_enough(text: str) -> bool:
    """Whether an explanation says something: at least six letters, digits or characters."""
    return len(fold_words(text)) >= SHORTEST


def marks_in(sheet: Sheet, row: int) -> tuple[str, ...]:
    """The problem marks that stand in a row."""
    cells = (c for c in sheet.rows[row] if isinstance(c, str) and c.startswith("审"))
    return tuple(dict.fromkeys(mark for cell in cells for mark in _marks(cell)))


def is_opinions(sheet: Sheet) -> bool:
    """Whether a sheet is a 审核意见 of ours, whatever it is called and wherever it stands."""
    return any(marks_in(sheet, row) for row in range(len(sheet.rows))) or (
        fold(sheet.name).startswith(SHEET) and _head(sheet) is not None
    )


def read_opinions(book: Book, file: str) -> tuple[Explanation, ...]:
    """What a unit wrote in 单位说明, with the problem that each text is said to.

    Rows may have been sorted, inserted or copied: a row is known by its mark, a row without one
    goes on with the row above; a cell merged over several rows explains them all. A text that
    belongs to no problem has an empty mark.
    """
    found: dict[str, Explanation] = {}
    for sheet in filter(is_opinions, book.sheets):
        for said in _read(sheet, file):
            before = found.get(said.mark)
            if before is None:
                found[said.mark] = said
            elif said.text not in before.text:
                found[said.mark] = replace(before, text=f"{before.text}\n{said.text}")
    return tuple(found.values())


def _read(sheet: Sheet, file: str) -> Iterator[Explanation]:
    head = _head(sheet)
    if head is None:
        return
    top, col = head
    above: tuple[str, ...] = ()
    for row in range(top + 1, len(sheet.rows)):
        marks = marks_in(sheet, row)
        above = marks or above
        text = sheet.text(row, col).strip()
        if not text:
            continue
        place = Place(file, sheet.name, address(row, col))
        covered = [m for r in _covered(sheet, row, col) for m in marks_in(sheet, r)]
        for mark in dict.fromkeys((*marks, *covered) or above or ("",)):
            yield Explanation(text, place, mark)


def _covered(sheet: Sheet, row: int, col: int) -> range:
    """The further rows of a merged area that begins at a cell."""
    areas = (a for a in sheet.merged if a[0] == row and a[1] <= col <= a[3])
    return next((range(row + 1, min(a[2] + 1, len(sheet.rows))) for a in areas), range(0))


def _head(sheet: Sheet) -> tuple[int, int] | None:
    """The header's row and the column of 单位说明."""
    for row, cells in enumerate(sheet.rows):
        words = [fold(verbatim(c)) for c in cells]
        if SAID in words and len(set(HEADERS) & set(words)) >= 3:
            return row, words.index(SAID)
    return None


def has_mark(text: str) -> bool:
    """Whether a cell's whole text is problems' marks."""
    return text.startswith("审") and bool(_marks(text))


def _marks(cell: str) -> tuple[str, ...]:
    """The marks that the whole of a cell is, with spaces between; none where it is anything else."""
    words = cell.split()
    sound = all(_MARK.fullmatch(w) and mod_97_10.is_valid(w[1:]) for w in words)
    return tuple(words) if sound else ()
