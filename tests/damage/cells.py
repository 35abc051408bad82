"""Damage to answers and locked cells: merged, moved, pictured, computed, struck through, rewritten."""

from __future__ import annotations

import itertools

from .contact import Contact, Line
from .damage import Damage, takes
from .moves import delete_rows
from .table import Table
from .truth import DEADLINE, PROGRESS, Answer, Fate

_IMAGE = '=DISPIMG("ID_9F2C41D07A3B4E6F8A51C0D2E7B36415",1)'


def _two_neighbours(contact: Contact) -> tuple[Table, Line, Line]:
    table = contact.annex
    lines = contact.lines(table)
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if b.row == a.row + 1]
    upper, lower = contact.rng.choice(pairs)
    table.desk.unprotect(table.sheet)
    return table, upper, lower


def _merges_answers_down(contact: Contact) -> None:
    """Two items' progress in one cell; the lower text is hidden under it."""
    table, upper, lower = _two_neighbours(contact)
    col = table.column("具体措施")
    table.desk.merge(table.sheet, (upper.row, col, lower.row, col))
    contact.mark(Fate.ASKS, *(k for k in (*upper.keys, *lower.keys) if k.what == PROGRESS))


def _merges_deadlines_down(contact: Contact) -> None:
    table, upper, lower = _two_neighbours(contact)
    col = table.column("完成时限")
    table.desk.merge(table.sheet, (upper.row, col, lower.row, col))
    contact.mark(Fate.ASKS, *(k for k in (*upper.keys, *lower.keys) if k.what == DEADLINE))


def _merges_answers_across(contact: Contact) -> None:
    """Progress and deadline in one cell; the deadline is hidden under it."""
    table = contact.annex
    line = contact.line(table)
    first, last = sorted(table.answer_columns)
    table.desk.unprotect(table.sheet)
    table.desk.merge(table.sheet, (line.row, first, line.row, last))
    contact.mark(Fate.ASKS, *(k for k in line.keys if k.what == DEADLINE))


def _takes_out(contact: Contact) -> tuple[Table, Line, str]:
    """Empty the progress of an item; the text is to be put elsewhere."""
    table = contact.annex
    line = next(x for x in contact.lines(table) if x.keys[0].what == PROGRESS)
    table.desk.unprotect(table.sheet)
    table.write(line.row, "具体措施", "")
    contact.mark(Fate.ASKS, line.keys[0])
    return table, line, contact.text(line.keys[0])


def _answers_below(contact: Contact) -> None:
    """Two rows under the table, where there is no line to sign."""
    table, _line, text = _takes_out(contact)
    cells = table.desk.cells(table.sheet)
    at = len(cells) + contact.rng.randint(0, 2)
    table.desk.write(table.sheet, at, contact.rng.choice([0, table.name_column]), text)


def _answers_beside(contact: Contact) -> None:
    """Right of the table, in a column without a header."""
    table, line, text = _takes_out(contact)
    table.desk.write(table.sheet, line.row, table.last_column + 1, text)


def _answers_in_comment(contact: Contact) -> None:
    table, line, text = _takes_out(contact)
    table.desk.comment(table.sheet, line.row, table.column("具体措施"), text)


def _answers_in_comment_with_hint(contact: Contact) -> None:
    """The cell says 见批注, which is what the unit wrote there; the comment must not be overlooked."""
    table, line, text = _takes_out(contact)
    table.write(line.row, "具体措施", "见批注")
    table.desk.comment(table.sheet, line.row, table.column("具体措施"), text)


def _answers_in_locked_cell(contact: Contact) -> None:
    """Typed over a cell that is not the unit's: the units', or behind the item's name."""
    table, line, text = _takes_out(contact)
    if contact.rng.random() < 0.5:
        column = next(c for h, c in table.columns.items() if h in ("责任单位", "牵头单位"))
        table.desk.write(table.sheet, line.row, column, text)
    else:
        name = table.desk.cells(table.sheet)[line.row][table.name_column]
        table.desk.write(table.sheet, line.row, table.name_column, f"{name}：{text}")


def _answers_as_picture(contact: Contact) -> None:
    table, line, _ = _takes_out(contact)
    table.desk.put_picture(table.sheet, line.row, table.column("具体措施"))


def _answers_as_wps_picture(contact: Contact) -> None:
    """=DISPIMG(…), which only WPS computes."""
    table, line, _ = _takes_out(contact)
    table.write(line.row, "具体措施", _IMAGE)


def _answers_by_formula(contact: Contact) -> None:
    """A reference to a draft in the same workbook; LibreOffice saves its value, openpyxl none."""
    table, line, text = _takes_out(contact)
    key = line.keys[0]
    table.desk.add_sheet("草稿", len(table.desk.sheets()))
    table.desk.write("草稿", 2, 1, text)
    table.desk.refer(table.sheet, line.row, table.column("具体措施"), "草稿", (2, 1))
    if contact.program.computes:
        contact.truth[key] = Answer(text)


