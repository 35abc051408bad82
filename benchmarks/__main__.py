"""python -m benchmarks [--size N] [--rounds N] [--double] [--write]: every figure as a ratio, in one run.

Ratios are of whole processes on the clock, pairs in turn, the median of the rounds. --write puts
the table into README; a figure that is not reached stands there as not reached.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import click

from shishi_xl.workspace import Workspace

from .corpus import PERIOD, TODAY, make_corpus
from .forms import forms_ratio
from .timing import Command, memory, ratio

README = Path(__file__).parent.parent / "README.md"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    found: float
    limit: float
    measure: str = "倍"

    def __str__(self) -> str:
        said = "达到" if self.found <= self.limit else "**未达到**"
        return f"| {self.what} | {self.found:.2f} {self.measure} | {self.limit:g} {self.measure} | {said} |"


@click.command()
@click.option("--size", default=10_000, help="Returns in the large inbox.")
@click.option("--rounds", default=5, help="Pairs of runs for each figure.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where the inboxes are kept.")
@click.option("--double", is_flag=True, help="Also measure an inbox twice as large.")
@click.option("--write", is_flag=True, help="Write the table into README.")
def main(size: int, rounds: int, folder: Path | None, double: bool, write: bool) -> None:
    """Measure, and print the table."""
    folder = folder or Path(tempfile.gettempdir()) / "shishi-xl-benchmarks"
    lines = []
    more = _doubled(folder, size) if double else ()
    for figure in chain(measure(folder, size, rounds), more):
        lines.append(str(figure))
        click.echo(figure)
    if write:
        _write(size, rounds, lines)


def measure(folder: Path, size: int, rounds: int) -> Iterator[Figure]:
    """Every figure, the small inbox first."""
    small, large = make_corpus(folder / "17", 17), make_corpus(folder / f"{size}", size)
    yield Figure(
        "`--help` ÷ 只加载 click", ratio(_shishi("--help"), _python("import click"), rounds), 1.5
    )
    yield Figure("每份报表的生成 ÷ 直接用 xlsxwriter 写同样的格子", forms_ratio(small, rounds), 1.2)
    yield Figure(
        "汇总 17 份 ÷ pandas 脚本", ratio(_first(small), _script(small, folder), rounds), 1.3
    )
    bare = _rival("calamine", large.inbox)
    yield Figure(
        f"只读 {size} 份（单进程，含检查）÷ 裸 calamine",
        ratio(_rival("reading", large.inbox), bare, rounds),
        2,
    )
    first = _first(large)
    yield Figure(f"首次汇总 {size} 份 ÷ 裸 calamine", ratio(first, bare, rounds), 5)
    yield Figure(
        f"首次汇总 {size} 份 ÷ pandas 脚本", ratio(first, _script(large, folder), 1), 1 / 15
    )
    again = Command(_words(large))
    again.run()
    again.run()
    yield Figure(
        f"再次汇总 {size} 份，没有变化 ÷ 只看文件大小和时间",
        ratio(again, _rival("scan", large.inbox), rounds),
        4,
    )
    one_new = Command(_words(large), lambda: _one_new(large))
    yield Figure(f"再次汇总 {size} 份，新到一份 ÷ 首次", ratio(one_new, first, 1), 0.5)
    yield Figure(f"汇总 {size} 份的内存", memory(first, 1), 400, "MB")


def _doubled(folder: Path, size: int) -> Iterator[Figure]:
    """How much longer twice as many take."""
    once, twice = (
        make_corpus(folder / f"{size}", size),
        make_corpus(folder / f"{2 * size}", 2 * size),
    )
    yield Figure(f"首次汇总 {2 * size} 份 ÷ {size} 份", ratio(_first(twice), _first(once), 1), 2.2)


def _words(workspace: Workspace) -> list[str]:
    return [
        "-m",
        "shishi_xl",
        "-w",
        str(workspace.root),
        "consolidate",
        str(PERIOD),
        "--today",
        f"{TODAY}",
    ]


def _first(workspace: Workspace) -> Command:
    """A run that knows nothing yet."""
    return Command(_words(workspace), lambda: _forget(workspace))


def _forget(workspace: Workspace) -> None:
    for folder in (".shishi", "outbox"):
        shutil.rmtree(workspace.root / folder, ignore_errors=True)
    workspace.register_file.unlink(missing_ok=True)


def _one_new(workspace: Workspace) -> None:
    """After a whole run, one file comes under another time."""
    Command(_words(workspace)).run()
    file = next(workspace.inbox.rglob("*.xlsx"))
    file.write_bytes(file.read_bytes() + b"\n")
    os.utime(file, (1_687_000_000, 1_687_000_000))


def _shishi(*words: str) -> Command:
    return Command(["-m", "shishi_xl", *words])


def _python(code: str) -> Command:
    return Command(["-c", code])


def _rival(name: str, *places: Path) -> Command:
    return Command(["-m", "benchmarks.rivals", name, *map(str, places)])


def _script(workspace: Workspace, folder: Path) -> Command:
    return _rival("script", workspace.inbox, folder / "script.xlsx")


def _write(size: int, rounds: int, lines: list[str]) -> None:
    where = f"{date.today()}，{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}"
    head = f"{where}；`python -m benchmarks --size {size} --rounds {rounds}`，各轮中位数：\n\n"
    table = "\n".join(("| 项目 | 测得 | 目标 | |", "| --- | --- | --- | --- |", *lines))
    text = re.sub(
        r"(?<=<!-- benchmarks -->\n).*?(?=<!-- /benchmarks -->)",
        lambda _: f"{head}{table}\n",
        README.read_text("utf-8"),
        flags=re.DOTALL,
    )
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
