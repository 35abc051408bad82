"""items.yaml changes during the year: forms of every version are read, each period stays itself."""

from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from shishi_xl.consolidate import consolidate
from shishi_xl.finalise import finalise
from shishi_xl.init import init
from shishi_xl.office import load_office
from shishi_xl.problems import CannotStart
from shishi_xl.status import read_status

from .clerk import Clerk, Found, read_table
from .year.book_edit import plain_book

WOMEN, OLD, NEW = "县妇联", "县教育和体育局", "县教育体育局"
JULY, OCTOBER = date(2023, 7, 5), date(2023, 10, 9)
LATE, AUTUMN = datetime(2023, 10, 1, 9), datetime(2023, 9, 28, 9)
SCHOOLS = "实施优质教育资源扩增赋能行动"
FRIENDLY = "实施儿童友好城市建设行动"
CANTEEN = """
  - name: 建设社区老年食堂
    responsible: [县民政局]
    targets:
      - {name: 老年食堂, goal: 4, measure: 处}
"""


def edits(clerk: Clerk, *changes: tuple[str, str]) -> None:
    """Office staff change items.yaml: each text that stands there gives way to another."""
    items = clerk.workspace.items_file
    text = items.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    items.write_text(text, "utf-8")


def puts_in_third(clerk: Clerk, item: str = CANTEEN) -> None:
    edits(clerk, (f"\n  - name: {FRIENDLY}", f"{item}\n  - name: {FRIENDLY}"))


def renames(clerk: Clerk, more: str = "") -> None:
    edits(
        clerk,
        (OLD, NEW),
        (f"  {NEW}: {{aliases: [", f"  {NEW}: {{{more}formerly: [{OLD}], aliases: ["),
    )


def troubles(found: Found) -> tuple[tuple[str, str, str], ...]:
    """What was not recognised, or not read as it was sent."""
    return tuple(p for p in found.problems if p[2][0] in "FRL")


@pytest.fixture
def second(clerk: Clerk) -> Clerk:
    """The second quarter: all have returned, and it is summed up."""
    for unit in clerk.forms("2023Q2"):
        clerk.receives(clerk.filled(unit, "二", "2023Q2"), f"二季度{unit}.xlsx")
    clerk.consolidates("2023Q2", JULY)
    return clerk


def targets(clerk: Clerk, period: str) -> dict[tuple[str, str], str]:
    """(target, unit) → 上期累计."""
    file = clerk.workspace.root / "outbox" / period / f"汇总_{period}.xlsx"
    return {(r["指标"], r["责任单位"]): r["上期累计"] for r in read_table(file, "量化指标")}


def third(clerk: Clerk) -> Found:
    clerk.sends("2023Q3")
    for unit in clerk.forms("2023Q3"):
        clerk.receives(clerk.filled(unit, "三", "2023Q3"), f"三季度{unit}.xlsx", AUTUMN)
    return clerk.consolidates("2023Q3", OCTOBER)


# An item put in as number 3 in the third quarter.


def test_an_item_put_in_third_renumbers_the_others_and_loses_none(second: Clerk) -> None:
    before = second.consolidates("2023Q2", JULY).answers
    puts_in_third(second)
    found = third(second)
    numbers = {number: number + (number >= 3) for number in range(1, 11)}
    expected = {(numbers[n], u) for n, u in before} | {(3, "县民政局")}
    assert (set(found.answers), troubles(found)) == (expected, ())


def test_the_second_quarter_stays_as_it_was(second: Clerk) -> None:
    before = second.consolidates("2023Q2", JULY)
    puts_in_third(second)
    third(second)
    after = second.consolidates("2023Q2", OCTOBER)
    assert (after.answers, after.states) == (before.answers, before.states)


def test_a_late_correction_of_the_second_quarter_is_read_by_its_own_form(second: Clerk) -> None:
    form = second.filled(WOMEN, "二", "2023Q2")
    puts_in_third(second)
    third(second)
    form.fills(FRIENDLY, "更正后的进展")
    second.receives(form, "更正.xlsx", LATE)
    found = second.consolidates("2023Q2", OCTOBER)
    assert found.answers[3, WOMEN][0] == "更正后的进展"
    assert troubles(found) == ()


