"""Damage to columns and headers: added, hidden, deleted, reordered, reworded, repeated."""

from __future__ import annotations

from .contact import Contact
from .damage import Damage, takes
from .moves import delete_column, insert_column, insert_rows, move_column
from .table import find_table
from .truth import DEADLINE, PROGRESS, Fate

_REMARKS = ("无", "专人负责", "见工作台账", "材料另附")
# What units write for the header of the annex, without the period's word.
_PROGRESS_HEADERS = (
    "进展情况", "工作进展情况", "具体措施及进展情况", "具体措施及任务进度", "任务进度情况",
    "具体措施\n及任务进度情况", "具体措施及任务进度情况（文字说明）",
)  # fmt: skip
_DEADLINE_HEADERS = ("完成时间", "完成期限", "完成 时限", "完成时限（必填）", "时限")
_STRANGE_HEADERS = ("截至目前怎么样了", "亮点做法", "本单位说明")


def _adds_column(contact: Contact, *, remarks: bool) -> None:
    table = contact.any_table()
    at = contact.rng.choice([table.answer_columns[0], table.last_column + 1, table.name_column])
    insert_column(table.desk, table.sheet, at)
    table.desk.write(table.sheet, table.top, at, contact.rng.choice(["备注", "科室", "联系人"]))
    if remarks:
        for line in contact.lines(find_table(table.desk, table.sheet)):
            table.desk.write(table.sheet, line.row, at, contact.rng.choice(_REMARKS))


def _adds_empty_column(contact: Contact) -> None:
    _adds_column(contact, remarks=False)


def _adds_column_with_remarks(contact: Contact) -> None:
    _adds_column(contact, remarks=True)


def _splits_answer_over_columns(contact: Contact) -> None:
    """The second paragraph in a new column: what stands in the old one is half of the answer."""
    table = contact.annex
    at = table.column("具体措施") + 1
    halves = [x for x in contact.lines(table) if "\n" in contact.text(x.keys[0])]
    insert_column(table.desk, table.sheet, at)
    table.desk.write(table.sheet, table.top, at, "下一步打算")
    for line in halves:
        before, _, after = contact.text(line.keys[0]).partition("\n")
        table.desk.write(table.sheet, line.row, at - 1, before)
        table.desk.write(table.sheet, line.row, at, after)
        contact.mark(Fate.ASKS, line.keys[0])


def _hides_column(contact: Contact) -> None:
    """One that the unit fills, or one that it does not."""
    table = contact.any_table()
    columns = [table.answer_columns[-1], table.name_column, table.columns["序号"]]
    table.desk.unprotect(table.sheet)
    table.desk.hide_column(table.sheet, contact.rng.choice(columns))


def _moves_deadline_first(contact: Contact) -> None:
    table = contact.annex
    progress, deadline = table.answer_columns
    rows = (table.top, table.rows[-1])
    move_column(table.desk, table.sheet, rows, deadline, progress)


def _moves_fixed_column(contact: Contact) -> None:
    """Number or name to the end."""
    table = contact.any_table()
    column = contact.rng.choice([table.columns["序号"], table.name_column])
    rows = (table.top, table.rows[-1])
    move_column(table.desk, table.sheet, rows, column, table.last_column + 1)


def _deletes_units_column(contact: Contact) -> None:
    table = contact.annex
    column = next(c for h, c in table.columns.items() if h in ("责任单位", "牵头单位"))
    delete_column(table.desk, table.sheet, column)


def _deletes_number_column(contact: Contact) -> None:
    table = contact.any_table()
    delete_column(table.desk, table.sheet, table.columns["序号"])


def _deletes_hidden_column(contact: Contact) -> None:
    """It was seen, and nobody knew what for."""
    for table in (contact.annex, contact.figures):
        if table:
            delete_column(table.desk, table.sheet, table.marks_column)


def _deletes_answer_column(contact: Contact) -> None:
    """The deadlines, as nothing has changed in them."""
    table = contact.annex
    contact.mark(
        Fate.GONE, *(k for x in contact.lines(table) for k in x.keys if k.what == DEADLINE)
    )
    delete_column(table.desk, table.sheet, table.column("完成时限"))


def _rewords_headers(contact: Contact) -> None:
    table = contact.annex
    period = contact.rng.choice(["", "本季度", "本期", contact.sent.short])
    table.desk.unprotect(table.sheet)
    table.write(table.top, "具体措施", period + contact.rng.choice(_PROGRESS_HEADERS))
    if contact.rng.random() < 0.6:
        table.write(table.top, "完成时限", contact.rng.choice(_DEADLINE_HEADERS))


def _rewords_header_beyond_knowing(contact: Contact) -> None:
    table = contact.annex
    contact.mark(
        Fate.ASKS, *(k for x in contact.lines(table) for k in x.keys if k.what == PROGRESS)
    )
    table.desk.unprotect(table.sheet)
    table.write(table.top, "具体措施", contact.rng.choice(_STRANGE_HEADERS))


def _deletes_header(contact: Contact) -> None:
    """The texts of all headers; the hidden code goes with them."""
    table = contact.annex
    contact.mark(Fate.ASKS, *(k for x in contact.lines(table) for k in x.keys))
    table.desk.unprotect(table.sheet)
    cells = table.desk.cells(table.sheet)
    for row in range(table.top, table.head + 1):
        for col, text in enumerate(cells[row]):
            if text:
                table.desk.write(table.sheet, row, col, "")


def _groups_headers(contact: Contact) -> None:
    """A row above the header, with a word over what is to be filled and one over the rest."""
    table = contact.annex
    insert_rows(table.desk, table.sheet, table.top)
    first, last = table.answer_columns
    for left, right, text in ((0, first - 1, "实事内容"), (first, last, "填报内容")):
        table.desk.write(table.sheet, table.top, left, text)
        table.desk.merge(table.sheet, (table.top, left, table.top, right))


def _repeats_header(contact: Contact) -> None:
    """The header once more, in one row, before the last item, where the second page begins."""
    table = contact.any_table(2)
    at = contact.lines(table)[-1].row
    insert_rows(table.desk, table.sheet, at)
    for header, col in table.seen_columns.items():
        table.desk.write(table.sheet, at, col, header)


DAMAGES = (
    Damage("column added", _adds_empty_column),
    Damage("column added with remarks", _adds_column_with_remarks),
    Damage("answer split over two columns", _splits_answer_over_columns, takes=takes("rows")),
    Damage("header repeated", _repeats_header, lines=2, takes=takes("rows")),
    Damage("deadline before progress", _moves_deadline_first),
    Damage("fixed column moved", _moves_fixed_column, takes=takes("title", "code")),
    Damage("column hidden", _hides_column),
    Damage("units' column deleted", _deletes_units_column),
    Damage("hidden column deleted", _deletes_hidden_column, takes=takes("marks")),
)
# After these a table is not found again by the words of its headers.
HEADER_DAMAGES = (
    Damage(
        "number column deleted", _deletes_number_column, takes=takes("headers", "title", "code")
    ),
    Damage("deadlines' column deleted", _deletes_answer_column, takes=takes("headers")),
    Damage("headers grouped", _groups_headers, takes=takes("headers")),
    Damage("headers reworded", _rewords_headers, takes=takes("headers")),
    Damage(
        "header reworded beyond knowing", _rewords_header_beyond_knowing, takes=takes("headers")
    ),
    Damage("headers deleted", _deletes_header, takes=takes("headers")),
)
