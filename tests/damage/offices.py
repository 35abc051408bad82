"""Five offices with two periods each: the last one collected, the forms of this one sent out."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from shishi_xl.consolidate import consolidate
from shishi_xl.generate import generate
from shishi_xl.init import init
from shishi_xl.workspace import Workspace

from .contact import fill
from .desk import Program
from .office import Sent, read_sent
from .words import Words


@dataclass(frozen=True)
class Year:
    """Two periods that follow each other, and a day after the second."""

    last: str
    period: str
    today: date


YEARS = {
    "gaoqing-2023": Year("2023Q2", "2023Q3", date(2023, 10, 5)),
    "linzi-2023": Year("2023Q2", "2023Q3", date(2023, 10, 5)),
    "boshan-2024": Year("2024Q2", "2024Q3", date(2024, 10, 5)),
    "linyi-2022": Year("2022Q2", "2022Q3", date(2022, 10, 5)),
    "yantai-2023": Year("2023H1", "2023H2", date(2024, 1, 5)),
}


def open_office(root: Path, programme: str, program: Program) -> Sent:
    """A workspace at `root` as it is on the day when this period's returns begin to come in."""
    year = YEARS[programme]
    workspace = init(root, programme)
    last = generate(workspace, year.last, None, year.today)
    words = Words(Random(programme), 40_000, int(year.last[:4]), last=True)
    for number, form in enumerate(last.files.values()):
        desk = program.open_book(form)
        fill(desk, words)
        desk.save(workspace.inbox / f"{number:02d}.xlsx")
        desk.close()
    consolidate(workspace, year.last, year.today)
    # They go on counting; what comes now is easier to see in an empty inbox.
    for file in workspace.inbox.iterdir():
        file.unlink()
    now = generate(workspace, year.period, None, year.today)
    return read_sent(program, programme, now.files, last.files)


def open_offices(folder: Path, program: Program, programmes: Iterable[str]) -> dict[str, Sent]:
    """The workspaces of several programmes, each in a folder of its name."""
    return {name: open_office(folder / name, name, program) for name in programmes}


def summary_of(office: Path, programme: str, returns: Iterable[Path], copy: Path) -> Path:
    """汇总_PERIOD.xlsx of a copy of the office, into whose inbox these folders came."""
    shutil.copytree(office, copy)
    for folder in returns:
        shutil.copytree(folder, copy / "inbox" / folder.name)
    year = YEARS[programme]
    done = consolidate(Workspace(copy), year.period, year.today)
    assert done.faults == ()
    return next(f for f in done.written if f.name.startswith("汇总"))
