"""Damage to rows: inserted, split, deleted, reordered, renumbered, copied, typed anew, hidden."""

from __future__ import annotations

from .contact import Contact, Line
from .damage import Damage, takes
from .moves import delete_rows, insert_rows, move_row, sort_rows
from .table import Table
from .truth import PROGRESS, Fate

_CHINESE = "一二三四五六七八九十"


def _inserts_empty_rows(contact: Contact) -> None:
    table = contact.any_table()
    for _ in range(contact.rng.randint(1, 3)):
        line = contact.line(table)
        insert_rows(table.desk, table.sheet, line.row + contact.rng.randint(0, 1))


def _inserts_section_heading(contact: Contact) -> None:
    table = contact.annex
    at = contact.line(table).row
    insert_rows(table.desk, table.sheet, at)
    table.desk.write(table.sheet, at, 0, "一、本单位牵头事项")
    table.desk.merge(table.sheet, (at, 0, at, table.last_column))


def _adds_totals(contact: Contact) -> None:
    table = contact.any_table()
    at = contact.lines(table)[-1].row + 1
    insert_rows(table.desk, table.sheet, at)
    table.desk.write(table.sheet, at, table.name_column, "合计")
    table.desk.write(table.sheet, at, table.answer_columns[0], f"共{len(table.rows)}项")


def _two_paragraphs(contact: Contact) -> tuple[Table, Line, str, str]:
    """A row whose answer has two paragraphs, and these."""
    table = contact.annex
    for line in contact.lines(table):
        if line.keys[0].what == PROGRESS and "\n" in contact.text(line.keys[0]):
            before, _, after = contact.text(line.keys[0]).partition("\n")
            return table, line, before, after
    raise LookupError("no answer with two paragraphs")


def _splits_row(contact: Contact) -> None:
    """The second paragraph in a row of its own."""
    table, line, before, after = _two_paragraphs(contact)
    insert_rows(table.desk, table.sheet, line.row + 1)
    table.write(line.row, "具体措施", before)
    table.write(line.row + 1, "具体措施", after)


def _splits_row_under_merged_cells(contact: Contact) -> None:
    """As in a Word table: number, name and units stand once, over both rows."""
    table, line, _before, _after = _two_paragraphs(contact)
    _splits_row(contact)
    for column in set(table.seen_columns.values()) - {table.column("具体措施")}:
        table.desk.merge(table.sheet, (line.row, column, line.row + 1, column))


def _copies_row(contact: Contact) -> None:
    """The whole row once more, for the second paragraph."""
    table, line, before, after = _two_paragraphs(contact)
    insert_rows(table.desk, table.sheet, line.row + 1)
    width = max(map(len, table.desk.cells(table.sheet)))
    table.desk.copy(table.sheet, (line.row, 0, line.row, width - 1), (line.row + 1, 0))
    table.write(line.row, "具体措施", before)
    table.write(line.row + 1, "具体措施", after)


def _copies_row_without_change(contact: Contact) -> None:
    table = contact.any_table()
    at = contact.line(table).row
    insert_rows(table.desk, table.sheet, at + 1)
    width = max(map(len, table.desk.cells(table.sheet)))
    table.desk.copy(table.sheet, (at, 0, at, width - 1), (at + 1, 0))


def _deletes_rows(contact: Contact) -> None:
    table = contact.any_table(2)
    lines = contact.lines(table)
    for line in sorted(contact.rng.sample(lines, len(lines) // 2), key=lambda x: -x.row):
        contact.mark(Fate.GONE, *line.keys)
        delete_rows(table.desk, table.sheet, line.row)


def _sorts(contact: Contact) -> None:
    """By any column that changes the order, whole rows with what is hidden in them."""
    table = contact.any_table(2)
    area = (table.head + 1, 0, table.rows[-1], table.last_column)
    columns = [table.name_column, table.columns["序号"], table.answer_columns[-1]]
    before = contact.lines(table)
    for by in contact.rng.sample(columns, 3):
        for downwards in (True, False):
            sort_rows(table.desk, table.sheet, area, by, downwards=downwards)
            if contact.lines(table) != before:
                return


def _sorts_without_numbers(contact: Contact) -> None:
    """From the name on, so that numbers and hidden cells stay: nobody can say what is meant."""
    table = contact.annex
    area = (table.head + 1, table.name_column, table.rows[-1], table.last_column)
    before = {line.keys: line.row for line in contact.lines(table)}
    for downwards in (True, False):
        sort_rows(table.desk, table.sheet, area, table.name_column, downwards=downwards)
        moved = [x for x in contact.lines(table) if before[x.keys] != x.row]
        if moved:
            break
    for line in moved:
        contact.mark(Fate.ASKS, *line.keys)


def _moves_row(contact: Contact) -> None:
    table = contact.any_table(2)
    first, *others = contact.lines(table)
    move_row(table.desk, table.sheet, contact.rng.choice(others).row, first.row)


def _renumbers(contact: Contact) -> None:
    """From 1, or from the end where that would change nothing."""
    table = contact.any_table()
    rows = table.rows
    numbers = list(range(1, len(rows) + 1))
    if [table.text(r, "序号") for r in rows] == [str(n) for n in numbers]:
        numbers.reverse() if len(numbers) > 1 else numbers.__setitem__(0, 2)
    for number, row in zip(numbers, rows, strict=True):
        table.write(row, "序号", float(number))


def _renumbers_in_chinese(contact: Contact) -> None:
    table = contact.any_table()
    for number, row in enumerate(table.rows):
        table.write(row, "序号", f"（{_CHINESE[number % 10]}）")


def _types_row_anew(contact: Contact) -> None:
    """A new row with all that could be seen in the old one, which is deleted."""
    table = contact.annex
    line = contact.line(table)
    texts = list(table.desk.cells(table.sheet)[line.row])
    insert_rows(table.desk, table.sheet, line.row + 1)
    for col in set(table.seen_columns.values()):
        table.desk.write(table.sheet, line.row + 1, col, texts[col])
    delete_rows(table.desk, table.sheet, line.row)


def _hides_row(contact: Contact) -> None:
    table = contact.any_table()
    table.desk.unprotect(table.sheet)
    table.desk.hide_row(table.sheet, contact.line(table).row)


DAMAGES = (
    Damage("rows sorted", _sorts, lines=2),
    Damage("row moved", _moves_row, lines=2),
    Damage(
        "rows sorted without numbers",
        _sorts_without_numbers,
        lines=2,
        takes=takes("marks", "names"),
    ),
    Damage("rows deleted", _deletes_rows, lines=2),
    Damage("row typed anew", _types_row_anew, takes=takes("marks")),
    Damage("rows renumbered", _renumbers),
    Damage("rows numbered in Chinese", _renumbers_in_chinese),
    Damage("empty rows inserted", _inserts_empty_rows),
    Damage("row copied unchanged", _copies_row_without_change, takes=takes("rows")),
    Damage("section heading inserted", _inserts_section_heading),
    Damage("row of totals added", _adds_totals),
    Damage("row hidden", _hides_row),
    Damage("row split in two", _splits_row, takes=takes("rows")),
    Damage("row split under merged cells", _splits_row_under_merged_cells, takes=takes("rows")),
    Damage("row copied for the second paragraph", _copies_row, takes=takes("rows")),
)
