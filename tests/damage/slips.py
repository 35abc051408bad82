"""Slips of the hand: cells pushed down, headers exchanged, a table pasted again, numbers before names."""

from __future__ import annotations

from .contact import Contact, fill
from .damage import Damage, takes
from .moves import insert_rows
from .truth import DEADLINE, PROGRESS, Fate


def _numbers_names(contact: Contact) -> None:
    """1.、2.、… before the names, and the hidden marks emptied: the names alone must do."""
    table = contact.annex
    table.desk.unprotect(table.sheet)
    for number, row in enumerate((x.row for x in contact.lines(table)), 1):
        name = table.desk.cells(table.sheet)[row][table.name_column]
        before = contact.rng.choice((f"{number}.", f"{number}、", f"（{number}）"))
        table.desk.write(table.sheet, row, table.name_column, before + name)
        table.desk.write(table.sheet, row, table.marks_column, "")


def _pushes_cells_down(contact: Contact) -> None:
    """“插入、活动单元格下移” at the first answer: nobody can say which ones stand right."""
    table = contact.annex
    lines = contact.lines(table)
    column = table.column("具体措施")
    texts = [table.desk.cells(table.sheet)[x.row][column] for x in lines]
    insert_rows(table.desk, table.sheet, lines[-1].row + 1)
    rows = [*(x.row for x in lines), lines[-1].row + 1]
    for row, text in zip(rows, ["", *texts], strict=True):
        table.desk.write(table.sheet, row, column, text)
    contact.mark(Fate.ASKS, *(k for x in lines for k in x.keys if k.what == PROGRESS))


def _exchanges_headers(contact: Contact) -> None:
    table = contact.annex
    table.desk.unprotect(table.sheet)
    cells = table.desk.cells(table.sheet)
    first, second = table.answer_columns
    for row in range(table.top, table.head + 1):
        if not (cells[row][first] and cells[row][second]):
            continue  # covered by a merged header
        table.desk.write(table.sheet, row, first, cells[row][second])
        table.desk.write(table.sheet, row, second, cells[row][first])
    contact.mark(Fate.ASKS, *(k for x in contact.lines(table) for k in x.keys))


def _pastes_table_again(contact: Contact) -> None:
    """The table once more under itself, with another text for one item."""
    table = contact.annex
    line = contact.line(table)
    table.desk.unprotect(table.sheet)
    to = len(table.desk.cells(table.sheet)) + 2
    area = (table.top, 0, table.rows[-1], table.last_column)
    table.desk.copy(table.sheet, area, (to, 0))
    at = to + line.row - table.top
    text = contact.words.progress(1)
    table.desk.write(table.sheet, at, table.column("具体措施"), text)
    contact.mark(Fate.ASKS, *(k for k in line.keys if k.what == PROGRESS))


def _adds_sheet_of_another_unit(contact: Contact) -> None:
    """Both annexes in one workbook, and the file is called by one of the two units."""
    other = contact.open_beside(contact.sent.forms[contact.partner])
    truth = fill(other, contact.words)
    theirs = {k: a for k, a in truth.items() if k.what in (PROGRESS, DEADLINE)}
    contact.truth |= {k: a.now(Fate.ASKS) for k, a in theirs.items()}
    contact.desk.take_sheet(other, other.sheets()[0], contact.partner, 1)
    contact.stem = f"{contact.unit}{contact.sent.label}报表"


DAMAGES = (
    Damage("numbers before names", _numbers_names, takes=takes("marks")),
    Damage(
        "answers pushed down", _pushes_cells_down, lines=3, takes=takes("rows", "answers"), alone=True
    ),
    Damage("headers exchanged", _exchanges_headers, takes=takes("headers"), alone=True),
    Damage("table pasted again below", _pastes_table_again, takes=takes("rows"), alone=True),
    Damage(
        "sheet of another unit under one's name",
        _adds_sheet_of_another_unit,
        takes=takes("file"),
        last=True,
        partner=True,
    ),
)  # fmt: skip
