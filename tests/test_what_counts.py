"""What counts, sentence by sentence: versions, receipts, times, 代报, 作废, what was said by telephone."""

import shutil
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from shishi_xl.demo.second_quarter import archive
from shishi_xl.demo.unit import Unit
from shishi_xl.demo.whole_annex import whole_annex

from .clerk import Clerk, Found
from .test_returns import EARLIER, HEALTH, HOPE, LATER, SCHOOLS, WOMEN, answers_of, pasted

ON_TIME, LATE = datetime(2023, 6, 30, 17, 58), datetime(2023, 7, 5, 8, 3)
SPREAD = "实施优质教育资源扩增赋能行动"


def saved(clerk: Clerk, unit: Unit, when: datetime = ON_TIME) -> bytes:
    """The bytes of a unit's workbook as it saved it."""
    path = clerk.receives(unit, "saved.xlsx", when)
    content = path.read_bytes()
    path.unlink()
    return content


def mail(sent: datetime, **files: bytes) -> bytes:
    """A mail of that moment with these attachments (names without .xlsx)."""
    message = EmailMessage()
    message["From"], message["Subject"] = "wsj@example.gov.cn", "报表"
    message["Date"] = f"{sent:%a, %d %b %Y %H:%M:%S} +0800"
    message.set_content("请查收")
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream",
                               filename=f"{name}.xlsx")  # fmt: skip
    return message.as_bytes()


def late(found: Found, unit: str = HEALTH) -> str:
    return found.units[unit]["是否逾期"]


# Times and their sources.


def test_a_file_saved_late_that_came_by_mail_in_time_is_in_time(clerk: Clerk) -> None:
    content = saved(clerk, clerk.filled(HEALTH))
    clerk.receives(content, "县卫健局.xlsx", LATE)
    assert late(clerk.consolidates()) == "是"
    clerk.receives(mail(ON_TIME, 报表=content), "来信.eml", LATE)
    found = clerk.consolidates()
    assert late(found) == "否"
    assert found.arrivals == dict.fromkeys(
        ("县卫健局.xlsx", "来信.eml", "来信.eml/报表.xlsx"), "2023-06-30 17:58（邮件时间）"
    )


def test_the_clerk_s_time_goes_before_the_mail_s(clerk: Clerk) -> None:
    clerk.receives(mail(LATE, 报表=saved(clerk, clerk.filled(HEALTH))), "来信.eml", LATE)
    assert late(clerk.consolidates()) == "是"
    clerk.decides("来信.eml", arrival="2023-06-30 18:00")
    found = clerk.consolidates()
    assert late(found) == "否"
    assert found.arrivals["来信.eml/报表.xlsx"] == "2023-06-30 18:00（登记）"


def test_the_first_arrival_decides_whatever_came_later(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(HEALTH), "a.xlsx", ON_TIME)
    clerk.receives(clerk.filled(HEALTH, "更正"), "b.xlsx", LATE)
    found = clerk.consolidates()
    assert (late(found), found.units[HEALTH]["版本数"]) == ("否", "2")
    clerk.decides("a.xlsx", handling="作废")  # it was another unit's, or sent by mistake
    assert late(clerk.consolidates()) == "是"


def test_newest_is_what_the_clerk_says_then_the_saving(clerk: Clerk) -> None:
    old, new = clerk.filled(HEALTH, "先存"), clerk.filled(HEALTH, "后存")
    clerk.receives(old, "a.xlsx", EARLIER)
    clerk.receives(new, "b.xlsx", LATER)
    assert clerk.consolidates().answers == answers_of(new, HEALTH)
    clerk.decides("a.xlsx", arrival="2023-07-04")
    found = clerk.consolidates()
    assert found.answers == answers_of(old, HEALTH)
    assert found.receipts == {"a.xlsx": "采用", "b.xlsx": "被替代"}


