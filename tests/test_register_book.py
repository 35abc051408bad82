"""The workbook 登记.xlsx: what a clerk finds in it, and that adding to it changes nothing else."""

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from shishi_xl.reading.read_book import read_book
from shishi_xl.register import DECISIONS
from shishi_xl.register_book import read_rows
from shishi_xl.register_book.append import add_rows
from shishi_xl.register_book.columns import SHEETS, RegisterColumn
from shishi_xl.register_book.moments import read_moment
from shishi_xl.register_book.write import write_register
from shishi_xl.sheets import Book

from .programs import needs_libreoffice, save_by_libreoffice
from .small import NAMES

FIRST = {"file": "a.xlsx", "sha256": "ab" * 32, "question": "R01 不知是哪个单位的"}
SECOND = {"file": "=b.xlsx", "sha256": "cd" * 32, "question": "F05 文件没有内容（0 字节）"}
MADE = write_register(NAMES, {DECISIONS: [FIRST]})


def read(content: bytes) -> Book:
    book = read_book("登记.xlsx", content)
    assert isinstance(book, Book)
    return book


def texts(content: bytes) -> list[dict[str, str]]:
    """The rows of 登记, column key → text."""
    rows, problems = read_rows(read(content))
    assert problems == ()
    return [dict(row.texts) for row in rows[DECISIONS]]


def added(content: bytes) -> bytes:
    """The book with one more row."""
    more = add_rows(content, read(content), [SECOND], {})
    assert more
    return more


def test_the_same_values_give_the_same_bytes() -> None:
    assert write_register(NAMES, {DECISIONS: [FIRST]}) == MADE
    assert added(MADE) == added(MADE)


def test_what_is_written_is_read() -> None:
    assert texts(MADE) == [FIRST]


@pytest.mark.parametrize("column", [c for s in SHEETS for c in s.columns], ids=lambda c: c.key)
def test_every_column_has_a_prompt_that_excel_takes(column: RegisterColumn) -> None:
    assert 0 < len(column.prompt) <= 255
    assert len(column.header) <= 32


def test_units_periods_and_handling_are_chosen_from_lists() -> None:
    book = load_workbook(BytesIO(MADE))
    lists = {
        v.formula1: str(v.sqref) for v in book["登记"].data_validations.dataValidation if v.formula1
    }
    assert lists == {"单位名单": "D2:D5000", "期次名单": "E2:E5000", '"采用,作废,恢复"': "G2:G5000"}
    units = [c.value for c in book["选项"]["A"]]
    assert units == ["单位名单", *NAMES.holders]
    assert book["选项"].sheet_state == "hidden"


def test_a_row_is_added_below_the_last_and_is_text() -> None:
    assert texts(added(MADE)) == [FIRST, SECOND]
    cell = load_workbook(BytesIO(added(MADE)))["登记"]["A3"]
    assert (cell.value, cell.data_type) == ("=b.xlsx", "s")


def test_an_added_row_looks_as_the_column_does() -> None:
    sheet = load_workbook(BytesIO(added(MADE)))["登记"]
    for column in "ABC":
        assert (
            sheet[f"{column}3"].border.left.style == sheet[f"{column}2"].border.left.style == "thin"
        )
    assert sheet.row_dimensions[3].height


def test_only_the_sheet_s_own_part_changes() -> None:
    with zipfile.ZipFile(BytesIO(MADE)) as old, zipfile.ZipFile(BytesIO(added(MADE))) as new:
        assert old.namelist() == new.namelist()
        changed = [n for n in old.namelist() if old.read(n) != new.read(n)]
    assert changed == ["xl/worksheets/sheet1.xml"]


