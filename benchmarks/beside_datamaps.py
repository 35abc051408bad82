"""python -m benchmarks.beside_datamaps DATAMAPS: the same edited returns read by both programs.

DATAMAPS is the path of a `datamaps` command (pip install datamaps==1.1.9, in a venv of its own).
It reads cells by address: a datamap, which names the cells of each unit's form as it was sent, is
written for it. Seventeen units fill their forms; each edits its own as units do.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from shishi_xl.consolidate import consolidate
from shishi_xl.demo.unit import DEADLINE, PROGRESS, Unit
from shishi_xl.generate import generate
from shishi_xl.workspace import Workspace

PERIOD, TODAY = "2022Q2", date(2022, 7, 5)
PROGRAMME = Path(__file__).parent.parent / "templates" / "programmes" / "linyi-2022.yaml"
Cells = Mapping[tuple[str, str], str]  # item's number and header → text


def _sort_and_title(unit: Unit) -> None:
    unit.sorts_rows("序号", downwards=True)
    unit.inserts_title_row("报表")


EDITS: Mapping[str, Callable[[Unit], object]] = {
    "原样填写": lambda u: None,
    "只填不改，另存为新工作簿": lambda u: u.copies_sheet_into_new_book(),
    "表内插入一行": lambda u: u.inserts_row(u.items[0]),
    "表上方加一行标题": lambda u: u.inserts_title_row("第二季度"),
    "删去别的事项": lambda u: u.keeps_only(u.items[-1]),
    "按名称重新排序": lambda u: u.sorts_rows("实事名称", downwards=True),
    "整表下移右移": lambda u: u.moves_table(2, 1),
    "加一列": lambda u: u.adds_column("联系人", PROGRESS),
    "删去责任单位一列": lambda u: u.deletes_column("责任单位"),
    "改了表头文字": lambda u: u.rewords(PROGRESS, "本季度工作措施及任务进度"),
    "工作表改名": lambda u: u.renames_sheet("二季度"),
    "前面加一张说明": lambda u: u.adds_sheet_before("说明", "请查收"),
    "粘贴到新工作簿": lambda u: u.pastes_into_new_book(hidden=True),
    "只粘贴看得见的列": lambda u: u.pastes_into_new_book(hidden=False),
    "从 1 重新编号": lambda u: u.renumbers_from_1(),
    "表下写了一行字": lambda u: u.writes_below("联系人：张三"),
    "排序并加标题": _sort_and_title,
}


def main(datamaps: Path) -> None:
    """Make the returns, read them both ways, print a line an edit."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        workspace = Workspace(root)
        workspace.inbox.mkdir()
        shutil.copy(PROGRAMME, root / "items.yaml")
        generate(workspace, PERIOD, None, TODAY)
        forms = sorted((root / "outbox" / PERIOD / "下发").glob("*.xlsx"))
        units = {f.stem.partition("_")[2]: f for f in forms}
        truth, theirs = {}, {}
        edits = dict(zip(units, [*EDITS] * len(units), strict=False))
        for name, form in units.items():
            truth[name] = _fill(name, form, EDITS[edits[name]], workspace.inbox / f"{name}.xlsx")
            theirs[name] = _by_datamaps(datamaps, form, workspace.inbox / f"{name}.xlsx", root)
        ours = _by_us(workspace)
    _print(edits, truth, ours, theirs)


def _fill(name: str, form: Path, edit: Callable[[Unit], object], to: Path) -> Cells:
    """The filled and edited return; what it says."""
    unit = Unit(form)
    for number, item in enumerate(unit.items, 1):
        unit.fills(
            item,
            f"{name}第{number}件：召开会议{number + 2}次，进度正常。",
            f"2022年{number + 6}月底",
        )
    table = unit.annex
    said = {
        item: {
            (str(table.cell(table.row(item), "序号").value), header): str(
                table.cell(table.row(item), header).value
            )
            for header in (PROGRESS, DEADLINE)
        }
        for item in unit.items
    }
    edit(unit)
    unit.saves_as(to)
    return {key: text for item in unit.items for key, text in said[item].items()}


def _by_us(workspace: Workspace) -> Mapping[str, Cells]:
    """What stands in 明细."""
    done = consolidate(workspace, PERIOD, TODAY)
    file = next(f for f in done.written if f.name.startswith("汇总"))
    head, *rows = CalamineWorkbook.from_path(file).get_sheet_by_name("明细").to_python()
    names = [PROGRESS if PROGRESS in str(h) else str(h) for h in head]
    found: dict[str, dict[tuple[str, str], str]] = {}
    for row in rows:
        cells = dict(zip(names, row, strict=True))
        for header in (PROGRESS, DEADLINE):
            number = str(int(float(str(cells["序号"]))))
            found.setdefault(str(cells["责任单位"]), {})[number, header] = str(cells[header])
    return found


def _by_datamaps(datamaps: Path, form: Path, filled: Path, root: Path) -> Cells:
    """What datamaps' master has, with a datamap of the form as it was sent."""
    home = root / "home"
    shutil.rmtree(home, ignore_errors=True)
    (home / "in").mkdir(parents=True)
    (home / "Documents" / "datamaps" / "output").mkdir(parents=True)
    shutil.copy(filled, home / "in" / "return.xlsx")
    keys = _write_datamap(form, home / "datamap.csv")
    subprocess.run(
        [datamaps, "import", "templates", "-m", "-d", home / "datamap.csv", "--inputdir", home / "in"],
        env={**os.environ, "HOME": str(home)}, capture_output=True, check=False,
    )  # fmt: skip
    masters = list(home.rglob("master*.xlsx"))
    if not masters:
        return {}
    rows = load_workbook(masters[0]).worksheets[0].iter_rows(values_only=True)
    return {keys[str(r[0])]: str(r[1]) for r in rows if str(r[0]) in keys and r[1] is not None}


def _write_datamap(form: Path, file: Path) -> Mapping[str, tuple[str, str]]:
    """A line for each answer cell; its key → item's number and header."""
    table, keys = Unit(form).annex, {}
    with file.open("w", newline="", encoding="utf-8") as out:
        lines = csv.writer(out)
        lines.writerow(("cell_key", "template_sheet", "cell_reference", "type"))
        for row in table.rows:
            number = str(table.cell(row, "序号").value)
            for header in (PROGRESS, DEADLINE):
                key = f"{number} {header}"
                keys[key] = (number, header)
                address = f"{get_column_letter(table.column(header))}{row}"
                lines.writerow((key, table.sheet.title, address, "TEXT"))
    return keys


def _print(
    edits: Mapping[str, str], truth: Mapping[str, Cells], ours: Mapping[str, Cells],
    theirs: Mapping[str, Cells],
) -> None:  # fmt: skip
    print("单位怎样改了报表 | 应有答复 | shishi_xl 对 错 | datamaps 对 错")
    sums = [0] * 5
    for name, edit in edits.items():
        counts = [len(truth[name])]
        for found in (ours.get(name, {}), theirs[name]):
            right = sum(found.get(k) == v for k, v in truth[name].items())
            counts += [right, sum(bool(v) and truth[name].get(k) != v for k, v in found.items())]
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
        print(edit, *counts, sep=" | ")
    print("合计", *sums, sep=" | ")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