def test_an_extension_moves_the_due_day_of_that_unit_alone(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(HEALTH), "a.xlsx", LATE)
    clerk.consolidates()
    for unit in (HEALTH, SCHOOLS):
        clerk.notes(unit, topic="延期", until=date(2023, 7, 10), text="县政府办同意")
    found = clerk.consolidates()
    assert late(found) == "否"
    assert (found.units[SCHOOLS]["状态"], found.units[WOMEN]["状态"]) == ("未到期", "未报送")
    assert clerk.consolidates(today=date(2023, 7, 11)).units[SCHOOLS]["状态"] == "未报送"


def test_before_the_due_day_nothing_is_missing(clerk: Clerk) -> None:
    states = [set(clerk.consolidates(today=date(2023, 6, d)).states.values()) for d in (29, 30)]
    assert states == [{"未到期"}, {"未到期"}]
    assert set(clerk.consolidates(today=date(2023, 7, 1)).states.values()) == {"未报送"}


# Rows, versions, 代报.


def test_a_row_that_a_newer_return_lacks_stands(clerk: Clerk) -> None:
    first, second = clerk.filled(HEALTH), clerk.filled(HEALTH, "更正")
    second.keeps_only(HOPE)
    second.copies_sheet_into_new_book()
    third = clerk.filled(HEALTH, "再更正")
    third.fills(HOPE, "", "")
    clerk.receives(first, "一.xlsx", EARLIER)
    clerk.receives(second, "二.xlsx", ON_TIME)
    clerk.receives(third, "三.xlsx", LATER)
    found = clerk.consolidates()
    assert found.answers == {**answers_of(third, HEALTH), (4, HEALTH): second.answers[4]}
    assert found.problems == (("三.xlsx", "E6", "A03"), ("三.xlsx", "F6", "A03"))
    assert found.receipts == {"一.xlsx": "被替代", "二.xlsx": "采用", "三.xlsx": "采用"}


def test_what_another_unit_reports_counts_only_while_the_unit_has_sent_none(clerk: Clerk) -> None:
    annex = whole_annex(clerk.forms().values())
    annex.fills(SPREAD, "县妇联代填", "2023年12月")
    clerk.receives(annex, "县妇联2023年第二季度.xlsx", LATER)
    proxy = clerk.consolidates()
    assert proxy.answers[1, SCHOOLS] == ("县妇联代填", "2023年12月")
    assert proxy.units[SCHOOLS]["首报时间"] == ""
    own = clerk.filled(SCHOOLS)
    path = clerk.receives(own, "县教体局.xlsx", EARLIER)
    assert clerk.consolidates().answers[1, SCHOOLS] == own.answers[1]
    clerk.decides("县教体局.xlsx", handling="作废")
    path.unlink()
    assert clerk.consolidates().answers[1, SCHOOLS] == ("县妇联代填", "2023年12月")


# 作废, by content.


def test_a_voided_file_counts_in_no_archive_and_mail(clerk: Clerk) -> None:
    content = saved(clerk, clerk.filled(HEALTH))
    clerk.receives(content, "a.xlsx", ON_TIME)
    clerk.consolidates()
    clerk.decides("a.xlsx", handling="作废")
    clerk.receives(archive({"报表/b.xlsx": content}, ON_TIME), "报表.zip", ON_TIME)
    clerk.receives(mail(ON_TIME, c=content), "来信.eml")
    found = clerk.consolidates()
    assert found.answers == {}
    assert found.receipts == {
        "a.xlsx": "作废", "报表.zip": "已展开", "报表.zip/报表/b.xlsx": "作废",
        "来信.eml": "已展开", "来信.eml/c.xlsx": "作废",
    }  # fmt: skip