def _answers_by_link(contact: Contact) -> None:
    """A reference to a file that stayed with the unit."""
    table, line, _ = _takes_out(contact)
    table.desk.link(table.sheet, line.row, table.column("具体措施"), "进度台账.xlsx")


def _answers_with_error(contact: Contact) -> None:
    table, line, _ = _takes_out(contact)
    table.desk.fail(table.sheet, line.row, table.column("具体措施"))


def _strikes_through(contact: Contact) -> None:
    table = contact.any_table()
    line = contact.line(table)
    table.desk.unprotect(table.sheet)
    table.desk.strike(table.sheet, line.row, table.answer_columns[0])


def _whitens(contact: Contact) -> None:
    table = contact.any_table()
    line = contact.line(table)
    table.desk.unprotect(table.sheet)
    table.desk.whiten(table.sheet, line.row, table.answer_columns[0])


def _rewords_name(contact: Contact) -> None:
    """行动 dropped, 工作 added: the row is known by its mark alone."""
    table = contact.any_table()
    line = contact.line(table)
    name = table.desk.cells(table.sheet)[line.row][table.name_column]
    new = name.removesuffix("行动") + contact.rng.choice(["工作", "项目", "（民生实事）"])
    table.desk.unprotect(table.sheet)
    table.desk.write(table.sheet, line.row, table.name_column, new)


def _breaks_names(contact: Contact) -> None:
    """Line breaks, blanks and full-width blanks inside names, as people make them fit."""
    table = contact.any_table()
    table.desk.unprotect(table.sheet)
    for line in contact.lines(table):
        name = table.desk.cells(table.sheet)[line.row][table.name_column]
        at = contact.rng.randint(2, len(name) - 2)
        gap = contact.rng.choice(["\n", " ", "　"])
        table.desk.write(table.sheet, line.row, table.name_column, name[:at] + gap + name[at:])


def _edits_units(contact: Contact) -> None:
    """Its own name alone in the column of the units, or the list shortened."""
    table = contact.annex
    column = next(c for h, c in table.columns.items() if h in ("责任单位", "牵头单位"))
    line = contact.line(table)
    units = table.desk.cells(table.sheet)[line.row][column].split("\n")
    new = contact.unit if len(units) > 1 else f"{units[0]}（办公室）"
    table.desk.unprotect(table.sheet)
    table.desk.write(table.sheet, line.row, column, new)


def _clears_names(contact: Contact) -> None:
    """Everything locked is deleted but the hidden marks."""
    table = contact.annex
    table.desk.unprotect(table.sheet)
    for line in contact.lines(table):
        for column in set(table.seen_columns.values()) - set(table.answer_columns):
            table.desk.write(table.sheet, line.row, column, "")


def _clears_sign_off(contact: Contact) -> None:
    """The lines to sign are deleted, and what was to be stamped."""
    table = contact.annex
    end = len(table.desk.cells(table.sheet))
    delete_rows(table.desk, table.sheet, table.rows[-1] + 1, end - table.rows[-1] - 1)


_ANSWERS = takes("answers")
_HERE = _ANSWERS | takes("property")  # not to be found in a copy of the values
DAMAGES = (
    Damage("answers merged down", _merges_answers_down, lines=2, takes=takes("rows", "answers")),
    Damage(
        "deadlines merged down", _merges_deadlines_down, lines=2, takes=takes("rows", "answers")
    ),
    Damage("answers merged across", _merges_answers_across, takes=takes("rows", "answers")),
    Damage("answer below the table", _answers_below, takes=_ANSWERS),
    Damage("answer beside the table", _answers_beside, takes=_ANSWERS),
    Damage("answer in a comment", _answers_in_comment, takes=_HERE),
    Damage("answer in a comment, 见批注", _answers_in_comment_with_hint, takes=_HERE),
    Damage("answer in a locked cell", _answers_in_locked_cell, takes=_ANSWERS | takes("names")),
    Damage("picture for an answer", _answers_as_picture, takes=_HERE),
    Damage("DISPIMG for an answer", _answers_as_wps_picture, takes=_ANSWERS),
    Damage("answer by formula", _answers_by_formula, takes=_HERE),
    Damage("answer by link to another file", _answers_by_link, takes=_HERE),
    Damage("error for an answer", _answers_with_error, takes=_HERE),
    Damage("text struck through", _strikes_through),
    Damage("white text", _whitens),
    Damage("name reworded", _rewords_name, takes=takes("names")),
    Damage("names broken", _breaks_names),
    Damage("units edited", _edits_units),
    Damage("locked text cleared", _clears_names, takes=takes("names")),
    Damage("lines to sign deleted", _clears_sign_off),
)
