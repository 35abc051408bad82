"""A new year's workspace takes along what staff would have to type again, and no item unasked."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from shishi_xl.cli import main
from shishi_xl.init import examples, init, init_from
from shishi_xl.items_yaml import load_programme, next_year
from shishi_xl.model import Programme
from shishi_xl.office import load_office
from shishi_xl.problems import CannotStart

from .clerk import Clerk

FORMS = ["annex", "plan", "lead"]


def uncommented(draft: str) -> str:
    """All of last year's items go on this year."""
    return re.sub(r"^# (?=  |  - )", "", draft, flags=re.M)


def carried(text: str) -> Programme:
    programme, faults = load_programme(uncommented(next_year(text, 2023)).encode(), FORMS)
    assert programme, faults
    return programme


@pytest.mark.parametrize("name", sorted(examples()))
def test_only_the_items_of_a_draft_are_missing(name: str) -> None:
    text = examples()[name].read_text("utf-8")
    year = int(name[-4:])
    programme, faults = load_programme(next_year(text, year).encode(), FORMS)
    assert (programme, len(faults)) == (None, 1)
    assert "“items”后面没有内容" in faults[0].message


def test_the_year_goes_on_and_habits_stay() -> None:
    old, _ = load_programme(examples()["gaoqing-2023"].read_bytes(), FORMS)
    new = carried(examples()["gaoqing-2023"].read_text("utf-8"))
    assert old
    assert (new.id, new.name, new.year) == ("gaoqing-2024", "2024年为全县妇女儿童办实事", 2024)
    assert (str(new.first), new.document) == ("2024Q2", "")
    for habit in ("cycle", "due", "stamped", "collector", "form", "issuer"):
        assert getattr(new, habit) == getattr(old, habit)


def test_units_keep_aliases_and_contacts_without_last_year_s_periods() -> None:
    text = """id: a
programme: 实事
year: 2023
cycle: quarter
items:
  - name: 甲
    responsible: [县民政局, 县科协]
units:
  # 简称
  县民政局: {aliases: [民政局], from: 2023Q3, formerly: [县民政所], email: mzj@example.gov.cn}
  县民政所: {until: 2023Q2}
  县科协:
    aliases: [科协]
    from: 2023Q3
"""
    draft = next_year(text, 2023)
    assert "  # 简称" in draft
    new = carried(text)
    assert new.id == "a-2024"
    unit = new.units["县民政局"]
    assert (unit.aliases, unit.formerly, unit.email) == (
        ("民政局",), ("县民政所",), "mzj@example.gov.cn",
    )  # fmt: skip
    assert (unit.first, "县民政所" in new.units) == (None, False)


def test_last_year_s_items_stand_as_comments() -> None:
    draft = next_year(examples()["gaoqing-2023"].read_text("utf-8"), 2023)
    assert "#   - name: 实施儿童友好城市建设行动" in draft
    assert "# 别名供识别文件名和单元格里的写法" in draft.splitlines()


def test_whom_a_unit_named_last_is_taken_along(clerk: Clerk, tmp_path: Path) -> None:
    unit = clerk.filled("县妇联")
    unit.signs(填报人="张三", 联系电话="6967116")
    clerk.receives(unit, "县妇联.xlsx", datetime(2023, 6, 28))
    clerk.consolidates(today=date(2023, 7, 5))
    made = init_from(tmp_path / "2024", clerk.workspace)
    text = made.items_file.read_text("utf-8")
    assert '  县妇联: {aliases: [妇联, 县妇女联合会], person: "张三", phone: "6967116"}' in text
    made.items_file.write_text(uncommented(text), "utf-8")
    known = load_office(made).programme.units["县妇联"]
    assert (known.person, known.phone) == ("张三", "6967116")


def test_forms_and_texts_of_the_office_s_own_are_taken_along(clerk: Clerk, tmp_path: Path) -> None:
    own = clerk.workspace.root / "templates" / "texts" / "填报说明.txt"
    own.parent.mkdir()
    own.write_text("我们的说明", "utf-8")
    made = init_from(tmp_path / "2024", clerk.workspace)
    assert (made.root / "templates" / "texts" / "填报说明.txt").read_text("utf-8") == "我们的说明"
    assert (made.root / "inbox").is_dir()
    assert not (made.root / ".shishi").exists()


def test_an_items_yaml_that_stands_there_is_never_replaced(clerk: Clerk, tmp_path: Path) -> None:
    other = init(tmp_path / "2024", "linzi-2023").items_file
    before = other.read_bytes()
    with pytest.raises(CannotStart, match=r"已有 items\.yaml，未作改动"):
        init_from(tmp_path / "2024", clerk.workspace)
    assert other.read_bytes() == before


def test_the_command_says_what_came_along(clerk: Clerk, tmp_path: Path) -> None:
    new, old = str(tmp_path / "2024"), str(clerk.workspace.root)
    done = CliRunner().invoke(main, ["init", new, "--from", old])
    assert (done.exit_code, "上一年的事项列在 items 下面供对照" in done.output) == (0, True)
    check = CliRunner().invoke(main, ["-w", new, "check"])
    assert (check.exit_code, "共 1 处错误" in check.output) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--from", "没有这个文件夹"], "没有 items.yaml"),
        (["--from", "a", "--example", "gaoqing-2023"], "二者写其一"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    done = CliRunner().invoke(main, ["init", str(tmp_path / "x"), *arguments])
    assert (done.exit_code, sentence in done.output) == (2, True), done.output
    assert not (tmp_path / "x").exists()
