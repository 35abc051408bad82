"""Whose a stamped copy's pages are, where they differ from the file, and what the clerk is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import pytest

from shishi_xl.copies import StampedPage
from shishi_xl.demo.second_quarter import archive
from shishi_xl.office import load_office
from shishi_xl.period import parse_period
from shishi_xl.problems import Place
from shishi_xl.returns import Witness
from shishi_xl.sheets import Mail, Page, Scan, Seal
from shishi_xl.stamped import Paired, Typed, differences, pair

from .book import RegisterBook
from .clerk import Clerk, Found, read_table
from .papers import as_jpeg, as_pdf, picture_bomb, sheet
from .small import NAMES, Q1, Q2, Q3, RECOGNISER, SCHOOLS, UNION, WOMEN, form_of

LATER = datetime(2023, 6, 28, 10, 0)


def coded(number: int, unit: str, period: object = Q2, seal: Seal = Seal.NONE) -> Page:
    code = str(form_of(unit, period).code)  # type: ignore[arg-type]
    return Page(number, (code,), seal=seal, written=True)


def bare(number: int, seal: Seal = Seal.NONE, text: str = "") -> Page:
    return Page(number, seal=seal, text=text, written=True)


def blank(number: int) -> Page:
    return Page(number, blank=True)


def paired(
    *pages: Page, file: str = "扫描0001.pdf", mail: Mail | None = None, what: str = "PDF 文件"
) -> Paired | None:
    around = RECOGNISER.around(file, mail)
    return pair(Scan(pages, what), file, NAMES, around, RECOGNISER.whose)


def units(found: Paired | None) -> list[str]:
    assert found
    return [page.unit for page in found.pages]


def codes(found: Paired | None) -> list[tuple[str, str]]:
    """(sheet, code) of each problem."""
    assert found
    return [(p.place.sheet, p.code) for p in found.problems]


def test_a_code_says_unit_and_period() -> None:
    found = paired(coded(1, WOMEN))
    assert found
    (page,) = found.pages
    assert (page.unit, page.period, page.basis) == (WOMEN, Q2, "县妇联（二维码）；2023Q2（二维码）")
    assert found.problems == ()


def test_several_units_in_any_order_with_empty_backs() -> None:
    found = paired(coded(1, UNION), blank(2), coded(3, WOMEN), coded(4, UNION))
    assert units(found) == [UNION, "", WOMEN, UNION]
    assert codes(found) == []


def test_a_page_between_two_of_one_copy_belongs_to_it_and_that_is_said() -> None:
    found = paired(coded(1, WOMEN), bare(2), blank(3), coded(4, WOMEN))
    assert units(found) == [WOMEN, WOMEN, "", WOMEN]
    assert found
    assert "夹在第 1、4 页之间" in found.pages[1].remark


def test_a_page_between_two_copies_is_nobodys() -> None:
    found = paired(coded(1, WOMEN), bare(2), coded(3, UNION))
    assert units(found) == [WOMEN, "", UNION]
    assert codes(found) == [("", "P04")]


def test_a_further_page_of_a_file_of_one_copy_is_counted_to_it() -> None:
    assert units(paired(coded(1, WOMEN), bare(2, Seal.FOUND))) == [WOMEN, WOMEN]


def test_a_second_sealed_page_without_a_code_may_be_anothers() -> None:
    found = paired(coded(1, WOMEN, seal=Seal.FOUND), bare(2, Seal.FOUND))
    assert units(found) == [WOMEN, ""]


def test_the_files_name_must_agree() -> None:
    found = paired(coded(1, WOMEN), file="县总工会盖章件.pdf")
    assert units(found) == [""]
    assert codes(found) == [("第 1 页", "R03")]


def test_a_folder_is_the_clerks_word() -> None:
    found = paired(coded(1, WOMEN), file="县总工会/1.pdf")
    assert units(found) == [UNION]
    assert codes(found) == [("第 1 页", "R05")]


def test_the_period_must_agree_too() -> None:
    found = paired(coded(1, WOMEN, Q3), file="县妇联2023年第二季度.pdf")
    assert codes(found) == [("第 1 页", "R04")]


def test_a_form_of_an_earlier_period_is_none_of_the_programmes() -> None:
    assert codes(paired(coded(1, WOMEN, Q1))) == [("第 1 页", "R09")]


def test_the_text_layer_says_code_unit_and_period() -> None:
    text = f"— 1 — {form_of(WOMEN).code.written}\r\n填报单位：县妇联\r\n期次：2023年第二季度"
    found = paired(bare(1, text=text))
    assert units(found) == [WOMEN]
    assert found
    assert found.pages[0].basis == ("县妇联（文字层编码、填报单位）；2023Q2（文字层编码、期次）")


def test_code_and_text_that_differ_are_asked_about() -> None:
    page = Page(1, (str(form_of(WOMEN).code),), text="填报单位：县总工会")
    assert codes(paired(page)) == [("第 1 页", "R03")]


def test_a_files_name_alone_is_too_little() -> None:
    found = paired(bare(1, Seal.FOUND), file="县妇联2023年第二季度盖章.pdf")
    assert (units(found), codes(found)) == ([""], [("", "P03")])


def test_file_name_and_sender_together_are_enough() -> None:
    mail = Mail("县妇联 <a@b.cn>", "2023年第二季度盖章件")
    found = paired(bare(1, Seal.FOUND), file="信.eml/县妇联盖章.pdf", mail=mail)
    assert units(found) == [WOMEN]


def test_a_photograph_of_something_else_is_an_attachment() -> None:
    assert paired(Page(1, seal=Seal.NONE), file="活动.jpg", what="图片") is None


def test_a_written_page_that_says_nothing_is_asked_about() -> None:
    found = paired(bare(1, Seal.UNSURE), file="IMG_1.jpg", what="图片")
    assert codes(found) == [("", "R01"), ("", "R02")] or codes(found) == [
        ("", "R02"), ("", "R01"),
    ]  # fmt: skip


def test_another_programmes_form_is_said_to_be_one() -> None:
    other = Page(1, ("RP8VV23Q2Q1AS31K27",))
    found = paired(other)
    assert found
    assert (found.foreign, units(found)) == ("RP8VV-23Q2-Q1AS31K-27", [""])


TITLE = "2023年实事工作进展情况报表"
HEADER = "本季度具体措施及任务进度情况"
PRINTED = f"""填报单位：县妇联
2023年实事
工作进展情况报表
{HEADER[:13]}
{HEADER[13:]}
实施“心希望”服务
行动
县妇联
县总工会
建成妈妈小屋 2 个，服务
1,500 人次。
2023年11月底
实施巾帼创业行动
县妇联
培训 30 场，12
月办结
2023年10月底
"""


def typed(text: str, item: str = "02", date: bool = False) -> Typed:
    row = {"02": ("实施“心希望”服务行动", WOMEN, UNION), "03": ("实施巾帼创业行动", WOMEN)}
    return Typed(item, HEADER, text, Place("县妇联.xlsx", "表", "E4"), date, row[item])


def printed(
    *answers: Typed, pages: Iterable[str] = (PRINTED,), by_sight: bool = False
) -> list[str]:
    sheets = [StampedPage("a.pdf", n, text=t, by_sight=by_sight) for n, t in enumerate(pages, 1)]
    return [d.printed for d in differences(sheets, TITLE, answers)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("建成妈妈小屋2个，服务1500人次。", []),
        ("建成妈妈小屋２个；服务 1，500人次", []),
        ("建成妈妈小屋3个，服务1500人次。", ["建成妈妈小屋2个，服务1,500人次。"]),
        ("建成妈妈小屋2个，服务2500人次。", ["建成妈妈小屋2个，服务1,500人次。"]),
        ("组织志愿者进社区，开展家庭教育讲座。", ["建成妈妈小屋2个，服务1,500人次。"]),
        ("", []),
    ],
)
def test_an_answer_is_held_against_what_is_printed(text: str, said: list[str]) -> None:
    assert printed(typed(text)) == said


def test_an_answer_may_go_over_the_end_of_a_page() -> None:
    cut = PRINTED.index("服务\n1,500")
    assert (
        printed(typed("建成妈妈小屋2个，服务1500人次。"), pages=(PRINTED[:cut], PRINTED[cut:]))
        == []
    )


def test_a_deadline_that_is_printed_nowhere_is_told_from_the_others() -> None:
    dates = (typed("2023年12月底", date=True), typed("2023年10月底", "03", date=True))
    assert printed(typed("12月办结", "03"), *dates) == ["2023年11月底"]


def test_what_was_read_by_eye_may_differ_by_a_letter_but_not_by_a_figure() -> None:
    misread = PRINTED.replace("妈妈小屋", "妈妈小尾")
    assert printed(typed("建成妈妈小屋2个，服务1500人次。"), pages=(misread,), by_sight=True) == []
    assert printed(typed("建成妈妈小屋2个，服务9500人次。"), pages=(misread,), by_sight=True) != []


def test_without_text_nothing_is_compared() -> None:
    assert printed(typed("建成妈妈小屋9个"), pages=("",)) == []


def code_of(clerk: Clerk, unit: str) -> str:
    period = parse_period(clerk.period)
    assert period
    return str(load_office(clerk.workspace).form_of(unit, period).code)


def receipts(clerk: Clerk, found: Found) -> dict[str, tuple[str, str]]:
    file = clerk.workspace.root / "outbox" / clerk.period / f"汇总_{clerk.period}.xlsx"
    rows = read_table(file, "收件清单")
    return {row["文件"]: (row["认定单位"], row["处理结果"]) for row in rows}


def test_the_clerk_sees_whose_every_page_is(clerk: Clerk) -> None:
    union = sheet(code_of(clerk, "县总工会"), (0.7, 0.8))
    women, schools = (sheet(code_of(clerk, u)) for u in ("县妇联", "县教育和体育局"))
    packed = archive({"扫描.pdf": as_pdf(schools)}, LATER)
    for name, content in {
        "全部.pdf": as_pdf(union, women), "报送.zip": packed, "县残联.jpg": as_jpeg(union),
        "坏.pdf": b"%PDF-1.4", "炸弹.pdf": picture_bomb(12_000),
    }.items():  # fmt: skip
        clerk.receives(content, name)
    found = clerk.consolidates()
    assert receipts(clerk, found) == {
        "全部.pdf": ("县总工会、县妇联", "盖章件"),
        "报送.zip": ("", "已展开"),
        "报送.zip/扫描.pdf": ("县教育和体育局", "盖章件"),
        "县残联.jpg": ("", "待确认"),
        "坏.pdf": ("", "无法读取"),
        "炸弹.pdf": ("", "无法读取"),
    }
    assert found.bases["全部.pdf"] == (
        "第 1 页：县总工会（二维码），2023Q2（二维码）；第 2 页：县妇联（二维码），2023Q2（二维码）"
    )
    assert set(found.answers) == set()  # paper fills nothing in
    questions = {
        row["文件"]: str(row["问题"])[:3]
        for row in RegisterBook(clerk.workspace.register_file).rows()
    }
    assert questions == {"县残联.jpg": "R03", "坏.pdf": "P02", "炸弹.pdf": "P02"}


def test_the_clerks_decision_outranks_the_page(clerk: Clerk) -> None:
    clerk.receives(as_pdf(sheet(code_of(clerk, "县总工会"))), "县妇联盖章.pdf")
    clerk.consolidates()
    clerk.decides("县妇联盖章.pdf", unit="县总工会", period="2023Q2")
    found = clerk.consolidates()
    assert receipts(clerk, found) == {"县妇联盖章.pdf": ("县总工会", "盖章件")}
    assert [code for _, _, code in found.problems] == ["R10"]


def test_each_page_is_looked_at_once(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.receives(as_pdf(sheet(code_of(clerk, "县总工会"))), "1.pdf")
    first = clerk.consolidates()
    to_read: list[object] = []
    monkeypatch.setattr("shishi_xl.reads.read_files", lambda jobs, **_: to_read.extend(jobs))
    again = clerk.consolidates()
    assert (to_read, again.receipts) == ([], first.receipts)


def test_witnesses_have_names_that_clerks_know() -> None:
    found = paired(coded(1, SCHOOLS))
    assert found
    assert Witness("二维码", "unit", (SCHOOLS,)) in found.witnesses
