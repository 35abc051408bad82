"""An item reported 已完成 stays done until its unit reopens it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest

from shishi_xl.consolidate import consolidate
from shishi_xl.demo.table import find_table
from shishi_xl.demo.unit import Unit
from shishi_xl.summary import ItemClass, State, Summary, UnitRow

from .clerk import Clerk

WOMEN = "县妇联"
COMMUNITIES, PLACES = "高品质儿童友好社区", "服务地图覆盖的实践基地"
Q2_DAY, Q3_DAY = datetime(2023, 6, 28, 9, 30), datetime(2023, 9, 27, 9, 30)
AFTER = {"2023Q2": date(2023, 7, 5), "2023Q3": date(2023, 10, 9), "2023Q4": date(2024, 1, 9)}
NEWS = "又建成一处儿童友好社区并挂牌，开展活动三次。"


@dataclass(frozen=True)
class Year:
    """县妇联 has reported item 3 done in the second quarter; the third quarter's forms are out."""

    clerk: Clerk

    @property
    def form(self) -> Unit:
        return self.clerk.unit(WOMEN, "2023Q3")

    def sums_up(self, period: str = "2023Q3") -> Summary:
        return consolidate(self.clerk.workspace, period, AFTER[period]).summary


def done_item(unit: Unit) -> str:
    return unit.item(3)


@pytest.fixture
def year(clerk: Clerk) -> Year:
    unit = clerk.filled(WOMEN)
    item = done_item(unit)
    unit.reports(COMMUNITIES, 2, item)
    unit.reports(PLACES, 7, item)
    unit.says_status(item, "已完成")
    clerk.receives(unit, "县妇联.xlsx", Q2_DAY)
    clerk.consolidates()
    clerk.sends("2023Q3")
    return Year(clerk)


def state(summary: Summary) -> State:
    return next(d.state for d in summary.details if (d.duty.item.number, d.duty.unit) == (3, WOMEN))


def item_class(summary: Summary) -> ItemClass:
    return next(i.item_class for i in summary.items if i.item.number == 3)


ASKING = ("A01", "C01", "D01", "N06")  # for text, for another text, for a date, for figures


def codes(summary: Summary) -> list[str]:
    """What is asked for of the item."""
    found = (r.problem.code for r in summary.problems if r.problem.item == "03")
    return [code for code in found if code in ASKING]


def unit_row(summary: Summary) -> UnitRow:
    return next(u for u in summary.units if u.unit == WOMEN)


def status_of(unit: Unit) -> str:
    table = find_table(unit.book["进展状态"])
    return str(table.cell(table.row(done_item(unit)), "状态").value or "")


def test_the_next_form_says_that_the_item_is_done(year: Year) -> None:
    assert status_of(year.form) == "已完成"
    other = find_table(year.form.book["进展状态"])
    assert other.cell(other.row(year.form.item(7)), "状态").value is None


Reply = Callable[[Unit], None]


def silent(unit: Unit) -> None:
    """The other items are reported, nothing is typed for the one that is done."""
    for number, item in enumerate(unit.items):
        if item != done_item(unit):
            unit.fills(item, f"第三季度推进{number + 2}项工作，走访群众{number + 20}户。", "年底")


def says(status: str = "", communities: int | None = None, text: str = "") -> Reply:
    def reply(unit: Unit) -> None:
        silent(unit)
        item = done_item(unit)
        if status:
            unit.says_status(item, status)
        if communities is not None:
            unit.reports(COMMUNITIES, communities, item)
        if text:
            unit.fills(item, text)

    return reply


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (silent, (State.EXEMPT, ItemClass.DONE, [])),
        (says(text=NEWS), (State.REPORTED, ItemClass.DONE, [])),
        (says(communities=2), (State.EXEMPT, ItemClass.DONE, [])),
        (says(communities=3), (State.EXEMPT, ItemClass.DONE, [])),
        (says("推进缓慢"), (State.CORRECT, ItemClass.SLOW, ["A01", "N06", "N06"])),
        (says(communities=1), (State.CORRECT, ItemClass.ON_SCHEDULE, ["A01", "N06"])),
        (says("按序时推进", text=NEWS), (State.REPORTED, ItemClass.ON_SCHEDULE, ["N06", "N06"])),
    ],
)
def test_it_stays_done_until_another_status_or_a_lower_figure_reopens_it(
    year: Year, reply: Reply, expected: tuple[State, ItemClass, list[str]]
) -> None:
    unit = year.form
    reply(unit)
    year.clerk.receives(unit, "三季度.xlsx", Q3_DAY)
    found = year.sums_up()
    assert (state(found), item_class(found), codes(found)) == expected


