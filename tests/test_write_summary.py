"""The clerk's and the leadership's workbook, read back cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from shishi_xl.catalogue import RULES
from shishi_xl.cells import cell_text
from shishi_xl.copies import CopyStand, CopyState
from shishi_xl.drafts import Correction, FinalDraft
from shishi_xl.figures import return_tiles
from shishi_xl.form import Form, make_form
from shishi_xl.layout import BODY_SIZES, MAX_HEIGHT
from shishi_xl.model import Collector, Duty, Group, Item, Programme, Role
from shishi_xl.period import Cycle, Period
from shishi_xl.problems import Grade, Place, Problem
from shishi_xl.summary import (
    DetailRow,
    ItemClass,
    ItemRow,
    Outcome,
    PeriodPoint,
    ProblemRow,
    Reason,
    ReceiptRow,
    State,
    Summary,
    TargetRow,
    UnitRow,
)
from shishi_xl.summary_book import write_summary
from shishi_xl.summary_book.page import HEIGHT
from shishi_xl.target import Goal, Kind, Target
from shishi_xl.wrap import line_count

TEMPLATES = Path(__file__).parent.parent / "templates"
Q2 = Period(2023, 2, Cycle.QUARTER)
SHA = "3f31832fd4ba6e565347a586e57ed98cc9bc97f4ab51ec062b21e025fe19d677"

SCHOOLS = Target(
    "t1", "新改扩建幼儿园", Goal(minimum=Decimal(8)), "所", shares={"县教育和体育局": None}
)
HUTS = Target("t2", "职工小屋", Goal(minimum=Decimal(1)), "个", shares={"县总工会": None})
SCREENED = Target(
    "t1",
    "检查人数",
    Goal(minimum=Decimal(15000)),
    "人",
    shares={"县妇联": Decimal(5000), "县卫生健康局": Decimal(10000)},
)
SHORTSIGHT = Target(
    "t1", "近视率", Goal(text="较上年下降"), "%", kind=Kind.LEVEL, shares={"田镇街道": None}
)
EDUCATION = Item(
    "1",
    1,
    "实施优质教育资源扩增赋能行动",
    {"县总工会": Role.RESPONSIBLE, "县教育和体育局": Role.LEAD},
    (SCHOOLS, HUTS),
)
SCREENING = Item(
    "2",
    2,
    "实施适龄妇女“两癌”免费检查和救助行动",
    {"县妇联": Role.RESPONSIBLE, "县卫生健康局": Role.RESPONSIBLE, "县财政局": Role.SUPPORT},
    (SCREENED,),
)
FRIENDLY = Item(
    "3", 3, "实施儿童友好城区建设促进行动", {"各镇（街道）": Role.RESPONSIBLE}, (SHORTSIGHT,)
)
PROGRAMME = Programme(
    "gaoqing-2023",
    "2023年为全县妇女儿童办实事",
    "2023年为全县妇女儿童办实事工作进展情况报表",
    2023,
    Cycle.QUARTER,
    Q2,
    (EDUCATION, SCREENING, FRIENDLY),
    collector=Collector("县妇儿工委办公室", "县妇联"),
    groups={"各镇（街道）": Group("各镇（街道）", ("田镇街道", "芦湖街道"))},
)
TEXT = "新建幼儿园2所，改扩建3所。"


def form(name: str = "annex") -> Form:
    files = [f"forms/{name}.yaml", "sheets/targets.yaml", "sheets/status.yaml"]
    annex, *companions = (yaml.safe_load((TEMPLATES / f).read_text("utf-8")) for f in files)
    return make_form(name, annex, companions)


def detail(
    item: Item, unit: str, state: State, progress: str = "", until: str = "", **more: Any
) -> DetailRow:
    duty = next(d for d in PROGRAMME.duties(Q2) if (d.item.id, d.unit) == (item.id, unit))
    answers = {k: v for k, v in (("progress", progress), ("deadline", until)) if v}
    return DetailRow(duty, state, answers, **more)


def problem(code: str, unit: str = "", item: str = "", file: str = "", **more: Any) -> ProblemRow:
    details = tuple((more.pop("details", {}) or {}).items())
    place = Place(file, more.pop("sheet", ""), more.pop("cell", ""))
    found = more.pop("found", "")
    return ProblemRow(Problem(RULES[code], place, found, unit, item, details), **more)


DETAILS = (
    detail(EDUCATION, "县总工会", State.MISSING),
    detail(
        EDUCATION,
        "县教育和体育局",
        State.REPORTED,
        TEXT,
        "2023年12月底",
        places=(Place("县教体局.xlsx", "工作进展情况报表", "F5"),
                Place("县教体局.xlsx", "工作进展情况报表", "G5")),
        deadline=date(2023, 12, 31),
    ),
    detail(
        SCREENING,
        "县妇联",
        State.CORRECT,
        "=1+1",
        "年底前",
        places=(Place("报表.zip/妇联.xlsx", "表1", "F5"), Place("妇联 更正.xlsx", "表1", "G5")),
        proxy="县总工会",
    ),
    detail(SCREENING, "县卫生健康局", State.NIL, "本季度无进展"),
    detail(SCREENING, "县财政局", State.EXEMPT),
    detail(FRIENDLY, "田镇街道", State.DECIDE),
    detail(FRIENDLY, "芦湖街道", State.NOT_DUE),
)  # fmt: skip
TARGETS = (
    TargetRow(EDUCATION, SCHOOLS, "县教育和体育局", Decimal(1), Decimal("2.5"), "２．５所",
              Decimal("0.3125"), Decimal(4), "推进缓慢", "5", Place("县教体局.xlsx", "量化指标", "H5")),
    TargetRow(EDUCATION, HUTS, "县总工会"),
    TargetRow(SCREENING, SCREENED, "县妇联", None, Decimal(0), "0", Decimal(0), Decimal(2500)),
    TargetRow(SCREENING, SCREENED, "县卫生健康局", None, Decimal(6000), "6000", Decimal("0.6"),
              Decimal(5000), "按序时推进"),
    TargetRow(FRIENDLY, SHORTSIGHT, "田镇街道", written="下降0.8个百分点"),
)  # fmt: skip
COPY = CopyStand((CopyState.NO_SEAL, CopyState.DIFFERS), "县教体局.pdf 第1—2页", CopyState.NO_SEAL)
UNITS = (
    UnitRow("县教育和体育局", 1, 1, "已报送", "已收", COPY, datetime(2023, 6, 28, 9, 12),
            datetime(2023, 7, 2, 16, 0), False, 2, 1, {Grade.MUST: 1, Grade.NOTE: 2},
            "张三", "0533-6967116"),
    UnitRow("县总工会", 1, 0, "未报送", "未收"),
    UnitRow("县妇联", 1, 1, "待更正", "已收", late=True),
    UnitRow("县卫生健康局", 1, 1, "零报告", "已收"),
    UnitRow("县财政局", 0, 0, "免报"),
    UnitRow("田镇街道", 1, 0, "待确认"),
    UnitRow("芦湖街道", 1, 0, "未到期"),
)  # fmt: skip
PROBLEMS = (
    problem("L14", "县妇联", "2", "报表.zip/妇联.xlsx", details={"who": "县总工会"},
            first_found=date(2023, 7, 5)),
    problem("D02", "县妇联", "2", "妇联 更正.xlsx", sheet="表1", cell="G5", found="年底前",
            state="已说明", explanation="以市里通知为准", first_found=date(2023, 7, 1)),
    problem("N01", "县教育和体育局", "1", "县教体局.xlsx", found="=2+3"),
    problem("F05", file="截图#1 100%.xlsx"),
)  # fmt: skip
RECEIPTS = (
    ReceiptRow("县教体局.xlsx", 12345, SHA, datetime(2023, 6, 28, 9, 12), "文件时间",
               ("县教育和体育局",), ("2023Q2",), "行标识：县教育和体育局", Outcome.ADOPTED),
    ReceiptRow("报表.zip", 99, "0" * 64, None, "", (), (), "", Outcome.UNPACKED),
    ReceiptRow("截图#1 100%.xlsx", 0, "", None, "", (), (), "", Outcome.ASKED, "+86"),
    ReceiptRow("妇联 更正.xlsx", 1, "1" * 64, datetime(2023, 7, 3), "首次运行",
               ("县妇联", "县总工会"), ("2023Q2", "2023Q1"), "", Outcome.GONE),
)  # fmt: skip
ITEMS = (
    ItemRow(EDUCATION, ItemClass.SLOW, (Reason("职工小屋 0个，年度目标 1个", ("县总工会",)),),
            (("县教育和体育局", "=征地手续未办结"),), behind=("县总工会",)),
    ItemRow(SCREENING, ItemClass.DONE, ahead=True, beyond=True),
    ItemRow(FRIENDLY, ItemClass.MISSING),
)  # fmt: skip


COURSE = (
    PeriodPoint(Period(2023, 1, Cycle.QUARTER),
                {"1": ItemClass.ON_SCHEDULE, "2": ItemClass.SLOW, "3": ItemClass.MISSING}),
    PeriodPoint(Q2, {row.item.id: row.item_class for row in ITEMS}),
)  # fmt: skip


def summary(**change: Any) -> Summary:
    whole = Summary(PROGRAMME, form(), Q2, date(2023, 7, 5), ITEMS, DETAILS, TARGETS, UNITS,
                    PROBLEMS, RECEIPTS, ("底账是新建的。",), course=COURSE)  # fmt: skip
    return replace(whole, **change)


def book(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows_of(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def footer_of(sheet: Worksheet) -> str | None:
    return sheet.oddFooter.center.text if sheet.oddFooter else None


@pytest.fixture(scope="module")
def clerk() -> Workbook:
    return book(write_summary(summary()))


@pytest.fixture(scope="module")
def leadership() -> Workbook:
    return book(write_summary(summary(), leadership=True))


PLAIN: Mapping[str, str] = {
    "明细": "序号 实事名称 责任单位 角色 状态 本季度具体措施及任务进度情况 完成时限 "
    "来源文件 工作表 单元格 完成时限（规范）",
    "量化指标": "序号 实事名称 指标 责任单位 年度目标 计量单位 上期累计 本期累计 填报原文 "
    "完成率 序时要求 评价 文中数字 来源文件 单元格",
    "报送情况": "责任单位 应报事项 已报事项 状态 电子版 盖章PDF 首报时间 收到时间 是否逾期 "
    "版本数 退回次数 强制 核实 提示 填报人 联系电话",
    "问题清单": "级别 代码 责任单位 事项 文件 工作表 单元格 填报内容 问题 建议 单位说明 "
    "处理状态 首次发现",
    "收件清单": "文件 大小 SHA-256 收到时间 认定单位 认定期次 认定依据 处理结果 说明",
}


def test_the_clerk_gets_seven_sheets_in_this_order(clerk: Workbook) -> None:
    assert clerk.sheetnames == ["总览", "汇总表", *PLAIN]


def test_the_leadership_gets_three_sheets(leadership: Workbook) -> None:
    assert leadership.sheetnames == ["总览", "汇总表", "量化指标"]


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_table_has_exactly_these_headers(clerk: Workbook, name: str) -> None:
    assert rows_of(clerk[name])[0] == tuple(PLAIN[name].split())


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_table_is_set_up_to_be_filtered_and_printed(clerk: Workbook, name: str) -> None:
    sheet = clerk[name]
    found = (
        sheet.merged_cells.ranges, sheet.freeze_panes, sheet.auto_filter.ref,
        sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight,
        sheet.print_title_rows, footer_of(sheet),
    )  # fmt: skip
    assert found == (
        set(), "A2", sheet.dimensions, "landscape", 9, 0, "$1:$1", "— &P —",
    )  # fmt: skip


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_table_without_rows_is_its_header(name: str) -> None:
    empty = summary(items=(), details=(), targets=(), units=(), problems=(), receipts=())
    assert rows_of(book(write_summary(empty))[name]) == [tuple(PLAIN[name].split())]


def test_details_have_a_row_for_each_item_and_unit(clerk: Workbook) -> None:
    e, s, f = EDUCATION.name, SCREENING.name, FRIENDLY.name
    lead, duty, member = "牵头单位", "责任单位", "责任单位（各镇（街道））"
    none = (None,) * 6
    assert rows_of(clerk["明细"])[1:] == [
        (1, e, "县总工会", duty, "未报送", *none),
        (1, e, "县教育和体育局", lead, "已报送", TEXT, "2023年12月底", "县教体局.xlsx",
         "工作进展情况报表", "F5、G5", datetime(2023, 12, 31)),
        (2, s, "县妇联", duty, "待更正", "=1+1", "年底前", "报表.zip/妇联.xlsx；妇联 更正.xlsx",
         "表1", "F5、G5", None),
        (2, s, "县卫生健康局", duty, "零报告", "本季度无进展", *none[1:]),
        (2, s, "县财政局", "配合单位", "免报", *none),
        (3, f, "田镇街道", member, "待确认", *none),
        (3, f, "芦湖街道", member, "未到期", *none),
    ]  # fmt: skip


def test_a_normalised_deadline_is_a_date_shown_with_its_year_first(clerk: Workbook) -> None:
    cell = clerk["明细"]["K3"]
    assert (cell.is_date, cell.number_format) == (True, "yyyy-mm-dd")


def test_targets_that_were_not_reported_are_empty_and_never_0(clerk: Workbook) -> None:
    e, s, f = EDUCATION.name, SCREENING.name, FRIENDLY.name
    assert rows_of(clerk["量化指标"])[1:] == [
        (1, e, "新改扩建幼儿园", "县教育和体育局", "8", "所", 1, 2.5, "２．５所", 0.3125, 4,
         "推进缓慢", "5", "县教体局.xlsx", "H5"),
        (1, e, "职工小屋", "县总工会", "1", "个", *(None,) * 9),
        (2, s, "检查人数", "县妇联", "5000", "人", None, 0, "0", 0, 2500, *(None,) * 4),
        (2, s, "检查人数", "县卫生健康局", "10000", "人", None, 6000, "6000", 0.6, 5000,
         "按序时推进", *(None,) * 3),
        (3, f, "近视率", "田镇街道", "较上年下降", "%", None, None, "下降0.8个百分点",
         *(None,) * 6),
    ]  # fmt: skip


def test_a_rate_is_shown_as_a_percentage(clerk: Workbook) -> None:
    assert clerk["量化指标"]["J2"].number_format == "0.0%"


def test_units_have_their_times_counts_and_contact(clerk: Workbook) -> None:
    rows = rows_of(clerk["报送情况"])
    first, last = datetime(2023, 6, 28, 9, 12), datetime(2023, 7, 2, 16, 0)
    assert rows[1:4] == [
        ("县教育和体育局", 1, 1, "已报送", "已收",
         "未见印章，与电子版不一致（县教体局.pdf 第1—2页）", first, last, "否", 2, 1, 1, 0, 2,
         "张三", "0533-6967116"),
        ("县总工会", 1, 0, "未报送", "未收", *(None,) * 4, 0, 0, 0, 0, 0, None, None),
        ("县妇联", 1, 1, "待更正", "已收", *(None,) * 3, "是", 0, 0, 0, 0, 0, None, None),
    ]  # fmt: skip


def test_problems_stand_gravest_first_then_by_unit_and_what_is_explained_last(
    clerk: Workbook,
) -> None:
    rows = [Problem(p.problem.rule, p.problem.place, p.problem.found, p.problem.unit,
                    p.problem.item, p.problem.details) for p in PROBLEMS]  # fmt: skip
    l14, d02, n01, f05 = rows
    screening = f"2.{SCREENING.name}"
    assert rows_of(clerk["问题清单"])[1:] == [
        ("强制", "F05", None, None, "截图#1 100%.xlsx", None, None, None, f05.message, f05.advice,
         None, "待处理", None),
        ("强制", "N01", "县教育和体育局", f"1.{EDUCATION.name}", "县教体局.xlsx", None, None,
         "=2+3", n01.message, n01.advice, None, "待处理", None),
        ("提示", "L14", "县妇联", screening, "报表.zip/妇联.xlsx", None, None, None, l14.message,
         l14.advice, None, "待处理", datetime(2023, 7, 5)),
        ("核实", "D02", "县妇联", screening, "妇联 更正.xlsx", "表1", "G5", "年底前", d02.message,
         d02.advice, "以市里通知为准", "已说明", datetime(2023, 7, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("县教体局.xlsx", "..\\..\\inbox\\县教体局.xlsx"),
        ("县妇联/二季度 报表.xlsx", "..\\..\\inbox\\县妇联\\二季度%20报表.xlsx"),
        ("截图#1 100%.xlsx", "..\\..\\inbox\\截图%231%20100%25.xlsx"),
        ("已%20编码[1].xlsx", "..\\..\\inbox\\已%2520编码%5b1%5d.xlsx"),
        ("报表.zip/妇联.xlsx", "..\\..\\inbox\\报表.zip"),  # a member: its archive
        ("妇联 更正.xlsx", None),  # no longer in inbox/
        ("长" * 255 + ".xlsx", None),
        ("反\\斜.xlsx", None),
        ("控\x01制.xlsx", None),
        ("", None),
    ],
)
def test_a_problem_links_to_its_file_where_a_link_can(file: str, target: str | None) -> None:
    written = write_summary(summary(problems=(problem("F05", file=file),)))
    link = book(written)["问题清单"]["E2"].hyperlink
    assert (link.target.lower() if link else None) == (target and target.lower())


def test_receipts_have_whole_hashes_and_say_which_clock(clerk: Workbook) -> None:
    none = (None,) * 4
    assert rows_of(clerk["收件清单"])[1:] == [
        ("县教体局.xlsx", 12345, SHA, "2023-06-28 09:12（文件时间）", "县教育和体育局", "2023Q2",
         "行标识：县教育和体育局", "采用", None),
        ("报表.zip", 99, "0" * 64, *none, "已展开", None),
        ("截图#1 100%.xlsx", 0, None, *none, "待确认", "+86"),
        ("妇联 更正.xlsx", 1, "1" * 64, "2023-07-03 00:00（首次运行）", "县妇联、县总工会",
         "2023Q2、2023Q1", None, "已不在收件箱", None),
    ]  # fmt: skip


def test_the_annex_is_the_published_one_with_answers_merged(clerk: Workbook) -> None:
    assert rows_of(clerk["汇总表"]) == [
        ("2023年为全县妇女儿童办实事\n工作进展情况报表", None, None, None, None),
        ("期次：2023年第二季度", None, None, "汇总单位：县妇儿工委办公室", None),
        ("序号", "实事名称", "责任单位", "本季度具体措施及任务进度情况", "完成时限"),
        (1, EDUCATION.name, "县总工会\n县教育和体育局",
         f"县教育和体育局：{TEXT}\n县总工会：未报送", "县教育和体育局：2023年12月底"),
        (2, SCREENING.name, "县妇联\n县卫生健康局\n县财政局",
         "县妇联：=1+1（县总工会代报）【待更正】\n县卫生健康局：本季度无进展【零报告】",
         "县妇联：年底前"),
        (3, FRIENDLY.name, "各镇（街道）", "各镇（街道）：\n田镇街道：待确认\n芦湖街道：未到期",
         None),
    ]  # fmt: skip


ALONE = Item("9", 9, "实施普惠托育服务提质行动", {"县卫生健康局": Role.RESPONSIBLE})


def annex_rows(text: str, state: State, proxy: str = "") -> list[tuple[Any, ...]]:
    """The rows of an annex whose only item has this single answer."""
    answers = {"progress": text} if text else {}
    row = DetailRow(Duty(ALONE, "县卫生健康局", Role.RESPONSIBLE), state, answers, proxy=proxy)
    programme = replace(PROGRAMME, items=(ALONE,))
    written = write_summary(summary(programme=programme, details=(row,)))
    return rows_of(book(written)["汇总表"])[3:]


@pytest.mark.parametrize(
    ("state", "text", "proxy", "expected"),
    [
        (State.REPORTED, TEXT, "", TEXT),
        (State.REPORTED, TEXT, "县妇联", TEXT + "（县妇联代报）"),
        (State.CORRECT, TEXT, "", TEXT + "【待更正】"),
        (State.CORRECT, "", "", "【待更正】"),
        (State.DECIDE, TEXT, "", TEXT + "【待确认】"),
        (State.DECIDE, "", "", "待确认"),
        (State.NIL, "零报告，7月启动", "", "零报告，7月启动"),
        (State.NIL, "本季度无进展", "", "本季度无进展【零报告】"),
        (State.NIL, "", "", "零报告"),
        (State.MISSING, "", "", "未报送"),
        (State.NOT_DUE, "", "", "未到期"),
        (State.EXEMPT, "", "", "免报"),
    ],
)
def test_a_single_unit_stands_without_its_name_and_with_its_state(
    state: State, text: str, proxy: str, expected: str
) -> None:
    assert annex_rows(text, state, proxy) == [(9, ALONE.name, "县卫生健康局", expected, None)]


LONG = "".join(f"第{n}项工作已完成，投资{n}万元；" for n in range(1, 400))


def test_a_text_longer_than_a_row_goes_on_below_with_the_fixed_columns_empty() -> None:
    first, *others = annex_rows(LONG, State.REPORTED)
    assert first[:3] == (9, ALONE.name, "县卫生健康局")
    fixed = {row[:3] for row in others}
    assert fixed == {(None, None, None), (None, "（续）", None)}
    assert "".join(row[3] for row in (first, *others)) == LONG


def test_every_row_of_the_annex_is_high_enough_for_its_text() -> None:
    details = tuple(replace(d, answers={"progress": LONG, "deadline": LONG[:90]}) for d in DETAILS)
    sheet = book(write_summary(summary(details=details)))["汇总表"]
    widths = [sheet.column_dimensions[c].width - 5 / 7 for c in "ABCDE"]
    size = sheet["D4"].font.sz
    assert size in BODY_SIZES
    for row in range(4, sheet.max_row + 1):
        texts = [str(c.value or "") for c in sheet[row][3:]]
        lines = max(line_count(t, w, size) for t, w in zip(texts, widths[3:], strict=True))
        height = sheet.row_dimensions[row].height
        assert lines * 1.45 * size <= height <= MAX_HEIGHT, texts


def test_grouped_headers_take_two_rows() -> None:
    sheet = book(write_summary(summary(form=form("plan"))))["汇总表"]
    assert rows_of(sheet)[2:4] == [
        ("序号", "事项名称", "事项简介", "年度任务目标", "年度工作计划", None, "牵头单位",
         "本季度具体措施及任务进度情况", "完成时限"),
        (None, None, None, None, "上半年", "下半年", None, None, None),
    ]  # fmt: skip
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$3:$4", "landscape")


def test_the_annex_prints_like_the_form(clerk: Workbook) -> None:
    sheet = clerk["汇总表"]
    assert (sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.paperSize,
            sheet.freeze_panes, sheet.print_area) == (
        "$3:$3", "portrait", 9, "A4", "'汇总表'!$A$1:$E$6")  # fmt: skip


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    with ZipFile(BytesIO(write_summary(summary()))) as parts:
        text = parts.read("xl/worksheets/sheet2.xml").decode()
    found = re.search("<headerFooter.*</headerFooter>", text)
    number = '&amp;"宋体,常规"&amp;14— &amp;P —'
    assert found and found[0] == (
        '<headerFooter differentOddEven="1" scaleWithDoc="0">'
        f"<oddFooter>&amp;R{number}　</oddFooter><evenFooter>&amp;L　{number}</evenFooter>"
        "</headerFooter>"
    )


def test_margins_are_those_of_the_standard(clerk: Workbook) -> None:
    margins = clerk["汇总表"].page_margins
    found = [round(x * 25.4) for x in (margins.top, margins.left, margins.right, margins.bottom)]
    assert found == [37, 28, 26, 35]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("=1+1", "=1+1"),
        ("+86 533 6967116", "+86 533 6967116"),
        ("-", "-"),
        ("@张三", "@张三"),
        ("{=SUM(A1)}", "{=SUM(A1)}"),
        ("http://example.gov.cn/a b", "http://example.gov.cn/a b"),
        ("甲\x0b乙\x00丙\ufffe丁\ud800", "甲乙丙丁"),
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
        ("  首尾有空格\u3000", "  首尾有空格\u3000"),
        ("<r>不是格式</r>", "<r>不是格式</r>"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("0123", "0123"),
        ("字" * 32767, "字" * 32767),
    ],
)
def test_an_answer_stands_in_details_as_it_was_written(text: str, read: str) -> None:
    details = (replace(DETAILS[1], answers={"progress": text}),)
    sheet = CalamineWorkbook.from_filelike(
        BytesIO(write_summary(summary(details=details)))
    ).get_sheet_by_name("明细")
    assert sheet.to_python()[1][5] == read


@pytest.mark.parametrize("character", ["甲", "𠮷"])  # the second takes two UTF-16 units
def test_a_text_of_40000_characters_says_how_much_of_it_is_cut(character: str) -> None:
    details = (replace(DETAILS[1], answers={"progress": character * 40000}),)
    text = str(book(write_summary(summary(details=details)))["明细"]["F2"].value)
    kept = text.count(character)
    assert text == character * kept + f"\n……（超出单元格上限，另有 {40000 - kept} 字见来源文件）"
    assert 32600 < len(text.encode("utf-16-le")) / 2 <= 32767


def test_a_text_that_just_fits_is_not_cut() -> None:
    assert (cell_text("字" * 32767), len(cell_text("字" * 32768)) <= 32767) == ("字" * 32767, True)


@pytest.mark.parametrize("lead", [False, True])
def test_nothing_is_a_formula(lead: bool) -> None:
    written = book(write_summary(summary(), lead))
    kinds = {c.data_type for sheet in written for row in sheet.iter_rows() for c in row}
    assert "f" not in kinds


def overview(**change: Any) -> list[tuple[Any, ...]]:
    """The overview's rows, each without its empty cells; empty rows left out."""
    sheet = book(write_summary(summary(**change)))["总览"]
    rows = (tuple(v for v in row[:24] if v is not None) for row in rows_of(sheet))
    return [row for row in rows if row]


