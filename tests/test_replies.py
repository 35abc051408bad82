"""What lies in 退回/, 催报/ and 下发/ after a run, read as a unit or the clerk would."""

import email
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from shishi_xl.cli import main
from shishi_xl.replies.mail import Letter, encoded, write_eml, write_txt
from shishi_xl.replies.reply import answer_by
from shishi_xl.texts import form_file

from .clerk import Clerk, read_table
from .programs import needs_libreoffice, save_by_libreoffice

SCHOOLS, UNION, WOMEN, SCIENCE = "县教育和体育局", "县总工会", "县妇联", "县科协"
ANNEX = "工作进展情况报表"


def names(clerk: Clerk, folder: str) -> set[str]:
    place = clerk.workspace.root / "outbox" / clerk.period / folder
    return {f.name for f in place.iterdir()} if place.exists() else set()


def path(clerk: Clerk, name: str) -> Path:
    return clerk.workspace.root / "outbox" / clerk.period / name


def text(clerk: Clerk, name: str) -> str:
    return path(clerk, name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def mail(clerk: Clerk, name: str) -> EmailMessage:
    content = path(clerk, name).read_bytes()
    return email.message_from_bytes(content, policy=policy.default)


def opinions(clerk: Clerk, unit: str) -> list[list[str]]:
    file = next(path(clerk, "退回").glob(f"*_{unit}.xlsx"))
    rows = CalamineWorkbook.from_path(file).get_sheet_by_name("审核意见").to_python()
    return [[str(c) for c in row] for row in rows if str(row[0]).isdigit()]


def everybody_but(clerk: Clerk, *silent: str) -> None:
    for name in clerk.forms():
        if name not in silent:
            clerk.receives(clerk.filled(name), f"{name}.xlsx")


def test_who_sent_nothing_is_reminded_with_the_form(clerk: Clerk) -> None:
    clerk.asks_for_files_alone()
    everybody_but(clerk, UNION)
    clerk.consolidates()
    assert names(clerk, "催报") == {f"03_{UNION}{s}" for s in (".eml", ".txt", ".xlsx")}
    said = text(clerk, f"催报/03_{UNION}.txt")
    assert "尚未收到贵单位的报表" in said and "请于2023年7月10日（星期一）前报回" in said
    assert "电话：6967116" in said
    form = path(clerk, f"下发/03_{UNION}.xlsx").read_bytes()
    assert path(clerk, f"催报/03_{UNION}.xlsx").read_bytes() == form
    attached = next(mail(clerk, f"催报/03_{UNION}.eml").iter_attachments())
    assert (attached.get_filename(), attached.get_content()) == (f"03_{UNION}.xlsx", form)


def test_who_sent_only_some_items_is_asked_for_the_others(clerk: Clerk) -> None:
    everybody_but(clerk)
    unit = clerk.unit(UNION)
    first, other = unit.items
    unit.fills(first, "已建成职工小屋一处，六月投用。", "2023年12月底")
    unit.keeps_only(first)
    clerk.receives(unit, f"{UNION}.xlsx")
    clerk.consolidates()
    asked = text(clerk, f"催报/03_{UNION}.txt")
    assert "还有 1 件实事没有报送" in asked
    assert other in asked and first not in asked


def test_nobody_is_chased_before_the_due_day(clerk: Clerk) -> None:
    clerk.consolidates(today=date(2023, 6, 30))
    assert names(clerk, "催报") == names(clerk, "退回") == set()
    rows = (
        CalamineWorkbook.from_path(path(clerk, "联系清单.xlsx")).get_sheet_by_index(0).to_python()
    )
    assert rows[-1][0] == "没有需要联系的单位。"


def test_the_organiser_gets_its_marked_form_and_no_letters(clerk: Clerk) -> None:
    clerk.consolidates()
    assert not any(WOMEN in n for n in names(clerk, "催报"))
    assert f"06_{WOMEN}.xlsx" in names(clerk, "下发") and f"06_{WOMEN}.eml" not in names(
        clerk, "下发"
    )
    unit = clerk.filled(WOMEN)
    unit.fills(unit.items[0], deadline="尽快")
    clerk.receives(unit, "妇联.xlsx")
    clerk.consolidates()
    assert names(clerk, "退回") == {f"06_{WOMEN}.xlsx"}


def test_what_no_longer_applies_goes_and_the_clerk_s_own_file_stays(clerk: Clerk) -> None:
    clerk.asks_for_files_alone()
    everybody_but(clerk, UNION, SCIENCE)
    clerk.consolidates()
    own = path(clerk, "催报/电话记录.txt")
    own.write_text("7月5日已打电话", "utf-8")
    edited = path(clerk, f"催报/11_{SCIENCE}.txt")
    edited.write_text("经办人改写的函", "utf-8")
    for name in (UNION, SCIENCE):
        clerk.receives(clerk.filled(name), f"{name}.xlsx")
    clerk.consolidates()
    assert names(clerk, "催报") == {own.name, edited.name}


def test_every_letter_has_the_same_bytes_again(clerk: Clerk) -> None:
    unit = clerk.filled(SCHOOLS)
    unit.fills(unit.items[0], deadline="尽快")
    clerk.receives(unit, "教体局.xlsx")
    clerk.consolidates()
    before = {f: f.read_bytes() for f in path(clerk, "").rglob("*") if f.is_file()}
    shutil.rmtree(path(clerk, "退回"))
    shutil.rmtree(path(clerk, "催报"))
    clerk.consolidates()
    assert {f: f.read_bytes() for f in path(clerk, "").rglob("*") if f.is_file()} == before


def test_the_returned_file_is_the_unit_s_own_with_its_cells_marked(clerk: Clerk) -> None:
    unit = clerk.filled(SCHOOLS)
    unit.fills(unit.items[0], "")
    unit.adds_sheet_before("科室意见", "同意上报")
    clerk.receives(unit, "教体局.xlsx")
    clerk.consolidates()
    book = load_workbook(path(clerk, f"退回/01_{SCHOOLS}.xlsx"))
    assert book.sheetnames[:3] == ["审核意见", "科室意见", ANNEX]
    comment = book[ANNEX]["E5"].comment
    assert comment and "没有填写" in comment.text
    assert [row[5] for row in opinions(clerk, SCHOOLS)] == [f"{ANNEX} E5"]


def test_a_return_in_an_archive_is_the_unit_s_own_too(clerk: Clerk, tmp_path: Path) -> None:
    unit = clerk.filled(SCHOOLS)
    unit.fills(unit.items[0], "")
    unit.adds_sheet_before("科室意见", "同意上报")
    file = unit.saves_as(tmp_path / "报表.xlsx")
    with zipfile.ZipFile(clerk.workspace.inbox / "教体局.zip", "w") as archive:
        archive.write(file, "第二季度/报表.xlsx")
    clerk.consolidates()
    book = load_workbook(path(clerk, f"退回/01_{SCHOOLS}.xlsx"))
    assert "科室意见" in book.sheetnames


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_another_format_becomes_a_form_filled_in_and_marked(
    clerk: Clerk, tmp_path: Path, suffix: str
) -> None:
    unit = clerk.filled(SCHOOLS)
    unit.fills(unit.items[1], deadline="尽快")
    file = unit.saves_as(tmp_path / "教体局.xlsx")
    save_by_libreoffice([file], suffix, clerk.workspace.inbox)
    clerk.consolidates()
    sheet = load_workbook(path(clerk, f"退回/01_{SCHOOLS}.xlsx"))[ANNEX]
    assert (sheet["F6"].value, sheet["F6"].fill.fgColor.rgb) == ("尽快", "FFFBD98B")
    assert str(sheet["E5"].value).startswith(SCHOOLS)


def test_answers_out_of_two_files_are_put_on_one_form(clerk: Clerk) -> None:
    unit = clerk.filled(SCHOOLS)
    clerk.receives(unit, "教体局.xlsx")
    unit.keeps_only(unit.items[1])
    unit.fills(unit.items[0], "更正：已完成全部课后服务用房改造。", "尽快")
    clerk.receives(unit, "教体局更正.xlsx", datetime(2023, 7, 1, 9))
    clerk.consolidates()
    sheet = load_workbook(path(clerk, f"退回/01_{SCHOOLS}.xlsx"))[ANNEX]
    assert (sheet["F6"].value, sheet["E6"].value) == ("尽快", "更正：已完成全部课后服务用房改造。")
    assert str(sheet["E5"].value).startswith(SCHOOLS)


def test_a_broken_file_is_asked_for_again(clerk: Clerk) -> None:
    whole = clerk.filled(SCIENCE).saves_as(clerk.workspace.root / "x.xlsx").read_bytes()
    clerk.receives(whole[: len(whole) // 2], f"{SCIENCE}.xlsx")
    clerk.consolidates()
    said = text(clerk, f"退回/11_{SCIENCE}.txt")
    assert f"文件“{SCIENCE}.xlsx”" in said and "重新报送" in said and "底色" not in said


def test_a_marked_return_is_read_like_any_other(clerk: Clerk) -> None:
    unit = clerk.filled(SCHOOLS)
    unit.fills(unit.items[0], deadline="尽快")
    clerk.receives(unit, "教体局.xlsx")
    before = clerk.consolidates()
    back = clerk.workspace.inbox / "退回的.xlsx"
    shutil.copy(path(clerk, f"退回/01_{SCHOOLS}.xlsx"), back)
    after = clerk.consolidates(today=date(2023, 7, 6))
    assert after.answers == before.answers
    assert {code for _, _, code in after.problems} == {code for _, _, code in before.problems}


def test_the_list_of_calls_has_the_gravest_first(clerk: Clerk) -> None:
    clerk.asks_for_files_alone()
    everybody_but(clerk, UNION)
    for name, what in ((SCHOOLS, {"deadline": "尽快"}), (SCIENCE, {"progress": ""})):
        unit = clerk.filled(name)
        unit.fills(unit.items[0], **what)
        unit.signs(填报人="张晓宁", 联系电话="6960001")
        clerk.receives(unit, f"{name}.xlsx")
    clerk.consolidates()
    rows = (
        CalamineWorkbook.from_path(path(clerk, "联系清单.xlsx")).get_sheet_by_index(0).to_python()
    )
    calls = [(str(r[1]), str(r[2]), str(r[3]), str(r[5])) for r in rows[3:] if r[5] != "本单位"]
    assert calls == [(SCIENCE, "张晓宁", "6960001", "退回"), (UNION, "", "", "催报"),
                     (SCHOOLS, "张晓宁", "6960001", "退回")]  # fmt: skip


def test_what_the_unit_said_by_telephone_is_accepted(clerk: Clerk) -> None:
    unit = clerk.filled(SCHOOLS)
    unit.fills(unit.items[0], deadline="尽快")
    clerk.receives(unit, "教体局.xlsx")
    clerk.consolidates()
    book = load_workbook(clerk.workspace.root / "登记.xlsx")
    sheet = book["单位说明"]
    top = next(r for r in range(1, 4) if "责任单位" in [c.value for c in sheet[r]])
    heads = {str(c.value): c.column or 0 for c in sheet[top]}
    said = {"责任单位": SCHOOLS, "期次": clerk.period, "类别": "说明", "事项": "1",
            "说明": "等待省里批复后方可确定"}  # fmt: skip
    for head, value in said.items():
        sheet.cell(top + 1, heads[head]).value = value
    book.save(clerk.workspace.root / "登记.xlsx")
    clerk.consolidates()
    problems = read_table(path(clerk, f"汇总_{clerk.period}.xlsx"), "问题清单")
    states = [(r["代码"], r["处理状态"]) for r in problems if r["责任单位"] == SCHOOLS]
    assert states == [("D02", "已采信")]
    assert names(clerk, "退回") == set()


def test_the_letters_can_be_replaced_and_their_faults_are_named(clerk: Clerk) -> None:
    own = clerk.workspace.root / "templates" / "texts" / "催报函.txt"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("催\n\n{{ unit }}：请报表。", "utf-8-sig")
    clerk.consolidates()
    assert text(clerk, f"催报/03_{UNION}.txt") == f"催\n\n{UNION}：请报表。\n"
    for wrong, said in (
        ("催\n\n{{ unit ", "第 3 行"),
        ("催\n\n{{ nobody }}", "nobody"),
        ("催", "主题"),
    ):
        own.write_text(wrong, "utf-8")
        run = CliRunner().invoke(
            main, ["-w", str(clerk.workspace.root), "consolidate", clerk.period]
        )
        assert (run.exit_code, said in run.output, "催报函.txt" in run.output) == (2, True, True)


def test_addresses_stand_in_the_letters_and_those_that_lack_are_named(
    clerk_of: Callable[[str], Clerk],
) -> None:
    clerk = clerk_of("gaoqing-2023")
    items = clerk.workspace.items_file
    source = items.read_text("utf-8")
    items.write_text(
        source.replace(f"  {UNION}: {{", f"  {UNION}: {{email: zgh@example.gov.cn, "), "utf-8"
    )
    clerk.consolidates()
    assert mail(clerk, f"催报/03_{UNION}.eml")["To"] == f"{UNION} <zgh@example.gov.cn>"
    assert mail(clerk, f"催报/11_{SCIENCE}.eml")["To"] == ""
    run = CliRunner().invoke(main, ["-w", str(clerk.workspace.root), "check"])
    assert run.exit_code == 0
    assert SCIENCE in run.output.splitlines()[-1] and UNION not in run.output.splitlines()[-1]


LETTER = Letter(
    "a/b",
    "请更正：" + "很长的主题" * 20,
    "第一行\n第二行",
    "县妇联",
    "fl@example.gov.cn",
    date(2023, 7, 5),
)


@pytest.mark.parametrize("name", ["01_县妇联.xlsx", "01_“心希望”〔1〕%#;'.xlsx", "a b.xlsx"])
def test_a_mail_opens_as_a_draft_with_its_file(name: str) -> None:
    content = write_eml(LETTER, name, b"PK\x03\x04")
    assert content.isascii() and max(map(len, content.split(b"\r\n"))) < 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    read = email.message_from_bytes(content, policy=policy.default)
    assert (read["X-Unsent"], read["Subject"]) == ("1", LETTER.subject)
    assert (read["To"], read["Date"]) == (
        "县妇联 <fl@example.gov.cn>",
        "Wed, 05 Jul 2023 09:00:00 +0800",
    )
    body = read.get_body()
    assert body and body.get_content().split() == ["第一行", "第二行"]
    (file,) = read.iter_attachments()
    assert (file.get_filename(), file.get_content()) == (name, b"PK\x03\x04")
    assert content == write_eml(LETTER, name, b"PK\x03\x04")


def test_encoded_words_are_no_longer_than_75_characters() -> None:
    assert max(map(len, encoded("二季度报表" * 30).split("\r\n "))) <= 75


def test_the_text_is_what_notepad_reads() -> None:
    assert write_txt(LETTER).startswith("\ufeff请更正：".encode())
    assert write_txt(LETTER).count(b"\r\n") == write_txt(LETTER).count(b"\n") == 4


@pytest.mark.parametrize(
    ("today", "due", "by"),
    [
        (date(2023, 7, 5), None, date(2023, 7, 10)),  # Wednesday; a weekend lies between
        (date(2023, 7, 3), date(2023, 6, 30), date(2023, 7, 6)),
        (date(2023, 6, 20), date(2023, 6, 30), date(2023, 6, 30)),
    ],
)
def test_an_answer_is_asked_for_in_three_working_days(
    today: date, due: date | None, by: date
) -> None:
    assert answer_by(today, due) == by


def test_names_that_windows_refuses() -> None:
    assert form_file(1, 'a/b:c*"<>|?\n.') == "01_a、b：c＊＂＜＞｜？.xlsx"
    assert len(form_file(2, "单位" * 100)) < 80
