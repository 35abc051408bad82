"""The loop: returns are sent back marked, explained or corrected, and come in again, three rounds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from .clerk import Clerk, read_table
from .damage.make import office_python
from .rounds.desks import Edits, Look, by_libreoffice, by_openpyxl

SCHOOLS, SHEET, ANNEX = "县教育和体育局", "审核意见", "工作进展情况报表"
RED, AMBER = "F8B4AE", "FBD98B"
Desk = Callable[[Path, Edits, Path, datetime], Look]
DESKS = [
    pytest.param(by_openpyxl, id="openpyxl"),
    pytest.param(by_libreoffice, id="libreoffice",
                 marks=pytest.mark.skipif(not office_python(), reason="没有 LibreOffice")),
]  # fmt: skip


@dataclass
class Play:
    """One unit's loop at one desk."""

    clerk: Clerk
    desk: Desk
    round: int = 0
    look: Look = field(default_factory=dict)

    @property
    def outbox(self) -> Path:
        return self.clerk.workspace.root / "outbox" / self.clerk.period

    @property
    def book(self) -> Path:
        return self.outbox / "退回" / f"01_{SCHOOLS}.xlsx"

    def opinions(self) -> list[dict[str, str]]:
        """The rows of 审核意见: header → text, with the row's number."""
        rows = (
            CalamineWorkbook.from_path(self.book)
            .get_sheet_by_name(SHEET)
            .to_python(skip_empty_area=False)
        )
        head = next(i for i, row in enumerate(rows) if "单位说明" in row)
        titles = [str(t) for t in rows[head]]
        return [
            {**dict(zip(titles, map(str, row), strict=True)), "row": str(at)}
            for at, row in enumerate(rows[head + 1 :], head + 2)
        ]

    def explains(self, item: str, text: str) -> tuple[str, str, str]:
        """Typing into 单位说明 beside an item's first row."""
        row = next(r for r in self.opinions() if r["事项"].startswith(f"{item}."))
        return SHEET, f"J{row['row']}", text

    def sends(
        self, *writes: tuple[str, str, str], inserts: tuple[tuple[str, int], ...] = ()
    ) -> None:
        """The marked workbook is opened, edited, saved and sent back."""
        self.round += 1
        saved = datetime(2023, 7, 3 + self.round, 10)
        to = self.clerk.workspace.inbox / f"教体局 第{self.round}次更正.xlsx"
        self.look = self.desk(self.book, Edits(writes, inserts), to, saved)

    def consolidates(self) -> dict[tuple[str, str], tuple[str, str]]:
        """(item's number, code) → 处理状态 and 单位说明, of the unit's 强制 and 核实 problems."""
        self.clerk.consolidates(today=self.clerk.today + timedelta(days=self.round))
        rows = read_table(self.outbox / f"汇总_{self.clerk.period}.xlsx", "问题清单")
        return {
            (r["事项"].partition(".")[0], r["代码"] + (f" {r['填报内容']}" if r["代码"] == "D02" else "")):
            (r["处理状态"], r["单位说明"])
            for r in rows if r["责任单位"] == SCHOOLS and r["级别"] != "提示"
        }  # fmt: skip

    def sent_back(self) -> str:
        rows = read_table(self.outbox / f"汇总_{self.clerk.period}.xlsx", "报送情况")
        return next(r["退回次数"] for r in rows if r["责任单位"] == SCHOOLS)


def fill_of(book: Path, cell: str) -> str:
    return str(load_workbook(book)[ANNEX][cell].fill.fgColor.rgb)[-6:]