def test_the_overview_says_each_figure_with_its_denominator() -> None:
    assert overview()[:-2] == [
        ("2023年为全县妇女儿童办实事工作进展情况总览",),
        ("2023年第二季度　　汇总单位：县妇儿工委办公室　　截至2023年7月5日",),
        ("一、实事进展（共 3 件）",),
        ("已完成", "按序时推进", "推进缓慢", "未启动", "未标明", "未报送"),
        ("1 件", "0 件", "1 件", "0 件", "0 件", "1 件"),
        ("33.3%，上期 0 件", "0.0%，上期 1 件", "33.3%，上期 1 件", "0.0%，上期 0 件",
         "0.0%，上期 0 件", "33.3%，上期 1 件"),
        ("已完成的 1 件中：提前完成 1 件，超额完成 1 件。",),
        ("二、推进缓慢和未启动的实事（1 件，序时进度 50%）",),
        ("序号", "实事名称", "进展", "责任单位", "指标进度和存在问题"),
        (1, EDUCATION.name, "推进缓慢", "县总工会",
         "职工小屋 0个，年度目标 1个\n县教育和体育局：=征地手续未办结"),
        ("三、与上期相比",),
        ("新完成（1 件）", f"2.{SCREENING.name}"),
        ("变差（1 件）", f"1.{EDUCATION.name}（按序时推进→推进缓慢）"),
        ("四、报送情况",),
        ("已报事项（事项×单位）", "全部报齐的单位", "已填指标（指标×单位）", "待处理问题"),
        ("3/6 项", "3/6 个", "4/5 项", "3 条"),
        ("零报告 1，待更正 1，待确认 1，未报送 1，未到期 1", "未报送 3，逾期 1", "未填报 1",
         "强制 2，提示 1，已退回 1"),
        ("全部未报（1 个）", "县总工会（1 项）"),
        ("盖章件未见印章（1 个）", "县教育和体育局"),
    ]  # fmt: skip


