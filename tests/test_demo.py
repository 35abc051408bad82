"""The demo: what it comes to, that it repeats; and the builders that it is played with."""

import ast
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from shishi_xl import demo
from shishi_xl.demo import play_demo
from shishi_xl.demo.table import find_table
from shishi_xl.demo.unit import Unit
from shishi_xl.demo.whole_annex import whole_annex
from shishi_xl.problems import CannotStart

from .clerk import Clerk, Found, read_summary, read_table

HOPE, FAMILY = "实施“心希望”健康服务行动", "实施家家幸福安康行动"


@dataclass(frozen=True)
class Played:
    folder: Path
    opened: Path
    said: list[str]

    def found(self, period: str) -> Found:
        return read_summary(self.folder / "outbox" / period / f"汇总_{period}.xlsx")

    def units(self, period: str) -> dict[str, str]:
        """Unit → 状态."""
        file = self.folder / "outbox" / period / f"汇总_{period}.xlsx"
        return {row["责任单位"]: row["状态"] for row in read_table(file, "报送情况")}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    said: list[str] = []
    folder = tmp_path_factory.mktemp("demo")  # an empty folder will do
    return Played(folder, play_demo(folder, said.append), said)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that a person sees, by its path."""
    files = [f for part in ("inbox", "outbox") for f in (folder / part).rglob("*") if f.is_file()]
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in files}


# The story.


def test_the_second_quarter_has_a_bit_of_everything(played: Played) -> None:
    found = played.found("2023Q2")
    assert found.receipts == {
        "06_县妇联.xlsx": "采用",
        "人社局二季度报表.xlsx": "采用",
        "作废/团县委.xlsx": "作废",
        "人社局 IMG_20230629.jpg": "盖章件",
        "公积金中心 盖章版.pdf": "盖章件",
        "县住建局报表（迟报）.xlsx": "采用",
        "县住房公积金管理中心.xlsx": "采用",
        "县卫健局-更正.xlsx": "采用",
        "县卫健局.xlsx": "部分采用",
        "县教体局(1).xlsx": "采用",
        "县教体局.xlsx": "重复",
        "县教体局盖章.pdf": "盖章件",
        "县检察院.xlsx": "采用",
        "县残联.zip": "已展开",
        "县残联.zip/县残联.pdf": "盖章件",
        "县残联.zip/县残联.xlsx": "采用",
        "县民政局盖章件.pdf": "盖章件",
        "县科协/2023Q2/新建 XLSX 工作表.xlsx": "采用",
        "总工会报表.xlsx": "采用",
        "文旅局2023年第二季度实事进展.xlsx": "采用",
        "文旅局盖章.pdf": "待确认",
        "文明办.xlsx": "采用",
        "~$县妇联.xlsx": "系统文件",
    }
    assert found.problems == (
        ("文旅局盖章.pdf", "", "R03"),
        ("县检察院.xlsx", "E5", "L06"),
        ("县教体局(1).xlsx", "E5", "L05"),
    )
    states = Counter(found.states.values())
    assert states == {"已报送": 21, "零报告": 1, "待更正": 2, "未报送": 2}


def test_the_third_quarter_has_what_is_left(played: Played) -> None:
    found = played.found("2023Q3")
    assert {f: o for f, o in found.receipts.items() if o != "采用"} == {
        "人社局2023年第三季度报表.xlsx": "待确认",
        "县妇联盖章.pdf": "盖章件",
        "盖章件（六个单位）.pdf": "盖章件",
        "团县委.xlsx": "被替代",
        "团县委补报.xlsx": "其他期次",
    }
    assert found.problems == (
        ("人社局2023年第三季度报表.xlsx", "A4", "R04"),
        ("06_县妇联.xlsx", "E8", "P01"),
        ("县民政局.xlsx", "F5", "L10"),
    )
    states = Counter(found.states.values())
    assert states == {"已报送": 24, "待确认": 1, "未报送": 1}


@pytest.mark.parametrize(
    ("period", "unit", "state"),
    [
        ("2023Q2", "县检察院", "待更正"),
        ("2023Q2", "县文明办", "零报告"),
        ("2023Q2", "县民政局", "未报送"),
        ("2023Q2", "县科协", "已报送"),
        ("2023Q3", "县人力资源和社会保障局", "待确认"),
        ("2023Q3", "县残联", "未报送"),
        ("2023Q3", "县检察院", "已报送"),
    ],
)
def test_a_unit_stands_as_the_story_has_it(
    played: Played, period: str, unit: str, state: str
) -> None:
    assert played.units(period)[unit] == state


COPIES = {
    "2023Q2": {
        "县教育和体育局": "已收（县教体局盖章.pdf 第1—2页）",
        "县人力资源和社会保障局": "已收（人社局 IMG_20230629.jpg 第1页）",
        "县住房公积金管理中心": "未见印章（公积金中心 盖章版.pdf 第1页）",
        "县文化和旅游局": "不能判断（文旅局盖章.pdf 待认定）",
        "县科协": "不能判断（文旅局盖章.pdf 待认定）",
        "县残联": "不能判断（县残联.zip/县残联.pdf 第1页）",
        "县民政局": "已收（县民政局盖章件.pdf 第1页）",
    },
    "2023Q3": {
        "县妇联": "与电子版不一致（县妇联盖章.pdf 第1—2页）",
        **{
            unit: f"已收（盖章件（六个单位）.pdf 第{number}页）"
            for number, unit in enumerate(
                ("县总工会", "县住房城乡建设局", "县住房公积金管理中心", "县检察院",
                 "县文化和旅游局", "县科协"), 1,
            )
        },
    },
}  # fmt: skip


@pytest.mark.parametrize("period", COPIES)
def test_stamped_copies_are_there_or_missing_bare_grey_or_another_unit_s(
    played: Played, period: str
) -> None:
    file = played.folder / "outbox" / period / f"汇总_{period}.xlsx"
    found = {r["责任单位"]: r["盖章PDF"] for r in read_table(file, "报送情况")}
    assert {u: c for u, c in found.items() if c != "未收"} == COPIES[period]


@pytest.mark.parametrize("period", COPIES)
def test_the_codes_on_paper_are_those_of_the_forms(played: Played, period: str) -> None:
    """Where they are not, the forms have changed: python -m docs.make_demo_scans."""
    folder = played.folder / "outbox" / period
    pages = read_table(folder / f"盖章件_{period}.xlsx", "逐页清单")
    forms = {f.stem.partition("_")[2]: f for f in (folder / "下发").glob("*.xlsx")}
    for page in pages:
        if page["责任单位"] in forms:
            form = Unit(forms[page["责任单位"]]).annex.sheet
            assert page["表单编码"] in {w for c in form["A"] for w in str(c.value).split("：")}


@pytest.mark.parametrize(
    ("period", "late"), [("2023Q2", ["县住房城乡建设局"]), ("2023Q3", ["县科协"])]
)
def test_one_unit_is_late_in_each_quarter(played: Played, period: str, late: list[str]) -> None:
    file = played.folder / "outbox" / period / f"汇总_{period}.xlsx"
    assert [r["责任单位"] for r in read_table(file, "报送情况") if r["是否逾期"] == "是"] == late


def test_a_figure_in_words_is_read_and_kept(played: Played) -> None:
    rows = {r["指标"]: r for r in read_table(played.opened, "量化指标")}
    row = rows["两癌免费检查人数"]
    assert (row["填报原文"], row["本期累计"], row["上期累计"]) == ("1.2万", "12000", "7820")


def test_the_second_quarter_s_text_stands_beside_the_third_quarter_s_form(played: Played) -> None:
    form = next((played.folder / "outbox" / "2023Q3" / "下发").glob("*_县科协.xlsx"))
    (row,) = read_rows(form, "上期填报")
    assert row[-2:] == [
        "请高校教授到县一中作航天报告1场，380名学生到场；下半年4场已排期。",
        "2023年11月底",
    ]


def read_rows(file: Path, sheet: str) -> list[list[str]]:
    """A sheet's rows under its title and header."""
    rows = Unit(file).book[sheet].iter_rows(min_row=3, values_only=True)
    return [[str(value) for value in row] for row in rows]