def test_the_figures_of_the_second_quarter_go_on_in_the_third(second: Clerk) -> None:
    puts_in_third(second)
    third(second)
    last = targets(second, "2023Q3")
    assert last["高品质儿童友好社区", WOMEN] == "2"
    assert last["老年食堂", "县民政局"] == ""


def test_a_row_without_mark_of_an_old_form_is_known_by_its_name_of_then(second: Clerk) -> None:
    form = second.filled(WOMEN, "改", "2023Q2")
    edits(second, (FRIENDLY, "实施儿童友好城区建设行动"))
    third(second)
    form.pastes_into_new_book(hidden=False)
    second.receives(form, f"2023Q2/{WOMEN}/粘贴.xlsx", LATE)
    found = second.consolidates("2023Q2", OCTOBER)
    assert found.answers[3, WOMEN][0].startswith("改")
    assert troubles(found) == ()


def test_each_period_prints_the_wording_of_its_time(second: Clerk) -> None:
    edits(second, (FRIENDLY, "实施儿童友好城区建设行动"))
    third(second)
    names = {}
    for period in ("2023Q2", "2023Q3"):
        second.consolidates(period, OCTOBER)
        file = second.workspace.root / "outbox" / period / f"汇总_{period}.xlsx"
        names[period] = {r["序号"]: r["实事名称"] for r in read_table(file, "明细")}["3"]
    assert names == {"2023Q2": FRIENDLY, "2023Q3": "实施儿童友好城区建设行动"}


def test_an_item_taken_out_in_the_third_quarter_stays_in_the_second(second: Clerk) -> None:
    before = second.consolidates("2023Q2", JULY)
    text = second.workspace.items_file.read_text("utf-8")
    start = text.index(f"  - name: {FRIENDLY}")
    second.workspace.items_file.write_text(
        text[:start] + text[text.index("  - name: 实施“心希望”") :], "utf-8"
    )
    found = third(second)
    assert max(n for n, _ in found.answers) == 9
    assert second.consolidates("2023Q2", OCTOBER).answers == before.answers


def test_that_old_items_yaml_is_used_is_said_and_how_to_renew(second: Clerk) -> None:
    puts_in_third(second)
    third(second)
    (note,) = read_status(second.workspace, "2023Q2", OCTOBER).notes
    assert "2023年第二季度按当时的 items.yaml" in note
    assert "shishi-xl generate 2023Q2 --renew" in note


def test_a_lost_form_of_the_second_quarter_is_made_anew_as_it_was(second: Clerk) -> None:
    file = second.forms("2023Q2")[WOMEN]
    before = file.read_bytes()
    puts_in_third(second)
    second.sends("2023Q3")
    file.unlink()
    second.sends("2023Q2")
    assert file.read_bytes() == before


def test_what_is_doubtful_stops_the_run_with_its_line(second: Clerk) -> None:
    puts_in_third(second, CANTEEN)
    text = second.workspace.items_file.read_text("utf-8")
    start = text.index("  - name: 实施巾帼创业创新行动")
    end = text.index("  - name: 实施家家幸福安康行动")
    moved = text[start:end].replace("实施巾帼创业创新行动", "实施巾帼创业就业行动")
    text = (text[:start] + text[end:]).replace("\nitems:\n", f"\nitems:\n{moved}")
    second.workspace.items_file.write_text(text, "utf-8")
    with pytest.raises(CannotStart, match=r'items\.yaml:\d+:\d+: .*是的，请在这里写 id: "06"'):
        second.sends("2023Q3")


# Within one period: forms went out twice, with other words.


def test_a_return_of_the_first_form_is_read_by_its_own_words(clerk: Clerk) -> None:
    form = clerk.filled(WOMEN)
    edits(
        clerk,
        ("高品质儿童友好社区", "高品质儿童友好社区（村）"),
        (FRIENDLY, "实施儿童友好城区建设行动"),
    )
    clerk.sends()
    clerk.receives(form, "按旧表填.xlsx")
    found = clerk.consolidates()
    assert (len(found.answers), troubles(found)) == (5, ())
    assert _figures(clerk, "2023Q2")["高品质儿童友好社区（村）", WOMEN] == "2"


