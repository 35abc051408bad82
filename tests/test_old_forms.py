"""A unit that sends last quarter's form again has returned nothing, and the clerk is told so once."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from shishi_xl.demo.unit import Unit

from .clerk import Clerk

PROGRAMME = Path(__file__).parent.parent / "templates" / "programmes" / "gaoqing-2023.yaml"
WOMEN = "县妇联"
JUNE, SEPTEMBER = datetime(2023, 6, 29, 9), datetime(2023, 9, 28, 9)
OCTOBER = date(2023, 10, 8)


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """县妇联 has returned the second quarter; the third quarter's forms are out."""
    (tmp_path / "inbox").mkdir()
    shutil.copy(PROGRAMME, tmp_path / "items.yaml")
    clerk = Clerk(tmp_path, "2023Q2")
    clerk.sends()
    clerk.receives(clerk.filled(WOMEN), "县妇联二季度.xlsx", JUNE)
    clerk.consolidates()
    clerk.sends("2023Q3")
    return clerk


def asked(clerk: Clerk) -> list[tuple[str, str]]:
    """File and code of what the third quarter's run asks about whole forms."""
    found = clerk.consolidates("2023Q3", OCTOBER)
    return [(r["文件"], r["代码"]) for r in found.rows if r["代码"] in ("R04", "R12", "C01", "C04")]


def old_file(clerk: Clerk) -> Path:
    return clerk.workspace.inbox / "县妇联二季度.xlsx"


def test_the_same_file_under_a_new_name_is_said_to_be_last_quarter_s(clerk: Clerk) -> None:
    clerk.receives(old_file(clerk).read_bytes(), "县妇联三季度.xlsx", SEPTEMBER)
    assert asked(clerk) == [("县妇联三季度.xlsx", "R12")]
    found = clerk.consolidates("2023Q3", OCTOBER)
    assert "内容与 县妇联二季度.xlsx 完全相同" in found.rows[0]["问题"]
    assert found.units[WOMEN]["状态"] == "未报送"


def test_a_copy_under_a_new_name_takes_nothing_from_the_quarter_that_it_is_of(clerk: Clerk) -> None:
    before = clerk.consolidates("2023Q2")
    clerk.receives(old_file(clerk).read_bytes(), "县妇联三季度.xlsx", SEPTEMBER)
    after = clerk.consolidates("2023Q2")
    assert (after.answers, after.states) == (before.answers, before.states)
    assert after.receipts["县妇联三季度.xlsx"] == "重复"


def test_the_old_file_saved_again_is_said_to_be_last_quarter_s(clerk: Clerk) -> None:
    clerk.receives(Unit(old_file(clerk)), "县妇联.xlsx", SEPTEMBER)
    assert asked(clerk) == [("县妇联.xlsx", "R12")]


def test_new_text_in_the_old_file_is_kept_from_the_old_quarter_by_a_word_to_the_clerk(
    clerk: Clerk,
) -> None:
    unit = Unit(old_file(clerk))
    unit.fills(unit.item(3), "三季度新上两处基地，社区滑梯换了新的。", "2023年12月底")
    clerk.receives(unit, "县妇联.xlsx", SEPTEMBER)
    found = clerk.consolidates("2023Q3", OCTOBER)
    (row,) = [r for r in found.rows if r["代码"] == "R12"]
    assert "完全相同" not in row["问题"]
    assert "移入“作废”文件夹" in row["建议"]


def test_it_is_said_once_a_unit_and_no_more_once_the_right_form_has_come(clerk: Clerk) -> None:
    clerk.receives(Unit(old_file(clerk)), "县妇联.xlsx", SEPTEMBER)
    clerk.receives(old_file(clerk).read_bytes(), "妇联又一份.xlsx", SEPTEMBER)
    assert [code for _, code in asked(clerk)] == ["R12"]
    clerk.receives(clerk.filled(WOMEN, "会同文旅局，", "2023Q3"), "县妇联三季度.xlsx", SEPTEMBER)
    assert [code for _, code in asked(clerk)] == []


def test_a_correction_that_came_soon_after_its_quarter_is_no_old_form(clerk: Clerk) -> None:
    clerk.receives(Unit(old_file(clerk)), "县妇联更正.xlsx", datetime(2023, 7, 12, 9))
    assert asked(clerk) == []


def test_last_quarter_s_text_in_this_quarter_s_form_is_said_once_for_all_rows(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(WOMEN, "", "2023Q3"), "县妇联三季度.xlsx", SEPTEMBER)
    assert asked(clerk) == [("县妇联三季度.xlsx", "C04")]
