"""A group for which one unit collects: its form comes back in that unit's name and under its seal."""

from collections.abc import Callable
from copy import copy

import pytest

from shishi_xl.demo.unit import Unit

from .clerk import Clerk, Found

WOMEN, TOWNS, MEMBERS = "区妇联", "各镇（街道）", "区妇儿工委各成员（特邀）单位"
ITEM = 6


@pytest.fixture
def clerk(clerk_of: Callable[[str], Clerk]) -> Clerk:
    return clerk_of("boshan-2024")


def filled(clerk: Clerk, holder: str) -> Unit:
    unit = clerk.unit(holder)
    for number, item in enumerate(unit.items, 1):
        unit.fills(item, f"{holder}推进{number}项工作，走访{number + 7}户。", "2024年12月底")
    return unit


def names_the_collector(unit: Unit) -> None:
    """Type the collecting unit over 填报单位."""
    for sheet in unit.book.worksheets:
        for cell, *_ in sheet.iter_rows(max_row=4):
            if str(cell.value).startswith("填报单位："):
                cell.value = f"填报单位：{WOMEN}"


def as_sent(unit: Unit) -> None:
    """The form as it was sent."""


def together(first: Unit, *others: Unit) -> Unit:
    """Copy the other forms' annexes into the first workbook, as sheets of their own."""
    for number, other in enumerate(others, 2):
        new = first.book.create_sheet(f"工作进展情况报表 ({number})")
        for row in other.annex.sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    new.cell(cell.row, cell.column).value = cell.value
        for area in other.annex.sheet.merged_cells.ranges:
            new.merge_cells(copy(area).coord)
    return first


def told(found: Found) -> list[str]:
    """Who has answered for the item that the groups answer for."""
    return sorted(unit for (number, unit), _ in found.answers.items() if number == ITEM)


@pytest.mark.parametrize("change", [as_sent, names_the_collector])
@pytest.mark.parametrize(
    "name", ["报表.xlsx", "区妇联.xlsx", "区妇联（各镇街道）.xlsx", "区妇联/报表.xlsx"]
)
def test_the_group_s_form_is_the_group_s_though_it_names_the_collector(
    clerk: Clerk, change: Callable[[Unit], None], name: str
) -> None:
    unit = filled(clerk, TOWNS)
    change(unit)
    clerk.receives(unit, name)
    found = clerk.consolidates()
    assert told(found) == [TOWNS]
    assert found.problems == ()
    assert found.receipts == {name: "采用"}


@pytest.mark.parametrize("name", ["报表.xlsx", "区妇联.xlsx", "区妇联/报表.xlsx"])
def test_the_collector_s_own_form_stays_its_own(clerk: Clerk, name: str) -> None:
    unit = filled(clerk, WOMEN)
    clerk.receives(unit, name)
    found = clerk.consolidates()
    assert told(found) == []
    assert {unit for _, unit in found.answers} == {WOMEN}
    assert found.receipts == {name: "采用"}


@pytest.mark.parametrize("name", ["报表.xlsx", "区妇联.xlsx", "区妇联/报表.xlsx"])
def test_all_forms_of_one_seal_may_come_in_one_file(clerk: Clerk, name: str) -> None:
    own, *groups = (filled(clerk, holder) for holder in (WOMEN, TOWNS, MEMBERS))
    for group in groups:
        names_the_collector(group)
    clerk.receives(together(own, *groups), name)
    found = clerk.consolidates()
    assert told(found) == sorted([TOWNS, MEMBERS])
    assert {unit for _, unit in found.answers} == {WOMEN, TOWNS, MEMBERS}
    assert found.receipts == {name: "采用"}


def test_another_unit_s_name_on_the_group_s_form_is_asked_about(clerk: Clerk) -> None:
    clerk.receives(filled(clerk, TOWNS), "区总工会.xlsx")
    assert clerk.consolidates().receipts == {"区总工会.xlsx": "待确认"}
