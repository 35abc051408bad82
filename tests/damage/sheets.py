"""Damage to sheets: renamed, copied, pasted, kept, added, hidden, moved."""

from __future__ import annotations

from dataclasses import replace

from .contact import Contact, fill
from .damage import Damage, takes
from .desk import Desk
from .table import Table, tables
from .truth import Fate


def _renames(contact: Contact) -> None:
    table = contact.annex
    names = ("Sheet1", contact.unit, contact.sent.short, "附件2", "报表（最终）")
    table.desk.rename_sheet(table.sheet, contact.rng.choice(names))


def _adds_sheets(contact: Contact) -> None:
    """Notes of the unit's own, before the form and behind it."""
    desk = contact.desk
    desk.add_sheet("部门台账", 0)
    for row, texts in enumerate((("事项", "责任人", "备注"), ("按月调度", "各科室", "已报"))):
        for col, text in enumerate(texts):
            desk.write("部门台账", row, col, text)
    desk.add_sheet("Sheet2", len(desk.sheets()))


def _moves_annex_last(contact: Contact) -> None:
    contact.desk.move_sheet(contact.annex.sheet, len(contact.desk.sheets()) - 1)


def _keeps_annex_alone(contact: Contact) -> None:
    kept = contact.annex.sheet
    _loses_figures(contact)
    for sheet in contact.desk.sheets():
        if sheet != kept:
            contact.desk.remove_sheet(sheet)


def _loses_figures(contact: Contact) -> None:
    if contact.figures:
        contact.mark(Fate.GONE, *(k for x in contact.lines(contact.figures) for k in x.keys))


def _keeps_old_period(contact: Contact) -> None:
    """The last period's form, filled as it was then, kept as a sheet before this one or behind."""
    old = contact.open_beside(contact.sent.last_forms[contact.unit])
    fill(old, replace(contact.words, start=contact.words.start + 30, last=True))
    at = contact.rng.choice([0, len(contact.desk.sheets())])
    contact.desk.take_sheet(old, old.sheets()[0], contact.sent.last_short, at)


def _keeps_copy_as_old_period(contact: Contact) -> None:
    """A copy of this period's sheet, with other texts, called by the last period's name."""
    _copy_with_other_texts(contact, contact.sent.last_short)


def _hides_copy(contact: Contact) -> None:
    """A hidden copy with other texts, of which nobody knows: which ones count must be asked."""
    contact.mark(Fate.ASKS, *(k for x in contact.lines(contact.annex) for k in x.keys[:1]))
    _copy_with_other_texts(contact, "备份")
    contact.desk.hide_sheet("备份")


def _copy_with_other_texts(contact: Contact, name: str) -> None:
    table = contact.annex
    contact.desk.copy_sheet(table.sheet, name, len(contact.desk.sheets()))
    contact.desk.unprotect(name)
    for line in contact.lines(table):
        text = contact.words.progress(1)
        contact.desk.write(name, line.row, table.answer_columns[0], text)


def _hides_filled_sheet(contact: Contact) -> None:
    """The filled sheet is hidden behind an empty copy."""
    table = contact.annex
    contact.desk.copy_sheet(table.sheet, "空表", 0)
    contact.desk.unprotect("空表")
    for line in contact.lines(table):
        for column in table.answer_columns:
            contact.desk.write("空表", line.row, column, "")
    contact.desk.hide_sheet(table.sheet)


def _hides_notes(contact: Contact) -> None:
    contact.desk.add_sheet("内部数据", 1)
    contact.desk.write("内部数据", 0, 0, "草稿，勿外传")
    contact.desk.hide_sheet("内部数据")


def _drags_table(contact: Contact) -> None:
    """The whole table, title and all, to another place on its sheet."""
    table = contact.annex
    cells = table.desk.cells(table.sheet)
    table.desk.unprotect(table.sheet)
    area = (0, 0, len(cells) - 1, max(map(len, cells)) - 1)
    table.desk.drag(table.sheet, area, (len(cells) + 2, contact.rng.randint(0, 3)))


