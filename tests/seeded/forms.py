"""Cases about a returned form as it lies there: what recognising and reading its cells finds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from shishi_xl.extract import PartReader, extract
from shishi_xl.form import Form
from shishi_xl.marks import make_code
from shishi_xl.names import Names
from shishi_xl.period import Cycle, Period
from shishi_xl.recognise import Recogniser
from shishi_xl.returns import Extraction
from shishi_xl.sheets import Aside, Book, Sheet
from shishi_xl.unit_form import LastAnswers, UnitForm, compose_form

from ..small import bundled_form
from .sentences import programme_of

Found = tuple[str, str]  # cell, code
WOMEN = "县妇联"
Q2 = Period(2023, 2, Cycle.QUARTER)
ITEM = 3
HEADER = "本季度具体措施及任务进度情况"
TEXT = "儿童议事会开了三次，点位图送审。"


@cache
def desk() -> tuple[Names, Form, Recogniser, UnitForm]:
    """What the collecting office knows of 县妇联's form."""
    programme, form = programme_of("gaoqing-2023"), bundled_form("annex")
    names = Names(programme)
    sent = compose_form(programme, form, Q2, WOMEN, LastAnswers())
    return names, form, Recogniser(names, form), sent


def sheet_of(entry: Mapping[str, str]) -> Sheet:
    """县妇联's form with two of its items, as it comes back."""
    names, _, _, sent = desk()
    code = sent.code.written if entry.get("marks") != "无" else ""
    if "coded" in entry:
        year, quarter = int(entry["coded"][:4]), int(entry["coded"][-1])
        code = make_code("gaoqing-2023", Period(year, quarter, Cycle.QUARTER), WOMEN, []).written
    marked = "coded" not in entry and code
    rows = [
        (entry.get("title", names.programme.title),),
        (f"填报单位：{entry.get('unit', WOMEN)}", None, None, None, entry.get("period")),
        (f"表单编码：{code}" if code else None,),
        ("序号", None, "实事名称", "责任单位", HEADER, "完成时限"),
    ]
    for number in (ITEM, 7):
        item = next(i for i in names.programme.items if i.number == number)
        own = entry if number == ITEM else {}
        rows.append((
            str(number), f"{sent.code}/{item.id}" if marked else None, own.get("name", item.name),
            own.get("units", "\n".join(item.units)), own.get("text", TEXT) or None,
            own.get("deadline", "2023年12月底") or None,
        ))  # fmt: skip
    asides = [Aside(4, "ABCDEF".index(at), "picture") for at in entry.get("picture", "")]
    return Sheet(entry.get("sheet", "工作进展情况报表"), tuple(rows), asides=tuple(asides))


def read_form(entry: Mapping[str, str]) -> tuple[Extraction | None, tuple[Found, ...]]:
    """What stands in the form, and (cell, code) of all that was found on the way."""
    names, _, recogniser, sent = desk()
    file = entry.get("file", "a.xlsx")
    found = recogniser.recognise(file, Book((sheet_of(entry),), ""))
    told = tuple((p.place.cell, p.code) for p in found.problems)
    if not found.parts:
        return None, told
    as_sent = {(t.table.sheet, r.item, r.target): r for t in sent.tables for r in t.rows}
    extraction = extract(PartReader(names, found.parts[0], file, as_sent))
    return extraction, told + tuple((p.place.cell, p.code) for p in extraction.problems)
