"""Forms are data: their faults are named with line and column, and a new one needs no Python."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from shishi_xl.cli import main
from shishi_xl.form_yaml import load_form

from .small import TEMPLATES

COMPANIONS = {
    f"templates/sheets/{name}.yaml": (TEMPLATES / "sheets" / f"{name}.yaml").read_bytes()
    for name in ("targets", "status")
}


def faults(annex: str) -> list[str]:
    _, found = load_form("own", {"own.yaml": annex.encode(), **COMPANIONS})
    return [f"{file}:{fault}" for file, fault in found]


@pytest.mark.parametrize("name", ["annex", "plan", "lead"])
def test_a_bundled_form_has_no_fault(name: str) -> None:
    assert faults((TEMPLATES / "forms" / f"{name}.yaml").read_text("utf-8")) == []


NAME = "  - {header: 实事名称, source: item.name, width: 20}\n"
TEXT = "  - {header: 进展, answer: text, width: 20}\n"


@pytest.mark.parametrize(
    ("annex", "expected"),
    [
        ("columns:\n" + NAME + TEXT.replace("answer", "anser"),
         ["own.yaml:3:18: 没有“anser”这个键；是不是“answer”？"]),
        ("columns:\n" + NAME + TEXT.replace("text", "memo"),
         ["own.yaml:3:26: “answer”写成了“memo”；应写成 text、number、choice 或 deadline"]),
        ("columns:\n" + NAME + TEXT.replace("answer: text, ", ""),
         ["own.yaml:3:5: 一列应在 source（已填好）和 answer（由单位填）中写一个，且只写一个",
          "own.yaml:2:3: 没有由单位填写的列；请给至少一列写上 answer"]),
        ("columns:\n" + NAME.replace("item.name", "item.nam") + TEXT,
         ["own.yaml:2:28: 没有“item.nam”这个来源；可用的来源见 docs/forms.md"]),
        ("columns:\n" + NAME + TEXT + TEXT,
         ["own.yaml:3:5: 有 2 列的名称都是“进展”；请用 key 写成不同的名称"]),
        ("columns:\n" + NAME + "  - {header: 方式, answer: choice, width: 9}\n",
         ["own.yaml:3:5: choices 与 answer: choice 应同时出现；请补上或删去"]),
        ("page: upright\ncolumns:\n" + NAME + TEXT,
         ["own.yaml:1:7: “page”写成了“upright”；应写成 portrait（竖排）或 landscape（横排）"]),
    ],
    ids=["unknown key", "unknown kind", "neither", "unknown source", "twice", "no choices", "page"],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(annex: str, expected: list[str]) -> None:
    assert set(expected) <= set(faults(annex))


OWN = """
page: landscape
columns:
  - {header: 序号, source: item.number, width: 5}
  - {header: 实事名称, source: item.name, width: 20}
  - header: 推进
    columns:
      - {header: 推进方式, answer: choice, choices: [自行实施, 委托实施], width: 12}
      - {header: "{period}投入资金（万元）", key: money, answer: number, width: 14}
  - {header: "{period}具体措施及任务进度情况", answer: text, required: true, width: 36}
  - {header: 完成时限, answer: deadline, required: true, carry: true, width: 12}
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workspace of gaoqing-2023 with a form of its own, filled in by one unit."""
    _run(tmp_path, "init", str(tmp_path), "--example", "gaoqing-2023")
    items = tmp_path / "items.yaml"
    items.write_text(items.read_text("utf-8").replace("form: annex", "form: own"), "utf-8")
    (tmp_path / "templates" / "forms").mkdir()
    (tmp_path / "templates" / "forms" / "own.yaml").write_text(OWN, "utf-8")
    _run(tmp_path, "generate", "2023Q2", "--unit", "县科协")
    (sent,) = (tmp_path / "outbox" / "2023Q2" / "下发").glob("*.xlsx")
    book = openpyxl.load_workbook(sent)
    for address, text in {
        "D6": "委托实施",
        "E6": "1.5万",
        "F6": "办了 2 场",
        "G6": "10月底",
    }.items():
        book.worksheets[0][address] = text
    book.save(tmp_path / "inbox" / "a.xlsx")
    return tmp_path


def _run(folder: Path, *arguments: str) -> str:
    done = CliRunner().invoke(main, ["-w", str(folder), *arguments], catch_exceptions=False)
    return done.output


def test_a_fourth_form_is_made_without_touching_python(office: Path) -> None:
    _run(office, "consolidate", "2023Q2", "--today", "2023-07-05")
    sheet = openpyxl.load_workbook(office / "outbox/2023Q2/汇总_2023Q2.xlsx")["明细"]
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    (row,) = [r for r in rows if r[2] == "县科协"]
    filled = dict(zip(rows[0], row, strict=True))
    assert {k: filled[k] for k in ("推进方式", "本季度投入资金（万元）", "完成时限", "单元格")} == {
        "推进方式": "委托实施",
        "本季度投入资金（万元）": "1.5万",
        "完成时限": "10月底",
        "单元格": "D6、E6、F6、G6",
    }


def test_a_form_can_stand_in_items_yaml(office: Path) -> None:
    items = office / "items.yaml"
    inline = "form:\n" + OWN.strip().replace("\n", "\n  ").replace("page", "  page", 1)
    items.write_text(items.read_text("utf-8").replace("form: own", inline), "utf-8")
    assert "没有错误" in _run(office, "check")
