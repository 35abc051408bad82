"""Numbers as units write them: (written, measure) → figure, or the codes that ask about it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shishi_xl.kinds import CellValue, Expectation, Note, Reading, parse_goal_number, read_number


def read(raw: CellValue, measure: str = "") -> Reading:
    return read_number(raw, Expectation(2023, measure))


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


@pytest.mark.parametrize(
    ("raw", "measure", "figure"),
    [
        ("12", "所", "12"),
        (12.0, "所", "12"),
        (12, "所", "12"),
        (4.55, "个", "4.55"),
        ("4.55", "个", "4.55"),
        (0.1 + 0.2, "公里", "0.3"),
        (1e20, "人", "1E+20"),
        (-12.0, "所", "-12"),
        ("-12", "所", "-12"),
        ("−12", "所", "-12"),
        ("+12", "所", "12"),
        ("0", "所", "0"),
        ("零", "所", "0"),
        ("〇", "所", "0"),
        ("00012", "所", "12"),
        ("１２", "所", "12"),
        ("１２所", "所", "12"),
        (" 12 所 ", "所", "12"),
        ("12\xa0所", "所", "12"),
        ("1\u200b2所", "所", "12"),
        ("\u300012所。", "所", "12"),
        ("12\n所", "所", "12"),
        ("“12”", "所", "12"),
        ("'12", "所", "12"),
        ("12，", "所", "12"),
        ("12(所)", "所", "12"),
        ("1,500", "人", "1500"),
        ("1，500", "人", "1500"),
        ("1，500人", "人", "1500"),
        ("1 500", "人", "1500"),
        ("1\xa0500", "人", "1500"),
        ("1 000 000", "人", "1000000"),
        ("1,500.5", "元", "1500.5"),
        ("1,234", "人", "1234"),
        ("1,234", "万元", "1234"),
        ("1.234", "万元", "1.234"),
        ("0.234", "个", "0.234"),
        ("1.5万", "人", "15000"),
        ("１．５万", "人", "15000"),
        ("1.234万", "人", "12340"),
        ("22万", "人", "220000"),
        ("22萬", "人", "220000"),
        ("15万人", "人", "150000"),
        ("3.2亿", "元", "320000000"),
        ("3亿2000万", "元", "320000000"),
        ("2千", "人", "2000"),
        ("1.2千", "人", "1200"),
        ("1千5百", "人", "1500"),
        ("1万2千", "人", "12000"),
        ("1万500", "人", "10500"),
        ("12345678901234567890", "人", "12345678901234567890"),
        ("一千五百", "人", "1500"),
        ("一千五", "人", "1500"),
        ("一千零五", "人", "1005"),
        ("一千零五十", "人", "1050"),
        ("十", "所", "10"),
        ("十二", "所", "12"),
        ("一百一十二所", "所", "112"),
        ("二十五万", "人", "250000"),
        ("二十五万三千", "人", "253000"),
        ("一万五", "人", "15000"),
        ("十万零三千", "人", "103000"),
        ("三点二亿", "元", "320000000"),
        ("零点五", "公里", "0.5"),
        ("两", "所", "2"),
        ("两所", "所", "2"),
        ("两千三百", "人", "2300"),
        ("一五〇〇", "人", "1500"),
        ("一二○", "人", "120"),
        ("壹仟伍佰", "元", "1500"),
        ("12名", "人", "12"),
        ("12位", "人", "12"),
        ("12个人", "人", "12"),
        ("12场次", "场", "12"),
        ("12场", "场次", "12"),
        ("8次", "场", "8"),
        ("12场（次）", "场", "12"),
        ("5个", "所", "5"),
        ("5处", "个", "5"),
        ("5家", "户", "5"),
        ("50户家庭", "户", "50"),
        ("500个学位", "个", "500"),
        ("3亩次", "亩次", "3"),
        ("12所", "", "12"),
        ("共12场", "场", "12"),
        ("已完成12场", "场", "12"),
        ("累计：12场", "场", "12"),
        ("目前已建成5所", "所", "5"),
        ("截至目前，共完成12场", "场", "12"),
        ("12场已完成", "场", "12"),
        ("85%", "%", "85"),
        ("85％", "%", "85"),
        ("85", "%", "85"),
        (85.5, "%", "85.5"),
        ("85.5 %", "％", "85.5"),
        ("0.85%", "%", "0.85"),
        ("1%", "%", "1"),
        ("0", "%", "0"),
        (0.0, "%", "0"),
        ("1.2", "%", "1.2"),
        ("百分之八十五", "%", "85"),
        ("百分之85", "%", "85"),
        ("百分之百", "%", "100"),
        ("达到85%", "%", "85"),
        ("0.5", "百分点", "0.5"),
        ("0.5个百分点", "百分点", "0.5"),
        ("0.5百分点", "个百分点", "0.5"),
        ("0.5%", "百分点", "0.5"),
        ("1500", "万元", "1500"),
        ("1500万元", "万元", "1500"),
        ("1500万", "万元", "1500"),
        ("1500（万元）", "万元", "1500"),
        ("15000000元", "万元", "1500"),
        ("一千五百", "万元", "1500"),
        ("1.5亿元", "万元", "15000"),
        ("1500万元", "元", "15000000"),
        ("1.5", "万人", "1.5"),
        ("15000人", "万人", "1.5"),
    ],
)
def test_a_figure_is_read_exactly_and_without_notes(
    raw: CellValue, measure: str, figure: str
) -> None:
    assert read(raw, measure) == Reading(Decimal(figure))


@pytest.mark.parametrize(
    ("raw", "figure"),
    [
        ("1.2万余人", "12000"),
        ("2000余", "2000"),
        ("2000余人", "2000"),
        ("500多", "500"),
        ("500多个人", "500"),
        ("十余人", "10"),
        ("十来人", "10"),
        ("10余万", "100000"),
        ("20多万人", "200000"),
        ("100+", "100"),
        ("近500", "500"),
        ("将近500人", "500"),
        ("约100", "100"),
        ("大约一百人", "100"),
        ("～100", "100"),
        ("100左右", "100"),
        ("100人左右", "100"),
        ("500人以上", "500"),
        ("不少于100人", "100"),
        ("至少100", "100"),
        ("≥100", "100"),
        ("超过500人", "500"),
        ("累计完成1,500余人", "1500"),
    ],
)
def test_an_approximate_figure_counts_as_written_and_says_so(raw: str, figure: str) -> None:
    assert read(raw, "人") == Reading(Decimal(figure), (Note("N04", (("value", figure),)),))


def test_an_approximate_percentage_is_kept_as_its_number() -> None:
    assert read("85％以上", "%") == Reading(Decimal(85), (Note("N04", (("value", "85"),)),))


NO_FIGURES = """
无 没有 暂无 / - —— 见附件 正在推进 #N/A 同上 。 零报告 TRUE 百分之 % 完成率高
1O l2 1○ 1〇2 ○ １Ｏ 5² ①5 ½ .5 1E5 1万5 2千3 万 百
两三所 三五所 一二三 二三十所 几十所 数十所 十二百 五百千 一千二千 十两 五百两 1) 1、
未完成5所 5所未完成 计划5所 还差5所 剩余5所 新增5所 本季度5所 5所幼儿园
第5 5号 12匹 12月 2023年 第一 统一安排，见附件一
"""


@pytest.mark.parametrize(
    "raw",
    [*NO_FIGURES.split(), "9" * 41, "推进" * 30 + "5所", True, False, float("nan"), float("-inf")],
)
def test_what_is_no_figure_is_never_guessed_at(raw: CellValue) -> None:
    assert read(raw, "所") == Reading(None, (Note("N01"),))


@pytest.mark.parametrize(
    ("raw", "readings"),
    [
        ("1,23", "123 还是 1.23"),
        ("1,2345", "12345 还是 1.2345"),
        ("1,23万", "123万 还是 1.23万"),
        ("1.234.567", "1234567 还是 1、234、567"),
        ("12,345,67", "1234567 还是 12、345、67"),
        ("1。5", "15 还是 1.5"),
        ("12 30", "1230 还是 12、30"),
        ("12\n30", "12 还是 30"),
        ("1, 500", "1500 还是 1、500"),
        ("1.234", "1234 还是 1.234"),
        (1.234, "1234 还是 1.234"),
        ("1.200", "1200 还是 1.200"),
        ("约1.234场", "1234 还是 1.234"),
        ("1-2", "1 还是 2"),
        ("1-2场", "1 还是 2"),
        ("1～2场", "1 还是 2"),
        ("1—2场", "1 还是 2"),
        ("一至两场", "1 还是 2"),
        ("5/8", "5 还是 8"),
        ("5/8场", "5 还是 8"),
        ("5、6", "5 还是 6"),
        ("12场30人", "12 还是 30"),
        ("十二场三十人", "12 还是 30"),
        ("12场，其中线上2场", "12 还是 2"),
        ("截至6月底12场", "6 还是 12"),
        ("1月2日", "1-2 或 2-1（被电子表格变成了日期）"),
        ("2023-01-02", "1-2 或 2-1（被电子表格变成了日期）"),
        ("2023年2月2日", "2-2（被电子表格变成了日期）"),
        (datetime(2023, 2, 1), "2-1 或 1-2（被电子表格变成了日期）"),
        (date(2023, 3, 15), "3-15（被电子表格变成了日期）"),
        (time(1, 2), "01:02（被电子表格变成了时间）"),
        (timedelta(hours=25), "25:00（被电子表格变成了时间）"),
    ],
)
def test_an_ambiguous_figure_is_not_chosen_but_shown_with_its_readings(
    raw: CellValue, readings: str
) -> None:
    assert read(raw, "场") == Reading(None, (Note("N02", (("readings", readings),)),))


@pytest.mark.parametrize(
    ("raw", "measure", "figure"),
    [
        ("12人", "所", "12"),
        ("12人次", "人", "12"),
        ("12人", "人次", "12"),
        ("5户", "所", "5"),
        ("5项", "所", "5"),
        ("500人", "万元", "500"),
        ("1.5万人", "万元", "15000"),
        ("30场", "个", "30"),
        ("一期", "所", "1"),
    ],
)
def test_another_measure_keeps_the_figure_and_asks(raw: str, measure: str, figure: str) -> None:
    note = Note("N03", (("measure", measure),))
    assert read(raw, measure) == Reading(Decimal(figure), (note,))


def test_another_measure_and_an_approximate_figure_are_both_said() -> None:
    assert codes(read("约30人", "场")) == ["N03", "N04"]


@pytest.mark.parametrize(
    ("raw", "measure"),
    [
        ("85%", "所"),
        ("百分之八十五", "人"),
        ("85%以上", "场"),
        ("12所", "%"),
        ("0.5个百分点", "%"),
        ("5‰", "%"),
        ("0.5所", "百分点"),
    ],
)
def test_a_share_never_counts_as_a_number_of_things_nor_things_as_a_share(
    raw: str, measure: str
) -> None:
    assert read(raw, measure) == Reading(None, (Note("N03", (("measure", measure),)),))


def test_a_percentage_without_any_measure_is_asked_about() -> None:
    assert read("85%") == Reading(None, (Note("N03", (("measure", "无"),)),))


@pytest.mark.parametrize(
    ("raw", "readings"),
    [
        (0.85, "85% 还是 0.85%"),
        ("0.85", "85% 还是 0.85%"),
        ("０．８５", "85% 还是 0.85%"),
        ("约0.85", "85% 还是 0.85%"),
        (0.9333, "93.33% 还是 0.9333%"),
        ("1", "100% 还是 1%"),
        (1.0, "100% 还是 1%"),
        (1, "100% 还是 1%"),
        (-0.05, "-5% 还是 -0.05%"),
        (1.05, "105% 还是 1.05%"),
    ],
)
def test_a_decimal_where_a_percentage_belongs_is_not_chosen(raw: CellValue, readings: str) -> None:
    assert read(raw, "%") == Reading(None, (Note("N05", (("readings", readings),)),))


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("30", "30"),
        ("22万", "220000"),
        ("1.5万", "15000"),
        ("85%", "85"),
        ("85％", "85"),
        ("百分之八十五", "85"),
        ("4.55", "4.55"),
        ("1,500", "1500"),
        ("１２", "12"),
        ("一千五百", "1500"),
        ("-0.5", "-0.5"),
    ],
)
def test_a_goal_is_written_in_the_same_numbers(text: str, goal: str) -> None:
    assert parse_goal_number(text) == Decimal(goal)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1-2",
        "约5",
        "5所",
        "2000余",
        "85%以上",
        "1,23",
        "全覆盖",
        "5/8",
        "百分之85%",
        "12场30人",
    ],
)
def test_a_goal_that_is_no_bare_number_is_none(text: str) -> None:
    assert parse_goal_number(text) is None


@given(st.text(), st.floats())
def test_a_goal_is_a_finite_number_or_none(text: str, number: float) -> None:
    goals = (parse_goal_number(text), parse_goal_number(str(number)))
    assert all(goal is None or goal.is_finite() for goal in goals)
