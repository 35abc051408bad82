"""Damage above and below the table: moved, titled anew, cleared, signed, dated."""

from __future__ import annotations

from .contact import Contact
from .damage import Damage, takes
from .moves import delete_rows, insert_column, insert_rows
from .table import find_text

_PEOPLE = ("张秀英", "王建国", "李晓梅", "刘洋")


def _moves_down(contact: Contact) -> None:
    table = contact.any_table()
    insert_rows(table.desk, table.sheet, 0, contact.rng.randint(1, 5))


def _moves_right(contact: Contact) -> None:
    table = contact.any_table()
    insert_column(table.desk, table.sheet, 0)


def _rows_under_title(contact: Contact) -> None:
    """Between title and header, with a note."""
    table = contact.annex
    insert_rows(table.desk, table.sheet, table.top, 2)
    table.desk.write(table.sheet, table.top, 0, "说明：数据均已经科室复核。")


def _edits_title(contact: Contact) -> None:
    sent, table = contact.sent, contact.annex
    row, col = find_text(table.desk, table.sheet, sent.title)
    titles = (
        f"{contact.unit}{sent.title}",
        f"{contact.unit}{sent.label}为民办实事进展情况",
        f"{sent.title}（{sent.short}）",
        "附件2",
        "",
    )
    table.desk.unprotect(table.sheet)
    table.desk.write(table.sheet, row, col, contact.rng.choice(titles))


def _adds_title(contact: Contact) -> None:
    table = contact.any_table()
    insert_rows(table.desk, table.sheet, 0)
    text = contact.rng.choice(["附件2：", f"{contact.unit}报送材料", f"{contact.sent.label}报表"])
    table.desk.write(table.sheet, 0, 0, text)


def _adds_title_below(contact: Contact) -> None:
    """A second title row under the first, merged over the table."""
    table = contact.annex
    insert_rows(table.desk, table.sheet, 1)
    table.desk.write(table.sheet, 1, 0, f"（{contact.sent.label}）")
    table.desk.merge(table.sheet, (1, 0, 1, table.last_column))


def _edits_unit_line(contact: Contact) -> None:
    table = contact.annex
    row, col = find_text(table.desk, table.sheet, "填报单位：")
    lines = (
        f"填报单位（盖章）：{contact.unit}",
        f"填报单位： {contact.unit}      ",
        f"填报单位:{contact.unit}办公室",
        f"单位：{contact.unit}",
        "",
    )
    table.desk.unprotect(table.sheet)
    table.desk.write(table.sheet, row, col, contact.rng.choice(lines))


def _deletes_code(contact: Contact) -> None:
    table = contact.annex
    row, _ = find_text(table.desk, table.sheet, "表单编码：")
    delete_rows(table.desk, table.sheet, row)


def _deletes_title_rows(contact: Contact) -> None:
    """All above the header."""
    table = contact.annex
    delete_rows(table.desk, table.sheet, 0, table.top)


def _misspells_code(contact: Contact) -> None:
    """One character of the code is another."""
    table = contact.annex
    row, col = find_text(table.desk, table.sheet, "表单编码：")
    code = table.desk.cells(table.sheet)[row][col]
    other = "3" if code[-7] != "3" else "4"
    table.desk.unprotect(table.sheet)
    table.desk.write(table.sheet, row, col, code[:-7] + other + code[-6:])


def _signs(contact: Contact) -> None:
    """In the lines that are there, right of each label's merged cells."""
    table = contact.annex
    texts = {
        "单位负责人：": contact.rng.choice(_PEOPLE),
        "填报人：": contact.rng.choice(_PEOPLE),
        "联系电话：": "0533-6967116",
        "填报日期：": "2023年9月28日",
    }
    merges = {area[:2]: area for area in table.desk.merges(table.sheet)}
    for label, text in texts.items():
        row, col = find_text(table.desk, table.sheet, label)
        right = merges[row, col][3] if (row, col) in merges else col
        table.desk.write(table.sheet, row, right + 1, text)


def _types_contacts_below(contact: Contact) -> None:
    """In lines of its own, in one cell or in several, right under the last item or further down."""
    table = contact.annex
    at = contact.rng.choice([table.rows[-1] + 1, len(table.desk.cells(table.sheet)) + 1])
    name = contact.rng.choice(_PEOPLE)
    lines = contact.rng.choice(
        [
            [["填表人：" + name, "联系电话：13805330000"], ["2023年9月28日"]],
            [[f"填报人：{name}      联系电话：0533-6967116      审核人：王主任"]],
            [["联系人", name, "手机", "13805330000"], [f"{contact.unit}（盖章）"]],
        ]
    )
    insert_rows(table.desk, table.sheet, at, len(lines))
    for row, texts in enumerate(lines, at):
        for col, text in enumerate(texts):
            table.desk.write(table.sheet, row, col + (col > 0), text)


DAMAGES = (
    Damage("header moved down", _moves_down),
    Damage("table moved right", _moves_right),
    Damage("rows under the title", _rows_under_title),
    Damage("title edited", _edits_title, takes=takes("title")),
    Damage("second title above", _adds_title),
    Damage("second title below", _adds_title_below),
    Damage("unit's line edited", _edits_unit_line, takes=takes("title")),
    Damage("code deleted", _deletes_code, takes=takes("code")),
    Damage("code misspelt", _misspells_code, takes=takes("code")),
    Damage("title rows deleted", _deletes_title_rows, takes=takes("title", "code")),
    Damage("lines to sign filled", _signs),
    Damage("contact lines under the table", _types_contacts_below),
)
