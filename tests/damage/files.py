"""Damage to files: names, versions, several units or items, the whole annex, another period's form."""

from __future__ import annotations

import shutil
import time

from .contact import Contact, fill
from .damage import Damage, takes
from .moves import delete_rows, insert_rows
from .office import AnnexRow
from .table import Table, find_text, tables
from .truth import DEADLINE, PROGRESS, Answer, Fate, Key

_UNITS = "责任单位"
_A_SECOND = 1.1  # files say the time of their saving in whole seconds


def _fills_old_form(contact: Contact) -> None:
    """This period's answers in the last period's form; a line or the file's name says which."""
    contact.goes_on_with(contact.program.open_book(contact.sent.last_forms[contact.unit]))
    contact.truth = fill(contact.desk, contact.words)
    contact.mark_all(Fate.ASKS)
    if contact.rng.random() < 0.5:
        table = contact.annex
        row, col = find_text(contact.desk, table.sheet, "期次：")
        contact.desk.unprotect(table.sheet)
        contact.desk.write(table.sheet, row, col, f"期次：{contact.sent.label}")
    else:
        contact.stem = f"{contact.unit}{contact.sent.short}报表"


def _names_another_unit(contact: Contact) -> None:
    contact.stem = f"{contact.partner}{contact.sent.label}报表"
    contact.mark_all(Fate.ASKS)


def _joins_sheets_of_two_units(contact: Contact) -> None:
    """Both annexes in one workbook; the other's targets stay behind."""
    other = contact.open_beside(contact.sent.forms[contact.partner])
    truth = fill(other, contact.words)
    contact.truth |= {k: a for k, a in truth.items() if k.what in (PROGRESS, DEADLINE)}
    contact.desk.take_sheet(other, other.sheets()[0], contact.partner, 1)
    contact.stem = contact.rng.choice(["报表汇总", f"{contact.unit}、{contact.partner}报表"])


def _joins_rows_of_two_units(contact: Contact) -> None:
    """The other unit's rows, marks and all, under its own: it must be asked whose they are."""
    other = contact.open_beside(contact.sent.forms[contact.partner])
    truth = fill(other, contact.words)
    theirs = tables(other)[0]
    rows = [other.cells(theirs.sheet)[row] for row in theirs.rows]
    table = contact.annex
    at = table.rows[-1] + 1
    insert_rows(contact.desk, table.sheet, at, len(rows))
    for row, texts in enumerate(rows, at):
        for col, text in enumerate(texts):
            if text:
                contact.desk.write(table.sheet, row, col, text)
    joined = {k: a for k, a in truth.items() if k.what in (PROGRESS, DEADLINE)}
    contact.truth |= {k: a.now(Fate.ASKS) for k, a in joined.items()}
    contact.stem = "工作进展情况报表"


def _sends_a_file_for_each_item(contact: Contact) -> None:
    whole = contact.folder.with_name(f"{contact.folder.name} whole{contact.suffix}")
    numbers = [line.number for line in contact.lines(contact.annex)]
    contact.desk.save(whole)
    for number in numbers:
        contact.goes_on_with(contact.program.open_book(whole))
        table = contact.annex
        _keep_lines(contact, table, {number})
        contact.save(f"{contact.stem}（第{number}件）")


def _keep_lines(contact: Contact, table: Table, numbers: set[str]) -> None:
    for line in sorted(contact.lines(table), key=lambda x: -x.row):
        if line.number not in numbers:
            delete_rows(table.desk, table.sheet, line.row)


def _sends_versions(contact: Contact) -> None:
    """One with other texts, then the one that counts; the names say nothing sure of the order."""
    names = (
        (contact.stem, f"{contact.stem}(1)"),
        (f"{contact.stem} - 副本", contact.stem),
        (f"{contact.stem}最终版", f"{contact.stem}最终版(1)"),
        (f"{contact.stem}（改）", f"{contact.stem}（定稿）"),
    )
    first, second = contact.rng.choice(names)
    table = contact.annex
    lines = [x for x in contact.lines(table) if x.keys[0].what == PROGRESS]
    column = table.answer_columns[0]
    for line in lines:
        contact.desk.write(table.sheet, line.row, column, contact.words.progress(1))
    contact.save(first)
    time.sleep(_A_SECOND)
    for line in lines:
        contact.desk.write(table.sheet, line.row, column, contact.text(line.keys[0]))
    contact.save(second)


def _sends_copies(contact: Contact) -> None:
    """The same bytes under two names."""
    contact.save(contact.stem)
    name = f"{contact.stem}(1){contact.suffix}"
    shutil.copyfile(contact.folder / contact.files[0], contact.folder / name)
    contact.files.append(name)