def test_it_ends_by_saying_what_to_open(played: Played) -> None:
    assert played.opened == played.folder / "outbox" / "2023Q3" / "汇总_2023Q3.xlsx"
    start = next(at for at, line in enumerate(played.said) if "演示完毕" in line)
    named = [line.split()[0] for line in played.said[start + 1 : -1]]
    assert [name for name in named if not Path(name).exists()] == []
    assert str(played.opened) in named


def test_another_process_plays_it_byte_for_byte(played: Played, tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from shishi_xl.demo import play_demo; "
    code += "play_demo(Path(sys.argv[1]), print)"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York"}
    command = [sys.executable, "-c", code, str(tmp_path / "again")]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    assert contents(tmp_path / "again") == contents(played.folder)


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "我的.txt").write_text("x", "utf-8")
    with pytest.raises(CannotStart, match="已经有内容，未作改动"):
        play_demo(tmp_path, print)
    assert [f.name for f in tmp_path.iterdir()] == ["我的.txt"]


# The builders.


@pytest.mark.parametrize("module", ["table", "rearrange", "saving", "unit", "whole_annex"])
def test_a_builder_knows_nothing_of_the_program(module: str) -> None:
    file = Path(demo.__file__).parent / f"{module}.py"
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    names = {f"{'.' * n.level}{n.module}" for n in nodes if isinstance(n, ast.ImportFrom)}
    assert [n for n in names if n.startswith("..") or "shishi" in n] == []


