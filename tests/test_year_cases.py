"""What befalls an office in a year, from the command line: each case as a clerk plays it."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shishi_xl.cli import main

from .clerk import Clerk, Found, read_summary, read_table
from .test_versions import FRIENDLY, NEW, OLD, puts_in_third, renames
from .test_what_counts import mail, saved
from .year.book_edit import plain_book

HEALTH, WOMEN = "县卫生健康局", "县妇联"
SCHOOLS, EYES = "实施优质教育资源扩增赋能行动", "总体近视率"
JULY, OCTOBER = "2023-07-05", "2023-10-09"
SUMMER, AUTUMN = datetime(2023, 6, 28, 9), datetime(2023, 9, 28, 9)


def runs(clerk: Clerk, *words: str, status: int = 1) -> str:
    """A command of the clerk's, and what it says."""
    done = CliRunner().invoke(main, ["-w", str(clerk.workspace.root), *words])
    assert done.exit_code == status, done.output
    return done.output


def consolidates(clerk: Clerk, period: str, day: str = JULY, status: int = 1) -> Found:
    runs(clerk, "consolidate", period, "--today", day, status=status)
    return read_summary(book(clerk, period))


def book(clerk: Clerk, period: str) -> Path:
    return clerk.workspace.root / "outbox" / period / f"汇总_{period}.xlsx"


def target(clerk: Clerk, period: str, name: str) -> Mapping[str, str]:
    """The target's row of 量化指标."""
    return next(r for r in read_table(book(clerk, period), "量化指标") if r["指标"] == name)


def item_class(clerk: Clerk, period: str, number: int, day: str) -> str:
    """The item's class, as `status --json` has it."""
    found: Any = json.loads(runs(clerk, "status", period, "--today", day, "--json"))
    return str(next(i["class"] for i in found["items"] if i["number"] == number))


def sends(clerk: Clerk, period: str, day: str) -> None:
    runs(clerk, "generate", period, "--today", day, status=0)


def everybody_reports(clerk: Clerk, period: str, when: datetime) -> None:
    for unit in clerk.forms(period):
        clerk.receives(clerk.filled(unit, period, period), f"{period}{unit}.xlsx", when)


def test_a_unit_is_renamed_in_the_third_quarter(clerk: Clerk) -> None:
    everybody_reports(clerk, "2023Q2", SUMMER)
    old = consolidates(clerk, "2023Q2")
    last = target(clerk, "2023Q2", "新改扩建幼儿园")["本期累计"]
    renames(clerk, "from: 2023Q3, ")
    sends(clerk, "2023Q3", "2023-09-20")
    form = clerk.filled(NEW, period="2023Q3")
    clerk.receives(form, "来件.xlsx", AUTUMN)
    found = consolidates(clerk, "2023Q3", OCTOBER)
    assert found.answers[1, NEW] == form.answers[1]
    assert OLD not in {unit for _, unit in found.states}
    assert target(clerk, "2023Q3", "新改扩建幼儿园")["上期累计"] == last
    again = consolidates(clerk, "2023Q2", OCTOBER)
    assert (again.answers, again.states[1, OLD]) == (old.answers, "已报送")


def test_an_item_is_put_in_as_number_3_in_the_third_quarter(clerk: Clerk) -> None:
    everybody_reports(clerk, "2023Q2", SUMMER)
    old = consolidates(clerk, "2023Q2")
    late = clerk.filled(WOMEN, "更正", "2023Q2")
    puts_in_third(clerk)
    sends(clerk, "2023Q3", "2023-09-20")
    everybody_reports(clerk, "2023Q3", AUTUMN)
    clerk.receives(late, "更正.xlsx", AUTUMN)  # of the second quarter, where it is still item 3
    found = consolidates(clerk, "2023Q3", OCTOBER)
    assert set(found.states.values()) == {"已报送"}
    assert (3, "县民政局") in found.answers and (4, WOMEN) in found.answers
    assert not [p for p in found.problems if p[2][0] in "LR"]
    again = consolidates(clerk, "2023Q2", OCTOBER)
    assert again.answers[3, WOMEN] == late.answers[3]
    assert set(again.states) == set(old.states)


def test_the_lead_fills_every_row(clerk: Clerk) -> None:
    states = consolidates(clerk, "2023Q2").states
    items = {int(r["序号"]): r["实事名称"] for r in read_table(book(clerk, "2023Q2"), "明细")}
    head = ["序号", "实事名称", "责任单位", "本季度具体措施及任务进度情况", "完成时限"]
    rows = [[str(n), items[n], u, f"{u}第{n}项已开工。", "2023年12月底"] for n, u in states]
    title = [f"填报单位：{WOMEN}", "", "", "期次：2023年第二季度"]
    clerk.receives(plain_book({"附件": [title, head, *rows]}, SUMMER), "全县.xlsx", SUMMER)
    found = consolidates(clerk, "2023Q2")
    assert found.answers == {(n, u): (f"{u}第{n}项已开工。", "2023年12月底") for n, u in states}
    assert set(found.states.values()) == {"已报送"}
    proxies = {r["责任单位"] for r in found.rows if r["代码"] == "L14"}
    assert proxies == {u for _, u in states} - {WOMEN}
    assert {u: r["版本数"] for u, r in found.units.items() if r["版本数"] != "0"} == {WOMEN: "1"}
    own = clerk.filled(HEALTH)
    clerk.receives(own, "县卫健局.xlsx", datetime(2023, 6, 1))  # older, and its own
    assert consolidates(clerk, "2023Q2").answers[2, HEALTH] == own.answers[2]


EYESIGHT = f"""
  - name: 综合防控近视
    responsible: [县卫生健康局]
    targets:
      - {{name: {EYES}, goal: {{max: 20.5}}, measure: "%", base: 21}}
"""


