"""What rows of 登记.xlsx mean, from their texts alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from shishi_xl.model import Group, Item, Role
from shishi_xl.names import Names
from shishi_xl.period import Cycle, Period
from shishi_xl.register import DECISIONS, NOTICES, Register, Written, WrittenRow
from shishi_xl.register_book import Known, understand

from .small import NAMES, PROGRAMME, Q2, UNION, WOMEN

ONE, TWO = "ab" * 32, "cd" * 32
BOTH = "各成员单位"
GROUPED = Names(
    replace(
        PROGRAMME,
        items=(Item("09", 9, "开展宣传", {BOTH: Role.RESPONSIBLE}),),
        groups={BOTH: Group(BOTH, (WOMEN, UNION))},
    )
)
MONTHLY = Names(
    replace(PROGRAMME, cycle=Cycle.MONTH, first=Period(2023, 5, Cycle.MONTH))
)  # fmt: skip


def row(sheet: str, **texts: str) -> WrittenRow:
    return WrittenRow(sheet, texts, {key: f"{key}3" for key in texts})


def read(
    *rows: WrittenRow,
    names: Names = NAMES,
    lying: Mapping[str, str] | None = None,
    before: Written | None = None,
) -> Register:
    """What these rows mean; `lying`: what lies in inbox/, path → content."""
    there = lying or {}
    paths = {sha: tuple(p for p, s in there.items() if s == sha) for sha in there.values()}
    known = Known(names, date(2023, 7, 5), paths, there, before or {})
    written = {s: tuple(r for r in rows if r.sheet == s) for s in (DECISIONS, NOTICES)}
    return understand(written, known)


def test_what_is_said_of_a_group_is_said_of_its_members() -> None:
    said = read(
        row(NOTICES, unit=BOTH, period="2023Q2", topic="延期", until="2023-07-10"), names=GROUPED
    )
    assert [(n.unit, n.until) for n in said.notices] == [
        (WOMEN, date(2023, 7, 10)),
        (UNION, date(2023, 7, 10)),
    ]


def test_an_item_is_named_by_number_or_name() -> None:
    for items in ("2、3", "第2件 3", "第二件", "实施心希望服务行动"):
        said = read(row(NOTICES, unit="妇联", period="二季度", topic="零报告", items=items))
        if items == "第二件":
            assert [p.code for p in said.problems] == ["G12"]
        else:
            assert said.notices[0].items <= {"02", "03"} and said.notices[0].period == Q2


def test_a_month_that_a_spreadsheet_took_for_a_day_is_a_month() -> None:
    said = read(row(DECISIONS, sha256=ONE, period="2023-05-01"), names=MONTHLY)
    assert said.decisions[0].period == Period(2023, 5, Cycle.MONTH)


def test_a_name_stands_for_the_file_that_bears_it_when_it_is_written() -> None:
    by_name = row(DECISIONS, file="a.xlsx", handling="作废", sha256="")
    first = read(by_name, lying={"a.xlsx": ONE})
    later = read(by_name, lying={"a.xlsx": TWO}, before=first.written)
    assert [r.decisions[0].sha256 for r in (first, later)] == [ONE, ONE]


def test_a_further_row_of_the_same_name_is_about_the_file_that_bears_it_now() -> None:
    old = row(DECISIONS, file="a.xlsx", handling="作废", sha256=ONE)
    by_name = row(DECISIONS, file="a.xlsx", handling="恢复", sha256="")
    said = read(old, by_name, lying={"a.xlsx": TWO}, before={DECISIONS: (old,)})
    assert {d.sha256: str(d.handling) for d in said.decisions} == {ONE: "作废", TWO: "恢复"}