def test_so_is_one_without_marks(clerk: Clerk) -> None:
    form = clerk.filled(WOMEN)
    edits(clerk, (FRIENDLY, "实施儿童友好城区建设行动"))
    clerk.sends()
    form.pastes_into_new_book(hidden=False)
    clerk.receives(form, f"2023Q2/{WOMEN}/粘贴.xlsx")
    found = clerk.consolidates()
    assert (3, WOMEN) in found.answers
    assert troubles(found) == ()


def test_so_is_one_that_has_the_old_names_of_units(clerk: Clerk) -> None:
    form = clerk.filled(OLD)
    renames(clerk)
    clerk.sends()
    form.pastes_into_new_book(hidden=False)
    clerk.receives(form, f"2023Q2/{OLD}/粘贴.xlsx")
    found = clerk.consolidates()
    assert ({u for _, u in found.answers}, troubles(found)) == ({NEW}, ())


# A unit that is called otherwise from the third quarter on.


@pytest.mark.parametrize("more", ["", "from: 2023Q3, "], ids=["from unsaid", "from said"])
def test_each_period_prints_the_unit_s_name_of_its_time(second: Clerk, more: str) -> None:
    renames(second, more)
    found = third(second)
    units = {period: {u for _, u in second.consolidates(period, OCTOBER).answers}
             for period in ("2023Q2", "2023Q3")}  # fmt: skip
    assert (NEW in units["2023Q3"], OLD in units["2023Q3"]) == (True, False)
    assert (NEW in units["2023Q2"], OLD in units["2023Q2"]) == (False, True)
    assert troubles(found) == ()


def test_a_renamed_unit_s_figures_go_on(second: Clerk) -> None:
    before = {k: row for k, row in _figures(second, "2023Q2").items() if k[1] == OLD}
    renames(second)
    third(second)
    last = targets(second, "2023Q3")
    assert before
    assert {k: last[k[0], NEW] for k in before} == before


def test_a_renamed_unit_s_course_has_no_gap(second: Clerk) -> None:
    renames(second)
    second.sends("2023Q3")
    summary = read_status(second.workspace, "2023Q3", OCTOBER)
    before, _ = summary.course
    assert {unit for _, _, unit in before.figures if "教育" in unit} == {NEW}


def _figures(clerk: Clerk, period: str) -> dict[tuple[str, str], str]:
    file = clerk.workspace.root / "outbox" / period / f"汇总_{period}.xlsx"
    return {(r["指标"], r["责任单位"]): r["本期累计"] for r in read_table(file, "量化指标")}


@pytest.mark.parametrize(
    "name",
    [
        f"{NEW}.xlsx",
        f"{OLD}.xlsx",
        f"{NEW}/更正.xlsx",
        f"{OLD}/更正.xlsx",
        f"2023Q2/{NEW}/更正.xlsx",
    ],
)
def test_a_correction_of_the_second_quarter_counts_under_either_name(
    second: Clerk, name: str
) -> None:
    form = second.filled(OLD, "二", "2023Q2")
    renames(second, "from: 2023Q3, ")
    third(second)
    form.fills(SCHOOLS, "更正后的进展")
    second.receives(form, name, LATE)
    found = second.consolidates("2023Q2", OCTOBER)
    assert (found.answers[1, OLD][0], troubles(found)) == ("更正后的进展", ())


@pytest.mark.parametrize("name", [f"{OLD}三季度.xlsx", f"2023Q3/{OLD}/a.xlsx", f"{NEW}三季度.xlsx"])
def test_a_table_without_marks_is_known_by_the_old_name_too(second: Clerk, name: str) -> None:
    renames(second)
    second.sends("2023Q3")
    unit = second.filled(NEW, "三", "2023Q3")
    unit.pastes_into_new_book(hidden=False, title=False)
    second.receives(unit, name, AUTUMN)
    found = second.consolidates("2023Q3", OCTOBER)
    assert found.answers[1, NEW][0].startswith("三")
    assert troubles(found) == ()


def test_before_forms_of_a_later_period_went_out_from_says_which_name_holds(second: Clerk) -> None:
    renames(second, "from: 2023Q3, ")
    found = second.consolidates("2023Q2", JULY)
    assert {u for _, u in found.answers if "教育" in u} == {OLD}
    assert troubles(found) == ()


# Two units that become one in the third quarter.