@pytest.mark.parametrize("desk", DESKS)
def test_three_rounds(clerk: Clerk, desk: Desk) -> None:
    play = Play(clerk, desk)
    unit = clerk.filled(SCHOOLS)
    for item, deadline in ((4, "尽快"), (7, "近期")):
        unit.fills(unit.item(item), deadline=deadline)
    unit.fills(unit.item(1), "")
    blank = fill_of(clerk.forms()[SCHOOLS], "E5")
    clerk.receives(unit, "县教体局.xlsx")

    found = play.consolidates()
    assert found == {("1", "A01"): ("待处理", ""), ("4", "D02 尽快"): ("待处理", ""),
                     ("7", "D02 近期"): ("待处理", "")}  # fmt: skip
    assert play.sent_back() == "1"
    assert [(r["类别"], r["位置"]) for r in play.opinions()] == [
        ("强制", f"{ANNEX} E5"), ("核实", f"{ANNEX} F6"), ("核实", f"{ANNEX} F7")
    ]  # fmt: skip

    # Round 1: one explained, one too shortly, a 强制 talked about; a row is put into the sheet.
    first = int(play.opinions()[0]["row"])
    said = {item: play.explains(item, text) for item, text in (
        ("1", "正在协调场地，下周补报"), ("4", "等待省里批复后方可确定"), ("7", "属实"))}  # fmt: skip
    moved = [(s, f"J{int(c[1:]) + 1}", t) for s, c, t in said.values()]
    play.sends(*moved, inserts=((SHEET, first),))
    assert play.look[ANNEX] == {"E5": RED, "F6": AMBER, "F7": AMBER}

    found = play.consolidates()
    assert found == {
        ("1", "A01"): ("待处理", "正在协调场地，下周补报"),
        ("4", "D02 尽快"): ("已说明", "等待省里批复后方可确定"),
        ("7", "D02 近期"): ("待处理", "属实"),
    }
    assert play.sent_back() == "2"
    rows = play.opinions()
    assert [r["位置"] for r in rows] == [f"{ANNEX} E5", f"{ANNEX} F7"]
    assert [("须改正原单元格" in r["处理办法"], "不足 6 个字" in r["处理办法"]) for r in rows] == [
        (True, False), (False, True)
    ]  # fmt: skip
    assert fill_of(play.book, "F6") == blank

    # Round 2: the 强制 is corrected, the short word made longer, the explained value changed.
    play.sends((ANNEX, "E5", "新改扩建幼儿园已完成主体工程，正在内部装修。"), (ANNEX, "F6", "待定"),
               play.explains("7", "需与县财政局共同商定后明确"))  # fmt: skip
    assert play.look[ANNEX] == {"E5": RED, "F7": AMBER}
    found = play.consolidates()
    assert found == {
        ("4", "D02 待定"): ("待处理", ""),
        ("7", "D02 近期"): ("已说明", "需与县财政局共同商定后明确"),
        ("1", "A01"): ("已更正", "正在协调场地，下周补报"),
        ("4", "D02 尽快"): ("已更正", "等待省里批复后方可确定"),
    }
    assert play.sent_back() == "3"
    assert (fill_of(play.book, "E5"), fill_of(play.book, "F7")) == (blank, blank)

    # Round 3: the last one is corrected; nothing is left to send back.
    play.sends((ANNEX, "F6", "2023年12月底"))
    assert play.look[ANNEX] == {"F6": AMBER}
    found = play.consolidates()
    assert [k for k, (state, _) in found.items() if state == "待处理"] == []
    assert found["4", "D02 待定"] == ("已更正", "")
    assert (play.sent_back(), list((play.outbox / "退回").iterdir())) == ("3", [])
    before = {f: f.read_bytes() for f in play.outbox.rglob("*") if f.is_file()}
    play.consolidates()
    assert {f: f.read_bytes() for f in play.outbox.rglob("*") if f.is_file()} == before


def test_the_opinions_may_come_back_alone(clerk: Clerk) -> None:
    play = Play(clerk, by_openpyxl)
    unit = clerk.filled(SCHOOLS)
    unit.fills(unit.item(4), deadline="尽快")
    clerk.receives(unit, "县教体局.xlsx")
    play.consolidates()
    book = load_workbook(play.book)
    for name in book.sheetnames[1:]:
        del book[name]
    _, cell, text = play.explains("4", "等待省里批复后方可确定")
    book[SHEET][cell] = text
    book.save(clerk.workspace.inbox / "说明.xlsx")
    found = clerk.consolidates()
    assert found.receipts["说明.xlsx"] == "采用"
    assert play.consolidates()["4", "D02 尽快"] == ("已说明", "等待省里批复后方可确定")