def _corrects_one_item(contact: Contact) -> None:
    """A second file with one item alone, which says something new."""
    contact.save(contact.stem)
    table = contact.annex
    line = contact.line(table)
    text = contact.words.progress(1)
    contact.desk.unprotect(table.sheet)
    contact.desk.write(table.sheet, line.row, table.answer_columns[0], text)
    key = line.keys[0]
    contact.truth[key] = Answer(text)
    _keep_lines(contact, table, {line.number})
    time.sleep(_A_SECOND)
    contact.save(f"更正 {contact.stem}")


def _returns_whole_annex(contact: Contact) -> None:
    """Its own rows filled among those of all items."""
    for row in _others(contact):
        _insert_in_order(contact, row)


def _returns_whole_annex_filled(contact: Contact) -> None:
    """Some of the others' rows are filled too; where a row names one unit, it is for that one."""
    others = _others(contact)
    for row in others:
        _insert_in_order(contact, row)
    for row in contact.rng.sample(others, min(3, len(others))):
        _fill_for_others(contact, row)


def _fill_for_others(contact: Contact, row: AnnexRow) -> None:
    table = contact.annex
    at = next(r for r in table.rows if table.text(r, "序号") == row.number)
    units = row.cells.get(_UNITS, "").split("\n")
    alone = len(units) == 1 and "牵头单位" not in row.cells
    texts = (contact.words.progress(1), contact.words.deadline())
    for what, col, text in zip((PROGRESS, DEADLINE), table.answer_columns, texts, strict=True):
        contact.desk.write(table.sheet, at, col, text)
        key = Key(units[0] if alone else "", row.number, what)
        contact.truth[key] = Answer(text, Fate.STAYS if alone else Fate.ASKS)


def _others(contact: Contact) -> list[AnnexRow]:
    own = {line.number for line in contact.lines(contact.annex)}
    return [row for row in contact.sent.annex if row.number not in own]


def _insert_in_order(contact: Contact, row: AnnexRow) -> None:
    table = contact.annex
    after = [r for r in table.rows if int(table.text(r, "序号")) > int(row.number)]
    at = after[0] if after else table.rows[-1] + 1
    insert_rows(contact.desk, table.sheet, at)
    for header, col in table.seen_columns.items():
        if text := row.cells.get(header, ""):
            contact.desk.write(table.sheet, at, col, float(text) if header == "序号" else text)


def _types_published_annex(contact: Contact) -> None:
    """The annex as it stands in the notice, in a new workbook; its own rows filled."""
    table = contact.annex
    if contact.figures:
        contact.mark(Fate.GONE, *(k for x in contact.lines(contact.figures) for k in x.keys))
    keys = {x.number: x.keys for x in contact.lines(table)}
    leaves = {col: header for header, col in table.seen_columns.items()}
    rows = [[contact.sent.title], [leaves[c] for c in sorted(leaves)]]
    for row in contact.sent.annex:
        texts = {c: row.cells.get(leaves[c], "") for c in leaves}
        answers = (contact.text(key) for key in keys.get(row.number, ()))
        texts |= dict(zip(table.answer_columns, answers, strict=False))
        rows.append([texts[c] for c in sorted(texts)])
    new = contact.program.new_book("Sheet1")
    for at, line in enumerate(rows):
        for col, text in enumerate(line):
            if text:
                new.write("Sheet1", at, col, float(text) if text.isdigit() else text)
    contact.goes_on_with(new)
    contact.stem = f"{contact.unit}{contact.sent.label}报表"


_ROWS = takes("headers", "rows")
DAMAGES = (
    Damage("whole annex", _returns_whole_annex, takes=_ROWS, last=True),
    Damage(
        "whole annex, others filled",
        _returns_whole_annex_filled,
        takes=_ROWS,
        last=True,
        whole=True,
    ),
    Damage("published annex typed anew", _types_published_annex, alone=True),
    Damage("old period's form", _fills_old_form, alone=True),
    Damage(
        "name of another unit", _names_another_unit, takes=takes("file"), last=True, partner=True
    ),
    Damage(
        "sheets of two units",
        _joins_sheets_of_two_units,
        takes=takes("file"),
        last=True,
        partner=True,
    ),
    Damage(
        "rows of two units",
        _joins_rows_of_two_units,
        takes=_ROWS | takes("file"),
        last=True,
        partner=True,
    ),
    Damage("a file for each item", _sends_a_file_for_each_item, lines=2, takes=_ROWS, last=True),
    Damage("two versions", _sends_versions, takes=_ROWS, last=True),
    Damage("identical copies", _sends_copies, last=True),
    Damage("correction of one item", _corrects_one_item, lines=2, takes=_ROWS, last=True),
)
