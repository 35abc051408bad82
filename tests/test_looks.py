"""What calamine does not tell is seen in every kind of workbook: comments, boxes, looks, what is hidden."""

import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from shishi_xl.reading.read_book import read_book
from shishi_xl.sheets import Aside, Book, Sheet

from .damage.picture import PNG

SOFFICE = shutil.which("soffice")
NEEDS_OFFICE = pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice")
KINDS = ("xlsx", *(pytest.param(kind, marks=NEEDS_OFFICE) for kind in ("ods", "xls", "html")))


@cache
def odd_workbook() -> bytes:
    """A sheet with everything of the kind, each in a row of its own, in column E where it can be."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("表")
    struck = book.add_format({"font_strikeout": True})
    white = book.add_format({"font_color": "#FFFFFF"})
    on_blue = book.add_format({"font_color": "#FFFFFF", "bg_color": "#0000FF"})
    sheet.write("A1", "无")
    sheet.write("E2", "见批注")
    sheet.write_comment("E2", "完成8所")
    sheet.write("E3", "划掉", struck)
    sheet.write_rich_string("E4", "开展", struck, "培训", "活动")
    sheet.write("E5", "白字", white)
    sheet.write("E6", "蓝底白字", on_blue)
    sheet.write_formula("E7", "=1/0", None, "#DIV/0!")
    sheet.insert_image("E8", "截图.png", {"image_data": BytesIO(PNG)})
    sheet.insert_textbox("E9", "见文本框")
    sheet.write("E12", "隐藏的行")
    sheet.set_row(11, None, None, {"hidden": True})
    sheet.write("G13", "隐藏的列")
    sheet.set_column("G:G", None, None, {"hidden": True})
    sheet.merge_range("E14:F15", "合并")
    sheet.write("A16", 1.05, book.add_format({"num_format": "0.0%"}))
    sheet.write("B16", 1.05, book.add_format({"num_format": '0.00"%"'}))
    book.close()
    return out.getvalue()


@cache
def saved_as(kind: str, folder: Path) -> bytes:
    source = folder / "odd.xlsx"
    source.write_bytes(odd_workbook())
    if kind != "xlsx":
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            str(SOFFICE),
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
        ]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return (folder / f"odd.{kind}").read_bytes()


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sheet(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    book = read_book(f"odd.{kind}", saved_as(kind, tmp_path_factory.getbasetemp()))
    assert isinstance(book, Book)
    assert not book.unlooked
    return book.sheets[0]


def test_comments_looks_and_drawings_are_seen(sheet: Sheet, kind: str) -> None:
    seen = {
        Aside(1, 4, "comment", "完成8所"), Aside(2, 4, "struck"), Aside(3, 4, "struck"),
        Aside(4, 4, "white"), Aside(7, 4, "picture"), Aside(8, 4, "box", "见文本框"),
    }  # fmt: skip
    if kind == "html":
        # LibreOffice leaves text boxes out of pages, and the looks of a part of a cell.
        seen -= {Aside(3, 4, "struck"), Aside(8, 4, "box", "见文本框")}
    assert set(sheet.asides) == seen


def test_an_error_is_no_empty_cell(sheet: Sheet) -> None:
    assert sheet.blanks[6, 4] == "#DIV/0!"


def test_what_is_hidden_is_known(sheet: Sheet, kind: str) -> None:
    if kind == "html":
        pytest.skip("LibreOffice leaves hidden rows out of pages")
    assert 11 in sheet.unseen_rows
    assert 6 in sheet.unseen_cols
    assert not {1, 12} & sheet.unseen_rows
    assert 4 not in sheet.unseen_cols


def test_a_number_in_per_cent_is_read_as_the_unit_sees_it(sheet: Sheet, kind: str) -> None:
    last = sheet.rows[14 if kind == "html" else 15]  # without the hidden row
    assert last[0] == ("105.0%" if kind == "html" else "105%")
    assert last[1] in (1.05, "1.05%")


def test_merged_areas_are_known(sheet: Sheet, kind: str) -> None:
    if kind != "html":  # which has tests of its own
        assert (13, 4, 14, 5) in sheet.merged
