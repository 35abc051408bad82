"""items.yaml: every fault is named at its place, none is invented, and what is sound is read."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from shishi_xl.items_yaml import INLINE_FORM, compose, inline_form, load_programme
from shishi_xl.model import Collector, Group, Programme, Role, Unit
from shishi_xl.period import Cycle, Period
from shishi_xl.target import Combine, Goal, Kind, Pace

FORMS = ("annex", "plan", "lead")
TEMPLATES = Path(__file__).parent.parent / "templates"
REAL = sorted((TEMPLATES / "programmes").glob("*.yaml"))

SOUND = """\
id: gaoqing-2023
programme: 2023年为全县妇女儿童办实事
year: 2023
cycle: quarter
first: 2023Q2
due: 0
stamped: true
collector: {name: 县妇儿工委办公室, office_of: 县妇联, phone: "6967116"}
form: annex
items:
  - name: 实施优质教育资源扩增赋能行动
    responsible: [县教育和体育局, 县总工会]
    targets:
      - {name: 新改扩建幼儿园, goal: 8, measure: 所, pace: end}
      - name: 检查人数
        goal: 1.5万
        measure: 人
        by: {县教育和体育局: 1万, 县总工会: 0.5万}
        milestones: {2023Q2: 0.6万, 2023Q4: 1.5万}
  - name: 实施儿童友好城市建设行动
    lead: [县妇联]
    support:
      - 各镇（街道）
      - 县民政局
    targets:
      - {name: 建成率, goal: 43%, measure: "%", by: 县妇联}
  - name: 实施特殊困难儿童关爱行动
    brief: 面向全县
    responsible: [县教育和体育局, 县民政局]
units:
  县教育和体育局:
    aliases: [县教体局, 教体局]
    email: jtj@example.gov.cn
  县妇联: {aliases: [妇联], phone: "6967116"}
groups:
  各镇（街道）: {members: [田镇街道, 芦湖街道]}
"""

Found = list[tuple[int, int, str]]


def load(text: str) -> Programme:
    programme, faults = load_programme(text.encode(), FORMS)
    assert faults == ()
    assert programme is not None
    return programme


def faults_in(source: str | bytes) -> Found:
    data = source.encode() if isinstance(source, str) else source
    programme, faults = load_programme(data, FORMS)
    assert (programme is None) == bool(faults)
    return [(f.line, f.column, f.message) for f in faults]


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks ‸, and the places (line, column) where they stood."""
    places = [
        (number, column - before + 1)
        for number, line in enumerate(text.splitlines(), 1)
        for before, column in enumerate(i for i, c in enumerate(line) if c == "‸")
    ]
    return text.replace("‸", ""), places


def changed(old: str, new: str) -> str:
    assert SOUND.count(old) == 1, old
    return SOUND.replace(old, new)


def check(text: str, *pieces: str) -> None:
    """The faults stand exactly at the marks, in order, and each says its piece."""
    source, places = marked(text)
    found = faults_in(source)
    assert [(line, column) for line, column, _ in found] == places
    assert [p for p, (_, _, message) in zip(pieces, found, strict=True) if p not in message] == []


# --- what is sound -------------------------------------------------------------------------


def test_a_sound_file_has_no_faults() -> None:
    assert faults_in(SOUND) == []


@pytest.mark.parametrize(
    ("name", "duties", "holders"),
    [
        ("gaoqing-2023", 26, 14),
        ("linzi-2023", 25, 17),
        ("boshan-2024", 26, 17),
        ("yantai-2023", 28, 12),
        ("linyi-2022", 29, 17),
    ],
)
def test_each_bundled_programme_loads_with_its_duties_and_forms(
    name: str, duties: int, holders: int
) -> None:
    programme = load((TEMPLATES / "programmes" / f"{name}.yaml").read_text("utf-8"))
    found = len(programme.duties(programme.first)), len(programme.form_holders(programme.first))
    assert (programme.id, *found) == (name, duties, holders)


@pytest.mark.parametrize("indent", [2, 4])
@pytest.mark.parametrize("flow", [None, True, False])
@pytest.mark.parametrize("style", [None, '"', "'"])
@pytest.mark.parametrize("name", ["gaoqing-2023", "yantai-2023"])
def test_the_same_programme_in_any_yaml_style_is_read_alike(
    name: str, indent: int, flow: bool | None, style: str | None
) -> None:
    written = (TEMPLATES / "programmes" / f"{name}.yaml").read_text("utf-8")
    text = yaml.dump(
        yaml.safe_load(written), allow_unicode=True, width=30, indent=indent, sort_keys=False,
        default_flow_style=flow, default_style=style,
    )  # fmt: skip
    assert load(text) == load(written)