def merges(clerk: Clerk) -> None:
    """县科协 and 县文明办 become 县文科中心."""
    edits(clerk, ("县科协", "县文科中心"), ("县文明办", "县文科中心"))
    text = clerk.workspace.items_file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in text if not line.startswith("  县文科中心: {")]
    clerk.workspace.items_file.write_text(
        "".join(kept) + "  县文科中心: {formerly: [县科协, 县文明办], from: 2023Q3}\n", "utf-8"
    )


def test_units_that_merge_each_keep_their_own_past(second: Clerk) -> None:
    before = second.consolidates("2023Q2", JULY)
    merges(second)
    found = third(second)
    assert {(8, "县文科中心"), (7, "县文科中心")} <= set(found.answers)
    assert troubles(found) == ()
    after = second.consolidates("2023Q2", OCTOBER)
    assert (after.answers, troubles(after)) == (before.answers, ())


def test_a_merged_unit_goes_on_from_the_figures_of_both(second: Clerk) -> None:
    before = _figures(second, "2023Q2")
    merges(second)
    third(second)
    last = targets(second, "2023Q3")
    for target, unit in (("青少年科学家大讲堂", "县科协"), ("第三届全县文明家庭", "县文明办")):
        assert last[target, "县文科中心"] == before[target, unit] != ""


def test_what_merged_units_both_reported_adds_up_and_is_shown_by_name(clerk: Clerk) -> None:
    edits(
        clerk,
        (
            "goal: 30, measure: 场, by: 县文化和旅游局",
            "goal: 30, measure: 场, by: [县文化和旅游局, 县科协]",
        ),
    )
    clerk.sends("2023Q2")
    for unit, figure in (("县文化和旅游局", 7), ("县科协", 4)):
        form = clerk.filled(unit, "二", "2023Q2")
        form.reports("少儿阅读推广活动", figure)
        clerk.receives(form, f"{unit}.xlsx")
    clerk.consolidates("2023Q2", JULY)
    edits(clerk, ("[县文化和旅游局, 县科协]", "县文科局"), ("县文化和旅游局", "县文科局"))
    edits(clerk, ("by: 县科协", "by: 县文科局"),
          ("  县文科局: {", "  县文科局: {formerly: [县文化和旅游局, 县科协], from: 2023Q3, "),
          ("  县科协: {aliases: [科协, 县科学技术协会]}\n", ""))  # fmt: skip
    clerk.sends("2023Q3")
    clerk.consolidates("2023Q3", OCTOBER)
    assert targets(clerk, "2023Q3")["少儿阅读推广活动", "县文科局"] == "11"
    book = CalamineWorkbook.from_path(clerk.forms("2023Q3")["县文科局"])
    rows = book.get_sheet_by_name("上期填报").to_python()
    said = "\n".join(str(cell) for row in rows for cell in row)
    assert ("县文化和旅游局：二" in said, "县科协：二" in said) == (True, True)


def test_what_both_said_in_a_draft_is_the_old_text_of_the_one_that_they_became(
    clerk: Clerk,
) -> None:
    both = ("县文化和旅游局", "县科协")
    for unit in both:
        clerk.receives(clerk.filled(unit, "二", "2023Q2"), f"{unit}.xlsx")
    clerk.consolidates("2023Q2", JULY)
    finalise(clerk.workspace, "2023Q2", JULY)
    edits(clerk, *((unit, "县文科局") for unit in both),
          ("  县文科局: {aliases: [科协, 县科学技术协会]}\n", ""),
          ("  县文科局: {", "  县文科局: {formerly: [县文化和旅游局, 县科协], from: 2023Q2, "),
          ("[县文科局, 县文科局]", "[县文科局]"))  # fmt: skip
    found = consolidate(clerk.workspace, "2023Q2", JULY).summary
    old = {c.old for c in found.corrections if c.unit == "县文科局" and c.number == 8}
    said = next(text for text in old if "县科协：" in text)
    assert said.startswith("县文化和旅游局：二县文化和旅游局")


def test_a_correction_of_one_of_the_merged_units_is_its_own(second: Clerk) -> None:
    form = second.filled("县科协", "改", "2023Q2")
    merges(second)
    third(second)
    second.receives(form, "县文科中心/县科协更正.xlsx", LATE)
    found = second.consolidates("2023Q2", OCTOBER)
    assert found.answers[8, "县科协"][0].startswith("改")
    assert troubles(found) == ()