@pytest.mark.parametrize("by_folder", [True, False])
def test_a_voided_archive_voids_what_is_in_it(clerk: Clerk, by_folder: bool) -> None:
    unit = clerk.filled(HEALTH)
    content = saved(clerk, unit)
    path = clerk.receives(archive({"a.xlsx": content}, ON_TIME), "报表.zip", ON_TIME)
    clerk.receives(content, "又一份.xlsx", ON_TIME)
    assert clerk.consolidates().answers == answers_of(unit, HEALTH)
    if by_folder:
        (clerk.workspace.inbox / "作废").mkdir()
        path.rename(clerk.workspace.inbox / "作废" / "报表.zip")
    else:
        clerk.decides("报表.zip", handling="作废")
    found = clerk.consolidates()
    assert (found.answers, found.receipts["又一份.xlsx"]) == ({}, "作废")
    clerk.decides("又一份.xlsx", handling="恢复")
    assert clerk.consolidates().answers == answers_of(unit, HEALTH)


def test_a_copy_in_a_unit_s_folder_says_whose_the_one_in_an_archive_is(clerk: Clerk) -> None:
    unit = pasted(clerk, HEALTH)
    content = saved(clerk, unit)
    clerk.receives(archive({"来件.xlsx": content}, ON_TIME), "2023Q2/打包.zip")
    assert clerk.consolidates().receipts["2023Q2/打包.zip/来件.xlsx"] == "待确认"
    clerk.receives(content, "县卫健局/2023Q2/来件.xlsx")
    found = clerk.consolidates()
    assert found.answers == answers_of(unit, HEALTH)
    assert found.receipts == {"2023Q2/打包.zip": "已展开", "2023Q2/打包.zip/来件.xlsx": "重复",
                              "县卫健局/2023Q2/来件.xlsx": "采用"}  # fmt: skip


def test_a_member_of_an_archive_can_be_decided(clerk: Clerk) -> None:
    unit = pasted(clerk, HEALTH)
    packed = archive({"甲.xlsx": saved(clerk, unit), "乙.mp4": b"\0\0\0\x20ftypisom"}, ON_TIME)
    clerk.receives(packed, "报表.zip", ON_TIME)
    clerk.consolidates()
    assert [r["文件"] for r in clerk.book.rows()] == ["报表.zip/甲.xlsx"]
    clerk.decides("报表.zip/甲.xlsx", unit=HEALTH, period="2023Q2")
    assert clerk.consolidates().answers == answers_of(unit, HEALTH)


def test_what_is_decided_of_a_mail_holds_for_what_is_in_it(clerk: Clerk) -> None:
    unit = pasted(clerk, HEALTH)
    clerk.receives(mail(ON_TIME, 表=saved(clerk, unit)), "来信.eml")
    clerk.consolidates()
    clerk.decides("来信.eml", unit=HEALTH, period="2023Q2")
    found = clerk.consolidates()
    assert found.answers == answers_of(unit, HEALTH)
    assert found.bases["来信.eml/表.xlsx"] == "县卫生健康局（登记）；2023Q2（登记）"


