"""A small programme, and sheets written as Markdown tables, for tests of single stages."""

from decimal import Decimal
from pathlib import Path

import yaml

from shishi_xl.extract import PartReader, extract
from shishi_xl.form import Form, make_form
from shishi_xl.model import Collector, Item, Programme, Role, Unit
from shishi_xl.names import Names
from shishi_xl.period import Cycle, Period
from shishi_xl.recognise import Recogniser
from shishi_xl.returns import Extraction, Recognition
from shishi_xl.sheets import Book, Sheet
from shishi_xl.target import Goal, Target
from shishi_xl.unit_form import LastAnswers, UnitForm, compose_form

TEMPLATES = Path(__file__).parent.parent / "templates"
Q1, Q2, Q3, Q4 = (Period(2023, i, Cycle.QUARTER) for i in (1, 2, 3, 4))

WOMEN, UNION, SCHOOLS = "县妇联", "县总工会", "县教育和体育局"
R = Role.RESPONSIBLE

PROGRAMME = Programme(
    id="small-2023",
    name="2023年实事",
    title="2023年实事工作进展情况报表",
    year=2023,
    cycle=Cycle.QUARTER,
    first=Q2,
    due=0,
    collector=Collector("县妇儿工委办公室"),
    items=(
        Item("01", 1, "实施教育扩容行动", {SCHOOLS: R},
             (Target("1", "新改扩建幼儿园", Goal(Decimal(8)), "所", shares={SCHOOLS: None}),)),
        Item("02", 2, "实施“心希望”服务行动", {WOMEN: R, UNION: R},
             (Target("1", "妈妈小屋", Goal(Decimal(2)), "个", shares={UNION: None}),)),
        Item("03", 3, "实施巾帼创业行动", {WOMEN: R}),
    ),
    units={
        WOMEN: Unit(WOMEN, aliases=("妇联",)),
        UNION: Unit(UNION),
        SCHOOLS: Unit(SCHOOLS, aliases=("县教体局", "教体局")),
    },
)  # fmt: skip
NAMES = Names(PROGRAMME)


def bundled_form(name: str) -> Form:
    """A bundled form by its name."""
    files = (f"forms/{name}.yaml", "sheets/targets.yaml", "sheets/status.yaml")
    annex, *companions = (yaml.safe_load((TEMPLATES / f).read_text("utf-8")) for f in files)
    return make_form(name, annex, companions)


ANNEX = bundled_form("annex")
RECOGNISER = Recogniser(NAMES, ANNEX)


def form_of(unit: str, period: Period = Q2) -> UnitForm:
    """A unit's form of the small programme."""
    return compose_form(PROGRAMME, ANNEX, period, unit, LastAnswers())


def code_of(unit: str, period: Period = Q2) -> str:
    return form_of(unit, period).code.written


def mark(unit: str, item: str, period: Period = Q2) -> str:
    """The row id of an item in a unit's form."""
    return f"{form_of(unit, period).code}/{item}"


def sheet(table: str, name: str = "工作进展情况报表", **more: object) -> Sheet:
    """A sheet from a Markdown table: one line a row, cells between bars, ⏎ for a line break."""
    lines = [line.strip() for line in table.strip().splitlines()]
    rows = [
        tuple(c.strip().replace("⏎", "\n") or None for c in x.strip("|").split("|")) for x in lines
    ]
    return Sheet(name, tuple(rows), **more)  # type: ignore[arg-type]


def recognise(*sheets: Sheet, file: str = "a.xlsx", code: str = "") -> Recognition:
    return RECOGNISER.recognise(file, Book(sheets, code))


def read(one: Sheet, file: str = "a.xlsx") -> Extraction:
    """What a workbook of one sheet with one table holds."""
    assert len(recognise(one, file=file).parts) == 1
    return read_first(one, file)


def read_first(one: Sheet, file: str = "a.xlsx") -> Extraction:
    """What the first table of a one-sheet workbook holds."""
    part, *_ = recognise(one, file=file).parts
    sent = {
        (t.table.sheet, r.item, r.target): r
        for t in form_of(part.unit, part.period).tables
        for r in t.rows
    }
    return extract(PartReader(NAMES, part, file, sent))


def answers(extraction: Extraction) -> dict[tuple[str, str], dict[str, str]]:
    """(unit, item) → column → text."""
    return {(e.unit, e.item): {k: a.text for k, a in e.answers.items()} for e in extraction.entries}


def problems(extraction: Extraction) -> list[tuple[str, str]]:
    """(cell, code), in the order in which they were found."""
    return [(p.place.cell, p.code) for p in extraction.problems]