def test_a_target_whose_number_cannot_be_told_is_not_passed_over() -> None:
    unread = (replace(TARGETS[0], figure=None, written="0.2"),)
    (tile,) = (t for t in return_tiles(summary(targets=unread)) if t.name.startswith("已填指标"))
    assert tile.note == "数值待定 1"


def test_what_the_clerk_must_know_of_the_run_stands_last() -> None:
    assert overview()[-2:] == [("五、说明",), ("底账是新建的。",)]


def test_the_overview_of_a_period_without_faults_says_so() -> None:
    done = replace(DETAILS[1], duty=Duty(ALONE, "县卫生健康局", Role.RESPONSIBLE))
    rows = overview(
        programme=replace(PROGRAMME, items=(ALONE,), collector=Collector()),
        items=(ItemRow(ALONE, ItemClass.DONE),),
        details=(done,),
        targets=(),
        units=(UnitRow("县卫生健康局", 1, 1, "已报送"),),
        problems=(),
        notes=(),
        course=COURSE[1:],
    )
    assert rows[1] == ("2023年第二季度　　截至2023年7月5日",)
    assert rows[6:] == [
        ("二、推进缓慢和未启动的实事（0 件，序时进度 50%）",),
        ("没有。",),
        ("三、报送情况",),
        ("已报事项（事项×单位）", "全部报齐的单位", "待处理问题"),
        ("1/1 项", "1/1 个", "0 条"),
        ("全部报送", "全部报齐", "没有发现问题"),
    ]


