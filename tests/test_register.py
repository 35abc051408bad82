"""登记.xlsx from run to run: questions are prepared, decisions count, what is written stays."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from shishi_xl.workspace import Workspace

from .clerk import Clerk
from .programs import needs_libreoffice, save_by_libreoffice
from .test_returns import HEALTH, WOMEN, answers_of, pasted


def test_the_first_run_makes_the_book(clerk: Clerk) -> None:
    clerk.consolidates()
    assert (clerk.book.rows("登记"), clerk.book.rows("单位说明")) == ([], [])


def test_each_file_in_doubt_is_a_prepared_row(clerk: Clerk) -> None:
    clerk.receives(pasted(clerk, HEALTH), "报表.xlsx")
    clerk.receives(b"", "空.xlsx")
    clerk.receives(clerk.filled(WOMEN), "县妇联.xlsx")
    clerk.consolidates()
    rows = clerk.book.rows()
    assert [(r["文件"], str(r["问题"])[:3]) for r in rows] == [
        ("报表.xlsx", "R01"),
        ("空.xlsx", "F05"),
    ]
    assert all(len(str(r["SHA-256"])) == 64 for r in rows)


def test_a_decided_file_counts_and_the_decision_is_its_basis(clerk: Clerk) -> None:
    unit = pasted(clerk, HEALTH)
    clerk.receives(unit, "报表.xlsx")
    assert clerk.consolidates().receipts == {"报表.xlsx": "待确认"}
    clerk.decides("报表.xlsx", unit="县卫健局", period="2023年二季度")
    found = clerk.consolidates()
    assert found.answers == answers_of(unit, HEALTH)
    assert (found.problems, found.receipts) == ((), {"报表.xlsx": "采用"})
    assert found.bases == {"报表.xlsx": "县卫生健康局（登记）；2023Q2（登记）"}


def test_the_same_state_leaves_the_book_as_it_is(clerk: Clerk) -> None:
    clerk.receives(pasted(clerk, HEALTH), "报表.xlsx")
    clerk.consolidates()
    clerk.decides("报表.xlsx", unit=HEALTH)
    before = clerk.book.file.read_bytes()
    clerk.consolidates()
    clerk.consolidates()
    assert clerk.book.file.read_bytes() == before


def test_a_decision_outranks_folder_and_marks_and_that_is_said(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    clerk.receives(unit, "县妇联/报表.xlsx")
    clerk.consolidates()
    clerk.decides("县妇联/报表.xlsx", unit=HEALTH)
    found = clerk.consolidates()
    assert found.answers == answers_of(unit, HEALTH)
    assert found.problems == (("县妇联/报表.xlsx", "A4", "R10"),)


@pytest.mark.parametrize("written", [datetime(2023, 6, 29, 8, 5), "2023年6月29日 8:05"])
def test_the_time_of_arrival_is_the_clerk_s(clerk: Clerk, written: str | datetime) -> None:
    clerk.receives(clerk.filled(HEALTH), "a.xlsx", datetime(2023, 7, 5, 10, 0))
    assert clerk.consolidates().arrivals == {"a.xlsx": "2023-07-05 10:00（文件时间）"}
    clerk.decides("a.xlsx", arrival=written)
    assert clerk.consolidates().arrivals == {"a.xlsx": "2023-06-29 08:05（登记）"}


def test_a_voided_file_counts_under_no_name_until_it_is_restored(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    file = clerk.receives(unit, "a.xlsx")
    clerk.consolidates()
    clerk.decides("a.xlsx", handling="作废")
    assert clerk.consolidates().receipts == {"a.xlsx": "作废"}
    file.rename(file.with_name("改名.xlsx"))
    assert clerk.consolidates().receipts == {"改名.xlsx": "作废"}
    clerk.decides("a.xlsx", handling="恢复")
    found = clerk.consolidates()
    assert (found.answers, found.receipts) == (answers_of(unit, HEALTH), {"改名.xlsx": "采用"})


def test_a_deleted_file_can_be_voided_by_its_name(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(HEALTH), "a.xlsx")
    clerk.consolidates()
    (clerk.workspace.inbox / "a.xlsx").unlink()
    clerk.decides("a.xlsx", handling="作废")
    found = clerk.consolidates()
    assert (found.answers, found.receipts) == ({}, {"a.xlsx": "已不在收件箱"})
    assert len(str(clerk.book.rows()[0]["SHA-256"])) == 64


def test_deleting_the_book_loses_no_decision(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(HEALTH), "a.xlsx")
    clerk.consolidates()
    clerk.decides("a.xlsx", handling="作废", note="单位电话要求撤回")
    clerk.notes(WOMEN, topic="零报告", text="电话告知本季度无进展")
    clerk.consolidates()
    clerk.book.file.unlink()
    found = clerk.consolidates()
    assert (found.receipts, found.states[3, WOMEN]) == ({"a.xlsx": "作废"}, "零报告")
    assert clerk.book.rows()[0]["说明"] == "单位电话要求撤回"
    assert clerk.book.rows("单位说明")[0]["类别"] == "零报告"
    assert Workspace(clerk.workspace.root).register_lock() == ""


def test_what_was_said_by_telephone_is_a_state(clerk: Clerk) -> None:
    clerk.consolidates()
    clerk.notes(WOMEN, topic="零报告", items="3、5", told=date(2023, 6, 29))
    clerk.notes(WOMEN, topic="免报", items=6)
    clerk.notes(HEALTH, topic="延期", until=date(2023, 7, 10))
    found = clerk.consolidates()
    assert [found.states[n, WOMEN] for n in (3, 5, 6, 7)] == ["零报告", "零报告", "免报", "未报送"]
    assert found.states[2, HEALTH] == "未到期"
    assert (found.problems, found.answers) == ((), {})


def test_a_decision_that_names_a_unit_as_it_was_called_still_holds(clerk: Clerk) -> None:
    clerk.receives(pasted(clerk, HEALTH), "报表.xlsx")
    clerk.consolidates()
    clerk.decides("报表.xlsx", unit=HEALTH, period="2023Q2")
    clerk.notes(HEALTH, topic="延期", until="2023-07-10")
    before = clerk.consolidates()
    items = clerk.workspace.items_file
    new = "县卫生健康和疾控局"
    text = items.read_text("utf-8").replace(HEALTH, new)
    items.write_text(text, "utf-8")
    lost = clerk.consolidates()
    assert [code for file, _, code in lost.problems if file == "登记.xlsx"] == ["G05", "G05"]
    known = f"{new}: {{aliases: ["
    assert known in text
    items.write_text(text.replace(known, f"{new}: {{formerly: [{HEALTH}], aliases: [", 1), "utf-8")
    found = clerk.consolidates()
    assert list(found.answers.values()) == list(before.answers.values())
    assert [p for p in found.problems if p[0] == "登记.xlsx"] == []
    assert found.units[new]["是否逾期"] == before.units[HEALTH]["是否逾期"]


@needs_libreoffice
def test_a_book_that_libreoffice_saved_decides_and_is_added_to(
    clerk: Clerk, tmp_path: Path
) -> None:
    unit = pasted(clerk, HEALTH)
    clerk.receives(unit, "报表.xlsx")
    clerk.consolidates()
    clerk.decides("报表.xlsx", unit=HEALTH, period="2023Q2", arrival=datetime(2023, 6, 29, 8, 5))
    clerk.notes(WOMEN, topic="延期", until=date(2023, 7, 10))
    save_by_libreoffice([clerk.book.file], "xlsx", tmp_path / "saved")
    shutil.copyfile(tmp_path / "saved" / "登记.xlsx", clerk.book.file)
    clerk.receives(b"", "空.xlsx")
    found = clerk.consolidates()
    assert found.answers == answers_of(unit, HEALTH)
    assert found.arrivals["报表.xlsx"] == "2023-06-29 08:05（登记）"
    assert found.states[3, WOMEN] == "未到期"
    assert [row["文件"] for row in clerk.book.rows()] == ["报表.xlsx", "空.xlsx"]