@pytest.fixture
def unit(clerk: Clerk) -> Unit:
    return clerk.filled("县卫生健康局")


def merged(unit: Unit) -> set[str]:
    return {str(area) for area in unit.annex.sheet.merged_cells.ranges}


def heights(unit: Unit) -> list[float | None]:
    sheet = unit.annex.sheet
    return [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]


def test_a_row_put_in_moves_merged_cells_heights_and_lists(unit: Unit) -> None:
    before, high = merged(unit), heights(unit)
    unit.inserts_row(above=HOPE)
    assert "A10:C10" in before
    assert "A11:C11" in merged(unit)
    assert heights(unit) == [*high[:5], high[4], *high[5:]]
    lists = [str(rule.sqref) for rule in unit.annex.sheet.data_validations.dataValidation]
    assert lists == ["E5:E9", "F5:F9"]


def test_a_row_taken_out_closes_the_gap(unit: Unit) -> None:
    high = heights(unit)
    unit.deletes_row(HOPE)
    assert HOPE not in unit.items
    assert heights(unit) == [*high[:5], *high[6:]]
    assert "A9:C9" in merged(unit)


def test_sorting_takes_the_hidden_column_along(unit: Unit) -> None:
    table = unit.annex
    marks = {table.name(row): table.sheet.cell(row, 2).value for row in table.rows}
    unit.sorts_rows("实事名称", downwards=True)
    table = unit.annex
    assert {table.name(row): table.sheet.cell(row, 2).value for row in table.rows} == marks
    assert list(unit.items) == sorted(marks, reverse=True)


def test_moving_right_keeps_widths_and_the_hidden_column(unit: Unit) -> None:
    unit.moves_table(right=2)
    lines = unit.annex.sheet.column_dimensions
    assert [at for at, line in lines.items() if line.hidden] == ["D"]
    assert "C1:H1" in merged(unit)


def test_a_formula_goes_with_its_row(unit: Unit) -> None:
    sheet = unit.book["量化指标"]
    before = str(sheet["I5"].value)
    sheet.title = "先"
    unit.book.move_sheet(sheet, -1)  # the first table is edited
    unit.inserts_title_row("附件")
    assert str(sheet["I6"].value) == before.replace("H5", "H6")


def test_visible_values_alone_are_pasted(unit: Unit) -> None:
    unit.pastes_into_new_book(hidden=False)
    sheet = unit.annex.sheet
    assert [c.value for c in sheet[4]] == [
        "序号",
        "实事名称",
        "责任单位",
        "本季度具体措施及任务进度情况",
        "完成时限",
    ]
    assert merged(unit) == set()


def test_the_whole_annex_has_every_item_and_no_mark(clerk: Clerk) -> None:
    annex = whole_annex(clerk.forms().values())
    assert list(annex.answers) == list(range(1, 11))
    said = [str(c.value) for row in annex.annex.sheet.iter_rows() for c in row if c.value]
    assert [text for text in said if text.isascii() and not text.isdigit()] == []


def test_a_merged_answer_covers_the_cells_below(unit: Unit) -> None:
    area = unit.merges_answers(*unit.items[:2])
    table = find_table(unit.annex.sheet)
    with pytest.raises(LookupError):
        table.cell(table.row(HOPE), "具体措施")
    assert area == "E5:E6"
