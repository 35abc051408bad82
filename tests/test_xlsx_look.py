"""What calamine does not tell of an xlsx: formulas, errors, comments, pictures, looks."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from shishi_xl.reading.look import SecondLook
from shishi_xl.reading.package import Package
from shishi_xl.reading.xlsx_look import look_again
from shishi_xl.sheets import Aside


def looked_at(change: object) -> SecondLook:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    sheet["E4"] = "开展培训"
    change(sheet)  # type: ignore[operator]
    out = BytesIO()
    book.save(out)
    return look_again(Package(out.getvalue()))["表"]


def strike(sheet: Worksheet) -> None:
    sheet["E4"].font = Font(strike=True)


def strike_in_part(sheet: Worksheet) -> None:
    sheet["E4"] = CellRichText("开展", TextBlock(InlineFont(strike=True), "培训"))


def whiten(sheet: Worksheet) -> None:
    sheet["E4"].font = Font(color="FFFFFFFF")


def whiten_on_blue(sheet: Worksheet) -> None:
    whiten(sheet)
    sheet["E4"].fill = PatternFill("solid", fgColor="FF0000FF")


def comment(sheet: Worksheet) -> None:
    sheet["E4"].comment = Comment("数字待核", "张三")


def paste_picture(sheet: Worksheet) -> None:
    stream = BytesIO()
    Picture.new("RGB", (8, 8)).save(stream, "PNG")
    sheet.add_image(Image(stream), "E4")


@pytest.mark.parametrize(
    ("change", "asides"),
    [
        (strike, (Aside(3, 4, "struck"),)),
        (strike_in_part, (Aside(3, 4, "struck"),)),
        (whiten, (Aside(3, 4, "white"),)),
        (whiten_on_blue, ()),
        (comment, (Aside(3, 4, "comment", "数字待核"),)),
        (paste_picture, (Aside(3, 4, "picture"),)),
    ],
)
def test_an_aside_is_seen(change: object, asides: tuple[Aside, ...]) -> None:
    assert looked_at(change).asides == asides


@pytest.mark.parametrize("text", ["=[1]Sheet1!A1", "=1+1", "#REF!"])
def test_a_formula_without_a_value_and_an_error_are_no_empty_cells(text: str) -> None:
    def put(sheet: Worksheet) -> None:
        sheet["E4"] = text

    assert looked_at(put).blanks == {(3, 4): text}
