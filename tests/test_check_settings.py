"""checks: in items.yaml changes a rule's grade and limits, or switches it off; faults are named."""

from decimal import Decimal

import pytest

from shishi_xl.catalogue import RULES
from shishi_xl.checks import Case, Subject, graded, read_row
from shishi_xl.checks.wording import too_short
from shishi_xl.problems import Grade, Place, Problem
from shishi_xl.returns import Answer

from .small import ANNEX, Q2, WOMEN
from .test_items_yaml import faults_in, load

START = "id: a\nprogramme: 实事\nyear: 2023\ncycle: quarter\nitems: [{name: 甲, responsible: 县妇联}]\nchecks:\n"


def test_a_grade_is_set_and_a_rule_switched_off() -> None:
    programme = load(START + "  D07: 提示\n  C03: 关闭\n  A23: {grade: 强制, least: 4}\n")
    problems = [Problem(RULES[code], Place()) for code in ("D07", "C03", "A23", "A01")]
    grades = [(p.code, p.grade) for p in graded(programme, problems)]
    assert grades == [("D07", Grade.NOTE), ("A23", Grade.MUST), ("A01", Grade.MUST)]


@pytest.mark.parametrize(("limit", "codes"), [("", ["A23"]), ("  A23: {least: 3}\n", [])])
def test_a_limit_is_what_items_yaml_says(limit: str, codes: list[str]) -> None:
    programme = load(START + (limit or "  D07: 提示\n"))
    place = Place("a.xlsx", "报表", "E5")
    answer = Answer("方案已定", "方案已定", (place,))
    row = read_row(
        programme, ANNEX.annex, WOMEN, programme.items[0], None, {"progress": answer}, {}
    )
    subject = Subject(Case(programme, ANNEX, Q2, {}), row)
    assert [p.code for p in too_short(subject)] == codes
    assert subject.limit("N09", "times") == Decimal(5)


@pytest.mark.parametrize(
    ("line", "column", "word"),
    [
        ("  D77: 提示", 3, "没有“D77”这个问题代码"),
        ("  R01: 提示", 3, "须由人认定"),
        ("  D07: 警告", 8, "应写成 强制、核实、提示 或 关闭"),
        ("  N09: {most: 3}", 9, "most"),
        ("  N09: {least: 3}", 9, "没有“least”这个界限"),
        ("  N09: {times: 很多}", 16, "读不出数字"),
        ("  d07: 提示", 3, "应写问题代码"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_a_fault(line: str, column: int, word: str) -> None:
    faults = faults_in(START + line + "\n")
    assert [(at, c) for at, c, _ in faults] == [(7, column)]
    assert word in faults[0][2]


THRESHOLDS = START.replace("checks:", "thresholds:")


def test_the_standard_of_being_on_schedule_is_the_programme_s_and_each_target_s() -> None:
    with_target = THRESHOLDS.replace(
        "县妇联}", "县妇联, targets: [{name: 讲座, goal: 4, measure: 场}]}"
    )
    programme = load(f"{with_target}  on_schedule: 90%\n  about: 95%\n")
    (target,) = programme.items[0].targets
    assert (programme.on_schedule, target.on_schedule) == (Decimal("0.9"), Decimal("0.9"))
    assert (programme.about, target.about) == (Decimal("0.95"), Decimal("0.95"))


def test_about_a_number_is_met_at_nine_tenths_where_nothing_else_is_said() -> None:
    assert load(f"{THRESHOLDS}  on_schedule: 90%\n").about == Decimal("0.9")


@pytest.mark.parametrize("text", ["40%", "0.9", "九成", "101%"])
def test_a_standard_that_is_none_is_named(text: str) -> None:
    ((line, column, said),) = faults_in(f"{THRESHOLDS}  on_schedule: {text}\n")
    assert (line, column) == (7, 16)
    assert "应写 50% 到 100% 之间的整数，如 90%" in said
