"""What is doubtful about a part's layout: columns, locked text, merged cells, text outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..catalogue import RULES
from ..form import Column
from ..names import fold, fold_words, without_number
from ..problems import Problem
from ..sheets import Aside, column_letters
from ..unit_form import SIGN_OFF, compared, fixed_text
from .reader import PartReader, Tie

_OF_UNITS = ("item.units", "item.lead", "item.responsible", "item.support")


def column_problems(reader: PartReader) -> Iterator[Problem]:
    """Answer columns that are missing or there twice, and columns of no form's with text."""
    head, unit = reader.region.head, reader.part.unit
    for column in reader.table.answers:
        words = (("column", reader.title(column)),)
        if column.required and reader.region.at(column) is None:
            yield Problem(RULES["L02"], reader.place(head, 0), "", unit, details=words)
        if reader.contrary(column):
            cols = reader.region.doubles[column.key]
            counted = (("count", str(len(cols))), *words)
            yield Problem(RULES["L11"], reader.place(head, cols[1]), "", unit, details=counted)
    yield from _extra_columns(reader)


def _extra_columns(reader: PartReader) -> Iterator[Problem]:
    """One problem for each column beside the table's that has text in an item's row."""
    region = reader.region
    known = set(region.columns.values()).union(*region.doubles.values())
    for row in reader.rows:
        marks = region.row_ids(row)
        if not (reader.named(row) or marks) or reader.signed(row):
            continue
        for col, text in reader.sheet.texts(row):
            if col not in known and text.strip() not in map(str, marks):
                known.add(col)
                words = (("column", reader.sheet.text(region.body - 1, col) or "（无表头）"),)
                place = reader.place(row, col)
                yield Problem(RULES["L10"], place, text, reader.part.unit, details=words)


def fixed_problems(reader: PartReader, row: int, tie: Tie) -> Iterator[Problem]:
    """Locked text that differs from what was sent; an emptied cell changes nothing."""
    as_sent = reader.sent.get((reader.table.sheet, tie.item.id, tie.target))
    if as_sent is None:
        return
    for column in filter(compared, reader.table.fixed):
        text, expected = reader.region.text(row, column), fixed_text(as_sent, column)
        words = fold_words(without_number(text) if column.source == "item.name" else text)
        same = words == fold_words(expected) or fold_words(text) == fold_words(expected)
        if text and not same and not _once_said(reader, tie, column, text, expected):
            code = "L08" if column.source == "item.number" else "L07"
            shown = expected.replace("\n", "、")
            details = (("column", reader.title(column)), ("expected", shown))
            place = reader.place(row, reader.region.columns[column.key])
            yield Problem(RULES[code], place, text, tie.unit, tie.item.id, details)


def _once_said(reader: PartReader, tie: Tie, column: Column, text: str, expected: str) -> bool:
    """Whether an older form said so: what the item was called, or its units by former names."""
    period = reader.part.period
    if column.source == "item.name":
        return reader.names.item(text, period) == tie.item
    if column.source in _OF_UNITS:
        said, sent = (
            [reader.names.exact_in(line, period) or fold(line) for line in written.split()]
            for written in (text, expected)
        )
        return said == sent
    return False


def merged_problems(reader: PartReader, ties: Mapping[Tie, list[int]]) -> Iterator[Problem]:
    """Answer cells merged over several items: nobody can say whose text it is."""
    by_row = {row: tie for tie, rows in ties.items() for row in rows}
    columns = {at for _, at in reader.answer_columns()}
    for first, left, last, right in reader.sheet.merged:
        over = [by_row[row] for row in range(first, last + 1) if row in by_row]
        covered = {tie.item.id: tie for tie in over}
        if len(covered) < 2 or not columns & set(range(left, right + 1)):
            continue
        place = reader.place(first, left)
        cells = f"{place.cell}:{reader.place(last, right).cell}"
        items = "、".join(f"“{tie.item.name}”" for tie in covered.values())
        words = (("cells", cells), ("items", items))
        for tie in covered.values():
            found = reader.cell(first, left)
            yield Problem(RULES["L06"], place, found, tie.unit, tie.item.id, words)


