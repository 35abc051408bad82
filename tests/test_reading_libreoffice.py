"""A unit's form, filled and saved in other formats by LibreOffice, is read to the last answer."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from shishi_xl.extract import PartReader, extract
from shishi_xl.marks import parse_code
from shishi_xl.reading.read_book import read_book
from shishi_xl.sheets import Book
from shishi_xl.write_form import write_form

from .small import NAMES, Q2, RECOGNISER, UNION, code_of, form_of

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice")

PROGRESS = '县总工会建成"妈妈小屋"2个,\n投入1,500元；其余年底前建成'
ANNEX_ANSWERS = {
    (UNION, "02", "", "progress"): PROGRESS,
    (UNION, "02", "", "deadline"): "2023年12月底",
}
ALL_ANSWERS = {**ANNEX_ANSWERS, (UNION, "02", "1", "figure"): "1.5"}


def filled_form() -> bytes:
    """The form of the small programme's 县总工会 with an answer in the annex and a figure."""
    book = openpyxl.load_workbook(BytesIO(write_form(form_of(UNION), "填报说明")))
    answers: dict[str, str | float] = {"本季度具体措施及任务进度情况": PROGRESS, "完成时限": "2023年12月底",
               "本期累计完成": 1.5}  # fmt: skip
    for sheet in book.worksheets:
        headers = {c.value: c for row in sheet.iter_rows() for c in row if c.value in answers}
        for header, cell in headers.items():
            sheet.cell(cell.row + 1, cell.column).value = answers[str(header)]
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def converted(folder: Path, content: bytes, *steps: str) -> bytes:
    """`content` as LibreOffice saves it in each step: suffix, then “:filter” and “@input filter”."""
    file = folder / "form.xlsx"
    file.write_bytes(content)
    for number, step in enumerate(steps):
        target, _, source = step.partition("@")
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [str(SOFFICE), "--headless", profile, "--convert-to", target]
        command += ["--outdir", str(folder / str(number)), str(file)]
        command += [f"--infilter={source}"] if source else []
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        file = folder / str(number) / f"form.{target.split(':')[0]}"
    return file.read_bytes()


def read_answers(content: bytes) -> dict[tuple[str, str, str, str], str]:
    """(unit, item, target, column) → text, of every table in the file."""
    book = read_book("form", content)
    assert isinstance(book, Book)
    found = {}
    for part in RECOGNISER.recognise("form", book).parts:
        assert (part.unit, part.period) == (UNION, Q2)
        for entry in extract(PartReader(NAMES, part, "form", {})).entries:
            for key, answer in entry.answers.items():
                found[entry.unit, entry.item, entry.target, key] = answer.text
    return found


TEXT = "csv:Text - txt - csv (StarCalc):44,34,{},1"


@pytest.mark.parametrize(
    ("steps", "answers"),
    [
        (("html",), ALL_ANSWERS),
        (("html", "docx:MS Word 2007 XML@HTML (StarWriter)"), ALL_ANSWERS),
        ((TEXT.format(76),), ANNEX_ANSWERS),
        # Its own way out of xlsx ends in an endless recursion (7.4), so by way of text.
        ((TEXT.format(76), "xml:MS Excel 2003 XML@CSV:44,34,76"), ANNEX_ANSWERS),
        ((TEXT.format(65535),), ANNEX_ANSWERS),
    ],
    ids=["html", "docx", "csv", "xml", "utf-16"],
)
def test_every_answer_of_a_form_that_libreoffice_saved_lands_on_its_item(
    tmp_path: Path, steps: tuple[str, ...], answers: dict[tuple[str, str, str, str], str]
) -> None:
    assert read_answers(converted(tmp_path, filled_form(), *steps)) == answers


def test_a_form_saved_as_html_still_bears_its_code(tmp_path: Path) -> None:
    book = read_book("form", converted(tmp_path, filled_form(), "html"))
    assert isinstance(book, Book)
    assert str(parse_code(book.code)) == code_of(UNION).replace("-", "")