def test_a_deleted_file_is_voided_and_stays_so_when_it_comes_back(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    path = clerk.receives(unit, "a.xlsx")
    kept = clerk.workspace.root / "kept.xlsx"
    shutil.copy2(path, kept)
    clerk.consolidates()
    path.unlink()
    assert clerk.consolidates().answers == answers_of(unit, HEALTH)
    clerk.decides("a.xlsx", handling="作废")
    assert clerk.consolidates().answers == {}
    shutil.copy2(kept, path.with_name("又来了.xlsx"))
    found = clerk.consolidates()
    assert (found.answers, found.receipts) == ({}, {"又来了.xlsx": "作废"})


def test_a_decision_by_name_holds_for_the_file_that_then_bore_it(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(HEALTH, "旧"), "a.xlsx", EARLIER)
    clerk.consolidates()
    clerk.decides("a.xlsx", handling="作废")
    assert clerk.consolidates().answers == {}
    new = clerk.filled(HEALTH, "新")
    clerk.receives(new, "a.xlsx", LATER)
    found = clerk.consolidates()
    assert (found.answers, found.receipts["a.xlsx"]) == (answers_of(new, HEALTH), "采用")


# What units say by telephone.


def test_a_nil_return_by_telephone_is_a_state_without_words(clerk: Clerk) -> None:
    clerk.consolidates()
    clerk.notes(HEALTH, topic="零报告", told="2023-06-29", text="刘科长电话告知本季度无进展")
    found = clerk.consolidates()
    assert found.units[HEALTH]["状态"] == "零报告"
    assert (found.units[HEALTH]["首报时间"], late(found)) == ("2023-06-29", "否")
    assert found.answers == {}
    assert found.places[2, HEALTH] == ("登记.xlsx", "单位说明", "H2")


def test_the_unit_s_own_words_go_before_what_was_said(clerk: Clerk) -> None:
    clerk.consolidates()
    clerk.notes(HEALTH, topic="零报告")
    clerk.receives(clerk.filled(HEALTH), "a.xlsx")
    found = clerk.consolidates()
    assert found.units[HEALTH]["状态"] == "已报送"
    assert found.problems == (("登记.xlsx", "C2", "G15"),)


def test_what_need_not_be_reported_is_not_owed(clerk: Clerk) -> None:
    clerk.consolidates()
    clerk.notes(HEALTH, topic="免报", items="第2件，4")
    clerk.notes(WOMEN, topic="免报")
    found = clerk.consolidates()
    assert [found.states[n, HEALTH] for n in (2, 4, 5, 10)] == ["免报", "免报", "未报送", "未报送"]
    assert (found.units[HEALTH]["应报事项"], found.units[WOMEN]["应报事项"]) == ("2", "0")
    assert found.units[WOMEN]["状态"] == "免报"


def test_what_the_clerk_has_excused_is_not_asked_for(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    unit.fills(HOPE, "", "")
    clerk.receives(unit, "a.xlsx")
    assert clerk.consolidates().states[4, HEALTH] == "待更正"
    for topic in ("免报", "零报告"):
        clerk.notes(HEALTH, topic=topic, items=4)
        found = clerk.consolidates()
        assert (found.states[4, HEALTH], found.problems) == (topic, ())
    assert (4, HEALTH) not in found.answers


def test_an_explanation_by_telephone_settles_what_can_be_explained(clerk: Clerk) -> None:
    first, later = clerk.filled(HEALTH), clerk.filled(HEALTH, "更新")
    later.fills(HOPE, "", "")
    clerk.receives(first, "一.xlsx", EARLIER)
    clerk.receives(later, "二.xlsx", LATER)
    clerk.consolidates()
    clerk.notes(HEALTH, topic="说明", items=4, code="a03", text="热线已并入12345，内容不变")
    found = clerk.consolidates()
    said = "热线已并入12345，内容不变（电话，登记.xlsx “单位说明”H2）"
    rows = [(r["代码"], r["处理状态"], r["单位说明"]) for r in found.rows]
    assert rows == [("A03", "已采信", said), ("A03", "已采信", said)]
    assert found.units[HEALTH]["核实"] == "0"


def test_no_explanation_settles_what_must_be_corrected(clerk: Clerk) -> None:
    unit = clerk.filled(HEALTH)
    unit.fills(HOPE, "", "")
    clerk.receives(unit, "a.xlsx")
    clerk.consolidates()
    clerk.notes(HEALTH, topic="说明", items=4, text="本季度确实没有开展这项工作")
    found = clerk.consolidates()
    assert {(r["级别"], r["处理状态"]) for r in found.rows} == {("强制", "待处理")}
    assert all("本季度确实没有开展" in r["单位说明"] for r in found.rows)
    assert found.states[4, HEALTH] == "待更正"


def test_the_summary_stays_the_same_however_often_it_is_run(clerk: Clerk) -> None:
    clerk.receives(pasted(clerk, HEALTH), "报表.xlsx")
    clerk.consolidates()
    clerk.decides("报表.xlsx", unit=HEALTH)
    clerk.consolidates()
    outbox: Path = clerk.workspace.root / "outbox" / "2023Q2"
    before = {f: f.read_bytes() for f in outbox.glob("*.xlsx")}
    clerk.consolidates()
    assert {f: f.read_bytes() for f in outbox.glob("*.xlsx")} == before