# Units that come and go.


def test_before_from_and_after_until_a_unit_has_no_duties(clerk: Clerk) -> None:
    edits(
        clerk,
        ("  县残联: {", "  县残联: {until: 2023Q2, "),
        ("  县科协: {", "  县科协: {from: 2023Q3, "),
    )
    units = {period: {d.duty.unit for d in read_status(clerk.workspace, period, OCTOBER).details}
             for period in ("2023Q2", "2023Q3")}  # fmt: skip
    assert ["县残联" in units["2023Q2"], "县残联" in units["2023Q3"]] == [True, False]
    assert ["县科协" in units["2023Q2"], "县科协" in units["2023Q3"]] == [False, True]


DISABLED, CARE = "县残联", "实施特殊困难儿童关爱行动"


def drops(clerk: Clerk) -> None:
    """县残联, whose only item is 9, is taken out of items.yaml."""
    edits(
        clerk,
        ("团县委, 县残联, ", "团县委, "),
        ("  县残联: {aliases: [残联, 县残疾人联合会]}\n", ""),
    )


def test_a_unit_that_was_dropped_is_asked_about_by_its_name(clerk: Clerk) -> None:
    form = clerk.filled(DISABLED)
    drops(clerk)
    clerk.receives(form, "来件.xlsx")
    found = clerk.consolidates()
    assert found.problems == (("来件.xlsx", "A4", "R08"),)
    assert found.rows[0]["问题"].startswith("认定为 县残联，")


def test_what_a_dropped_unit_wrote_in_a_whole_annex_is_nobody_else_s(clerk: Clerk) -> None:
    drops(clerk)
    head = ["序号", "实事名称", "责任单位", "本季度具体措施及任务进度情况", "完成时限"]
    rows = [["9", CARE, unit, f"{unit}走访三次。", "2023年12月底"] for unit in ("团县委", DISABLED)]
    book = plain_book(
        {"附件": [["填报单位：团县委", "", "", "期次：2023年第二季度"], head, *rows]}, LATE
    )
    clerk.receives(book, "附件.xlsx")
    found = clerk.consolidates()
    assert found.answers[9, "团县委"] == ("团县委走访三次。", "2023年12月底")
    assert ("附件.xlsx", "D4", "L13") in found.problems


def test_a_row_of_an_item_that_has_ended_leaves_the_others_in_no_doubt(clerk: Clerk) -> None:
    edits(
        clerk,
        ("  - name: 实施妇幼健康促进行动", "  - name: 实施妇幼健康促进行动\n    until: 2023Q2"),
    )
    unit = "县卫生健康局"
    clerk.receives(clerk.filled(unit), "2023Q3/来件.xlsx")  # the wrong quarter's form
    found = clerk.consolidates("2023Q3", OCTOBER)
    asked = [p for p in found.problems if p[2] in ("L04", "L13")]
    assert {code for _, _, code in asked} == {"L13"}
    assert {found.states[n, unit] for n in (2, 4, 5)} == {"已报送"}


def test_a_file_without_duties_in_its_own_period_says_nothing_of_another(clerk: Clerk) -> None:
    clerk.consolidates("2023Q2", JULY)
    clerk.sends("2023Q3")
    form = clerk.filled(DISABLED, period="2023Q3")
    edits(clerk, ("  县残联: {", "  县残联: {until: 2023Q2, "))
    clerk.receives(form, "来件.xlsx", AUTUMN)
    assert ("来件.xlsx", "A4", "R08") in clerk.consolidates("2023Q3", OCTOBER).problems
    assert clerk.consolidates("2023Q2", OCTOBER).states[9, DISABLED] == "未报送"


def test_a_form_in_another_period_s_folder_is_no_question_of_its_own_period(clerk: Clerk) -> None:
    form = clerk.filled(DISABLED)
    edits(clerk, ("  县残联: {", "  县残联: {until: 2023Q2, "))
    clerk.receives(form, "2023Q3/来件.xlsx", AUTUMN)
    found = clerk.consolidates("2023Q3", OCTOBER)
    assert [code for _, _, code in found.problems] == ["R08", "R05"]
    assert clerk.consolidates("2023Q2", OCTOBER).states[9, DISABLED] == "未报送"