def _puts_tables_on_one_sheet(contact: Contact) -> None:
    """The targets under the annex."""
    table, figures = contact.annex, contact.figures
    assert figures
    for sheet in (table.sheet, figures.sheet):
        contact.desk.unprotect(sheet)
    below = len(contact.desk.cells(table.sheet)) + 1
    area = (figures.top, 0, figures.rows[-1], figures.last_column)
    contact.desk.drag(figures.sheet, area, (below, 0), table.sheet)
    contact.desk.remove_sheet(figures.sheet)


def _copies_sheets_into_new_book(contact: Contact) -> None:
    """The sheets that are filled, as they stand; the document's properties stay behind."""
    new = contact.program.new_book("Sheet1")
    for at, table in enumerate(_filled(contact.desk)):
        new.take_sheet(contact.desk, table.sheet, table.sheet, at)
    new.remove_sheet("Sheet1")
    contact.goes_on_with(new)


def _pastes_values(contact: Contact, *, hidden: bool, title: bool) -> None:
    """The annex's values alone, in a new workbook."""
    table = contact.annex
    _loses_figures(contact)
    new = contact.program.new_book("Sheet1")
    unseen = set() if hidden else table.desk.hidden_columns(table.sheet)
    rows = table.desk.cells(table.sheet)[0 if title else table.top :]
    for row, texts in enumerate(rows):
        seen = (text for col, text in enumerate(texts) if col not in unseen)
        for col, text in enumerate(seen):
            if text:
                new.write("Sheet1", row, col, float(text) if text.isdigit() else text)
    contact.goes_on_with(new)


def _pastes_all_values(contact: Contact) -> None:
    _pastes_values(contact, hidden=True, title=contact.rng.random() < 0.5)


def _pastes_visible_values(contact: Contact) -> None:
    _pastes_values(contact, hidden=False, title=True)


def _pastes_table_alone(contact: Contact) -> None:
    """Without title and hidden cells: the file's name alone says whose it is and of when."""
    _pastes_values(contact, hidden=False, title=False)
    contact.stem = f"{contact.unit}{contact.sent.label}报表"


def _pastes_table_without_name(contact: Contact) -> None:
    """Nothing says whose it is, or of when."""
    _pastes_values(contact, hidden=False, title=False)
    contact.stem = contact.rng.choice(["报表", contact.unit, f"{contact.sent.short}报表"])
    contact.mark_all(Fate.ASKS)


def _filled(desk: Desk) -> list[Table]:
    return tables(desk)


DAMAGES = (
    Damage("sheet renamed", _renames),
    Damage("sheets added", _adds_sheets),
    Damage("annex moved behind", _moves_annex_last),
    Damage("annex kept alone", _keeps_annex_alone),
    Damage("old period kept as a sheet", _keeps_old_period),
    Damage("copy kept as the old period", _keeps_copy_as_old_period),
    Damage("hidden copy with other texts", _hides_copy, takes=takes("property")),
    Damage("filled sheet hidden", _hides_filled_sheet),
    Damage("hidden sheet with notes", _hides_notes),
    Damage("table dragged", _drags_table),
    Damage("two tables on one sheet", _puts_tables_on_one_sheet, targets=True),
    Damage("sheets copied into a new book", _copies_sheets_into_new_book, takes=takes("property")),
    Damage("values pasted", _pastes_all_values, takes=takes("property")),
    Damage("visible values pasted", _pastes_visible_values, takes=takes("marks", "property")),
    Damage(
        "table pasted alone", _pastes_table_alone, takes=takes("marks", "title", "property", "file")
    ),
    Damage(
        "table pasted alone, no name",
        _pastes_table_without_name,
        takes=takes("marks", "title", "property"),
        alone=True,
    ),
)