@pytest.mark.parametrize("file", REAL, ids=lambda f: f.stem)
def test_the_schema_accepts_what_editors_see_of_each_bundled_programme(file: Path) -> None:
    schema = json.loads((TEMPLATES / "items.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(file.read_text("utf-8")), schema)


def test_every_key_of_the_schema_is_described_in_chinese() -> None:
    schema = json.loads((TEMPLATES / "items.schema.json").read_text("utf-8"))
    objects = [schema, *(d for d in schema["$defs"].values() if "properties" in d)]
    keys = [(o["title"], k, v) for o in objects for k, v in o["properties"].items()]
    bare = [(title, k) for title, k, v in keys if not any(c >= "一" for c in v["description"])]
    assert bare == []
    assert [o["title"] for o in objects if o["additionalProperties"] is not False] == []


def test_every_key_of_the_schema_is_documented() -> None:
    schema = json.loads((TEMPLATES / "items.schema.json").read_text("utf-8"))
    objects = [schema, *(d for d in schema["$defs"].values() if "properties" in d)]
    text = (TEMPLATES.parent / "docs" / "items.md").read_text("utf-8")
    keys = {key for o in objects for key in o["properties"]}
    assert {key for key in keys if f"`{key}`" not in text} == set()


def test_examples_in_the_documentation_load() -> None:
    text = (TEMPLATES.parent / "docs" / "items.md").read_text("utf-8")
    whole = [b.split("```")[0] for b in text.split("```yaml\n")[1:] if b.startswith("id:")]
    assert len(whole) >= 1
    assert [faults_in(example) for example in whole] == [[]] * len(whole)


# --- what is built -------------------------------------------------------------------------


def test_defaults_are_filled_in() -> None:
    programme = load(
        "id: a\nprogramme: 某县实事\nyear: '2023'\ncycle: month\n"
        "items: [{name: 甲, responsible: 县妇联}]\n"
    )
    assert programme.title == "某县实事工作进展情况报表"
    assert (programme.year, programme.cycle) == (2023, Cycle.MONTH)
    assert programme.first == Period(2023, 1, Cycle.MONTH)
    assert (programme.form, programme.due, programme.stamped) == ("annex", None, False)
    assert programme.ask_status is True
    assert programme.collector == Collector()
    assert (programme.items[0].id, programme.items[0].number) == ("01", 1)
    assert programme.units == {"县妇联": Unit("县妇联")}


def test_what_is_written_is_kept() -> None:
    programme = load(SOUND)
    assert programme.collector == Collector("县妇儿工委办公室", "县妇联", "6967116")
    assert programme.units["县教育和体育局"] == Unit(
        "县教育和体育局", ("县教体局", "教体局"), email="jtj@example.gov.cn"
    )
    assert programme.groups == {"各镇（街道）": Group("各镇（街道）", ("田镇街道", "芦湖街道"))}
    assert list(programme.units) == [
        "县教育和体育局", "县妇联", "县总工会", "县民政局", "田镇街道", "芦湖街道",
    ]  # fmt: skip


def test_a_targets_parts_milestones_and_ids_are_read() -> None:
    kindergarten, people = load(SOUND).items[0].targets
    assert (kindergarten.id, kindergarten.pace, kindergarten.kind) == ("1", Pace.END, Kind.SUM)
    assert kindergarten.shares == {"县教育和体育局": None}
    assert (people.id, people.goal, people.pace) == ("2", Goal(Decimal(15000)), Pace.EVEN)
    assert people.shares == {"县教育和体育局": Decimal(10000), "县总工会": Decimal(5000)}
    assert people.milestones == {
        Period(2023, 2, Cycle.QUARTER): Goal(Decimal(6000)),
        Period(2023, 4, Cycle.QUARTER): Goal(Decimal(15000)),
    }


def test_percentages_are_levels_that_are_due_at_the_end() -> None:
    target = load(SOUND).items[1].targets[0]
    assert (target.kind, target.pace, target.measure) == (Kind.LEVEL, Pace.END, "%")
    assert target.goal == Goal(Decimal(43))


def test_a_goal_with_a_percent_sign_needs_no_measure() -> None:
    text = changed(', measure: "%", by: 县妇联', "")
    assert load(text).items[1].targets[0].measure == "%"


def test_units_stand_in_the_order_lead_responsible_support() -> None:
    text = changed("    lead: [县妇联]\n", "").replace(
        "      - 县民政局\n", "      - 县民政局\n    responsible: 县总工会\n    lead: [县妇联]\n"
    )
    assert dict(load(text).items[1].units) == {
        "县妇联": Role.LEAD,
        "县总工会": Role.RESPONSIBLE,
        "各镇（街道）": Role.SUPPORT,
        "县民政局": Role.SUPPORT,
    }


def test_a_group_in_by_stands_for_its_members() -> None:
    target = (
        load(changed("by: 县妇联", "by: [县妇联, 各镇（街道）], combine: each")).items[1].targets[0]
    )
    assert list(target.shares) == ["县妇联", "田镇街道", "芦湖街道"]
    assert target.combine is Combine.EACH


@pytest.mark.parametrize(
    ("written", "goal"),
    [
        ("8", Goal(Decimal(8))),
        ("4.50", Goal(Decimal("4.50"))),
        ("22万", Goal(Decimal(220000))),
        ("120", Goal(Decimal(120))),
        ('"1,500"', Goal(Decimal(1500))),
        ("1-2", Goal(Decimal(1), Decimal(2))),
        ("1～2", Goal(Decimal(1), Decimal(2))),
        ("1-2万", Goal(Decimal(10000), Decimal(20000))),
        ("{min: 1, max: 2}", Goal(Decimal(1), Decimal(2))),
        ("{min: 30}", Goal(Decimal(30))),
        ("{max: 21}", Goal(maximum=Decimal(21))),
        ("{about: 100}", Goal(Decimal(100), about=True)),
        ("{text: 应训尽训，全覆盖}", Goal(text="应训尽训，全覆盖")),
    ],
)
def test_goals_are_read_as_people_write_them(written: str, goal: Goal) -> None:
    assert load(changed("goal: 8,", f"goal: {written},")).items[0].targets[0].goal == goal


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("5", 5),
        ("-10", -10),
        ("{2023Q4: 2023-12-20}", {Period(2023, 4, Cycle.QUARTER): date(2023, 12, 20)}),
        ("{2023年第四季度: '2023-12-20'}", {Period(2023, 4, Cycle.QUARTER): date(2023, 12, 20)}),
    ],
)
def test_due_is_days_or_dates(written: str, due: object) -> None:
    assert load(changed("due: 0", f"due: {written}")).due == due


