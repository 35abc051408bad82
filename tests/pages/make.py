"""A bundled programme → a period that went well, one with much text, one with almost nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from shishi_xl.catalogue import RULES
from shishi_xl.copies import NOT_ASKED, CopyStand, CopyState
from shishi_xl.init import init
from shishi_xl.model import Duty, Item
from shishi_xl.office import Office, load_office
from shishi_xl.period import Period
from shishi_xl.problems import Place, Problem
from shishi_xl.summary import (
    DetailRow,
    ItemClass,
    ItemRow,
    Outcome,
    PeriodPoint,
    ProblemRow,
    Reason,
    ReceiptRow,
    State,
    Summary,
    TargetRow,
    UnitRow,
)
from shishi_xl.target import Target

from .odd import ODD, items_yaml

PUBLISHED = ("gaoqing-2023", "linzi-2023", "boshan-2024", "yantai-2023", "linyi-2022")
PROGRAMMES = (*PUBLISHED, *ODD)
CASES = ("clean", "crowded", "empty")

_SENTENCES = (
    "召开专题推进会{n}次，现场解决问题{n}个。", "累计完成投资{n}00万元，占年度计划的{n}%；",
    "组织开展宣讲活动{n}场，覆盖{n}00余人次，发放宣传手册2,{n}00份。", "与县卫生健康局、县妇联联合印发工作方案，",
    "（一）压实责任：由分管负责同志牵头，逐项明确完成时限、责任人；", "WiFi 6 covers all 12 sites; see A-3/B-4.",
    "截至目前，共检查1.5万人，检查率达到86.5%。\n", "下一步，将对照序时进度，倒排工期、挂图作战，确保年底前全面完成。",
)  # fmt: skip
_ODD = (
    "=1+1，不是公式",
    "0533-6967116",
    "①②③☆§—…“两癌”《方案》",
    "䶮𠮷㙍",
    "😀已完成",
    "１２月３１日",
    "a" * 60,
    "　　首行缩进两格，",
    "\n\n一、基本情况\n\n\n二、下一步\n",
)


@dataclass(frozen=True)
class Played:
    """One programme's period."""

    programme: str
    case: str
    office: Office
    summary: Summary


def play(programme: str, case: str) -> Played:
    """The programme's second period as it would stand."""
    with TemporaryDirectory() as folder:
        workspace = init(
            Path(folder) / programme, programme if programme in PUBLISHED else PUBLISHED[0]
        )
        if programme in ODD:
            (workspace.root / "items.yaml").write_text(items_yaml(programme), "utf-8")
        office = load_office(workspace)
    period = office.programme.periods[min(1, len(office.programme.periods) - 1)]
    return Played(programme, case, office, _Player(office, period, case).summary())


