"""An item's rows → Entry; the lines under the table → who signed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue import RULES
from ..form import Column
from ..names import fold
from ..problems import Place, Problem
from ..returns import Answer, Entry
from ..unit_form import SIGN_OFF
from .reader import PartReader, Tie

# WPS puts a picture into a cell as a formula whose value is its own text.
_WPS_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(")

# A link to another file, pasted as text.
_LINK = re.compile(r"='?[^!]*\[[^\]]+\.xls")

_SIGNED = re.compile(f"({'|'.join(SIGN_OFF)}):?")


def read_entry(reader: PartReader, tie: Tie, rows: list[int]) -> tuple[Entry, list[Problem]]:
    """What stands in an item's rows, column by column, verbatim."""
    answers: dict[str, Answer] = {}
    seen: dict[str, Place] = {}
    problems: list[Problem] = []
    for column, at in reader.answer_columns():
        if reader.contrary(column):
            continue
        filled = [row for row in rows if reader.cell(row, at)]
        seen[column.key] = reader.place((filled or rows)[0], at)
        if filled:
            answers[column.key], notes = _read_answer(reader, tie, column, filled)
            problems += notes
    said = any(
        c.key in answers and not reader.carried(tie.item.id, tie.target, c, answers[c.key].text)
        for c, _ in reader.answer_columns()
    )
    proxy = reader.part.unit if tie.unit != reader.part.unit else ""
    entry = Entry(
        tie.unit, reader.part.period, reader.table.sheet, tie.item.id, tie.target, answers, seen, proxy, said,
    )  # fmt: skip
    return entry, problems


def _read_answer(
    reader: PartReader, tie: Tie, column: Column, rows: list[int]
) -> tuple[Answer, list[Problem]]:
    """The answer in a column; different texts in several rows are joined in their order."""
    at = reader.region.columns[column.key]
    texts = list(dict.fromkeys(reader.cell(row, at) for row in rows))
    places = tuple(reader.place(row, at) for row in rows)
    problems = [
        Problem(RULES["A02"], place, reader.cell(row, at), tie.unit, tie.item.id)
        for row, place in zip(rows, places, strict=True)
        if (row, at) in reader.sheet.blanks or _LINK.match(reader.cell(row, at))
    ]
    problems += [
        Problem(RULES["A05"], place, reader.cell(row, at), tie.unit, tie.item.id)
        for row, place in zip(rows, places, strict=True)
        if _WPS_PICTURE.match(reader.cell(row, at))
    ]
    if len(texts) == 1:
        return Answer(texts[0], reader.sheet.raw(rows[0], at), places), problems
    text = "\n".join(texts)
    words = (("column", reader.title(column)), ("cells", "、".join(p.cell for p in places)))
    problems.append(Problem(RULES["L05"], places[0], text, tie.unit, tie.item.id, words))
    return Answer(text, text, places), problems


def read_sign_off(reader: PartReader) -> Iterator[tuple[str, str]]:
    """What stands after 填报人： and the like, in the same cell or the next to the right."""
    for row in reader.rows:
        cells = [fold(text) for _, text in reader.sheet.texts(row)]
        for text, follows in zip(cells, [*cells[1:], ""], strict=False):
            # Split at labels: before, label, value, label, value …
            _, *pieces = _SIGNED.split(text)
            for label, value in zip(pieces[::2], pieces[1::2], strict=True):
                said = value or ("" if _SIGNED.match(follows) else follows)
                if said and "盖章" not in said:
                    yield label, said