@pytest.mark.parametrize("written", ['"0533"', "0533", "'0533'"])
def test_a_telephone_number_keeps_its_leading_zero(written: str) -> None:
    text = changed('office_of: 县妇联, phone: "6967116"', f"office_of: 县妇联, phone: {written}")
    assert load(text).collector.phone == "0533"


@pytest.mark.parametrize("name", ["no", "2023-12-20", "1e3", "12:30", "0x1f", "yes"])
def test_a_name_is_what_is_written_whatever_yaml_makes_of_it(name: str) -> None:
    assert load(changed("name: 检查人数", f"name: {name}")).items[0].targets[1].name == name


def test_anchors_aliases_and_merges_are_read() -> None:
    text = changed(
        "responsible: [县教育和体育局, 县总工会]", "responsible: &all [县教育和体育局, 县总工会]"
    )
    text = text.replace("responsible: [县教育和体育局, 县民政局]", "responsible: *all")
    text = text.replace("- {name: 新改", "- &t {name: 新改").replace(
        '- {name: 建成率, goal: 43%, measure: "%", by: 县妇联}', "- {<<: *t, name: 建成率}"
    )
    programme = load(text)
    assert list(programme.items[2].units) == ["县教育和体育局", "县总工会"]
    assert programme.items[1].targets[0].goal == Goal(Decimal(8))


def test_full_width_marks_in_texts_are_left_alone() -> None:
    text = changed(
        "brief: 面向全县", "brief: 重点：面向全县，“两癌”（免费）、100%覆盖；详见【附件】"
    )
    assert load(text).items[2].brief == "重点：面向全县，“两癌”（免费）、100%覆盖；详见【附件】"


def test_a_text_of_several_lines_may_hold_what_looks_like_a_key() -> None:
    text = changed("brief: 面向全县", "brief: |\n      name：甲\n      - 乙\n      goal: 8")
    assert load(text).items[2].brief == "name：甲\n- 乙\ngoal: 8\n"


# --- faults of writing ---------------------------------------------------------------------

WRITING = [
    ("year: 2023", "year‸：2023", "冒号是全角的"),
    ("name: 检查人数", "name‸：检查人数", "冒号是全角的"),
    ("name: 检查人数", "name‸：　检查人数", "冒号是全角的"),
    ("{name: 新改", "{name‸：新改", "冒号是全角的"),
    ("县教育和体育局: 1万", "县教育和体育局‸：1万", "冒号是全角的"),
    ("  县妇联: {", "  县妇联‸：{", "冒号是全角的"),
    ("{2023Q2: 0.6万", "{2023Q2‸：0.6万", "冒号是全角的"),
    ("year: 2023", "year‸:2023", "冒号后面缺少空格"),
    ("goal: 8,", "goal‸:8,", "冒号后面缺少空格"),
    ("year: 2023", "year:‸　2023", "冒号后面是全角空格"),
    ("year: 2023", "year‸ 2023", "“year”后面缺少冒号"),
    ("year: 2023", "year‸；2023", "不是“；”"),
    ("goal: 8,", "goal‸ 8,", "“goal”后面缺少冒号"),
    ("  县妇联: {", "  县妇联‸ {", "“县妇联”后面缺少冒号"),
    ("year: 2023", "year: 2023\n‸这是今年的", "这一行没有冒号"),
    ("[县教体局, 教体局]", "[县教体局‸，教体局]", "“，”是中文标点"),
    ("goal: 8, measure", "goal: 8‸，measure", "“，”是中文标点"),
    ("1万, 县总工会", "1万‸，县总工会", "“，”是中文标点"),
    ("goal: 8, measure", "goal: 8 ‸measure", "缺少逗号"),
    ("{aliases: [妇联], phone", "{aliases: [妇联] ‸phone", "缺少逗号"),
    ("[县教体局, 教体局]", "‸【县教体局, 教体局]", "“【”是中文括号"),
    ("[县教体局, 教体局]", "[县教体局, 教体局‸】", "“】”是中文括号"),
    ("[县教体局, 教体局]", "‸[县教体局, 教体局", "请在这一项的末尾补上 ]"),
    ("[县教体局, 教体局]", "‸县教体局, 教体局]", "补上“[”"),
    ("{aliases: [妇联], phone", "{aliases: ‸妇联], phone", "补上“[”"),
    ("{aliases: [妇联], phone", "{aliases: [妇联‸}, phone", "应写半角的“]”"),
    ("{members: [田镇街道, 芦湖街道]}", "{members: [田镇街道, 芦湖街道‸}", "“}”前面缺少“]”"),
    ("{members: [田镇街道, 芦湖街道]}", "‸members: [田镇街道, 芦湖街道]}", "补上“{”"),
    ("[县教体局, 教体局]", "[县教体局, 教体局]‸]", "“]”多出来了"),
    ("goal: 8, measure", "goal: {text: 全覆盖, ‸measure", "缺少“}”"),
    ('measure: "%"', "measure: ‸%", '应写成 "%"'),
    ("measure: 人", "measure: ‸@人", '应写成 "@人"'),
    ("measure: 人", "measure: ‸`人", '应写成 "`人"'),
    ("measure: 人", "measure: ‸*人", '应写成 "*人"'),
    ("brief: 面向全县", "brief: ‸>面向全县", "“>”开头的内容要加引号"),
    ("brief: 面向全县", "brief: 重点‸: 面向全县", "内容里有冒号"),
    ("brief: 面向全县", "brief: 面向全县 ‸responsible: [县教育和体育局, 县民政局]", "应另起一行"),
    ("brief: 面向全县", 'brief: ‸"面向"全县', '引号只括住了"面向"'),
    ("brief: 面向全县", 'brief: ‸"面向全县', "引号没有收尾"),
    ("brief: 面向全县", 'brief: 面向全县‸"', "前面缺少引号"),
    ('[妇联], phone: "6967116"', '[妇联], phone: ‸"6967116', "引号没有收尾"),
    ('[妇联], phone: "6967116"', "[妇联], phone: ‸“6967116”", '应写成 "6967116"'),
    ("aliases: [县教体局", "aliases: [‸“县教体局”", "引号是全角的"),
    ("    brief: 面向全县", "‸\tbrief: 面向全县", "缩进用了 Tab"),
    ("    brief: 面向全县", "‸　　brief: 面向全县", "缩进用了全角空格"),
    ("    brief: 面向全县", "     ‸brief: 面向全县", "应空 4 格，与第 27 行的“name”对齐"),
    ("    brief: 面向全县", "   ‸brief: 面向全县", "应空 4 格，与第 27 行的“name”对齐"),
    ("  - name: 实施儿童", "   ‸- name: 实施儿童", "应空 2 格，与第 11 行的“-”对齐"),
    ("  - name: 实施儿童", "‸- name: 实施儿童", "应空 2 格，与第 11 行的“-”对齐"),
    ("  - name: 实施优质", "   ‸- name: 实施优质", "应空 2 格，与下面各行对齐"),
    ("  县妇联: {", "‸县妇联: {", "应空 2 格，与第 31 行的“县教育和体育局”对齐"),
    ("  - name: 实施儿童", "  ‸-name: 实施儿童", "“-”后面缺少空格"),
    ("  - name: 实施儿童", "  ‸－ name: 实施儿童", "“－”是中文的横线"),
    ("      - 县民政局", "      ‸-县民政局", "“-”后面缺少空格"),
    ("  - name: 实施儿童", "    ‸name: 实施儿童", "前面要加“- ”"),
    ("  - name: 实施优质", "    ‸name: 实施优质", "“name”前面缺少“- ”"),
    ("cycle: quarter", "cycle: quarter\n‸cycle: quarter", "“cycle”写了两次（第 4 行和第 5 行）"),
    ("brief: 面向全县", "brief: 面‸\u200b向全县", "看不见的字符（U+200B）"),
    ("year: 2023", "year: 2023‸\x00", "看不见的字符（U+0000）"),
    ("brief: 面向全县", 'brief: "面向‸\\d全县"', "反斜杠"),
    ("year: 2023", "year: 2023\n‸---", "文件里出现了“---”"),
]


