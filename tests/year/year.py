"""One year: opened, its quarters played event by event, looked at, compared."""

from __future__ import annotations

import os
import shutil
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from shishi_xl.init import init

from . import final_deeds, inbox_deeds, programme_deeds, register_deeds, units_deeds
from .luck import EVENTS, Luck
from .office import Office
from .plan import ENDS, example

Report = dict[str, Any]
DEEDS = (units_deeds, inbox_deeds, programme_deeds, final_deeds, register_deeds)
WITHOUT = os.environ.get("YEAR_WITHOUT", "").split(",")  # modules of deeds to leave out
KINDS = [k for k, d in EVENTS.items() if d.__module__.rpartition(".")[2] not in WITHOUT]
# Kinds that are seldom possible: they are tried first where another was not.
SELDOM = {
    "作废文件夹里删除",
    "无名来件归入单位文件夹",
    "清空一行",
    "在自己的旧稿上改一项",
    "删后又要作废",
}
EACH_LOOK = 8  # events between two looks at most
EVENTS_A_YEAR = 64


@dataclass(frozen=True)
class Opening:
    """How a year begins. `first` is 2023Q1 or 2023Q2; `ids`: items.yaml gives its items ids.

    `whole`: by the command line, with every form and workbook written and read.
    """

    first: str
    ids: bool
    whole: bool = False


@dataclass
class Year:
    """A year under way; the same opening and steps give the same year."""

    root: Path
    opening: Opening
    before_run: Callable[[Callable[[], object]], None] | None = None
    played: Counter[str] = field(default_factory=Counter)
    steps: list[tuple[str, int]] = field(default_factory=list)
    since_look: int = 0
    in_quarter: int = 0
    over: bool = False

    def __post_init__(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        init(self.root, "gaoqing-2023")
        first = self.opening.first
        plan = example(first, ids=self.opening.ids)
        self.office = Office(
            self.root, plan, datetime(2023, 1, 1), first, quick=not self.opening.whole
        )
        if self.before_run:
            self.office.before_run = self.before_run
        self.office.writes_items()
        self._opens(first)

    @property
    def per_quarter(self) -> int:
        return -(-EVENTS_A_YEAR // len(self.office.plan.quarters))

    def _opens(self, quarter: str) -> None:
        """Ten days before a quarter's end its forms go out."""
        end = ENDS[quarter]
        begin = datetime(end.year, end.month, end.day, 8) - timedelta(days=10)
        self.office.now = max(self.office.now, begin)
        self.office.quarter = quarter
        self.in_quarter = 0
        self.office.sends(quarter)

    def plays(self, kind: str, seed: int) -> None:
        """One event, and a look where it is time."""
        if self.over or kind not in KINDS:
            return
        self.steps.append((kind, seed))
        luck = Luck(seed)
        self.office.now += timedelta(hours=luck.below(30), minutes=luck.below(60))
        self.office.step = len(self.steps)
        try:
            self._happens(kind, luck)
        except Exception as fault:
            where = traceback.extract_tb(fault.__traceback__)[-1]
            self.differences.append(
                f"{len(self.steps)} {self.office.today} {self.office.quarter} crash in {kind}: "
                f"{fault!r} at {Path(where.filename).name}:{where.lineno}"
            )
            self.over = True

    def _happens(self, kind: str, luck: Luck) -> None:
        """This kind, or another one where it is not possible now."""
        for each in (kind, *self._seldom(luck)):
            if EVENTS[each](self.office, luck):
                self.played[each] += 1
                self.in_quarter += 1
                self.since_look += 1
                break
        if self.since_look >= EACH_LOOK:
            self._looks(self.office.quarter)
        if self.in_quarter >= self.per_quarter:
            self._closes()

    def _seldom(self, luck: Luck) -> list[str]:
        """The other kinds, those first that this year has seen least."""
        others = luck.some(KINDS, len(KINDS))
        return sorted(others, key=lambda kind: (self.played[kind], kind not in SELDOM))[:12]

    def _looks(self, quarter: str) -> None:
        self.since_look = 0
        wishes, self.office.wishes = self.office.wishes, []
        for each in dict.fromkeys((*wishes, quarter)):
            self.office.compares(each)

    def _closes(self) -> None:
        """The quarter's last look, and one at the quarter before; then the next one begins."""
        quarters = self.office.plan.quarters
        at = quarters.index(self.office.quarter)
        self.office.wishes += quarters[max(at - 1, 0) : at]
        self._looks(self.office.quarter)
        if at + 1 < len(quarters):
            self._opens(quarters[at + 1])
        else:
            self.over = True

    def report(self) -> Report:
        """What is left of it when it is over: enough to play it again."""
        return {
            "opening": asdict(self.opening),
            "steps": self.steps,
            "played": dict(self.played),
            "over": self.over,
            "differences": self.differences,
        }

    @property
    def differences(self) -> list[str]:
        return self.office.differences


def replay(root: Path, opening: Opening, steps: Iterable[tuple[str, int]]) -> Year:
    """The year of these steps."""
    year = Year(root, opening)
    for kind, seed in steps:
        year.plays(kind, seed)
    return year