@pytest.mark.parametrize(("figure", "share", "said"), [
    ("21", "0", "未到时限"), ("20.8", "0.4", "未到时限"), ("20.5", "1", "已完成"),
])  # fmt: skip
def test_a_rate_goes_from_21_to_20_and_a_half(
    clerk: Clerk, figure: str, share: str, said: str
) -> None:
    puts_in_third(clerk, EYESIGHT)
    sends(clerk, "2023Q2", "2023-06-20")
    form = clerk.filled(HEALTH)
    form.reports(EYES, figure)
    clerk.receives(form, "来件.xlsx", SUMMER)
    found = consolidates(clerk, "2023Q2")
    row = target(clerk, "2023Q2", EYES)
    assert (row["本期累计"], row["完成率"], row["评价"]) == (figure, share, said)
    assert not [p for p in found.rows if "近视" in p["问题"]]  # to fall is honest


def test_none_of_8_kindergartens_in_june_is_nothing_wrong(clerk: Clerk) -> None:
    form = clerk.filled(OLD)
    for item, name in form.targets:
        if item == SCHOOLS:
            form.reports(name, 0, item)
    clerk.receives(form, "来件.xlsx", SUMMER)
    consolidates(clerk, "2023Q2")
    row = target(clerk, "2023Q2", "新改扩建幼儿园")
    assert (row["本期累计"], row["完成率"], row["评价"]) == ("0", "0", "未到时限")
    assert item_class(clerk, "2023Q2", 1, JULY) == "按序时推进"


@pytest.mark.parametrize(("reading", "lectures", "status", "said"), [
    (0, 0, "", "未启动"), (20, 0, "", "推进缓慢"), (0, 0, "推进缓慢", "推进缓慢"),
    (20, 0, "未启动", "未启动"), (20, 4, "", "按序时推进"),
])  # fmt: skip
def test_an_item_has_not_started_only_if_nothing_of_it_has(
    clerk: Clerk, reading: int, lectures: int, status: str, said: str
) -> None:
    culture, science = clerk.filled("县文化和旅游局"), clerk.filled("县科协")
    culture.reports("少儿阅读推广活动", reading)
    science.reports("青少年科学家大讲堂", lectures)
    if status:
        culture.says_status(culture.reporting[0], status)
    for unit, name in ((culture, "文旅.xlsx"), (science, "科协.xlsx")):
        clerk.receives(unit, name, SUMMER)
    consolidates(clerk, "2023Q2")
    assert item_class(clerk, "2023Q2", 8, JULY) == said


def test_a_file_saved_on_5_july_came_by_mail_on_30_june(clerk: Clerk) -> None:
    content = saved(clerk, clerk.filled(HEALTH), datetime(2023, 6, 30, 15))
    clerk.receives(content, "县卫健局.xlsx", datetime(2023, 7, 5, 9))
    clerk.receives(mail(datetime(2023, 6, 30, 16, 20), 报表=content), "来信.eml",
                   datetime(2023, 7, 5, 9))  # fmt: skip
    line = consolidates(clerk, "2023Q2", "2023-07-06").units[HEALTH]
    assert (line["首报时间"], line["是否逾期"]) == ("2023-06-30 16:20:00", "否")


def test_a_correction_comes_after_what_went_up(clerk: Clerk) -> None:
    everybody_reports(clerk, "2023Q2", SUMMER)
    before = consolidates(clerk, "2023Q2").answers[3, WOMEN][0]
    runs(clerk, "finalise", "2023Q2", "--today", "2023-07-06")
    folder = clerk.workspace.root / "outbox" / "2023Q2" / "定稿"
    kept = {f.name: f.read_bytes() for f in folder.iterdir()}
    form = clerk.unit(WOMEN)
    form.fills(FRIENDLY, "儿童友好社区已建成四个。")
    clerk.receives(form, "更正.xlsx", datetime(2023, 7, 8, 9))
    found = consolidates(clerk, "2023Q2", "2023-07-09")
    assert found.answers[3, WOMEN][0] == "儿童友好社区已建成四个。"
    assert {f.name: f.read_bytes() for f in folder.iterdir()} == kept
    said = json.loads(runs(clerk, "status", "2023Q2", "--today", "2023-07-09", "--json"))
    assert [(c["item"], c["unit"], c["old"], c["new"]) for c in said["corrections"]] == [
        (3, WOMEN, before, "儿童友好社区已建成四个。")
    ]


def test_a_file_is_deleted_and_then_wanted_void(clerk: Clerk) -> None:
    path = clerk.receives(clerk.filled(HEALTH), "来件.xlsx", SUMMER)
    counted = consolidates(clerk, "2023Q2").answers
    path.unlink()
    found = consolidates(clerk, "2023Q2")
    assert (found.answers, found.receipts) == (counted, {"来件.xlsx": "已不在收件箱"})
    clerk.decides("来件.xlsx", handling="作废")
    found = consolidates(clerk, "2023Q2")
    assert (found.answers, found.receipts) == ({}, {"来件.xlsx": "已不在收件箱"})
    assert found.units[HEALTH]["首报时间"] == ""


def test_the_commands_say_what_the_workbook_says(clerk: Clerk) -> None:
    """`status` and `consolidate` agree about a year's case."""
    clerk.receives(clerk.filled(HEALTH), "来件.xlsx", SUMMER)
    found = consolidates(clerk, "2023Q2")
    said = json.loads(runs(clerk, "status", "2023Q2", "--today", JULY, "--json"))
    assert date.fromisoformat(said["today"]) == date(2023, 7, 5)
    states = {(d["item"], d["unit"]): d["state"] for d in said["details"]}
    assert states == dict(found.states)
