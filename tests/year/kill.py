"""`python -m tests.year.kill [MOMENTS]`: a year whose every command is killed before it succeeds.

Two years of the same events: one undisturbed, and one where each command first runs in a forked
child that kills itself after a random number of function calls. After each command, and so at the
end, both workspaces must hold the same bytes: outbox/, 登记.xlsx, every kept return, the ledger.
"""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from openpyxl import load_workbook

from shishi_xl.whole_file import TEMPORARY

from .luck import EVENTS
from .machine import SHELF
from .year import KINDS, Opening, Year

Command = Callable[[], object]
_MOST_STEPS = 200


def holdings(root: Path) -> dict[str, object]:
    """All that the program has written in a workspace; half-written files are nobody's."""
    files = [*(root / "outbox").rglob("*"), *(root / ".shishi" / "returns").rglob("*")]
    found: dict[str, object] = {
        f.relative_to(root).as_posix(): f.read_bytes()
        for f in files
        if f.is_file() and TEMPORARY not in f.name
    }
    if (root / "登记.xlsx").exists():
        found["登记.xlsx"] = _cells(root / "登记.xlsx")
    ledger = root / ".shishi" / "ledger.sqlite"
    if ledger.exists():
        with closing(sqlite3.connect(ledger)) as db:
            tables = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            # A run that was killed after it had written 登记.xlsx has read its own rows again.
            for table in sorted({*tables} - {"register"}):
                found[f"ledger {table}"] = sorted(db.execute(f"SELECT * FROM {table}"), key=str)
    return found


def _cells(book: Path) -> object:
    """What stands in 登记.xlsx: the clerk's program saves it with the time of day."""
    sheets = load_workbook(book, read_only=True)
    return [(s.title, [r for r in s.iter_rows(values_only=True) if any(r)]) for s in sheets]


@dataclass
class Undisturbed:
    """Looks on: how many calls each command makes, and what there is after the one before."""

    root: Path
    calls: list[int] = field(default_factory=list)
    states: list[dict[str, object]] = field(default_factory=list)

    def __call__(self, command: Command) -> None:
        self.states.append(holdings(self.root))
        said = self.root.parent / "calls"
        count = [0]

        def profile(_: FrameType, event: str, __: Any) -> None:
            count[0] += event == "call"

        def work() -> None:
            sys.setprofile(profile)
            command()
            sys.setprofile(None)
            said.write_text(str(count[0]))

        # In a copy of the process and of the workspace: the real one runs after this.
        _forked(work, self.root)
        self.calls.append(int(said.read_text()))


@dataclass
class Killer:
    """Kills each command several times before it may succeed."""

    root: Path
    undisturbed: Undisturbed
    times: int
    luck: Random
    at: int = 0
    killed: int = 0
    differences: list[str] = field(default_factory=list)

    def __call__(self, command: Command) -> None:
        wanted = self.undisturbed.states[self.at]
        self.differences += (f"before command {self.at}: {d}" for d in _unlike(self.root, wanted))
        for _ in range(self.times):
            calls = self.undisturbed.calls[self.at]
            # Every other time near the end, where the ledger is committed and files are renamed.
            first = 1 if self.luck.random() < 0.5 else int(calls * 0.8)
            status = _dies(command, self.luck.randint(first, calls))
            self.killed += status == signal.SIGKILL
        self.at += 1


def _dies(command: Command, number: int) -> int:
    """The command in a child that kills itself at its `number`th call; the wait status."""
    count = [0]

    def profile(_: FrameType, event: str, __: Any) -> None:
        count[0] += event == "call"
        if count[0] >= number:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        sys.setprofile(profile)
        command()
        os._exit(0)
    return os.waitpid(child, 0)[1]


def _forked(work: Command, root: Path) -> None:
    """Work in a child, on the workspace as it is; afterwards the workspace is as before."""
    import shutil

    kept = root.with_name(f"{root.name}-kept")
    shutil.copytree(root, kept)
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    shutil.rmtree(root)
    kept.rename(root)


def _unlike(root: Path, wanted: dict[str, object]) -> list[str]:
    found = holdings(root)
    return [name for name in sorted({*found, *wanted}) if found.get(name) != wanted.get(name)]


def year_killed(folder: Path, seed: int, times: int, steps: int = _MOST_STEPS) -> Killer:
    """One year twice: the killer with what it did and what it found."""
    drawn = Random(seed)
    events = [(drawn.choice(KINDS), drawn.randrange(2**32)) for _ in range(steps)]
    opening = Opening(drawn.choice(("2023Q1", "2023Q2")), drawn.random() < 0.5, whole=True)
    one, other = folder / "undisturbed" / "office", folder / "killed" / "office"
    for root in (one, other):
        root.parent.mkdir(parents=True)
    watcher = Undisturbed(one)
    quiet = Year(one, opening, watcher)
    _play(quiet, events)
    killer = Killer(other, watcher, times, drawn)
    year = Year(other, opening, killer)
    _play(year, events)
    killer.differences += (f"at the end: {d}" for d in _unlike(other, holdings(one)))
    killer.differences += (f"model: {d}" for d in year.differences)
    return killer


def _play(year: Year, events: list[tuple[str, int]]) -> None:
    for kind, seed in events:
        year.plays(kind, seed)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.year.kill", description=__doc__)
    options.add_argument("moments", type=int, nargs="?", default=200)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    start, killed, years, differences = time.perf_counter(), 0, 0, list[str]()
    while killed < chosen.moments:
        with tempfile.TemporaryDirectory(dir=SHELF) as folder:
            killer = year_killed(Path(folder), chosen.seed + years, times=4)
        killed, years = killed + killer.killed, years + 1
        differences += killer.differences
        print(f"year {years}: {killer.killed} kills of {killer.at} commands, "
              f"{len(killer.differences)} differences", flush=True)  # fmt: skip
    print("\n".join(differences[:20]))
    print(f"kills {killed} in {years} years, differences {len(differences)}, "
          f"{time.perf_counter() - start:.0f} s")  # fmt: skip
    return bool(differences)


if __name__ == "__main__":
    assert EVENTS
    sys.exit(main())