@pytest.mark.parametrize(("old", "new", "piece"), WRITING)
def test_each_fault_of_writing_is_named_alone_at_its_place(old: str, new: str, piece: str) -> None:
    check(changed(old, new), piece)


# --- faults of structure -------------------------------------------------------------------

STRUCTURE = [
    ("id: gaoqing-2023", "id: ‸Gaoqing_2023", "只用小写英文字母、数字和减号"),
    ("year: 2023", "year: ‸1999", "2000 至 2099"),
    ("year: 2023", "year: ‸23年", "2000 至 2099"),
    ("cycle: quarter", "cycle: ‸季度", "half-year（按半年）"),
    ("stamped: true", "stamped: ‸是", "应写成 true（是）或 false（否）"),
    ("stamped: true", "stamped: ‸yes", "应写成 true（是）或 false（否）"),
    ("due: 0", "due: ‸月底", "期末后的天数"),
    ("due: 0", "due: ‸1000", "期末后的天数"),
    ("due: 0", "due: {2023Q4: ‸12月20日}", "应写成年-月-日"),
    ("first: 2023Q2", "first: ‸2", "应写成期次"),
    ("form: annex", "form: ‸[annex]", "报表式样的名称"),
    ("form: annex", "form: ‸{}", "“form”是空的"),
    ("form: annex", "‸isuer: 某办", "是不是“issuer”？"),
    ("form: annex", "‸文号: 某文", "是不是“document”？"),
    ("form: annex", "‸颜色: 红", "没有“颜色”这个键；这里可写：id、programme"),
    ("form: annex", "‸targets: []", "它属于 items 里的一件实事"),
    ("    brief: 面向全县", "    ‸aliases: [甲]", "它属于 units 里的一个单位"),
    ("    brief: 面向全县", "    ‸责任单位: 县妇联", "是不是“responsible”？"),
    ("    brief: 面向全县", "    ‸measures: 个", "没有“measures”这个键"),
    ("    brief: 面向全县", "    brief: ‸100", "应写成文字"),
    ("    brief: 面向全县", "    ‸brief:", "“brief”后面没有内容"),
    ("    brief: 面向全县", "    plan: ‸面向全县", "应逐期写"),
    ("    brief: 面向全县", "    id: ‸甲", "1 至 8 个英文字母或数字"),
    ("    brief: 面向全县", "    id: ‸123456789", "1 至 8 个英文字母或数字"),
    ("goal: 8, measure", "goal: 8, id: ‸甲, measure", "1 至 4 个英文字母或数字"),
    ("goal: 8, measure", "goal: 1,‸500, measure", "数字不写千分位"),
    ("goal: 8, measure", "goal: ‸[8], measure", "应写成数字"),
    ("goal: 8, measure", "goal: {‸mim: 8}, measure", "是不是“min”？"),
    ("goal: 8, measure", "goal: ‸{}, measure", "“goal”是空的"),
    ("- {name: 新改扩建幼儿园, goal: 8, ", "- ‸{name: 新改扩建幼儿园, ", "缺少“goal”（年度目标）"),
    ("- {name: 新改扩建幼儿园, goal: 8, ", "- ‸{goal: 8, ", "缺少“name”（指标名称）"),
    ("pace: end", "pace: ‸年底", "even（均匀推进）"),
    ("pace: end", "kind: ‸total", "sum（全年累加）"),
    ("pace: end", "combine: ‸avg", "sum（相加）"),
    ("pace: end", "by: ‸[]", "“by”是空的"),
    ("pace: end", "by: ‸5", "应写成单位名称"),
    ("1万, 县总工会: 0.5万", "1万, 县总工会: ‸[5]", "这个单位承担的数"),
    ("name: 检查人数", "name: ‸[检查人数]", "“name”写成了列表；应写成一行文字"),
    ("name: 检查人数", "name: ‸''", "“name”是空的"),
    ("name: 检查人数", "name: ‸'检查人数 '", "首尾不留空格"),
    ("name: 检查人数", 'name: ‸"检查\\n人数"', "应写成一行文字"),
    ("name: 检查人数", "name: ‸|\n          检查人数", "应写成一行文字"),
    ("name: 检查人数", "name: ‸true", "“name”写成了 true"),
    ("[县教育和体育局, 县民政局]", "[县教育和体育局, 县民政局, ‸'']", "这一项是空的"),
    ("[县教育和体育局, 县民政局]", "[县教育和体育局, 县民政局, ‸5]", "这一项写成了数字 5"),
    ("lead: [县妇联]", "lead: ‸{县妇联: 1}", "应写成单位名称的列表"),
    ("email: jtj@example.gov.cn", "email: ‸jtj＠example.gov.cn", "应写一个邮箱地址"),
    ("email: jtj@example.gov.cn", "email: ‸jtj.example.gov.cn", "应写一个邮箱地址"),
    ("email: jtj@example.gov.cn", "email: ‸a@b.cn;c@d.cn", "应写一个邮箱地址"),
    (
        "  各镇（街道）: {members: [田镇街道, 芦湖街道]}",
        "  各镇（街道）: ‸田镇街道",
        "应写成 {members",
    ),
    ("  县妇联: {aliases", "  ‸' 县妇联': {aliases: [女联]}\n  县妇联: {aliases", "作名称不合要求"),
]