def shifted_problems(reader: PartReader, ties: Mapping[Tie, list[int]]) -> Iterator[Problem]:
    """A column whose cells may have been pushed down by one: nothing for its first item, and more
    than one row for its last."""
    in_order = sorted(ties.items(), key=lambda tied: tied[1][0])
    for column, at in reader.answer_columns() if len(in_order) > 1 else ():
        filled = [[row for row in rows if reader.cell(row, at)] for _, rows in in_order]
        last = filled[-1]
        if filled[0] or not all(filled[1:]) or len(last) < 2 or reader.named(last[-1]):
            continue
        words = (("column", reader.title(column)), ("cell", reader.place(last[-1], at).cell))
        for (tie, _), rows in zip(in_order[1:], filled[1:], strict=True):
            found = reader.cell(rows[0], at)
            place = reader.place(rows[0], at)
            yield Problem(RULES["L16"], place, found, tie.unit, tie.item.id, words)


def aside_problems(reader: PartReader, ties: Mapping[Tie, list[int]]) -> Iterator[Problem]:
    """Comments, text boxes, pictures in place of text, text struck through, white or revised."""
    by_row = {row: tie for tie, rows in ties.items() for row in rows}
    columns = {at for _, at in reader.answer_columns()}
    for aside in reader.sheet.asides:
        tie = by_row.get(aside.row)
        text = reader.cell(aside.row, aside.col)
        if aside.kind in _WORDS:
            if reader.region.holds(aside.row) and not _AUTHOR_ALONE.fullmatch(aside.text.strip()):
                yield _aside(reader, _WORDS[aside.kind], aside, aside.text, tie)
        elif tie and aside.kind == "picture":
            # A picture is put down roughly: beside an item without text it stands for the text.
            main = reader.region.at(reader.table.main)
            over = aside.col if aside.col in columns else main
            if over is not None and not reader.cell(aside.row, over):
                yield _aside(reader, "A05", replace(aside, col=over), "", tie)
        elif tie and aside.col in columns and text:
            yield _aside(reader, _LOOKS[aside.kind], aside, text, tie)


# What Excel and WPS put into a new comment by themselves.
_AUTHOR_ALONE = re.compile(r"[^\n:：]{1,40}[:：]")
_WORDS: Mapping[str, str] = {"comment": "A08", "box": "A09"}
_LOOKS: Mapping[str, str] = {"struck": "A06", "white": "A07", "revised": "A11"}


def _aside(reader: PartReader, code: str, aside: Aside, found: str, tie: Tie | None) -> Problem:
    unit, item = (tie.unit, tie.item.id) if tie else (reader.part.unit, "")
    return Problem(RULES[code], reader.place(aside.row, aside.col), found, unit, item)


def stray_problems(reader: PartReader, row: int) -> Iterator[Problem]:
    """Text outside of the items' rows that is no line to sign: its first cell."""
    if reader.signed(row):
        return
    for col, text in reader.sheet.texts(row):
        if fold(text).rstrip(":") not in SIGN_OFF:
            yield Problem(RULES["L09"], reader.place(row, col), text, reader.part.unit)
            return


def unseen_problems(reader: PartReader, ties: Mapping[Tie, list[int]]) -> Iterator[Problem]:
    """Answers on a hidden sheet, in hidden rows or hidden columns: one problem for each sort."""
    sheet = reader.sheet
    every = [
        (row, at)
        for rows in ties.values()
        for row in rows
        for _, at in reader.answer_columns()
        if reader.cell(row, at)
    ]
    sorts = (
        (f"工作表“{sheet.name}”", every if sheet.hidden else []),
        ("第 {} 行", [c for c in every if c[0] in sheet.unseen_rows]),
        ("{} 列", [c for c in every if c[1] in sheet.unseen_cols]),
    )
    for n, (where, cells) in enumerate(sorts):
        if cells:
            first = min(cells)
            rows = dict.fromkeys(str(row + 1) for row, _ in sorted(cells))
            cols = dict.fromkeys(column_letters(col) for _, col in sorted(cells))
            words = (("where", where.format("、".join(rows if n == 1 else cols))),)
            found = reader.cell(*first)
            yield Problem(
                RULES["A10"], reader.place(*first), found, reader.part.unit, details=words
            )