def test_an_item_that_no_unit_returned_is_named() -> None:
    missing = tuple(replace(row, state=State.MISSING, answers={}) for row in DETAILS[:2])
    assert ("无单位报送（1 件）", f"1.{EDUCATION.name}") in overview(details=missing)


def test_a_long_obstacle_is_abridged_in_the_overview_and_whole_in_the_annex() -> None:
    obstacles = (("县教育和体育局", LONG),)
    items = (replace(ITEMS[0], reasons=(), obstacles=obstacles), *ITEMS[1:])
    rows = overview(items=items)
    first = next(row for row in rows if row[0] == 1)
    assert first[-1].endswith("……")
    assert ("有省略的，全文见汇总表。",) in rows
    sheet = book(write_summary(summary(items=items)))["汇总表"]
    said = "".join(str(row[3] or "") for row in rows_of(sheet))
    assert f"【存在问题】县教育和体育局：{LONG}" in said


def test_a_short_obstacle_stands_in_the_overview_alone() -> None:
    sheet = book(write_summary(summary()))["汇总表"]
    assert "征地手续" not in "".join(str(row[3]) for row in rows_of(sheet))


@pytest.mark.parametrize("count", [1, 5, 12, 40])
def test_the_overview_is_one_page_and_names_every_item_that_lags(count: int) -> None:
    numbered = [replace(EDUCATION, id=str(n), number=n, name=f"第{n}件" + "名称很长的实事" * 3)
                for n in range(1, count + 1)]  # fmt: skip
    lagging = tuple(replace(ITEMS[0], item=i, obstacles=(("县总工会", LONG),)) for i in numbered)
    rows = overview(items=lagging)
    said = "".join(str(value) for row in rows for value in row)
    named = [n for n in range(1, count + 1) if f"第{n}件" in said]
    if count < 40:
        assert named == list(range(1, count + 1))
    else:
        assert len(named) > 30
        assert "另有" in said
    sheet = book(write_summary(summary(items=lagging)))["总览"]
    heights = sum(sheet.row_dimensions[r].height for r in range(1, sheet.max_row + 1))
    assert heights <= HEIGHT
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.page_setup.fitToHeight in (None, 1)


