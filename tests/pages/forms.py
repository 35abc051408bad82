"""A played period → forms as they are sent and as units fill them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from shishi_xl.layout import BODY_SIZE
from shishi_xl.texts import guide
from shishi_xl.unit_form import LastAnswers, UnitForm, compose_form
from shishi_xl.workspace import Workspace
from shishi_xl.wrap import most_lines, row_height, wrap
from shishi_xl.write_form import answer_cells, write_form

from .make import Played

TYPED = "填好"
_MOST = 3  # units of a programme whose forms are looked at
_SIGNED = {"填报人": "张三", "联系电话": "0533-6967116"}


def forms(one: Played, folder: Path) -> Iterator[tuple[str, bytes]]:
    """(name, workbook): those with the most items, the fewest, and one between, blank and filled."""
    programme, period = one.office.programme, one.summary.period
    holders = sorted(
        programme.form_holders(period), key=lambda u: -len(programme.duties_by_unit(period)[u])
    )
    chosen = dict.fromkeys((holders[0], holders[len(holders) // 2], holders[-1]))
    for number, unit in enumerate(list(chosen)[:_MOST], 1):
        form = compose_form(programme, one.office.form, period, unit, _last(one, unit))
        sent = write_form(form, guide(Workspace(folder), one.office, form))
        yield f"{number}空表", sent
        yield f"{number}{TYPED}", _fill(form, sent, one)


def _last(one: Played, unit: str) -> LastAnswers:
    """What the unit said the period before; nothing in an almost empty one."""
    answers = {(r.duty.item.id, ""): r.answers for r in one.summary.details if r.duty.unit == unit}
    until = {key: {"deadline": a["deadline"]} for key, a in answers.items() if "deadline" in a}
    before = one.summary.period.previous if one.case != "empty" else None
    return LastAnswers(before, answers if before else {}, until, sign_off=_SIGNED)


def _fill(form: UnitForm, sent: bytes, one: Played) -> bytes:
    """Every answer typed, and a row drawn higher where its text needs it: as far as Excel goes."""
    book = load_workbook(BytesIO(sent))
    said = {r.duty.item.id: r.answers for r in one.summary.details if r.duty.unit == form.unit}
    for (sheet, item, target, key), cell in answer_cells(form).items():
        text = "2.5" if target else _typed(said.get(item, {}), key)
        page = book[sheet]
        place = page[cell]
        width = page.column_dimensions[place.column_letter].width or 10
        text = "".join(wrap(text, width, BODY_SIZE)[: most_lines(BODY_SIZE) - 1])
        if text:
            place.value, place.data_type = text, "s"  # openpyxl would make a formula of =1+1
        dimensions = page.row_dimensions[place.row]
        needed = row_height([(str(place.value or ""), width)], BODY_SIZE)
        dimensions.height = max(dimensions.height or 0, needed)
    _sign(book[form.tables[0].table.sheet], one.summary.today)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(said: Mapping[str, str], key: str) -> str:
    return said.get(key) or {"status": "推进缓慢", "obstacle": "征地手续尚未办结。"}.get(key, "")


def _sign(sheet: Worksheet, day: date) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "填报日期：":
                right = next(c for c in row[cell.column :] if not c.protection.locked)
                right.value = f"{day.year}年{day.month}月{day.day}日"
