"""What the clerk writes into 登记.xlsx: decisions about files, what units said by telephone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from openpyxl import load_workbook

from ..book import HEAD, RegisterBook
from .facts import Notice
from .luck import Luck, event
from .office import Office
from .units_deeds import someone_now

DECISIONS, NOTICES = "登记", "单位说明"


def book(office: Office) -> RegisterBook:
    return RegisterBook(office.root / "登记.xlsx")


def known_returns(office: Office, luck: Luck) -> list[str]:
    """Returns that a run has seen, once there is a book to write in; those that lie there or not."""
    if not book(office).file.is_file():
        return []
    found = [s for s in office.facts.memory if office.facts.contents[s].kind == "return"]
    lying = [s for s in found if office.facts.memory[s].lain]
    return (lying or found) if luck.chance(7) else found


def decides(office: Office, sha: str, **says: Any) -> bool:
    """Write into the file's row, or a new one."""
    before = office.facts.decision(sha)
    decision = replace(before, **says)
    names = office.plan.units
    words = {
        "认定单位": names[decision.unit].name if decision.unit else None,
        "认定期次": decision.quarter or None,
        "收到时间": decision.arrival,
        "处理": decision.handling or None,
    }
    known = {k: v for k, v in words.items() if v}
    book(office).writes(DECISIONS, known, ("SHA-256", sha))
    office.facts.decisions[sha] = decision
    return True


@event("登记：作废")
def voids(office: Office, luck: Luck) -> bool:
    if not (known := known_returns(office, luck)):
        return False
    return decides(office, luck.of(known), handling="作废")


@event("登记：恢复或采用")
def restores(office: Office, luck: Luck) -> bool:
    void = [s for s in known_returns(office, luck) if office.facts.void(s)]
    if not void:
        return False
    return decides(office, luck.of(void), handling=luck.of(("恢复", "采用")))


@event("登记：删后作废")
def voids_deleted(office: Office, luck: Luck) -> bool:
    """The file is gone from inbox/; the clerk wants it void."""
    gone = [
        s for s, known in office.facts.memory.items()
        if office.facts.contents[s].kind == "return" and not known.lain
        and not office.facts.void(s)
    ]  # fmt: skip
    if not gone or not book(office).file.is_file():
        return False
    return decides(office, luck.of(gone), handling="作废")


@event("登记：收到时间")
def dates(office: Office, luck: Luck) -> bool:
    """It came earlier than it seems, on paper or by telephone."""
    if not (known := known_returns(office, luck)):
        return False
    moment = office.now - timedelta(days=luck.below(15), minutes=luck.below(600) + 1440)
    return decides(office, luck.of(known), arrival=moment.replace(second=0, microsecond=0))


@event("登记：认定单位或期次")
def settles_whose(office: Office, luck: Luck) -> bool:
    """A file that does not say whose it is, or of which quarter."""
    silent = [
        s for s in known_returns(office, luck)
        if (c := office.facts.contents[s]) and c.of and not (c.unit and c.quarter)
    ]  # fmt: skip
    if not silent:
        return False
    sha = luck.of(silent)
    content = office.facts.contents[sha]
    if content.unit:
        return decides(office, sha, quarter=content.asof)
    return decides(office, sha, unit=office.plan.heir(content.of))


@event("电话：零报告")
def nil_by_telephone(office: Office, luck: Luck) -> bool:
    told = office.today - timedelta(days=luck.below(3)) if luck.chance(7) else None
    return _notes(office, luck, "零报告", told=told)


@event("电话：免报")
def exempt_by_telephone(office: Office, luck: Luck) -> bool:
    return _notes(office, luck, "免报")


@event("电话：延期")
def extension_by_telephone(office: Office, luck: Luck) -> bool:
    due = office.plan.due_day(office.quarter)
    if due is None:
        return False
    return _notes(office, luck, "延期", until=due + timedelta(days=1 + luck.below(15)))


def _notes(
    office: Office, luck: Luck, topic: str, until: date | None = None, told: date | None = None
) -> bool:
    if not book(office).file.is_file():
        return False
    unit = someone_now(office, luck)
    mine = [
        (n, i.key) for n, i in office.plan.items_in(office.quarter)
        if unit in office.plan.of_item(i)
    ]  # fmt: skip
    number, item = luck.of(mine) if topic != "延期" and luck.chance(5) else (0, "")
    contrary = {"零报告": "免报", "免报": "零报告"}.get(topic)
    if any((n.topic, n.unit, n.quarter) == (contrary, unit, office.quarter)
           for n in office.facts.notices):  # fmt: skip
        return False  # of two such rows the last holds, and sorting makes another the last
    words = {
        "责任单位": office.plan.units[unit].name, "期次": office.quarter, "类别": topic,
        "事项": str(number) if number else None, "延至": until, "告知日期": told, "说明": "电话告知",
    }  # fmt: skip
    book(office).writes(NOTICES, {k: v for k, v in words.items() if v})
    notice = Notice(topic, unit, office.quarter, item, until, told)
    office.facts.notices.append(notice)
    office.noted |= bool(number)
    return True


@event("登记表排序加列")
def rearranges(office: Office, luck: Luck) -> bool:
    """The rows sorted by another column, a column of the clerk's own put in front or behind."""
    if not book(office).file.is_file():
        return False
    workbook = load_workbook(book(office).file)
    sheet = workbook[luck.of((DECISIONS, NOTICES))]
    rows = [r for r in sheet.iter_rows(min_row=HEAD + 1, values_only=True) if any(r)]
    at = luck.below(sheet.max_column)
    ordered = sorted(rows, key=lambda r: str(r[at] or ""))
    for number, row in enumerate(ordered, HEAD + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
            if isinstance(value, str):
                sheet.cell(number, column).data_type = "s"
    if luck.chance(4) and sheet.max_column < 12:
        sheet.cell(HEAD, sheet.max_column + 1).value = f"备查{office.next_number()}"
    workbook.save(book(office).file)
    return True


@event("登记表里删去一行")
def takes_back(office: Office, luck: Luck) -> bool:
    """The clerk deletes a decision's row."""
    if not office.facts.decisions or not book(office).file.is_file():
        return False
    sha = luck.of(sorted(office.facts.decisions))
    workbook = load_workbook(book(office).file)
    sheet = workbook[DECISIONS]
    rows = [
        r for r in range(HEAD + 1, sheet.max_row + 1)
        if sha in (c.value for c in sheet[r])
    ]  # fmt: skip
    for row in reversed(rows):
        sheet.delete_rows(row)
    workbook.save(book(office).file)
    del office.facts.decisions[sha]
    return True


@event("登记表被删")
def loses_book(office: Office, luck: Luck) -> bool:
    """Its decisions that a run has read go on; the next run makes it anew."""
    if not book(office).file.is_file():
        return False
    office.compares(office.quarter)
    book(office).file.unlink()
    return True


@event("登记表开着")
def has_book_open(office: Office, luck: Luck) -> bool:
    """While it is open elsewhere it is read all the same, and not written."""
    if not book(office).file.is_file():
        return False
    lock = office.root / "~$登记.xlsx"
    before = book(office).file.read_bytes()
    lock.write_bytes(b"\x05clerk" + bytes(159))
    office.compares(office.quarter)
    if book(office).file.read_bytes() != before:
        office.differences.append("登记.xlsx: written while it was open")
    lock.unlink()
    return True
