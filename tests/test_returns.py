"""Files as they come in: whose they are, of which period, which version counts, what cannot be read."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from shishi_xl.demo.second_quarter import archive
from shishi_xl.demo.unit import Unit
from shishi_xl.demo.whole_annex import whole_annex

from .clerk import Clerk, read_table
from .test_file_type import ole

HEALTH, WOMEN, SCHOOLS = "县卫生健康局", "县妇联", "县教育和体育局"
HOPE = "实施“心希望”健康服务行动"
FRIENDLY = "实施儿童友好城市建设行动"
LATER, EARLIER = datetime(2023, 7, 1, 16, 40), datetime(2023, 6, 20, 8, 5)
OCTOBER = date(2023, 10, 9)

Answers = dict[tuple[int, str], tuple[str, str]]


def answers_of(unit: Unit, name: str) -> Answers:
    """What stands in a unit's workbook, as 明细 is to have it."""
    return {(number, name): text for number, text in unit.answers.items()}


def pasted(clerk: Clerk, name: str) -> Unit:
    """A unit's filled table alone, visible values pasted into a new book: it says nothing of itself."""
    unit = clerk.filled(name)
    unit.pastes_into_new_book(hidden=False, title=False)
    return unit


# Whose, and of which period.


@pytest.mark.parametrize(
    "file",
    ["报表.xlsx", "县卫生健康局.xlsx", "县卫健局二季度报表(1).xlsx", "2023Q2/县卫健局/最终版.xlsx"],
)
def test_a_form_is_known_whatever_its_file_is_called(clerk: Clerk, file: str) -> None:
    unit = clerk.filled(HEALTH)
    clerk.receives(unit, file)
    found = clerk.consolidates()
    assert found.answers == answers_of(unit, HEALTH)
    assert (found.problems, found.receipts) == ((), {file: "采用"})


@pytest.mark.parametrize(
    "file",
    ["县卫健局2023年二季度.xlsx", "县卫生健康局第二季度进展.xlsx", "县卫健局/2023Q2/a.xlsx"],
)
def test_where_the_table_says_nothing_the_file_s_name_and_folder_do(
    clerk: Clerk, file: str
) -> None:
    unit = pasted(clerk, HEALTH)
    clerk.receives(unit, file)
    found = clerk.consolidates()
    assert found.answers == answers_of(unit, HEALTH)
    assert (found.problems, found.receipts) == ((), {file: "采用"})


@pytest.mark.parametrize(
    ("file", "codes"),
    [
        ("报表.xlsx", ["R01", "R02"]),
        ("县卫健局.xlsx", ["R02"]),
        ("2023Q2/报表.xlsx", ["R01"]),
        ("县妇联、县卫健局2023年二季度.xlsx", ["R01"]),
    ],
)
def test_what_is_not_said_anywhere_is_asked(clerk: Clerk, file: str, codes: list[str]) -> None:
    clerk.receives(pasted(clerk, HEALTH), file)
    found = clerk.consolidates()
    assert found.answers == {}
    assert found.problems == tuple((file, "A1", code) for code in codes)
    assert found.receipts == {file: "待确认"}


def test_a_file_name_that_says_another_unit_is_asked(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(HEALTH), "县妇联报表.xlsx")
    found = clerk.consolidates()
    assert (found.answers, found.receipts) == ({}, {"县妇联报表.xlsx": "待确认"})
    assert found.problems == (("县妇联报表.xlsx", "A4", "R03"),)
    assert {found.states[2, HEALTH], found.states[3, WOMEN]} == {"待确认"}


def test_a_file_name_that_says_another_period_is_asked(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(HEALTH), "县卫健局2023年第三季度.xlsx")
    found = clerk.consolidates()
    file = "县卫健局2023年第三季度.xlsx"
    assert (found.answers, found.receipts) == ({}, {file: "待确认"})
    assert found.problems == ((file, "A4", "R04"),)
    assert found.states[2, HEALTH] == "待确认"