@pytest.mark.parametrize(("old", "new", "piece"), STRUCTURE)
def test_each_fault_of_structure_is_named_alone_at_its_place(
    old: str, new: str, piece: str
) -> None:
    check(changed(old, new), piece)


@pytest.mark.parametrize(
    ("line", "piece"),
    [
        ("id: gaoqing-2023\n", "整个文件缺少“id”（方案编号）；请补上，如 id: gaoqing-2023"),
        ("programme: 2023年为全县妇女儿童办实事\n", "整个文件缺少“programme”（方案名称）"),
        ("year: 2023\n", "整个文件缺少“year”（年度）"),
        ("cycle: quarter\n", "整个文件缺少“cycle”（报送周期）"),
    ],
)
def test_a_missing_key_is_named_at_the_start_of_its_mapping(line: str, piece: str) -> None:
    check("‸" + changed(line, ""), piece)


def test_a_list_with_no_items_is_named() -> None:
    check("id: a\nprogramme: 甲\nyear: 2023\ncycle: month\nitems: ‸[]\n", "“items”是空的")


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n"])
def test_an_empty_file_is_one_fault(text: str) -> None:
    check("‸" + text, "文件是空的")


def test_a_file_that_is_no_mapping_is_one_fault() -> None:
    check("‸- 甲\n- 乙\n", "整个文件写成了列表；应由“键: 值”各行组成")


# --- faults of meaning ---------------------------------------------------------------------

