"""The programme as one period sees it: items, numbers, names."""

from dataclasses import replace

import pytest

from shishi_xl.in_period import names_in, stand_in
from shishi_xl.items_yaml import load_programme
from shishi_xl.model import Item, Programme, Role, Unit
from shishi_xl.names import Names
from shishi_xl.period import Period

from .small import PROGRAMME, Q1, Q2, Q3, Q4, SCHOOLS, UNION, WOMEN

OLD, OLDER = "县教育局", "县教委"


def with_units(*units: Unit) -> dict[str, Unit]:
    return {**PROGRAMME.units, **{u.name: u for u in units}}


RENAMED = replace(PROGRAMME, units=with_units(Unit(SCHOOLS, formerly=(OLD,), first=Q3)))
TWICE = replace(PROGRAMME, units=with_units(Unit(SCHOOLS, formerly=(OLDER, OLD), first=Q3)))
DATED = replace(
    PROGRAMME,
    units=with_units(
        Unit(SCHOOLS, formerly=(OLDER, OLD), first=Q3), Unit(OLDER, last=Q1), Unit(OLD, first=Q2)
    ),
)
MERGED = replace(
    PROGRAMME,
    units=with_units(
        Unit(SCHOOLS, formerly=(OLD, OLDER), first=Q3), Unit(OLD, last=Q2), Unit(OLDER, last=Q2)
    ),
)


@pytest.mark.parametrize(
    ("programme", "period", "names"),
    [
        (PROGRAMME, Q2, (SCHOOLS,)),
        (RENAMED, Q2, (OLD,)),
        (RENAMED, Q3, (SCHOOLS,)),
        (TWICE, Q2, (OLD,)),
        (DATED, Q1, (OLDER,)),
        (DATED, Q2, (OLD,)),
        (MERGED, Q2, (OLD, OLDER)),
        (MERGED, Q4, (SCHOOLS,)),
    ],
)
def test_a_unit_bears_its_name_of_then(
    programme: Programme, period: Period, names: tuple[str, ...]
) -> None:
    assert names_in(programme, SCHOOLS, period) == names
    assert Names(programme).valid(SCHOOLS, period) == names


def test_a_programme_without_dates_is_itself() -> None:
    assert stand_in(PROGRAMME, Q3) is PROGRAMME


@pytest.mark.parametrize("name", [SCHOOLS, OLD])
@pytest.mark.parametrize(("period", "valid"), [(Q2, (OLD,)), (Q3, (SCHOOLS,))])
def test_either_name_means_the_one_of_the_period(
    name: str, period: Period, valid: tuple[str, ...]
) -> None:
    assert Names(RENAMED).valid(name, period) == valid


def test_shares_pass_to_the_former_unit() -> None:
    (target,) = stand_in(RENAMED, Q2).items[0].targets
    assert target.shares == {OLD: None}


def test_where_no_unit_of_a_target_stands_the_item_s_reporter_reports_it() -> None:
    later = replace(PROGRAMME, units=with_units(Unit(UNION, first=Q3)))
    item = stand_in(later, Q2).items[1]
    assert (list(item.units), item.targets[0].shares) == ([WOMEN], {WOMEN: None})


def test_a_later_item_takes_no_number_and_an_ended_one_keeps_its_own() -> None:
    first, second, third = PROGRAMME.items
    new = Item("04", 2, "新增", {WOMEN: Role.RESPONSIBLE}, first=Q3)
    ended = replace(second, number=3, last=Q2)
    programme = replace(PROGRAMME, items=(first, new, ended, replace(third, number=4)))
    numbers = {str(p): [(i.id, i.number) for i in stand_in(programme, p).items] for p in (Q2, Q3)}
    assert numbers == {
        "2023Q2": [("01", 1), ("02", 2), ("03", 3)],
        "2023Q3": [("01", 1), ("04", 2), ("03", 4)],
    }


def test_what_the_documentation_says_of_merged_new_and_ended_units() -> None:
    source = """
id: a-2023
programme: 实事
year: 2023
cycle: quarter
items:
  - {name: 甲事, responsible: [丙局, 县妇联, 新局, 旧局]}
units:
  丙局: {formerly: [甲局, 乙局], from: 2023Q3}
  甲局: {until: 2023Q2}
  乙局: {until: 2023Q2}
  新局: {from: 2023Q3}
  旧局: {until: 2023Q2}
"""
    programme, faults = load_programme(source.encode(), ["annex"])
    assert programme, faults
    units = {str(p): list(stand_in(programme, p).items[0].units) for p in (Q2, Q3)}
    assert units == {
        "2023Q2": ["甲局", "乙局", "县妇联", "旧局"],
        "2023Q3": ["丙局", "县妇联", "新局"],
    }
