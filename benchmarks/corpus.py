"""Size → a workspace whose inbox/ holds that many filled returns of the program's own forms.

Nine in ten are as the program writes them; the tenth is saved by openpyxl, and one in twenty by
LibreOffice where it is installed, as units' programs do.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl

from shishi_xl.office import Office, load_office
from shishi_xl.period import Cycle, Period
from shishi_xl.unit_form import SentTable, UnitForm
from shishi_xl.whole_file import write_whole
from shishi_xl.workspace import Workspace
from shishi_xl.write_form import write_form

PERIOD = Period(2023, 2, Cycle.QUARTER)
TODAY = date(2023, 7, 5)
GUIDE = "填在有底色的格子里，填好后发回。"
SAVED = datetime(2023, 6, 28, 9, 30)
_ITEMS = (
    "优质教育资源扩增", "普惠托育服务提质", "儿童友好城市建设", "心理健康服务", "两癌免费筛查",
    "家庭教育指导", "家家幸福安康", "女性就业创业", "困难儿童关爱", "法律援助维权",
)  # fmt: skip
_DID = (
    "制定实施方案", "召开专题调度会", "组织开展集中培训", "走进镇街村居开展宣讲", "完成现场勘查选址",
    "与财政部门落实经费", "对接医疗机构安排筛查", "建立工作台账", "发放宣传材料", "开展入户走访",
)  # fmt: skip


def make_corpus(folder: Path, size: int) -> Workspace:
    """The workspace in `folder`, made anew unless it stands there already."""
    done = folder / f"corpus of {size}"
    if done.exists():
        return Workspace(folder)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "inbox").mkdir(parents=True)
    (folder / "items.yaml").write_text(_programme(size), "utf-8")
    workspace = Workspace(folder)
    files = list(_fill(workspace, load_office(workspace)))
    _save_again(files)
    for file in files:
        os.utime(file, (SAVED.timestamp(), SAVED.timestamp()))
    done.touch()
    return workspace


def _programme(size: int) -> str:
    """Ten items, each answered by a group; every unit is in two of the groups."""
    members: dict[int, list[str]] = {item: [] for item in range(10)}
    for number in range(size):
        unit = f"第{number + 1:05d}号县妇儿工委办"
        for item in (number % 10, (number + 1 + number // 10 % 9) % 10):
            members[item].append(unit)
    groups = "".join(
        f"  第{item + 1}组: {{members: [{', '.join(names)}]}}\n"
        for item, names in members.items()
        if names
    )
    items = "".join(
        f"  - name: 实施{name}行动\n    responsible: [第{item + 1}组]\n"
        f"    targets: [{{name: {name}场次, goal: {4 * max(1, len(members[item]))}, measure: 场}}]\n"
        for item, name in enumerate(_ITEMS)
        if members[item]
    )
    return (
        "id: benchmark\nprogramme: 2023年为妇女儿童办实事\nyear: 2023\ncycle: quarter\n"
        f"first: 2023Q2\ndue: 0\nform: annex\nitems:\n{items}groups:\n{groups}"
    )


def _fill(workspace: Workspace, office: Office) -> Iterator[Path]:
    """Each unit's form with its answers, in folders of a thousand."""
    chance = random.Random(2023)
    for number, unit in enumerate(office.programme.form_holders(PERIOD)):
        form = office.form_of(unit, PERIOD)
        folder = workspace.inbox / f"{number // 1000:03d}"
        folder.mkdir(exist_ok=True)
        file = folder / f"{unit}.xlsx"
        write_whole(file, write_form(_answered(form, chance), GUIDE))
        yield file


def _answered(form: UnitForm, chance: random.Random) -> UnitForm:
    return replace(form, tables=tuple(_filled(sent, chance) for sent in form.tables))


def _filled(sent: SentTable, chance: random.Random) -> SentTable:
    rows = tuple(
        replace(
            row, prefill={c.key: _answer(c.answer, c.choices, chance) for c in sent.table.answers}
        )
        for row in sent.rows
    )
    return replace(sent, rows=rows)


def _answer(kind: str, choices: tuple[str, ...], chance: random.Random) -> str:
    match kind:
        case "number":
            return str(chance.randint(2, 3))
        case "deadline":
            return "2023年12月底"
        case "choice":
            return choices[1]
    did = "，".join(chance.sample(_DID, chance.randint(2, 5)))
    return (
        f"本季度{did}，惠及妇女儿童{chance.randint(30, 9000)}人次，编号{chance.getrandbits(40):x}。"
    )


def _save_again(files: list[Path]) -> None:
    for file in files[::10]:
        openpyxl.load_workbook(file).save(file)
    if shutil.which("soffice"):
        _save_by_libreoffice(files[5::20])


def _save_by_libreoffice(files: Iterable[Path]) -> None:
    every = list(files)
    with tempfile.TemporaryDirectory() as scratch:
        for start in range(0, len(every), 200):
            batch = every[start : start + 200]
            command = ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless"]
            command += ["--convert-to", "xlsx", "--outdir", f"{scratch}/out", *map(str, batch)]
            subprocess.run(command, capture_output=True, check=True)
            for file in batch:
                shutil.move(f"{scratch}/out/{file.name}", file)