def test_what_was_corrected_since_it_was_finalised_stands_in_the_overview() -> None:
    draft = FinalDraft("2023Q2", 1, date(2023, 7, 2), date(2023, 7, 1), "a.xlsx", "", "")
    change = Correction(1, EDUCATION.name, "县总工会", "完成时限", "", "2023年12月底", "b.xlsx")
    rows = overview(drafts=(draft,), corrections=(change,))
    at = rows.index(("四、定稿后的更正（1 处）",))
    assert rows[at + 1 : at + 4] == [
        ("与第1稿（2023年7月2日定稿）相比：",),
        ("序号", "责任单位", "栏目、指标", "定稿时", "更正后", "来源文件"),
        (1, "县总工会", "完成时限", "未报送", "2023年12月底", "b.xlsx"),
    ]


@pytest.mark.parametrize(("targets", "charts"), [(TARGETS, 2), (TARGETS[1:2], 1), ((), 1)])
def test_a_chart_of_rates_is_drawn_where_there_are_rates(
    targets: tuple[TargetRow, ...], charts: int
) -> None:
    names = ZipFile(BytesIO(write_summary(summary(targets=targets)))).namelist()
    assert sum(name.startswith("xl/charts/chart") for name in names) == charts


def test_the_leadership_sees_no_notes_on_the_run_no_hash_and_no_link(
    leadership: Workbook,
) -> None:
    cells = [c for sheet in leadership for row in sheet.iter_rows() for c in row]
    texts = {str(c.value) for c in cells}
    assert [c.coordinate for c in cells if c.hyperlink] == []
    assert {t for t in texts if SHA in t or "底账" in t or "inbox" in t} == set()


@pytest.mark.parametrize("lead", [False, True])
def test_the_same_summary_gives_the_same_bytes(lead: bool) -> None:
    assert write_summary(summary(), lead) == write_summary(summary(), lead)
