"""A group's members answer for it, each in its own form."""

from dataclasses import replace

import pytest

from shishi_xl.extract import PartReader, extract
from shishi_xl.model import Group, Item, Programme, Role
from shishi_xl.names import Names
from shishi_xl.recognise import Recogniser
from shishi_xl.sheets import Book
from shishi_xl.unit_form import LastAnswers, compose_form

from .small import ANNEX, PROGRAMME, Q2, UNION, sheet

TOWNS = ("田镇街道", "芦湖街道")
GROUP = "各镇（街道）"


def grouped(*units: str) -> Programme:
    item = Item("01", 1, "实施友好行动", dict.fromkeys(units, Role.RESPONSIBLE))
    return replace(PROGRAMME, items=(item,), groups={GROUP: Group(GROUP, TOWNS)})


@pytest.mark.parametrize("units", [(UNION, GROUP), (GROUP, UNION), (GROUP,)])
@pytest.mark.parametrize("unit", TOWNS)
def test_a_member_s_answer_is_its_own_whoever_stands_beside_the_group(
    units: tuple[str, ...], unit: str
) -> None:
    programme = grouped(*units)
    form = compose_form(programme, ANNEX, Q2, unit, LastAnswers())
    one = sheet(
        f"| 表单编码：{form.code.written} |\n"
        "| 序号 | | 实事名称 | 责任单位 | 本季度具体措施及任务进度情况 | 完成时限 |\n"
        f"| 1 | {form.code}/01 | 实施友好行动 | {'⏎'.join(units)} | 建成一处 | 年底 |"
    )
    names = Names(programme)
    (part,) = Recogniser(names, ANNEX).recognise("a.xlsx", Book((one,))).parts
    found = extract(PartReader(names, part, "a.xlsx", {}))
    assert [(e.unit, e.item, e.proxy) for e in found.entries] == [(unit, "01", "")]
    assert found.problems == ()
