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
from shishi_xl.model import Collector, Combine, Goal, Group, Kind, Pace, Programme, Role, Unit
from shishi_xl.period import Cycle, Period

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


@pytest.mark.parametrize("width", [30, 80])
@pytest.mark.parametrize("indent", [2, 4])
@pytest.mark.parametrize("flow", [None, True, False])
@pytest.mark.parametrize("style", [None, '"', "'"])
@pytest.mark.parametrize("file", REAL, ids=lambda f: f.stem)
def test_the_same_programme_in_any_yaml_style_is_read_alike(
    file: Path, width: int, indent: int, flow: bool | None, style: str | None
) -> None:
    data = yaml.safe_load(file.read_text("utf-8"))
    text = yaml.dump(
        data, allow_unicode=True, width=width, indent=indent, sort_keys=False,
        default_flow_style=flow, default_style=style,
    )  # fmt: skip
    assert load(text) == load(file.read_text("utf-8"))


@pytest.mark.parametrize("file", REAL, ids=lambda f: f.stem)
def test_the_schema_accepts_what_editors_see_of_each_bundled_programme(file: Path) -> None:
    schema = json.loads((TEMPLATES / "items.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(file.read_text("utf-8")), schema)


def test_every_key_of_the_schema_is_described_in_chinese() -> None:
    schema = json.loads((TEMPLATES / "items.schema.json").read_text("utf-8"))
    objects = [schema, *(d for d in schema["$defs"].values() if "properties" in d)]
    keys = [(o["title"], k, v) for o in objects for k, v in o["properties"].items()]
    bare = [(title, k) for title, k, v in keys if not any("一" <= c for c in v["description"])]
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
        ("85%", Goal(Decimal(85))),
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
    ("goal: 8,", "goal: {text: 全覆盖, ‸measure: 所, pace: end}", "缺少“}”"),
    ('measure: "%"', "measure: ‸%", '应写成 "%"'),
    ("measure: 人", "measure: ‸@人", '应写成 "@人"'),
    ("measure: 人", "measure: ‸`人", '应写成 "`人"'),
    ("measure: 人", "measure: ‸*人", '应写成 "*人"'),
    ("goal: 1.5万", "goal: ‸>=8", "“>”开头的内容要加引号"),
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
    ("year: 2023", "year: 2023\n‸? [甲]\n: 乙", "键应是一个名称"),
    ("brief: 面向全县", 'brief: "面向‸\\d全县"', "反斜杠"),
    ("year: 2023", "year: 2023\n‸---", "文件里出现了“---”"),
]


@pytest.mark.parametrize(("old", "new", "piece"), WRITING)
def test_each_fault_of_writing_is_named_alone_at_its_place(old: str, new: str, piece: str) -> None:
    check(changed(old, new), piece)