def test_what_is_still_asked_of_a_file_in_a_unit_s_folder_is_asked_of_that_unit_alone(
    clerk: Clerk,
) -> None:
    clerk.receives(pasted(clerk, HEALTH), "县妇联/县卫健局.xlsx")
    found = clerk.consolidates(today=OCTOBER)
    assert [code for _, _, code in found.problems] == ["R02", "R05"]
    assert (found.states[3, WOMEN], found.states[2, HEALTH]) == ("待确认", "未报送")


def test_the_folder_of_another_unit_outranks_the_marks_and_that_is_said(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    unit.copies_sheet_into_new_book()
    file = "县妇联/报表.xlsx"
    clerk.receives(unit, file)
    found = clerk.consolidates()
    shared = {(n, WOMEN): text for n, text in unit.answers.items() if n in (5, 10)}
    assert found.answers == shared
    problems = {(cell, code) for _, cell, code in found.problems}
    assert problems == {("A4", "R05"), ("E5:E6", "L13")}
    assert found.receipts == {file: "部分采用"}


def test_the_folder_of_another_period_outranks_the_marks_and_that_is_said(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    clerk.receives(unit, "2023Q3/报表.xlsx")
    assert clerk.consolidates().receipts == {"2023Q3/报表.xlsx": "其他期次"}
    found = clerk.consolidates("2023Q3", OCTOBER)
    assert found.answers == answers_of(unit, HEALTH)
    assert found.problems == (("2023Q3/报表.xlsx", "A4", "R05"),)


def test_a_form_of_another_period_goes_to_that_period(clerk: Clerk) -> None:
    clerk.sends("2023Q3")
    unit = clerk.filled(HEALTH, period="2023Q3")
    clerk.receives(unit, "a.xlsx")
    now, then = clerk.consolidates(), clerk.consolidates("2023Q3", OCTOBER)
    assert (now.answers, now.problems, now.receipts) == ({}, (), {"a.xlsx": "其他期次"})
    assert then.answers == answers_of(unit, HEALTH)
    assert (then.problems, then.receipts) == ((), {"a.xlsx": "采用"})


def test_another_programme_s_form_is_named(clerk: Clerk, clerk_of: Callable[[str], Clerk]) -> None:
    clerk.receives(clerk_of("linzi-2023").filled("区妇联"), "区妇联.xlsx")
    found = clerk.consolidates()
    assert (found.answers, found.receipts) == ({}, {"区妇联.xlsx": "其他方案"})
    assert found.problems == (("区妇联.xlsx", "", "R06"),)


# The whole annex.


def test_the_whole_annex_of_one_unit_counts_for_its_own_rows(clerk: Clerk) -> None:
    unit = whole_annex(clerk.forms().values())
    own = clerk.unit(WOMEN).items
    unit.fills_all({item: f"县妇联：{item}已办结" for item in own})
    file = "县妇联2023年第二季度.xlsx"
    clerk.receives(unit, file)
    found = clerk.consolidates()
    assert found.answers == {k: v for k, v in answers_of(unit, WOMEN).items() if any(v)}
    assert sorted(number for number, _ in found.answers) == [3, 5, 6, 7, 10]
    assert (found.problems, found.receipts) == ((), {file: "采用"})


def test_rows_of_the_annex_that_are_another_unit_s_are_asked_or_reported_for_it(
    clerk: Clerk,
) -> None:
    unit = whole_annex(clerk.forms().values())
    unit.fills_all({item: f"全县：{item}已办结" for item in unit.items})
    file = "县妇联2023年第二季度.xlsx"
    clerk.receives(unit, file)
    found = clerk.consolidates()
    for_women = {k: v for k, v in answers_of(unit, WOMEN).items() if k[0] in (3, 5, 6, 7, 10)}
    assert found.answers == {**for_women, (1, SCHOOLS): unit.answers[1]}
    # Items 2, 4, 8 and 9 have several units, 县妇联 is none of them; item 1 has one.
    asked = [(file, "D4、D6、D10:D11", "L13")]
    assert found.problems == (*asked, (file, "D3", "L14"))
    assert found.receipts == {file: "部分采用"}


def test_a_unit_s_own_answer_goes_before_the_one_reported_for_it(clerk: Clerk) -> None:
    annex, own = whole_annex(clerk.forms().values()), clerk.filled(SCHOOLS)
    annex.fills("实施优质教育资源扩增赋能行动", "县妇联代填", "2023年12月")
    clerk.receives(annex, "县妇联2023年第二季度.xlsx", LATER)
    clerk.receives(own, "a.xlsx", EARLIER)
    assert clerk.consolidates().answers == answers_of(own, SCHOOLS)


# Versions.


def test_the_newest_saving_counts_whatever_came_last(clerk: Clerk) -> None:
    old, new = clerk.filled(HEALTH, "初稿"), clerk.filled(HEALTH, "终稿")
    clerk.receives(old, "z.xlsx", EARLIER, arrives=LATER)
    clerk.receives(new, "a.xlsx", LATER)
    found = clerk.consolidates()
    assert found.answers == answers_of(new, HEALTH)
    assert (found.problems, found.receipts) == ((), {"a.xlsx": "采用", "z.xlsx": "被替代"})


def test_a_correction_of_one_item_corrects_one_item(clerk: Clerk) -> None:
    first, correction = clerk.filled(HEALTH), clerk.filled(HEALTH, "更正")
    correction.keeps_only(HOPE)
    correction.copies_sheet_into_new_book()
    clerk.receives(first, "一.xlsx")
    clerk.receives(correction, "二.xlsx", LATER)
    found = clerk.consolidates()
    assert found.answers == {**answers_of(first, HEALTH), **answers_of(correction, HEALTH)}
    assert found.places[4, HEALTH] == ("二.xlsx", "工作进展情况报表", "E5、F5")
    assert (found.problems, found.receipts) == ((), {"一.xlsx": "部分采用", "二.xlsx": "采用"})


def test_an_emptied_row_leaves_the_older_answer_standing_and_is_asked(clerk: Clerk) -> None:
    first, later = clerk.filled(HEALTH), clerk.filled(HEALTH, "更新")
    later.fills(HOPE, "", "")
    clerk.receives(first, "一.xlsx")
    clerk.receives(later, "二.xlsx", LATER)
    found = clerk.consolidates()
    assert found.answers == {**answers_of(later, HEALTH), (4, HEALTH): first.answers[4]}
    assert found.problems == (("二.xlsx", "E6", "A03"), ("二.xlsx", "F6", "A03"))
    assert found.receipts == {"一.xlsx": "部分采用", "二.xlsx": "采用"}
    assert found.states[4, HEALTH] == "已报送"


def test_a_correction_of_the_deadline_alone_corrects_the_deadline(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(WOMEN), "1.xlsx", EARLIER)
    before = clerk.consolidates()
    later = clerk.unit(WOMEN)
    later.fills(FRIENDLY, deadline="2023年9月30日")
    clerk.receives(later, "2.xlsx", LATER)
    found = clerk.consolidates()
    progress, _ = before.answers[3, WOMEN]
    assert found.answers == {**before.answers, (3, WOMEN): (progress, "2023年9月30日")}
    assert found.receipts == {"1.xlsx": "采用", "2.xlsx": "采用"}


def test_a_carried_deadline_is_the_unit_s_word_only_where_it_was_changed(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(WOMEN), "1.xlsx", EARLIER)
    clerk.consolidates()
    clerk.sends("2023Q3")
    clerk.receives(clerk.unit(WOMEN, "2023Q3"), "空.xlsx", datetime(2023, 9, 20, 9, 0))
    changed = clerk.unit(WOMEN, "2023Q3")
    changed.fills(FRIENDLY, deadline="2023年11月30日")
    clerk.receives(changed, "改.xlsx", datetime(2023, 9, 21, 9, 0))
    found = clerk.consolidates("2023Q3", OCTOBER)
    assert found.receipts == {"1.xlsx": "其他期次", "空.xlsx": "待确认", "改.xlsx": "采用"}
    assert found.answers[3, WOMEN] == ("", "2023年11月30日")


def test_rows_that_a_return_leaves_blank_are_not_counted_as_reported(clerk: Clerk) -> None:
    unit = clerk.unit(HEALTH)
    unit.reports("公办性质托育机构", 1)
    clerk.receives(unit, "a.xlsx")
    found = clerk.consolidates()
    summary = clerk.workspace.root / "outbox" / "2023Q2" / "汇总_2023Q2.xlsx"
    row = next(r for r in read_table(summary, "报送情况") if r["责任单位"] == HEALTH)
    assert (row["应报事项"], row["已报事项"]) == ("4", "0")
    assert {found.states[n, HEALTH] for n in (2, 4, 5, 10)} == {"待更正"}


def test_the_same_bytes_under_two_names_count_once(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    file = clerk.receives(unit, "a.xlsx")
    shutil.copy2(file, file.with_name("副本a.xlsx"))
    found = clerk.consolidates()
    assert found.answers == answers_of(unit, HEALTH)
    assert (found.problems, found.receipts) == ((), {"a.xlsx": "采用", "副本a.xlsx": "重复"})


# A form that says nothing, or too little.


def test_a_form_sent_back_empty_is_no_return(clerk: Clerk) -> None:
    clerk.receives(clerk.unit(HEALTH), "a.xlsx")
    found = clerk.consolidates()
    assert (found.answers, found.receipts) == ({}, {"a.xlsx": "待确认"})
    assert found.problems == (("a.xlsx", "", "F06"),)


def test_a_nil_return_needs_no_deadline(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    unit.fills(HOPE, "本季度无进展。", "")
    clerk.receives(unit, "a.xlsx")
    found = clerk.consolidates()
    assert found.answers[4, HEALTH] == ("本季度无进展。", "")
    assert (found.states[4, HEALTH], found.problems) == ("零报告", ())


@pytest.mark.parametrize(
    ("answer", "problem"),
    [((None, "2023年10月底"), ("a.xlsx", "E6", "A01")), (("已建成心理援助热线。", None), ("a.xlsx", "F6", "D01"))],
)  # fmt: skip
def test_an_answer_left_out_is_to_be_corrected(
    clerk: Clerk, answer: tuple[str | None, str | None], problem: tuple[str, str, str]
) -> None:
    unit = clerk.unit(HEALTH)
    for item in unit.items:
        unit.fills(item, f"{item}：全部建成投用，通过验收。", "2023年12月底")
    for item, target in unit.targets:
        unit.reports(target, 4, item)
    unit.fills(HOPE, "", "")
    unit.fills(HOPE, *answer)
    clerk.receives(unit, "a.xlsx")
    found = clerk.consolidates()
    assert found.answers[4, HEALTH] == tuple(text or "" for text in answer)
    assert (found.problems, found.states[4, HEALTH]) == ((problem,), "待更正")


def test_rows_without_a_required_column_are_to_be_decided(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    unit.deletes_column("完成时限")
    clerk.receives(unit, "a.xlsx")
    found = clerk.consolidates()
    assert found.problems == (("a.xlsx", "A4", "L02"),)
    assert {found.states[n, HEALTH] for n in (2, 4, 5, 10)} == {"待确认"}


def test_rows_under_an_unknown_header_are_to_be_decided(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    unit.rewords("具体措施", "本季度工作完成情况")
    clerk.receives(unit, "a.xlsx")
    found = clerk.consolidates()
    assert found.problems == (("a.xlsx", "A4", "L02"), ("a.xlsx", "E5", "L10"))
    assert {found.states[n, HEALTH] for n in (2, 4, 5, 10)} == {"待确认"}


# What is no form, or cannot be read.

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def test_every_file_has_its_row(clerk: Clerk, tmp_path: Path) -> None:
    good = clerk.filled(HEALTH).saves_as(tmp_path / "good.xlsx").read_bytes()
    schools = clerk.filled(SCHOOLS).saves_as(tmp_path / "c.xlsx").read_bytes()
    files = {
        "好.xlsx": good,
        "盖章.pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n",
        "照片.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
        "空.xlsx": b"",
        "半.xlsx": good[: len(good) // 2],
        "旧.xls": OLE + bytes(600),
        "加密.xlsx": ole("EncryptedPackage", "EncryptionInfo"),
        "说明.txt": "请查收附件".encode("gbk"),
        "~$好.xlsx": b"\x05user" + b" " * 160,
        "Thumbs.db": OLE,
        "作废/旧表.xlsx": clerk.filled(WOMEN).saves_as(tmp_path / "b.xlsx").read_bytes(),
        "公函.docx": word(),
        "材料.zip": archive({"县教体局.xlsx": schools, "盖章.pdf": b"%PDF-1.4\n2"}, LATER),
    }
    for name, content in files.items():
        clerk.receives(content, name)
    found = clerk.consolidates()
    assert found.receipts == {
        "好.xlsx": "采用",
        "盖章.pdf": "无法读取",
        "照片.jpg": "无法读取",
        "空.xlsx": "无法读取",
        "半.xlsx": "无法读取",
        "旧.xls": "无法读取",
        "加密.xlsx": "无法读取",
        "说明.txt": "无法读取",
        "~$好.xlsx": "系统文件",
        "Thumbs.db": "系统文件",
        "作废/旧表.xlsx": "作废",
        "公函.docx": "无法读取",
        "材料.zip": "已展开",
        "材料.zip/县教体局.xlsx": "采用",
        "材料.zip/盖章.pdf": "无法读取",
    }
    assert sorted((code, file) for file, _, code in found.problems) == [
        ("F01", "半.xlsx"),
        ("F02", "公函.docx"),
        ("F02", "旧.xls"),
        ("F02", "说明.txt"),
        ("F03", "加密.xlsx"),
        ("F05", "空.xlsx"),
        ("P02", "材料.zip/盖章.pdf"),
        ("P02", "照片.jpg"),
        ("P02", "盖章.pdf"),
    ]
    assert {unit for _, unit in found.answers} == {HEALTH, SCHOOLS}


def test_the_annex_filled_as_a_word_table_is_read(clerk: Clerk) -> None:
    unit = whole_annex(clerk.forms().values())
    unit.fills_all({item: f"县妇联：{item}已办结" for item in clerk.unit(WOMEN).items})
    file = "县妇联2023年第二季度.docx"
    rows = unit.annex.sheet.iter_rows(min_row=2, values_only=True)
    clerk.receives(word(*([str(c or "") for c in row] for row in rows)), file)
    found = clerk.consolidates()
    assert found.answers == {k: v for k, v in answers_of(unit, WOMEN).items() if any(v)}
    assert (found.problems, found.receipts) == ((), {file: "采用"})


def word(*rows: list[str]) -> bytes:
    """A letter in Word, with a table of these rows where there are any."""
    letter: Any = docx.Document()
    letter.add_paragraph("现将有关材料报上，请查收。")
    table: Any = letter.add_table(rows=0, cols=len(rows[0])) if rows else None
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    content = BytesIO()
    letter.save(content)
    return content.getvalue()


# Folders are the clerk's word.


def test_what_lies_in_the_void_folder_does_not_count_until_it_is_moved_out(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    file = clerk.receives(unit, "作废/a.xlsx")
    void = clerk.consolidates()
    file.rename(clerk.workspace.inbox / "a.xlsx")
    back = clerk.consolidates()
    assert (void.answers, void.problems, void.receipts) == ({}, (), {"作废/a.xlsx": "作废"})
    assert (back.answers, back.receipts) == (answers_of(unit, HEALTH), {"a.xlsx": "采用"})


def test_a_voided_version_gives_way_to_the_one_before(clerk: Clerk) -> None:
    first = clerk.filled(HEALTH, "初稿")
    clerk.receives(first, "一.xlsx")
    file = clerk.receives(clerk.filled(HEALTH, "终稿"), "二.xlsx", LATER)
    clerk.consolidates()
    (clerk.workspace.inbox / "作废").mkdir()
    file.rename(clerk.workspace.inbox / "作废" / "二.xlsx")
    found = clerk.consolidates()
    assert found.answers == answers_of(first, HEALTH)
    assert found.receipts == {"一.xlsx": "采用", "作废/二.xlsx": "作废"}


def test_a_file_that_was_seen_goes_on_counting_when_it_is_deleted(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    file = clerk.receives(unit, "a.xlsx")
    before = clerk.consolidates()
    file.unlink()
    after = clerk.consolidates()
    assert (after.answers, after.problems) == (before.answers, ())
    assert after.receipts == {"a.xlsx": "已不在收件箱"}


def test_a_file_saved_over_by_its_correction_counts_alone(clerk: Clerk) -> None:
    first, corrected = clerk.filled(HEALTH), clerk.filled(HEALTH, "更正")
    first.merges_answers(*first.items[:2])
    clerk.receives(first, "a.xlsx")
    clerk.consolidates()
    clerk.receives(corrected, "a.xlsx", LATER)
    found = clerk.consolidates()
    assert found.answers == answers_of(corrected, HEALTH)
    assert (found.problems, found.receipts["a.xlsx"]) == ((), "采用")


def test_a_file_saved_over_by_an_older_version_does_not_contradict_itself(clerk: Clerk) -> None:
    new, old = clerk.filled(HEALTH, "终稿"), clerk.filled(HEALTH, "初稿")
    clerk.receives(new, "a.xlsx", LATER)
    clerk.consolidates()
    clerk.receives(old, "a.xlsx", EARLIER)
    found = clerk.consolidates()
    assert found.answers == answers_of(new, HEALTH)
    assert (found.problems, found.receipts["a.xlsx"]) == ((), "被替代")


def test_a_file_that_was_asked_about_and_deleted_still_has_its_row(clerk: Clerk) -> None:
    file = clerk.receives(pasted(clerk, HEALTH), "a.xlsx")
    clerk.consolidates()
    file.unlink()
    found = clerk.consolidates()
    assert found.problems == (("a.xlsx", "A1", "R01"), ("a.xlsx", "A1", "R02"))
    assert found.receipts == {"a.xlsx": "已不在收件箱"}


@pytest.mark.parametrize("words", ["应训尽训", "报名426人，全部培训"])
def test_a_target_whose_goal_is_words_is_answered_in_words(clerk: Clerk, words: str) -> None:
    unit = clerk.filled("县人力资源和社会保障局")
    unit.reports("有需求的从业人员培训", words)
    clerk.receives(unit, "a.xlsx")
    found = clerk.consolidates()
    assert (found.answers, found.problems) == (answers_of(unit, "县人力资源和社会保障局"), ())


def test_a_file_that_could_not_be_read_and_was_deleted_is_settled(clerk: Clerk) -> None:
    file = clerk.receives(b"PK\x03\x04 not a whole file", f"{HEALTH}.xlsx")
    first = clerk.consolidates()
    assert [code for *_, code in first.problems] == ["F02"]
    file.unlink()
    found = clerk.consolidates()
    assert (found.problems, found.receipts) == ((), {f"{HEALTH}.xlsx": "已不在收件箱"})
    assert (first.units[HEALTH]["状态"], found.units[HEALTH]["状态"]) == ("待确认", "未报送")