class _Player:
    def __init__(self, office: Office, period: Period, case: str) -> None:
        self._office, self._period, self._case = office, period, case
        self._dice = random.Random(f"{office.programme.id} {case}")

    def summary(self) -> Summary:
        programme = self._office.programme
        items = tuple(self._item(i) for i in programme.items_in(self._period))
        details = tuple(self._detail(d) for d in programme.duties(self._period))
        return Summary(
            programme, self._office.form, self._period, self._period.end + timedelta(days=5),
            items, details, tuple(self._targets()), tuple(self._units(details)),
            tuple(self._problems(details)), tuple(self._receipts(details)),
            course=self._course(items),
        )  # fmt: skip

    def _text(self) -> str:
        long = (20, 60, 90, 150, 300, 700, 3000) if self._case == "crowded" else (30, 60, 90, 120)
        length = self._dice.choice(long)
        words = "" if self._case == "clean" else self._dice.choice(_ODD)
        while len(words) < length:
            words += self._dice.choice(_SENTENCES).format(n=self._dice.randint(1, 99))
        return words[:length].rstrip("\n")

    def _detail(self, duty: Duty) -> DetailRow:
        if self._case == "empty" and self._dice.random() < 0.93:
            return DetailRow(duty, State.MISSING)
        if self._case == "crowded" and self._dice.random() < 0.1:
            return DetailRow(duty, State.MISSING)
        month = self._dice.choice((10, 11, 12)) if self._case == "crowded" else 12
        until = f"{self._period.year}年{month}月底"
        if self._case == "crowded" and self._dice.random() < 0.1:
            until = f"幼儿园{until}前主体完工并投入使用，职工小屋长期坚持"
        answers = {"progress": self._text(), "deadline": until}
        where = Place(f"{duty.unit}/{duty.unit}{self._period.label}工作进展情况报表.xlsx", "工作进展情况报表",
                      f"F{duty.item.number + 4}")  # fmt: skip
        return DetailRow(
            duty, State.REPORTED, answers, (where,), date(self._period.year, month, 30)
        )

    def _item(self, item: Item) -> ItemRow:
        likely = {
            "clean": (ItemClass.DONE, ItemClass.ON_SCHEDULE, ItemClass.ON_SCHEDULE),
            "crowded": (ItemClass.SLOW, ItemClass.NOT_STARTED, ItemClass.ON_SCHEDULE),
            "empty": (ItemClass.MISSING, ItemClass.MISSING, ItemClass.ON_SCHEDULE),
        }[self._case]
        found = self._dice.choice(likely)
        if found not in (ItemClass.SLOW, ItemClass.NOT_STARTED):
            return ItemRow(item, found, ahead=found is ItemClass.DONE)
        reason = Reason("新改扩建幼儿园 2所，序时要求 4所", (item.reporter,))
        return ItemRow(item, found, (reason,), ((item.reporter, self._text()),),
                       behind=(item.reporter,))  # fmt: skip

    def _targets(self) -> Iterator[TargetRow]:
        for item in self._office.programme.items_in(self._period):
            for target in item.targets:
                for unit in target.shares:
                    yield self._target(item, target, unit)

    def _target(self, item: Item, target: Target, unit: str) -> TargetRow:
        goal = target.goal.number
        if self._case == "empty" or goal is None or self._dice.random() < 0.1:
            return TargetRow(item, target, unit)
        rate = Decimal(self._dice.randint(0, 130)) / 100
        return TargetRow(item, target, unit, goal / 4, goal * rate, str(goal * rate), rate, goal / 2,
                         "已完成" if rate >= 1 else "按序时推进" if rate > Decimal("0.5") else "推进缓慢")  # fmt: skip

    def _units(self, details: tuple[DetailRow, ...]) -> Iterator[UnitRow]:
        for unit in dict.fromkeys(d.duty.unit for d in details):
            rows = [d for d in details if d.duty.unit == unit and d.owed]
            done = sum(d.answered for d in rows)
            copy = self._copy() if rows else NOT_ASKED
            came = datetime.combine(self._period.end, time(17, 30)) if done else None
            yield UnitRow(unit, len(rows), done, "已报送" if done else "未报送", "已收" if done else "未收",
                          first_arrival=came, arrival=came, late=False, stamped=copy, versions=done and 1,
                          person="欧阳张三", phone="0533-6967116 转 8001")  # fmt: skip

    def _copy(self) -> CopyStand:
        """As seldom in order as the rest."""
        if not self._office.programme.stamped:
            return NOT_ASKED
        if self._case == "clean":
            return CopyStand((CopyState.RECEIVED,), "盖章件.pdf 第1—2页")
        chased = self._dice.choice((CopyState.MISSING, CopyState.NO_SEAL))
        return CopyStand((chased,), chased=chased)

    def _problems(self, details: tuple[DetailRow, ...]) -> Iterator[ProblemRow]:
        rules = [
            r for r in RULES.values() if not re.search("{(?!found|unit|item)", r.message + r.advice)
        ]
        for row in details:
            if not row.places or self._case == "clean" or self._dice.random() < 0.6:
                continue
            problem = Problem(self._dice.choice(rules), row.places[0], self._text()[:300], row.duty.unit,
                              row.duty.item.id)  # fmt: skip
            yield ProblemRow(problem, explanation=self._text()[:60], first_found=self._period.end)

    def _receipts(self, details: tuple[DetailRow, ...]) -> Iterator[ReceiptRow]:
        for row in details:
            if row.places:
                name = row.places[0].file
                yield ReceiptRow(
                    name, self._dice.randint(9_000, 90_000_000), f"{self._dice.getrandbits(256):064x}",
                    datetime.combine(self._period.end, time(9, 12)), "文件时间", (row.duty.unit,),
                    (str(self._period),), f"行标识：{row.duty.unit}", Outcome.ADOPTED,
                )  # fmt: skip

    def _course(self, items: tuple[ItemRow, ...]) -> tuple[PeriodPoint, ...]:
        now = {row.item.id: row.item_class for row in items}
        before = {key: self._dice.choice(list(ItemClass)[:4]) for key in now}
        first = self._office.programme.periods[0]
        points = (PeriodPoint(first, before),) if first < self._period else ()
        return (*points, PeriodPoint(self._period, now))