MEANING = [
    # units
    ("  县妇联: {", "  ‸县财政局: {}\n  县妇联: {", "在事项和单位组里都没有用到"),
    ("  县妇联: {", "  ‸县教育和体有局:\n  县妇联: {", "是不是“县教育和体育局”？"),
    ("[县教育和体育局, 县民政局]", "[县教育和体育局, ‸县教育和体育局]", "写了两次"),
    ("      - 县民政局", "      - ‸县妇联", "写了两次（另一处在第 21 行）"),
    ("[县教育和体育局, 县民政局]", "[县教育和体育局, ‸县教体局]", "这里应写“县教育和体育局”"),
    ("[县教育和体育局, 县民政局]", "[‸县教育和体有局, 县民政局]", "只差一个字"),
    ("[县教育和体育局, 县民政局]", "[‸县教育体育局, 县民政局]", "只差一个字"),
    ("[县教育和体育局, 县民政局]", "[县教育和体育局, ‸各镇(街道)]", "应写成“各镇（街道）”"),
    ("[县教育和体育局, 县民政局]", "‸县教育和体育局、县民政局", "[县教育和体育局, 县民政局]"),
    ("[县教育和体育局, 县民政局]", "[‸县教育和体育局 县民政局]", "[县教育和体育局, 县民政局]"),
    ("aliases: [妇联]", "aliases: [妇联, ‸教体局]", "已经是“县教育和体育局”的别名"),
    ("aliases: [妇联]", "aliases: [妇联, ‸县教育和体育局]", "已经是另一个单位"),
    ("aliases: [妇联]", "aliases: [妇联, ‸各镇（街道）]", "已经是另一个单位或单位组的名称"),
    ("aliases: [妇联]", "aliases: [‸妇联、县妇女联合会]", "像是几个名称"),
    ("aliases: [妇联]", "formerly: [‸教体局]", "已经是“县教育和体育局”的别名"),
    # groups
    ("{members: [田镇街道, 芦湖街道]}", "{members: ‸[]}", "“members”是空的"),
    ("[田镇街道, 芦湖街道]", "[田镇街道, ‸田镇街道]", "成员“田镇街道”写了两次"),
    ("[田镇街道, 芦湖街道]", "[田镇街道, ‸各镇（街道）]", "是单位组，不能用在单位组里"),
    ("{members: [田镇街道, 芦湖街道]}", "{collected_by: ‸各镇（街道）}", "是单位组"),
    ("groups:\n", "groups:\n  ‸各高校: {collected_by: 县妇联}\n", "没有一件实事用到单位组“各高校”"),
    # collector and form
    ("office_of: 县妇联", "office_of: ‸市妇联", "是不是“县妇联”？"),
    ("office_of: 县妇联", "office_of: ‸海关", "不是本方案的单位；请写责任单位的名称"),
    ("form: annex", "form: ‸anex", "是不是“annex”？可用的有：annex、lead、plan"),
    # periods
    ("first: 2023Q2", "first: ‸2023H1", "与 cycle 不符，本方案按季度报送；应写成 2023Q2"),
    ("first: 2023Q2", "first: ‸2022Q2", "不在 2023 年之内"),
    ("first: 2023Q2", "first: ‸春天", "“春天”不是期次"),
    ("due: 0", "due: {‸2024Q4: 2024-12-20}", "不在 2023 年之内"),
    ("due: 0", "due: {2023Q4: ‸2023-12-32}", "没有“2023-12-32”这一天"),
    ("due: 0", "due: {2023Q4: ‸2032-12-20}", "请核对年份和月份"),
    ("due: 0", "due: {2023Q4: ‸2023-01-20}", "请核对年份和月份"),
    ("due: 0", "due: {2023Q4: 2023-12-20, ‸2023年第四季度: 2023-12-21}", "2023Q4 写了两次"),
    ("brief: 面向全县", "plan: {‸2023H1: 甲}", "与 cycle 不符"),
    ("brief: 面向全县", "from: ‸2022Q1", "不在 2023 年之内"),
    ("brief: 面向全县", "until: ‸年底", "不是期次"),
    ("brief: 面向全县", "from: ‸2023Q3\n    until: 2023Q2", "晚于终止期 2023Q2"),
    ("[妇联], phone", "[妇联], from: ‸2023H1, phone", "与 cycle 不符"),
    ("{2023Q2: 0.6万, 2023Q4", "{‸2023-05: 0.6万, 2023Q4", "与 cycle 不符"),
    # items, targets, figures
    (
        "name: 实施儿童友好城市建设行动",
        "name: ‸实施优质教育资源扩增赋能行动",
        "与第 11 行的事项同名",
    ),
    ("    brief: 面向全县", "    id: ‸02", "编号“02”与第 20 行的重复"),
    ("        goal: 1.5万", "        goal: 1.5万\n        id: ‸1", "编号“1”与第 14 行的重复"),
    ("goal: 8,", "goal: ‸很多,", "{text: 很多}"),
    ("goal: 8,", "goal: ‸8所,", "应只写数字 8（表示不少于"),
    ("goal: 8,", "goal: ‸约8,", "约数应写成 {about: 8}"),
    ("goal: 8,", "goal: ‸不超过8,", "上限应写成 {max: 8}"),
    ("goal: 8,", "goal: ‸1.2.3,", "读不出数字"),
    ("goal: 8,", "goal: ‸9-8,", "下限 9 大于上限 8"),
    ("goal: 8,", "goal: ‸{min: 9, max: 8},", "下限 9 大于上限 8"),
    ("goal: 8,", "goal: ‸{min: 九个},", "“九个”读不出数字；应写成 min: 30"),
    ("goal: 8,", "goal: ‸{text: 多, min: 8},", "不能写在一起"),
    ("goal: 8,", "goal: ‸8%,", "计量单位却是“所”"),
    ("pace: end", "‸base: 4", "没有基数"),
    ("pace: end", "kind: level, base: ‸很低", "“很低”读不出数字"),
    ("pace: end", "‸combine: max", "没有可合并的"),
    ("{2023Q2: 0.6万", "{2023Q2: ‸一半", "“一半”读不出数字"),
    ("2023Q4: 1.5万}", "2023Q4: ‸0.5万}", "少于到 2023Q2 的 6000"),
    ("2023Q4: 1.5万}", "2023Q4: ‸1.6万}", "阶段目标 16000 超过年度目标 15000"),
    ("by: 县妇联", "by: ‸县总工会", "应从这里选：县妇联、各镇（街道）、县民政局"),
    ("by: 县妇联", "by: [县妇联, ‸县妇联]", "“县妇联”写了两次"),
    ("by: 县妇联", "by: ‸妇联", "是不是“县妇联”？"),
    ("by: 县妇联", "by: {各镇（街道）: ‸43}", "一个数分不到各成员"),
    ("1万, 县总工会: 0.5万", "1万, 县总工会: ‸半", "“半”读不出数字"),
    (
        "by: {县教育和体育局: 1万, 县总工会",
        "‸by: {县教育和体育局: 0.1万, 县总工会",
        "合计 6000，不到年度目标 15000",
    ),
    ("goal: 8, measure: 所", "goal: 1-2, ‸by: {县总工会: 3}, measure: 所", "超过年度目标的上限 2"),
]


@pytest.mark.parametrize(("old", "new", "piece"), MEANING)
def test_each_fault_of_meaning_is_named_alone_at_its_place(old: str, new: str, piece: str) -> None:
    check(changed(old, new), piece)


def test_an_item_without_units_is_named_at_its_start() -> None:
    text = changed("    responsible: [县教育和体育局, 县民政局]\n", "")
    check(text.replace("- name: 实施特殊", "- ‸name: 实施特殊"), "没有责任单位")


