"""How long the program takes to write a form, against bare xlsxwriter writing the same cells."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from io import BytesIO

import openpyxl
from xlsxwriter import Workbook

from shishi_xl.office import load_office
from shishi_xl.workspace import Workspace
from shishi_xl.write_form import write_form

from .corpus import GUIDE, PERIOD

Cells = list[tuple[int, int, object]]


def forms_ratio(workspace: Workspace, rounds: int) -> float:
    """The median over `rounds` of all forms of the workspace, up to fifty."""
    office = load_office(workspace)
    units = office.programme.form_holders(PERIOD)[:50]
    forms = [office.form_of(unit, PERIOD) for unit in units]
    books = [_cells(write_form(form, GUIDE)) for form in forms]
    pairs = [
        (_seconds(lambda: [write_form(f, GUIDE) for f in forms]),
         _seconds(lambda: [_bare(book) for book in books]))
        for _ in range(rounds + 1)
    ]  # fmt: skip
    return statistics.median(ours / bare for ours, bare in pairs[1:])


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _cells(content: bytes) -> dict[str, Cells]:
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        sheet.title: [
            (row, col, value)
            for row, values in enumerate(sheet.iter_rows(values_only=True))
            for col, value in enumerate(values)
        ]
        for sheet in book.worksheets
    }


def _bare(book: dict[str, Cells]) -> bytes:
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as written:
        plain = written.add_format({"border": 1, "text_wrap": True})
        for name, cells in book.items():
            sheet = written.add_worksheet(name)
            for row, col, value in cells:
                sheet.write(row, col, value, plain)
    return out.getvalue()
