"""The code that is printed on a form: where it lies, that scanners read it, that readers pass it over."""

from __future__ import annotations

import io
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from shishi_xl.init import init
from shishi_xl.office import load_office
from shishi_xl.reading.read_book import read_book
from shishi_xl.sheets import Aside, Book
from shishi_xl.unit_form import LastAnswers, UnitForm
from shishi_xl.write_form import write_form

from .pages.render import render
from .programs import needs_libreoffice, save_by_libreoffice
from .small import UNION, form_of

FORM = replace(form_of(UNION), stamped=True)
LOOKED_AT = ("上期填报", "填报说明")
DPI = 150


def written(form: UnitForm) -> bytes:
    return write_form(form, "填报说明\n一、请填写。")


def pictures(content: bytes) -> dict[str, list[str]]:
    """Sheet → what its pictures say to a scanner."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        sheet.title: [
            _read(picture._data())
            for picture in sheet._images  # type: ignore[attr-defined] # not in the stubs
        ]
        for sheet in book.worksheets
    }


def _read(png: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    return str(found.text)


def asides(content: bytes) -> list[Aside]:
    book = read_book("form", content)
    assert isinstance(book, Book)
    return [aside for sheet in book.sheets for aside in sheet.asides]


def test_every_sheet_that_is_printed_carries_the_code() -> None:
    code = str(FORM.code)
    assert pictures(written(FORM)) == {
        "工作进展情况报表": [code], "量化指标": [code], "填报说明": [],
    }  # fmt: skip


def test_a_programme_that_asks_for_no_stamped_copy_prints_none() -> None:
    assert set(map(tuple, pictures(written(form_of(UNION))).values())) == {()}


def test_the_same_form_is_the_same_bytes() -> None:
    assert written(FORM) == written(FORM)


def test_the_picture_is_no_picture_in_place_of_text() -> None:
    assert asides(written(FORM)) == []


def test_neither_is_it_after_rows_were_taken_out_above_it() -> None:
    """openpyxl leaves the picture where it was: it then lies over an item's empty answers."""
    book = openpyxl.load_workbook(BytesIO(written(FORM)))
    book.worksheets[0].delete_rows(1, 3)
    out = BytesIO()
    book.save(out)
    assert asides(out.getvalue()) == []


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_neither_is_it_after_libreoffice_saved_the_form(suffix: str, tmp_path: Path) -> None:
    (file := tmp_path / "form.xlsx").write_bytes(written(FORM))
    save_by_libreoffice([file], suffix, tmp_path / "out")
    content = (tmp_path / "out" / f"form.{suffix}").read_bytes()
    assert asides(content) == []
    if suffix == "xlsx":
        assert pictures(content) == pictures(written(FORM))


def test_a_long_name_ends_before_the_picture() -> None:
    long = replace(FORM, unit="各" * 40)
    sheet = openpyxl.load_workbook(BytesIO(written(long))).worksheets[0]
    lines = str(sheet["A2"].value).split("\n")
    assert "".join(lines) == "填报单位：" + "各" * 40
    assert max(map(len, lines)) * 12 < 442 - 70  # points of 小四, of the page and of the picture


@needs_libreoffice
@pytest.mark.parametrize("name", ["gaoqing-2023", "linyi-2022", "yantai-2023"])
def test_every_printed_page_says_whose_it_is(name: str, tmp_path: Path) -> None:
    """The unit with most items, on the annex upright and on forms that lie across."""
    office = load_office(init(tmp_path / name, name))
    period = office.programme.periods[0]
    duties = office.programme.duties_by_unit(period)
    unit = max(duties, key=lambda u: len(duties[u]))
    form = replace(office.form_of(unit, period, LastAnswers()), stamped=True)
    (file := tmp_path / "form.xlsx").write_bytes(written(form))
    render([file], tmp_path)
    for page in pdfium.PdfDocument(tmp_path / "form.pdf"):
        text = page.get_textpage().get_text_range()
        if "一、请填写" in text:
            continue  # 填报说明, which nobody stamps
        found = zxingcpp.read_barcodes(page.render(scale=DPI / 72).to_pil())
        assert [f.text for f in found] == [str(form.code)]
        assert _side(found[0].position) >= 15
        # Beside the picture, and in the footer. A hyphen at a line's end is a soft one to pdfium.
        assert text.replace("\ufffe", "-").count(form.code.written) == 2


def _side(at: zxingcpp.Position) -> float:
    """The upper edge of a code, in millimetres."""
    return (at.top_right.x - at.top_left.x) / DPI * 25.4