def test_a_date_that_the_form_came_with_is_nothing_said_of_an_item_that_is_no_longer_its(
    second: Clerk,
) -> None:
    second.sends("2023Q3")
    form = second.unit("县检察院", "2023Q3")
    form.fills("实施家家幸福安康行动", "第三季度普法宣讲六场，覆盖八百人次。")
    edits(second, ("团县委, 县残联, 县检察院]", "团县委, 县残联]"))
    second.receives(form, "来件.xlsx", AUTUMN)  # the row of item 9 has its carried date alone
    found = second.consolidates("2023Q3", OCTOBER)
    assert found.receipts["来件.xlsx"] == "采用"
    assert "L13" not in {code for _, _, code in found.problems}


def test_a_row_that_stands_as_it_was_sent_is_known_though_another_item_bears_its_name_now(
    clerk: Clerk,
) -> None:
    unit, name = "县卫生健康局", "实施妇幼健康促进行动"
    form = clerk.filled(unit)
    edits(clerk, (f"  - name: {name}", f"  - id: '10'\n    name: {name}（修订）"))
    text = clerk.workspace.items_file.read_text("utf-8")
    new = f"\n  - name: {name}\n    responsible: [{unit}]\n\n# 别名供识别"
    clerk.workspace.items_file.write_text(text.replace("\n# 别名供识别", new), "utf-8")
    clerk.receives(form, "来件.xlsx")
    found = clerk.consolidates()
    assert found.answers[10, unit][0] == form.answers[10][0]
    assert "L04" not in {code for _, _, code in found.problems}


# A group with other members.


@pytest.fixture
def towns(tmp_path: Path) -> Clerk:
    workspace = init(tmp_path / "towns", "gaoqing-2023")
    clerk = Clerk(workspace.root, "2023Q2", JULY)
    edits(
        clerk,
        ("responsible: [县妇联]", "responsible: [县妇联, 各镇（街道）]"),
        ("\nunits:\n", "\ngroups:\n  各镇（街道）: {members: [田镇街道, 芦湖街道]}\n\nunits:\n"),
    )
    return clerk


def test_a_member_that_joins_later_owes_nothing_earlier(towns: Clerk) -> None:
    towns.sends("2023Q2")
    towns.consolidates("2023Q2", JULY)
    edits(towns, ("[田镇街道, 芦湖街道]", "[芦湖街道, 常家镇]"))
    towns.sends("2023Q3")
    members = {}
    for period in ("2023Q2", "2023Q3"):
        summary = read_status(towns.workspace, period, OCTOBER)
        members[period] = [d.duty.unit for d in summary.details if d.duty.group]
    assert members == {"2023Q2": ["田镇街道", "芦湖街道"], "2023Q3": ["芦湖街道", "常家镇"]}


# The ledger of a version that knew none of this.


def test_an_older_ledger_s_ids_are_its_numbers(second: Clerk) -> None:
    _make_old(second)
    puts_in_third(second)
    office = load_office(second.workspace)
    assert [i.id for i in office.programme.items][:5] == ["01", "02", "11", "03", "04"]
    found = third(second)
    assert troubles(found) == ()


def _make_old(clerk: Clerk) -> None:
    """As schema 1 was."""
    import sqlite3
    from contextlib import closing

    file = clerk.workspace.root / ".shishi" / "ledger.sqlite"
    with closing(sqlite3.connect(file)) as db, db:
        for table in ("edition", "in_force", "consolidated", "finalised"):
            db.execute(f"DROP TABLE {table}")
        db.execute("PRAGMA user_version = 1")


def test_an_item_s_number_in_the_register_means_what_it_meant_when_it_was_written(
    tmp_path: Path,
) -> None:
    root = tmp_path / "office"
    init(root, "gaoqing-2023")
    clerk = Clerk(root, "2023Q2", JULY)
    clerk.sends()
    clerk.consolidates()
    clerk.notes(WOMEN, topic="零报告", items="3", told="2023-06-29")
    assert clerk.consolidates().states[3, WOMEN] == "零报告"
    puts_in_third(clerk, CANTEEN.replace("县民政局", "县民政局, 县妇联"))
    found = clerk.consolidates()
    assert (found.states[3, WOMEN], found.states[4, WOMEN]) == ("未报送", "零报告")
