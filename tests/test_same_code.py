"""Two units whose names have one hash, so that their form codes begin alike: of 10,000, some fifty."""

from datetime import datetime
from pathlib import Path

import pytest

from shishi_xl.demo.rearrange import write
from shishi_xl.demo.unit import Unit
from shishi_xl.marks import unit_hash

from .clerk import Clerk

TWINS = ("南湖第三村", "和桥第四社区")
PROGRAMME = f"""\
id: twins-2023
programme: 2023年实事
year: 2023
cycle: quarter
items:
  - name: 实施清洁取暖行动
    responsible: [{TWINS[0]}, {TWINS[1]}]
"""


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "items.yaml").write_text(PROGRAMME, "utf-8")
    clerk = Clerk(tmp_path, "2023Q2")
    clerk.sends()
    return clerk


def _loses_its_name(unit: Unit) -> None:
    """Nobody's name above the tables any more."""
    for sheet in unit.book.worksheets:
        for row in sheet.iter_rows(max_row=4):
            for cell in row:
                if str(cell.value).startswith("填报单位"):
                    write(cell, None)


def test_they_are_twins() -> None:
    assert unit_hash(TWINS[0]) == unit_hash(TWINS[1])


@pytest.mark.parametrize("unit", TWINS)
def test_what_the_form_says_beside_its_code_decides(clerk: Clerk, unit: str) -> None:
    clerk.receives(clerk.filled(unit), "a.xlsx")
    found = clerk.consolidates()
    assert {u for _, u in found.answers} == {unit}
    assert found.problems == ()


def test_a_file_s_name_decides_where_the_form_says_no_more(clerk: Clerk) -> None:
    unit = clerk.filled(TWINS[0])
    _loses_its_name(unit)
    clerk.receives(unit, f"{TWINS[0]}.xlsx")
    assert {u for _, u in clerk.consolidates().answers} == {TWINS[0]}


def test_nobody_is_guessed_where_nothing_does(clerk: Clerk) -> None:
    unit = clerk.filled(TWINS[0])
    _loses_its_name(unit)
    clerk.receives(unit, "a.xlsx")
    found = clerk.consolidates()
    assert (found.receipts, found.answers) == ({"a.xlsx": "待确认"}, {})


def test_one_s_row_in_the_other_s_form_is_not_taken_for_its_own_word(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(TWINS[0], "先"), "a.xlsx")
    clerk.receives(clerk.filled(TWINS[1], "后"), "b.xlsx", datetime(2023, 6, 29, 9))
    assert {u: a[0][0] for (_, u), a in clerk.consolidates().answers.items()} == {
        TWINS[0]: "先",
        TWINS[1]: "后",
    }
