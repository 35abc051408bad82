"""The workbook that a unit gets: golden copies, and what must hold of each."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import TwoCellAnchor
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from shishi_xl.form import Form
from shishi_xl.model import Programme
from shishi_xl.unit_form import LastAnswers, compose_form
from shishi_xl.write_form import write_form

from .small import ANNEX, PROGRAMME, Q2, Q3, SCHOOLS, UNION, WOMEN, bundled_form

GOLDEN = Path(__file__).parent / "golden"
LAST = LastAnswers(
    Q2,
    {("02", ""): {"progress": "上季度建成热线", "deadline": "2023年12月底"}},
    {("02", ""): {"progress": "上季度建成热线", "deadline": "2023年12月底"}},
    {("02", "1"): Decimal(1)},
    {"填报人": "张三", "填报日期": "2023-06-30"},
)


def written(
    unit: str = UNION,
    form: Form = ANNEX,
    last: LastAnswers = LAST,
    programme: Programme = PROGRAMME,
) -> bytes:
    return write_form(compose_form(programme, form, Q3, unit, last), "填报说明\n一、请填写。")


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def described(book: Workbook) -> Iterator[str]:
    """A workbook as text: what stands where, how, and what may be done with it."""
    for sheet in book.worksheets:
        yield f"# {sheet.title}"
        yield f"print: {sheet.print_area} rows {sheet.print_title_rows} {sheet.page_setup.orientation}"
        yield f"protected: {sheet.protection.sheet} password: {sheet.protection.password}"
        yield f"frozen: {sheet.freeze_panes} merged: {sorted(map(str, sheet.merged_cells.ranges))}"
        yield from (f"picture {_corner(p)}" for p in sheet._images)  # type: ignore[attr-defined] # not in the stubs
        for rule in sheet.data_validations.dataValidation:
            yield f"prompt {rule.sqref}: {rule.type} {rule.formula1} {rule.promptTitle}: {rule.prompt}"
        yield from (_cell(c) for row in sheet.iter_rows() for c in row if isinstance(c, Cell))


def _corner(picture: Image) -> str:
    """The cell that a picture begins in, how far into it in pixels, and whether it keeps its size."""
    assert isinstance(picture.anchor, TwoCellAnchor)
    start = picture.anchor._from
    at = f"{get_column_letter(start.col + 1)}{start.row + 1}"
    return f"{at} +{start.colOff // 9525} +{start.rowOff // 9525} {picture.anchor.editAs}"


def _cell(cell: Cell) -> str:
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type else "-"
    lock = "locked" if cell.protection.locked else "open"
    font = f"{cell.font.name} {cell.font.sz:g}"
    return f"{cell.coordinate} {lock} {font} {fill} {cell.number_format} {cell.value!r}"


@pytest.mark.parametrize("name", ["annex", "annex-stamped", "plan", "lead"])
def test_a_form_is_as_its_golden_copy(name: str, request: pytest.FixtureRequest) -> None:
    form, _, stamped = name.partition("-")
    programme = replace(PROGRAMME, stamped=bool(stamped))
    text = (
        "\n".join(described(opened(written(form=bundled_form(form), programme=programme)))) + "\n"
    )
    golden = GOLDEN / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_the_same_form_is_the_same_bytes() -> None:
    assert written() == written()


def test_the_sheets_are_in_the_order_of_the_design() -> None:
    assert opened(written()).sheetnames == ["工作进展情况报表", "量化指标", "上期填报", "填报说明"]


def test_the_reporter_gets_the_status_sheet() -> None:
    assert "进展状态" in opened(written(WOMEN)).sheetnames


def test_without_a_last_period_there_is_nothing_to_look_back_at() -> None:
    assert "上期填报" not in opened(written(last=LastAnswers())).sheetnames


def test_the_first_sheet_is_the_published_annex() -> None:
    sheet = opened(written(SCHOOLS)).worksheets[0]
    letters = [c for c in "ABCDEF" if not sheet.column_dimensions[c].hidden]
    assert [sheet[f"{c}4"].value for c in letters] == [
        "序号", "实事名称", "责任单位", "本季度具体措施及任务进度情况", "完成时限",
    ]  # fmt: skip


def test_all_units_of_an_item_stand_in_its_cell() -> None:
    assert opened(written()).worksheets[0]["D5"].value == "县妇联\n县总工会"


def test_the_deadline_carries_over_and_the_progress_does_not() -> None:
    sheet = opened(written()).worksheets[0]
    assert (sheet["E5"].value, sheet["F5"].value) == (None, "2023年12月底")


def test_the_last_figure_stands_beside_the_cell_to_fill() -> None:
    sheet = opened(written())["量化指标"]
    heads = [c.value for c in sheet[4]]
    assert [c.value for c in sheet[5]][heads.index("上期累计")] == 1


def test_who_signed_is_filled_in_and_the_date_is_not() -> None:
    sheet = opened(written()).worksheets[0]
    values = {c.value for row in sheet.iter_rows() for c in row}
    assert ("张三" in values, "2023-06-30" in values) == (True, False)


def test_the_last_answers_are_there_to_look_at() -> None:
    sheet = opened(written())["上期填报"]
    assert [c.value for c in sheet[2]] == [
        "序号", "实事名称", "2023年第二季度具体措施及任务进度情况", "2023年第二季度完成时限",
    ]  # fmt: skip
    assert sheet["C3"].value == "上季度建成热线"


def test_exactly_the_answers_and_the_signatures_are_open() -> None:
    sheet = opened(written()).worksheets[0]
    merged = {c for area in sheet.merged_cells.ranges for c in list(area.cells)[1:]}
    open_cells = [
        c.coordinate
        for row in sheet.iter_rows()
        for c in row
        if not c.protection.locked and (c.row, c.column) not in merged
    ]
    assert open_cells == ["E5", "F5", "D7", "D8", "D9", "D10"]


def test_a_name_that_begins_with_an_equals_sign_stays_text() -> None:
    last = LastAnswers(Q2, carried={("02", ""): {"deadline": "=1+1"}})
    cell = opened(written(last=last)).worksheets[0]["F5"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_contact_that_begins_with_an_equals_sign_stays_text() -> None:
    signed = LastAnswers(Q2, LAST.answers, sign_off={"填报人": "=1+1", "联系电话": "<r>1</r>"})
    sheet = opened(written(last=signed)).worksheets[0]
    assert [(c.value, c.data_type) for c in (sheet["D8"], sheet["D9"])] == [
        ("=1+1", "s"),
        ("<r>1</r>", "s"),
    ]