def dressed() -> bytes:
    """The book as a clerk may leave it: coloured, filtered, with a comment, a column and widths."""
    book = load_workbook(BytesIO(MADE))
    sheet: Any = book["登记"]
    sheet["D2"] = "县妇联"
    sheet["D2"].fill = PatternFill("solid", fgColor="00FF0000")
    sheet["D2"].comment = Comment("电话核实", "经办人")
    sheet["I1"], sheet["I2"] = "经手人", "王"
    sheet.column_dimensions["A"].width = 55
    sheet.auto_filter.ref = "A1:I2"
    sheet.auto_filter.add_filter_column(3, ["县妇联"])
    sheet.row_dimensions[2].height = 77
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_clerk_s_own_look_stays() -> None:
    sheet = load_workbook(BytesIO(added(dressed())))["登记"]
    assert sheet["D2"].fill.fgColor.rgb == "00FF0000"
    assert sheet["D2"].comment and sheet["D2"].comment.text == "电话核实"
    assert (sheet["I2"].value, sheet.column_dimensions["A"].width) == ("王", 55)
    assert sheet.auto_filter.ref == "A1:I2"
    assert sheet.auto_filter.filterColumn[0].filters.filter == ["县妇联"]
    assert (sheet.row_dimensions[2].height, sheet["A3"].value) == (77, "=b.xlsx")


def test_a_row_goes_below_whatever_stands_in_the_sheet() -> None:
    book = load_workbook(BytesIO(MADE))
    book["登记"]["K9"] = "合计"
    book["登记"]["A30"].fill = PatternFill("solid", fgColor="00FF0000")
    out = BytesIO()
    book.save(out)
    sheet = load_workbook(BytesIO(added(out.getvalue())))["登记"]
    assert (sheet["K9"].value, sheet["A10"].value) == ("合计", "=b.xlsx")


@needs_libreoffice
@pytest.mark.parametrize("steps", [("xlsx",), ("ods", "xlsx"), ("xls", "xlsx")])
def test_a_book_that_libreoffice_saved_is_read_and_added_to(
    tmp_path: Path, steps: tuple[str, ...]
) -> None:
    file = tmp_path / "登记.xlsx"
    file.write_bytes(dressed())
    for number, step in enumerate(steps):
        folder = tmp_path / str(number)
        save_by_libreoffice([file], step, folder)
        file = folder / f"登记.{step}"
    content = file.read_bytes()
    first = {**FIRST, "unit": "县妇联"}
    assert texts(content) == [first]
    assert texts(added(content)) == [first, SECOND]
    sheet = load_workbook(BytesIO(added(content)))["登记"]
    rules = {v.formula1 for v in sheet.data_validations.dataValidation if v.formula1}
    assert '"采用,作废,恢复"' in rules
    assert sheet["A3"].border.left.style == "thin"


def test_a_book_of_another_kind_is_left_alone() -> None:
    assert add_rows(b"\xd0\xcf\x11\xe0", read(MADE), [SECOND], {}) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-06-30", datetime(2023, 6, 30)),
        ("2023-06-30 09:12", datetime(2023, 6, 30, 9, 12)),
        ("2023-6-3 10:12", datetime(2023, 6, 3, 10, 12)),
        ("2023/6/30 9:05:33", datetime(2023, 6, 30, 9, 5)),
        ("2023.6.30", datetime(2023, 6, 30)),
        ("20230630", datetime(2023, 6, 30)),
        ("２０２３年６月３０日", datetime(2023, 6, 30)),
        ("2023 年 6 月 30 日", datetime(2023, 6, 30)),
        ("2023年6月30日下午3点", datetime(2023, 6, 30, 15)),
        ("2023年6月30日 上午 9:12", datetime(2023, 6, 30, 9, 12)),
        ("2023年6月30日晚8点30分", datetime(2023, 6, 30, 20, 30)),
        ("6月30日", None),
        ("2023-6-310:12", None),
        ("2023-02-30", None),
        ("昨天", None),
    ],
)
def test_a_moment_is_read_with_its_year_or_not_at_all(text: str, moment: datetime | None) -> None:
    assert read_moment(text) == moment
