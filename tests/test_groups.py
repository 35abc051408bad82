"""A group's members answer for it, each in its own form."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shishi_xl.consolidate import consolidate
from shishi_xl.extract import PartReader, extract
from shishi_xl.model import Collector, Group, Item, Programme, Role
from shishi_xl.names import Names
from shishi_xl.recognise import Recogniser
from shishi_xl.sheets import Book
from shishi_xl.unit_form import LastAnswers, compose_form

from .clerk import Clerk
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


OTHER_GROUP = "示范街道"
LEAD, RESPONSIBLE, SUPPORT = Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        # A unit that an item names twice owes one answer.
        ({GROUP: RESPONSIBLE}, [(TOWNS[0], RESPONSIBLE, GROUP), (TOWNS[1], RESPONSIBLE, GROUP)]),
        (
            {GROUP: RESPONSIBLE, OTHER_GROUP: RESPONSIBLE},
            [(TOWNS[0], RESPONSIBLE, GROUP), (TOWNS[1], RESPONSIBLE, GROUP)],
        ),
        (
            {GROUP: RESPONSIBLE, TOWNS[0]: RESPONSIBLE},
            [(TOWNS[1], RESPONSIBLE, GROUP), (TOWNS[0], RESPONSIBLE, "")],
        ),
        # The stronger role counts, be it by itself or through a group.
        (
            {GROUP: RESPONSIBLE, TOWNS[0]: SUPPORT},
            [(TOWNS[0], RESPONSIBLE, GROUP), (TOWNS[1], RESPONSIBLE, GROUP)],
        ),
        (
            {TOWNS[0]: LEAD, GROUP: SUPPORT},
            [(TOWNS[0], LEAD, ""), (TOWNS[1], SUPPORT, GROUP)],
        ),
        (
            {OTHER_GROUP: RESPONSIBLE, GROUP: SUPPORT},
            [(TOWNS[0], RESPONSIBLE, OTHER_GROUP), (TOWNS[1], SUPPORT, GROUP)],
        ),
    ],
)
def test_a_unit_owes_one_answer_in_its_strongest_role(
    units: dict[str, Role], expected: list[tuple[str, Role, str]]
) -> None:
    item = Item("01", 1, "实施友好行动", units)
    groups = {GROUP: Group(GROUP, TOWNS), OTHER_GROUP: Group(OTHER_GROUP, TOWNS[:1])}
    programme = replace(PROGRAMME, items=(item,), groups=groups)
    found = [(d.unit, d.role, d.group) for d in programme.duties(Q2)]
    assert found == expected


@pytest.mark.parametrize("units", [(GROUP, TOWNS[0]), (TOWNS[0], GROUP), (GROUP,)])
def test_every_reporter_of_a_group_s_item_is_asked_for_its_status(units: tuple[str, ...]) -> None:
    programme = grouped(*units)
    asked = {
        unit
        for unit in TOWNS
        if compose_form(programme, ANNEX, Q2, unit, LastAnswers()).sent("进展状态")
    }
    assert asked == set(programme.reporters(programme.items[0]))


@pytest.mark.parametrize(
    ("collector", "holder", "addressee", "written_to"),
    [
        (Collector("妇儿工委办公室", "县妇联"), "县妇联", "县妇联", False),
        (Collector("妇儿工委办公室", "县妇联"), "县总工会", "县总工会", True),
        (Collector("妇儿工委办公室", "县妇联"), GROUP, "县妇联", False),
        (Collector("妇儿工委办公室", "县总工会"), GROUP, "县妇联", True),
        (Collector("县妇联"), "县妇联", "县妇联", False),  # linzi-2023: the unit itself collects
        (Collector("妇儿工委办公室"), "县妇联", "县妇联", True),
        (Collector(), "县妇联", "县妇联", True),
    ],
)
def test_the_organiser_writes_no_letters_to_itself(
    collector: Collector, holder: str, addressee: str, written_to: bool
) -> None:
    groups = {GROUP: Group(GROUP, collected_by="县妇联")}
    programme = replace(PROGRAMME, collector=collector, groups=groups)
    assert (programme.addressee(holder), programme.gets_letters(holder)) == (addressee, written_to)


ITEMS = """\
id: grp-2023
programme: 2023年实事
year: 2023
cycle: quarter
due: 0
items:
  - name: 实施友好行动
    responsible: [各镇（街道）]
    targets:
      - {name: 友好社区, goal: 6, measure: 个, by: 各镇（街道）, milestones: {2023Q2: 4}}
      - {name: 公益讲堂, goal: 4, measure: 场, by: 各镇（街道）, combine: each}
groups:
  各镇（街道）: {members: [田镇街道, 芦湖街道, 青城镇]}
"""
TEXT = "{}本期建设儿童友好社区，举办讲堂{}场，走访群众{}户。"


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "items.yaml").write_text(ITEMS, "utf-8")
    return Clerk(tmp_path, "2023Q2")


def reports(clerk: Clerk, name: str, communities: int, talks: int, status: str) -> None:
    unit = clerk.unit(name)
    unit.fills(unit.item(1), TEXT.format(name, talks, communities + 40), "2023年12月底")
    unit.reports("友好社区", communities)
    unit.reports("公益讲堂", talks)
    unit.says_status(unit.item(1), status)
    clerk.receives(unit, f"{name}.xlsx")


def test_a_member_speaks_for_itself_and_the_missing_one_is_named(clerk: Clerk) -> None:
    clerk.sends()
    reports(clerk, "田镇街道", 3, 4, "已完成")
    reports(clerk, "青城镇", 1, 1, "推进缓慢")
    found = consolidate(clerk.workspace, "2023Q2", date(2023, 7, 5)).summary
    states = {d.duty.unit: d.state.value for d in found.details}
    assert states == {"田镇街道": "已报送", "芦湖街道": "未报送", "青城镇": "已报送"}
    assert {r.problem.code for r in found.problems} <= {"N10"}
    (item,) = found.items
    assert (item.item_class.value, item.behind) == ("推进缓慢", ("青城镇",))
    assert [(r.text, r.units) for r in item.reasons] == [
        ("公益讲堂 1场，序时要求 2场", ("青城镇",))
    ]
    rows = [(t.target.goal_label(t.unit), t.rate, t.verdict) for t in found.targets[:3]]
    assert rows == [("合计 6", None, "")] * 3  # the sum is not known while one is missing


def test_a_member_that_is_done_is_asked_for_nothing_more_and_the_others_are(clerk: Clerk) -> None:
    clerk.sends()
    reports(clerk, "田镇街道", 3, 4, "已完成")
    reports(clerk, "青城镇", 1, 1, "推进缓慢")
    found = consolidate(clerk.workspace, "2023Q3", date(2023, 10, 9)).summary
    states = {d.duty.unit: d.state.value for d in found.details}
    assert states == {"田镇街道": "免报", "芦湖街道": "未报送", "青城镇": "未报送"}