def test_nothing_of_it_is_asked_for_where_the_unit_sends_nothing(year: Year) -> None:
    found = year.sums_up()
    assert (state(found), item_class(found), codes(found)) == (State.EXEMPT, ItemClass.DONE, [])
    row = unit_row(found)
    assert (row.owed, row.answered, row.state) == (4, 0, State.MISSING)


def test_the_detail_says_since_when(year: Year) -> None:
    found = year.sums_up()
    (since,) = {str(d.done_since) for d in found.details if d.done_since}
    assert since == "2023Q2"


def test_its_targets_stand_as_they_were_last_reported(year: Year) -> None:
    rows = [t for t in year.sums_up().targets if t.item.number == 3]
    assert not any(t.asked for t in rows)
    assert [(t.last, t.figure, t.rate, t.verdict) for t in rows] == [
        (Decimal(2), None, Decimal(1), "已完成"),
        (Decimal(7), None, Decimal(1), "已完成"),
    ]


def test_it_stays_done_over_a_quarter_in_which_nothing_came(year: Year) -> None:
    year.sums_up()
    year.clerk.sends("2023Q4")
    assert status_of(year.clerk.unit(WOMEN, "2023Q4")) == "已完成"
    found = year.sums_up("2023Q4")
    assert (state(found), item_class(found)) == (State.EXEMPT, ItemClass.DONE)


def test_what_was_reopened_is_asked_for_again(year: Year) -> None:
    unit = year.form
    says("推进缓慢", text=NEWS)(unit)
    year.clerk.receives(unit, "三季度.xlsx", Q3_DAY)
    year.sums_up()
    year.clerk.sends("2023Q4")
    assert status_of(year.clerk.unit(WOMEN, "2023Q4")) == ""
    assert state(year.sums_up("2023Q4")) is State.MISSING


def test_an_item_is_not_done_while_a_target_of_it_is_short(clerk: Clerk) -> None:
    unit = clerk.filled(WOMEN)
    unit.reports(COMMUNITIES, 1, done_item(unit))
    unit.says_status(done_item(unit), "已完成")
    clerk.receives(unit, "县妇联.xlsx", Q2_DAY)
    clerk.sends("2023Q3")
    assert status_of(clerk.unit(WOMEN, "2023Q3")) == ""


def test_the_deadline_is_carried_over_a_quarter_in_which_nothing_came(year: Year) -> None:
    before = year.form.answers
    year.clerk.sends("2023Q4")
    after = year.clerk.unit(WOMEN, "2023Q4").answers
    assert {n: d for n, (_, d) in after.items()} == {n: d for n, (_, d) in before.items()}


def test_a_nil_return_leaves_the_figures_as_they_were(clerk: Clerk) -> None:
    unit = clerk.filled(WOMEN)
    unit.reports("最美家庭", 30, unit.item(7))
    clerk.receives(unit, "县妇联.xlsx", Q2_DAY)
    clerk.sends("2023Q3")
    unit = clerk.unit(WOMEN, "2023Q3")
    unit.fills_all(dict.fromkeys(unit.items, "零报告"))
    clerk.receives(unit, "三季度.xlsx", Q3_DAY)
    found = consolidate(clerk.workspace, "2023Q3", AFTER["2023Q3"]).summary
    row = next(t for t in found.targets if t.target.name == "最美家庭")
    assert (row.last, row.figure, row.verdict) == (Decimal(30), None, "推进缓慢")
    assert [r.problem.code for r in found.problems if r.problem.unit == WOMEN] == []


def test_what_is_only_carried_over_is_no_answer(year: Year) -> None:
    unit = year.form
    unit.fills(unit.item(5), "两癌检查排期已公布。")
    year.clerk.receives(unit, "三季度.xlsx", Q3_DAY)
    found = year.sums_up()
    blank = next(d for d in found.details if (d.duty.item.number, d.duty.unit) == (7, WOMEN))
    assert (blank.state, dict(blank.answers), blank.deadline) == (State.CORRECT, {}, None)
    row = unit_row(found)
    assert (row.owed, row.answered) == (4, 1)