def test_an_item_with_supporting_units_alone_is_named() -> None:
    text = changed("    responsible: [县教育和体育局, 县民政局]\n", "    support: [县民政局]\n")
    check(text.replace("- name: 实施特殊", "- ‸name: 实施特殊"), "只有配合单位")


def test_a_group_has_members_or_a_collector_and_not_both() -> None:
    group = "  各镇（街道）: {members: [田镇街道, 芦湖街道]}"
    check(changed(group, "  ‸各镇（街道）: {}"), "没有成员")
    both = "  ‸各镇（街道）: {members: [田镇街道], collected_by: 县妇联}"
    check(changed(group, both), "既有 members 又有 collected_by")


def test_a_milestone_above_the_goal_and_one_that_falls_are_two_faults() -> None:
    text = changed("{2023Q2: 0.6万", "{2023Q2: ‸2万").replace("2023Q4: 1", "2023Q4: ‸1")
    check(text, "超过年度目标", "少于到 2023Q2 的 20000")


@pytest.mark.parametrize(
    ("once", "other"),
    [
        ("区教体局", "区文体局"),
        ("团县委", "团区委"),
        ("区法院", "区检察院"),
        ("县残联", "县科协"),
        ("县财政局", "县司法局"),
    ],
)
def test_different_units_with_short_like_names_are_no_fault(once: str, other: str) -> None:
    text = changed("[县教育和体育局, 县民政局]", f"[县教育和体育局, {once}]")
    assert faults_in(text.replace("      - 县民政局", f"      - {other}")) == []


def test_like_names_side_by_side_are_meant() -> None:
    assert faults_in(changed("[田镇街道, 芦湖街道]", "[沂南县人民政府, 沂水县人民政府]")) == []


def test_a_like_name_that_is_listed_in_units_is_meant() -> None:
    text = changed("[县教育和体育局, 县民政局]", "[县教育和体有局, 县民政局]")
    assert faults_in(text.replace("units:\n", "units:\n  县教育和体有局:\n")) == []


def test_a_like_name_used_twice_is_meant() -> None:
    text = changed("[县教育和体育局, 县民政局]", "[县教育和体有局, 县民政局]")
    twice = text.replace("      - 县民政局", "      - 县民政局\n      - 县教育和体有局")
    assert faults_in(twice) == []


def test_a_former_name_may_stand_until_the_unit_is_renamed() -> None:
    text = changed("[县教育和体育局, 县民政局]", "[县教育和体育局, 县教育局]")
    text = text.replace("email: jtj", "formerly: [县教育局]\n    email: jtj")
    assert faults_in(text.replace("  县妇联: {", "  县教育局: {until: 2023Q2}\n  县妇联: {")) == []


def test_parts_may_come_to_more_than_a_floor() -> None:
    assert faults_in(changed("县总工会: 0.5万", "县总工会: 0.9万")) == []


# --- many at once --------------------------------------------------------------------------


def test_thirteen_faults_of_writing_at_once() -> None:
    text = """\
id: gaoqing-2023
programme‸：2023年为全县妇女儿童办实事
year‸:2023
cycle: quarter
collector: {name: 县妇儿工委办公室‸， office_of: 县妇联, phone: ‸“6967116”}
items:
  - name: 实施"心希望"行动‸: 第一步
‸\tresponsible: [县卫生健康局‸，县妇联]
  ‸-name: 第二件
    lead: ‸【县妇联‸】
    targets:
      - {name: 建成率, goal: 43%, measure: ‸%}
     ‸support: ‸[县残联
  - name: 第三件
    lead: [县妇联]
"""
    check(
        text,
        "冒号是全角的", "冒号后面缺少空格", "是中文标点", "引号是全角的", "内容里有冒号",
        "Tab", "是中文标点", "“-”后面缺少空格", "是中文括号", "是中文括号", '应写成 "%"',
        "应空 4 格", "补上 ]",
    )  # fmt: skip


def test_seventeen_faults_of_structure_and_meaning_at_once() -> None:
    text = """\
id: ‸高青
programme: 2023年为全县妇女儿童办实事
year: ‸20233
cycle: quarter
first: ‸2023H1
stamped: ‸是
form: ‸tabel
items:
  - name: 第一件
    ‸responsable: [县教育和体育局, 县总工会]
    targets:
      - {name: 幼儿园, goal: ‸很多, measure: 所}
      - ‸{name: 学位, measure: 个}
      - {name: 检查, goal: 10, by: ‸县财政局, pace: ‸ends}
  - ‸name: 第二件
  - name: ‸第一件
    lead: [‸县教育和体有局, 县总工会]
units:
  县总工会: {aliases: [工会], email: ‸总工会}
  县教育和体育局: {aliases: [‸工会]}
  ‸县海关:
groups:
  ‸各高校: {collected_by: 县总工会}
"""
    check(
        text,
        "小写英文字母", "2000 至 2099", "与 cycle 不符", "true（是）", "没有“tabel”",
        "是不是“responsible”", "读不出数字", "缺少“goal”", "应从这里选：县教育和体育局、县总工会",
        "even", "没有责任单位", "同名", "只差一个字", "邮箱", "已经是“县总工会”", "没有用到",
        "没有一件实事用到",
    )  # fmt: skip


