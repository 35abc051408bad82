"""The clerk as a builder: forms go out, files come in, and the workbook of a run is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl.utils.cell import coordinate_to_tuple
from python_calamine import CalamineWorkbook

from shishi_xl.consolidate import consolidate
from shishi_xl.demo.saving import write_file
from shishi_xl.demo.unit import Unit
from shishi_xl.generate import generate
from shishi_xl.workspace import Workspace

from .book import Cell, RegisterBook

DAY = datetime(2023, 6, 28, 9, 30)


@dataclass(frozen=True)
class Found:
    """What 汇总_PERIOD.xlsx says.

    `answers`: (item's number, unit) → progress, deadline, of rows that have one.
    `states`: the same for 状态. `places`: 来源文件, 工作表, 单元格.
    `problems`: (file, cell, code) in the sheet's order. `receipts`: file → 处理结果; of a file
    that was overwritten, what became of the one that lies there now. `bases`: file → 认定依据.
    `arrivals`: file → 收到时间, with its source. `units`: 责任单位 → its row of 报送情况.
    `rows`: 问题清单 as it stands.
    """

    answers: Mapping[tuple[int, str], tuple[str, str]]
    states: Mapping[tuple[int, str], str]
    places: Mapping[tuple[int, str], tuple[str, str, str]]
    problems: tuple[tuple[str, str, str], ...]
    receipts: Mapping[str, str]
    bases: Mapping[str, str]
    arrivals: Mapping[str, str]
    units: Mapping[str, Mapping[str, str]]
    rows: tuple[Mapping[str, str], ...]


class Clerk:
    """One workspace in the hands of the collecting office."""

    def __init__(self, root: Path, period: str, today: date = date(2023, 7, 5)) -> None:
        self.workspace, self.period, self.today = Workspace(root), period, today

    def sends(self, period: str | None = None) -> None:
        """Generate every unit's form."""
        assert generate(self.workspace, period or self.period, None, self.today).faults == ()

    def asks_for_files_alone(self) -> None:
        """The programme asks for no stamped copies from now on."""
        said = self.workspace.items_file.read_text("utf-8")
        self.workspace.items_file.write_text(
            said.replace("stamped: true", "stamped: false"), "utf-8"
        )

    def forms(self, period: str | None = None) -> Mapping[str, Path]:
        """The forms as sent, by unit."""
        folder = self.workspace.root / "outbox" / (period or self.period) / "下发"
        return {f.stem.partition("_")[2]: f for f in sorted(folder.glob("*.xlsx"))}

    def unit(self, name: str, period: str | None = None) -> Unit:
        """The unit with the form that it was sent."""
        return Unit(self.forms(period)[name])

    def filled(self, name: str, tag: str = "", period: str | None = None) -> Unit:
        """The unit with every answer and every figure filled, no two texts alike."""
        unit = self.unit(name, period)
        for number, item in enumerate(unit.items, 1):
            text = f"{tag}{name}：{item}推进{number}项工作，召开调度会{number + 2}次。"
            unit.fills(item, text, f"2023年{9 + number % 4}月底")
        for number, (item, target) in enumerate(unit.targets, 1):
            unit.reports(target, number + 1, item)  # 1 of a % may be 100 %
        return unit

    def receives(
        self, what: Unit | bytes, name: str, saved: datetime = DAY, arrives: datetime | None = None
    ) -> Path:
        """Put a file into inbox/ under this name."""
        path = self.workspace.inbox / name
        if isinstance(what, bytes):
            write_file(path, what, arrives or saved)
        else:
            what.saves_as(path, saved, arrives)
        return path

    def says(self, place: tuple[str, str, str]) -> list[str]:
        """What stands in the received file at 来源文件, 工作表 and 单元格 of a row of 明细."""
        file, sheet, cells = place
        book = CalamineWorkbook.from_path(self.workspace.inbox / file)
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        places = (coordinate_to_tuple(cell) for cell in cells.split("、"))
        return [str(rows[row - 1][column - 1]) for row, column in places]

    @property
    def book(self) -> RegisterBook:
        """登记.xlsx."""
        return RegisterBook(self.workspace.register_file)

    def decides(self, file: str, **says: Cell) -> str:
        """Write a decision about a file into 登记.xlsx: unit, period, arrival, handling."""
        return self.book.decides(file, **says)

    def notes(self, unit: str, **says: Cell) -> str:
        """Write down what a unit said by telephone: topic, items, code, until, told, text."""
        return self.book.notes(unit, **{"period": self.period, **says})

    def consolidates(self, period: str | None = None, today: date | None = None) -> Found:
        """A run, and what its workbook says."""
        done = consolidate(self.workspace, period or self.period, today or self.today)
        assert done.faults == ()
        return read_summary(next(f for f in done.written if f.name.startswith("汇总")))


def read_summary(file: Path) -> Found:
    """The three plain tables that say what came of every file and every answer."""
    details, problems, receipts = (read_table(file, s) for s in ("明细", "问题清单", "收件清单"))
    keys = [(int(row["序号"]), row["责任单位"]) for row in details]
    answered = [tuple(_answers(row)) for row in details]
    return Found(
        {k: (a[0], a[1]) for k, a in zip(keys, answered, strict=True) if any(a)},
        {k: row["状态"] for k, row in zip(keys, details, strict=True)},
        {k: (row["来源文件"], row["工作表"], row["单元格"])
         for k, row in zip(keys, details, strict=True) if row["来源文件"]},
        tuple((row["文件"], row["单元格"], row["代码"]) for row in problems
              if row["处理状态"] != "已更正"),
        {row["文件"]: row["处理结果"] for row in reversed(receipts)},
        {row["文件"]: row["认定依据"] for row in reversed(receipts)},
        {row["文件"]: row["收到时间"] for row in reversed(receipts)},
        {row["责任单位"]: row for row in read_table(file, "报送情况")},
        tuple(problems),
    )  # fmt: skip


def read_table(file: Path, sheet: str) -> list[dict[str, str]]:
    """A plain table's rows: header → text."""
    rows = CalamineWorkbook.from_path(file).get_sheet_by_name(sheet).to_python()
    return [dict(zip(map(str, rows[0]), map(_text, row), strict=True)) for row in rows[1:]]


def _answers(row: Mapping[str, str]) -> list[str]:
    return [text for header, text in row.items() if "具体措施" in header or header == "完成时限"]


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
