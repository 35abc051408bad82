"""The clerk's and the leadership's workbook, read back cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from shishi_xl.catalogue import RULES
from shishi_xl.form import Form, make_form
from shishi_xl.layout import BODY_SIZE, MAX_HEIGHT, cut_text, line_count
from shishi_xl.model import Collector, Duty, Goal, Group, Item, Kind, Programme, Role, Target
from shishi_xl.period import Cycle, Period
from shishi_xl.problems import Grade, Place, Problem
from shishi_xl.summary import (
    DetailRow,
    ItemClass,
    ItemRow,
    Outcome,
    ProblemRow,
    ReceiptRow,
    State,
    Summary,
    TargetRow,
    UnitRow,
)
from shishi_xl.summary_book import write_summary
from shishi_xl.summary_book.cell import cell_text

TEMPLATES = Path(__file__).parent.parent / "templates"
Q2 = Period(2023, 2, Cycle.QUARTER)
SHA = "3f31832fd4ba6e565347a586e57ed98cc9bc97f4ab51ec062b21e025fe19d677"

SCHOOLS = Target(
    "t1", "新改扩建幼儿园", Goal(minimum=Decimal(8)), "所", shares={"县教育和体育局": None}
)
HUTS = Target("t2", "职工小屋", Goal(minimum=Decimal(1)), "个", shares={"县总工会": None})
SCREENED = Target(
    "t1",
    "检查人数",
    Goal(minimum=Decimal(15000)),
    "人",
    shares={"县妇联": Decimal(5000), "县卫生健康局": Decimal(10000)},
)
SHORTSIGHT = Target(
    "t1", "近视率", Goal(text="较上年下降"), "%", kind=Kind.LEVEL, shares={"田镇街道": None}
)
EDUCATION = Item(
    "1",
    1,
    "实施优质教育资源扩增赋能行动",
    {"县总工会": Role.RESPONSIBLE, "县教育和体育局": Role.LEAD},
    (SCHOOLS, HUTS),
)
SCREENING = Item(
    "2",
    2,
    "实施适龄妇女“两癌”免费检查和救助行动",
    {"县妇联": Role.RESPONSIBLE, "县卫生健康局": Role.RESPONSIBLE, "县财政局": Role.SUPPORT},
    (SCREENED,),
)
FRIENDLY = Item(
    "3", 3, "实施儿童友好城区建设促进行动", {"各镇（街道）": Role.RESPONSIBLE}, (SHORTSIGHT,)
)
PROGRAMME = Programme(
    "gaoqing-2023",
    "2023年为全县妇女儿童办实事",
    "2023年为全县妇女儿童办实事工作进展情况报表",
    2023,
    Cycle.QUARTER,
    Q2,
    (EDUCATION, SCREENING, FRIENDLY),
    collector=Collector("县妇儿工委办公室", "县妇联"),
    groups={"各镇（街道）": Group("各镇（街道）", ("田镇街道", "芦湖街道"))},
)
TEXT = "新建幼儿园2所，改扩建3所。"


def form(name: str = "annex") -> Form:
    files = [f"forms/{name}.yaml", "sheets/targets.yaml", "sheets/status.yaml"]
    annex, *companions = (yaml.safe_load((TEMPLATES / f).read_text("utf-8")) for f in files)
    return make_form(name, annex, companions)


def detail(
    item: Item, unit: str, state: State, progress: str = "", until: str = "", **more: Any
) -> DetailRow:
    duty = next(
        d for d in PROGRAMME.duties(Q2) if (d.item.id, d.unit) == (item.id, unit)
    )
    answers = {k: v for k, v in (("progress", progress), ("deadline", until)) if v}
    return DetailRow(duty, state, answers, **more)


def problem(code: str, unit: str = "", item: str = "", file: str = "", **more: Any) -> ProblemRow:
    details = tuple((more.pop("details", {}) or {}).items())
    place = Place(file, more.pop("sheet", ""), more.pop("cell", ""))
    found = more.pop("found", "")
    return ProblemRow(Problem(RULES[code], place, found, unit, item, details), **more)


DETAILS = (
    detail(EDUCATION, "县总工会", State.MISSING),
    detail(
        EDUCATION,
        "县教育和体育局",
        State.REPORTED,
        TEXT,
        "2023年12月底",
        places=(Place("县教体局.xlsx", "工作进展情况报表", "F5"),
                Place("县教体局.xlsx", "工作进展情况报表", "G5")),
        deadline=date(2023, 12, 31),
    ),
    detail(
        SCREENING,
        "县妇联",
        State.CORRECT,
        "=1+1",
        "年底前",
        places=(Place("报表.zip/妇联.xlsx", "表1", "F5"), Place("妇联 更正.xlsx", "表1", "G5")),
        proxy="县总工会",
    ),
    detail(SCREENING, "县卫生健康局", State.NIL, "本季度无进展"),
    detail(SCREENING, "县财政局", State.EXEMPT),
    detail(FRIENDLY, "田镇街道", State.DECIDE),
    detail(FRIENDLY, "芦湖街道", State.NOT_DUE),
)  # fmt: skip
TARGETS = (
    TargetRow(EDUCATION, SCHOOLS, "县教育和体育局", Decimal(1), Decimal("2.5"), "２．５所",
              Decimal("0.3125"), Decimal(4), "推进缓慢", "5", Place("县教体局.xlsx", "量化指标", "H5")),
    TargetRow(EDUCATION, HUTS, "县总工会"),
    TargetRow(SCREENING, SCREENED, "县妇联", None, Decimal(0), "0", Decimal(0), Decimal(2500)),
    TargetRow(SCREENING, SCREENED, "县卫生健康局", None, Decimal(6000), "6000", Decimal("0.6"),
              Decimal(5000), "按序时推进"),
    TargetRow(FRIENDLY, SHORTSIGHT, "田镇街道", written="下降0.8个百分点"),
)  # fmt: skip
UNITS = (
    UnitRow("县教育和体育局", 1, 1, "已报送", "已收", "", datetime(2023, 6, 28, 9, 12),
            datetime(2023, 7, 2, 16, 0), False, 2, 1, {Grade.MUST: 1, Grade.NOTE: 2},
            "张三", "0533-6967116"),
    UnitRow("县总工会", 1, 0, "未报送", "未收"),
    UnitRow("县妇联", 1, 1, "待更正", "已收", late=True),
    UnitRow("县卫生健康局", 1, 1, "零报告", "已收"),
    UnitRow("县财政局", 0, 0, "免报"),
    UnitRow("田镇街道", 1, 0, "待确认"),
    UnitRow("芦湖街道", 1, 0, "未到期"),
)  # fmt: skip
PROBLEMS = (
    problem("L14", "县妇联", "2", "报表.zip/妇联.xlsx", details={"who": "县总工会"},
            first_found=date(2023, 7, 5)),
    problem("D02", "县妇联", "2", "妇联 更正.xlsx", sheet="表1", cell="G5", found="年底前",
            state="已说明", explanation="以市里通知为准", first_found=date(2023, 7, 1)),
    problem("N01", "县教育和体育局", "1", "县教体局.xlsx", found="=2+3"),
    problem("F05", file="截图#1 100%.xlsx"),
)  # fmt: skip
RECEIPTS = (
    ReceiptRow("县教体局.xlsx", 12345, SHA, datetime(2023, 6, 28, 9, 12), "文件时间",
               ("县教育和体育局",), ("2023Q2",), "行标识：县教育和体育局", Outcome.ADOPTED),
    ReceiptRow("报表.zip", 99, "0" * 64, None, "", (), (), "", Outcome.UNPACKED),
    ReceiptRow("截图#1 100%.xlsx", 0, "", None, "", (), (), "", Outcome.ASKED, "+86"),
    ReceiptRow("妇联 更正.xlsx", 1, "1" * 64, datetime(2023, 7, 3), "首次运行",
               ("县妇联", "县总工会"), ("2023Q2", "2023Q1"), "", Outcome.GONE),
)  # fmt: skip
ITEMS = (
    ItemRow(EDUCATION, ItemClass.SLOW, ("新改扩建幼儿园 2.5所，序时要求 4所",),
            (("县教育和体育局", "=征地手续未办结"),)),
    ItemRow(SCREENING, ItemClass.DONE, ahead=True, beyond=True),
    ItemRow(FRIENDLY, ItemClass.MISSING),
)  # fmt: skip


def summary(**change: Any) -> Summary:
    whole = Summary(PROGRAMME, form(), Q2, date(2023, 7, 5), ITEMS, DETAILS, TARGETS, UNITS,
                    PROBLEMS, RECEIPTS, ("底账是新建的。",))  # fmt: skip
    return replace(whole, **change)