def test_faults_of_every_sort_at_once_in_a_bundled_programme() -> None:
    written = (TEMPLATES / "programmes" / "gaoqing-2023.yaml").read_text("utf-8")
    edits = [
        ("year: 2023\n", "year: ‸2203\n"),
        ('phone: "6967116"', 'phone: ‸"6967116'),
        ("[县教育和体育局]\n", "‸[县教育和体育局\n"),
        ("goal: 4.55, measure: 个, kind: level", "goal: 4.55‸，measure: 个, kind: ‸levle"),
        ('goal: 20%, measure: "%"', "goal: 20%, measure: ‸%"),
        ("[县人力资源和社会保障局, 县妇联]", "[‸县人力资源和社会保漳局, 县妇联]"),
        ("goal: {text: 应训尽训}", "goal: {‸txt: 应训尽训}"),
        ("by: 县文明办", "by: ‸县文旅局"),
        ("  - name: 实施特殊困难", "   ‸- name: 实施特殊困难"),
        ("  团县委: {aliases: [县团委", "  团县委‸：{aliases: [县团委"),
        ("{aliases: [残联, ", "{aliases: [‸科协, "),
    ]
    for old, new in edits:
        assert written.count(old) == 1, old
        written = written.replace(old, new)
    check(
        written,
        "2000 至 2099", "引号没有收尾", "补上 ]", "是中文标点", "sum（全年累加）", '应写成 "%"',
        "只差一个字", "是不是“text”", "不是这件实事的单位",
        "应空 2 格", "冒号是全角的", "已经是“县科协”",
    )  # fmt: skip


def test_what_cannot_be_read_is_not_said_to_be_missing() -> None:
    check(changed("cycle: quarter", 'cycle: "quarter‸\\q"'), "双引号里的反斜杠")


# --- encodings -----------------------------------------------------------------------------


def test_utf8_with_a_byte_order_mark_is_sound() -> None:
    assert faults_in(b"\xef\xbb\xbf" + SOUND.encode()) == []


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_any_line_end_is_sound(end: str) -> None:
    assert faults_in(SOUND.replace("\n", end).encode()) == []


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("gbk", "GBK（记事本叫 ANSI）"),
        ("utf-16", "UTF-16（记事本叫 Unicode）"),
        ("utf-16-le", "UTF-16（记事本叫 Unicode）"),
        ("utf-16-be", "UTF-16（记事本叫 Unicode）"),
    ],
)
def test_another_encoding_is_named_and_the_rest_is_checked_all_the_same(
    codec: str, name: str
) -> None:
    written = changed("year: 2023", "year‸：2023").replace("goal: 8,", "goal: ‸很多,")
    text, places = marked(written)
    found = faults_in(text.encode(codec))
    assert [(line, column) for line, column, _ in found] == [(1, 1), *places]
    assert found[0][2].startswith(f"文件编码是 {name}，不是 UTF-8；请用记事本打开")


def test_a_damaged_byte_is_named_at_its_place() -> None:
    data = SOUND.encode().replace("全县\n    resp".encode(), "全".encode() + b"\xff\n    resp")
    found = [(line, column, message[:6]) for line, column, message in faults_in(data)]
    assert found == [(28, 15, "这里有乱码（")]


# --- robustness ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "- " * 200_000, "? " * 3_000, "x" * 3_000_000, "a: &a [*a]"],
    ids=["brackets", "dashes", "questions", "size", "circle"],
)
def test_a_file_that_would_bring_yaml_down_is_refused(text: str) -> None:
    assert faults_in(text) != []


def test_references_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [甲, 乙, 丙, 丁, 戊, 己, 庚, 辛, 壬]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert any("绕成了圈" in message for _, _, message in faults_in("\n".join(lines)))


@pytest.mark.parametrize(("old", "new", "piece"), WRITING[::3] + STRUCTURE[::5])
def test_faults_are_the_same_without_libyaml(
    old: str, new: str, piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compose, "_LOADER", yaml.SafeLoader)
    check(changed(old, new), piece)


MARKS = "：，“”\"'{}[]#&*!|>%@`-? \t\n\r　:,.01年~<=\x00\ufeff\u2028、；【】（）"


@settings(max_examples=150, deadline=None)
@given(
    file=st.sampled_from(REAL),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.text(MARKS, max_size=4)),
        min_size=1,
        max_size=12,
    ),
    codec=st.sampled_from(["utf-8", "utf-8", "gb18030", "utf-16"]),
)
def test_no_mutation_of_a_real_file_is_beyond_it(
    file: Path, edits: list[tuple[float, int, str]], codec: str
) -> None:
    text = file.read_text("utf-8")
    for where, length, new in edits:
        at = int(where * len(text))
        text = text[:at] + new + text[at + length :]
    programme, faults = load_programme(text.encode(codec), FORMS)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert (programme is None) == bool(faults)
    assert list(faults) == sorted(set(faults))
    assert [f for f in faults if not 1 <= f.column <= len(lines[f.line - 1]) + 1] == []


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_are_beyond_it(source: bytes) -> None:
    programme, faults = load_programme(source, FORMS)
    assert programme is None
    assert faults != ()


# --- a form written in items.yaml ----------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    [
        "form:\n  page: landscape\n  columns:\n    - {header: 序号, source: item.number}\n",
        "form: {page: landscape, columns: [{header: 序号, source: item.number}]}\n",
    ],
)
def test_a_form_in_items_yaml_is_cut_out_at_its_own_place(form: str) -> None:
    text = changed("form: annex\n", form)
    cut = inline_form(text.encode())
    assert load(text).form == INLINE_FORM
    assert cut is not None
    assert yaml.safe_load(cut) == yaml.safe_load(text)["form"]
    places = [
        (row, line.index("landscape"))
        for source in (text, cut.decode())
        for row, line in enumerate(source.splitlines())
        if "landscape" in line
    ]
    assert places[0] == places[1]


def test_without_a_form_in_it_there_is_none_to_cut_out() -> None:
    assert inline_form(SOUND.encode()) is None
