"""How a unit's stamped copy stands: what 报送情况 says of it, what is chased, and with which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from shishi_xl.cli import main
from shishi_xl.copies import CopyState, Difference, StampedCopy, StampedPage
from shishi_xl.demo.stamped import scanned
from shishi_xl.office import load_office
from shishi_xl.problems import Place
from shishi_xl.register import NOTHING, Notice, Topic
from shishi_xl.sheets import Seal
from shishi_xl.summarise.stamped import CopyStands, stand_of

from .clerk import Clerk
from .small import Q2, WOMEN
from .test_replies import UNION, everybody_but, names, path, text

FOUND, NONE, UNSURE = Seal.FOUND, Seal.NONE, Seal.UNSURE
TOLD = Notice(Topic.STAMPED, WOMEN, Q2, Place("登记.xlsx", "单位说明", "C3"))
OTHER = Difference("02", "progress", "建成2个", "建成3个", Place())


def copy(*seals: Seal, differs: bool = False, unclear: bool = False) -> StampedCopy:
    pages = tuple(StampedPage("妇联.pdf", n, WOMEN, Q2, seal=s) for n, s in enumerate(seals, 1))
    return StampedCopy(WOMEN, Q2, pages, (OTHER,) if differs else (), unclear)


@pytest.mark.parametrize(
    ("came", "words", "chased"),
    [
        (None, "未收", "未收"),
        (copy(FOUND), "已收（妇联.pdf 第1页）", None),
        (copy(NONE, FOUND), "已收（妇联.pdf 第1—2页）", None),
        (copy(NONE), "未见印章（妇联.pdf 第1页）", "未见印章"),
        (copy(NONE, UNSURE), "不能判断（妇联.pdf 第1—2页）", None),
        (copy(NONE, unclear=True), "不能判断（妇联.pdf 第1页）", None),
        (copy(FOUND, differs=True), "与电子版不一致（妇联.pdf 第1页）", None),
        (copy(NONE, differs=True), "未见印章，与电子版不一致（妇联.pdf 第1页）", "未见印章"),
    ],
)
def test_a_copy_stands_as_it_looks(came: StampedCopy | None, words: str, chased: str) -> None:
    stand = stand_of(came, (), owed=True, overdue=True)
    assert (stand.words, stand.chased) == (words, chased)


@pytest.mark.parametrize(("owed", "overdue"), [(False, True), (True, False)])
def test_a_missing_copy_is_chased_beside_a_file_and_after_the_due_day(
    owed: bool, overdue: bool
) -> None:
    assert stand_of(None, (), owed=owed, overdue=overdue).chased is None


def test_what_the_clerk_has_seen_is_chased_no_more() -> None:
    stand = stand_of(copy(NONE), (TOLD,), owed=True, overdue=True)
    assert (stand.words, stand.chased, stand.files) == (
        "已收（登记.xlsx “单位说明”C3）", None, "",
    )  # fmt: skip


def test_pages_that_do_not_follow_one_another_are_named_one_by_one() -> None:
    pages = tuple(StampedPage("a.pdf", n, WOMEN, Q2) for n in (1, 2, 3, 5))
    more = StampedPage("b.jpg", 1, WOMEN, Q2)
    assert StampedCopy(WOMEN, Q2, (*pages, more)).where == "a.pdf 第1—3、5页；b.jpg 第1页"


def test_a_file_without_its_stamped_copy_is_chased_with_the_answers_to_print(clerk: Clerk) -> None:
    everybody_but(clerk)
    units = clerk.consolidates().units
    assert {u["盖章PDF"] for u in units.values()} == {"未收"}
    assert "03_县总工会.xlsx" in names(clerk, "催报")
    said = text(clerk, "催报/03_县总工会.txt")
    assert said.startswith(
        "请补报盖章件：2023年为全县妇女儿童办实事工作进展情况报表（2023年第二季度，县总工会）\n"
    )
    assert "电子版已收到，截至2023年7月5日尚未收到盖章 PDF" in said
    (sheet, *_) = load_workbook(path(clerk, "催报/03_县总工会.xlsx")).worksheets
    answers = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
    assert any("县总工会：" in a for a in answers)


def test_what_was_chased_is_left_to_do(clerk: Clerk) -> None:
    everybody_but(clerk)
    run = CliRunner().invoke(main, ["-w", str(clerk.workspace.root), "consolidate", clerk.period,
                                    "--today", "2023-07-05"])  # fmt: skip
    assert run.exit_code == 1
    draft = CliRunner().invoke(main, ["-w", str(clerk.workspace.root), "finalise", clerk.period,
                                      "--today", "2023-07-05"])  # fmt: skip
    assert "盖章PDF未收、未见印章 14 个单位" in draft.output


def test_before_the_due_day_nothing_is_chased(clerk: Clerk) -> None:
    everybody_but(clerk)
    clerk.consolidates(today=date(2023, 6, 30))
    assert names(clerk, "催报") == set()


def test_a_unit_that_sent_nothing_gets_one_letter_for_both(clerk: Clerk) -> None:
    everybody_but(clerk, UNION)
    clerk.consolidates()
    said = text(clerk, "催报/03_县总工会.txt")
    assert "尚未收到贵单位的报表" in said
    assert "请同时报送盖章的 PDF" in said


def test_the_clerk_notes_that_the_paper_is_there(clerk: Clerk) -> None:
    everybody_but(clerk)
    clerk.consolidates()
    clerk.notes(UNION, topic=Topic.STAMPED.value)
    units = clerk.consolidates().units
    assert units[UNION]["盖章PDF"].startswith("已收（登记.xlsx")
    assert "03_县总工会.xlsx" not in names(clerk, "催报")


def test_the_call_list_and_the_overview_name_them(clerk: Clerk) -> None:
    everybody_but(clerk, UNION)
    clerk.consolidates()
    calls = load_workbook(path(clerk, "联系清单.xlsx")).worksheets[0]
    reasons = {
        str(r[1].value): (str(r[4].value), str(r[5].value)) for r in calls.iter_rows(min_row=4)
    }
    assert reasons["县科协"] == ("盖章PDF未收（电子版已收）", "催报")
    overview = load_workbook(path(clerk, "汇总_2023Q2.xlsx"))["总览"]
    said = [str(c.value) for row in overview.iter_rows() for c in row if c.value]
    assert any(s.startswith("盖章件未收（") for s in said)


def test_a_programme_that_asks_for_none_says_nothing_of_it(clerk: Clerk) -> None:
    clerk.asks_for_files_alone()
    everybody_but(clerk)
    assert {u["盖章PDF"] for u in clerk.consolidates().units.values()} == {""}
    assert names(clerk, "催报") == set()


def test_a_copy_that_cannot_be_opened_is_no_missing_one(clerk: Clerk) -> None:
    everybody_but(clerk)
    clerk.receives(scanned("q2-fund.pdf")[:3000], "县总工会盖章.pdf")
    units = clerk.consolidates().units
    assert units[UNION]["盖章PDF"] == "不能判断（县总工会盖章.pdf 待认定）"
    assert "03_县总工会.xlsx" not in names(clerk, "催报")
    assert "1．文件“县总工会盖章.pdf”：" in text(clerk, "退回/03_县总工会.txt")


def stands(clerk: Clerk, *copies: StampedCopy) -> CopyStands:
    office = load_office(clerk.workspace)
    office = replace(office, programme=replace(office.programme, stamped=True))
    by_unit = {copy.unit: copy for copy in copies}
    return CopyStands(office, office.programme.periods[0], NOTHING, by_unit, ())


def copy_in(file: str, unit: str, number: int, seal: Seal) -> StampedCopy:
    return StampedCopy(unit, Q2, (StampedPage(file, number, unit, Q2, seal=seal),))


@pytest.mark.parametrize(
    ("file", "words"),
    [("报表.pdf", "已收（报表.pdf 第2页）"), ("另一份.pdf", "未见印章（另一份.pdf 第2页）")],
)
def test_the_collector_s_seal_is_on_the_group_s_form_in_the_same_file(
    clerk_of: Callable[[str], Clerk], file: str, words: str
) -> None:
    """区妇联 collects for 各镇（街道）, puts both forms into one file, and seals the last page."""
    collector, group = "区妇联", "各镇（街道）"
    own = copy_in("报表.pdf", collector, 1, Seal.FOUND)
    found = stands(clerk_of("boshan-2024"), own, copy_in(file, group, 2, Seal.NONE))
    assert found.of(group, owes=True, sent=True, overdue=True).words == words


def test_states_are_the_words_of_the_design() -> None:
    assert list(CopyState) == ["已收", "未收", "未见印章", "不能判断", "与电子版不一致"]
