"""The stateful test: hypothesis draws how a year begins and every event of it."""

from __future__ import annotations

import re
import shutil
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from .fast import fast
from .luck import EVENTS
from .year import Opening, Report, Year

STEPS = 90  # more than the events of a year: then it is over

# A disk in memory, where there is one: a year writes a thousand files.
SHELF = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
_SEED = st.integers(0, 2**32 - 1)


class YearMachine(RuleBasedStateMachine):
    """A year; every kind of event is a rule."""

    ended: ClassVar[list[Report] | None] = None  # each year's report goes here, none fails
    whole: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="shishi-year-", dir=SHELF))
        self.patches: AbstractContextManager[None] = nullcontext() if self.whole else fast()
        self.patches.__enter__()
        self.year: Year | None = None

    @initialize(first=st.sampled_from(("2023Q1", "2023Q2")), ids=st.booleans())
    def opens(self, first: str, ids: bool) -> None:
        self.year = Year(self.folder / "office", Opening(first, ids, self.whole))

    def plays(self, kind: str, seed: int) -> None:
        assert self.year
        self.year.plays(kind, seed)
        if self.ended is None:
            assert self.year.differences == []

    @precondition(lambda self: self.year is not None and self.year.over)
    @rule()
    def rests(self) -> None:
        """The year is over."""

    def teardown(self) -> None:
        self.patches.__exit__(None, None, None)
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.ended is not None and self.year:
            self.ended.append(self.year.report())


def _rule_of(kind: str) -> Any:
    def plays(self: YearMachine, seed: int) -> None:
        self.plays(kind, seed)

    plays.__name__ = re.sub(r"\W", "_", kind)
    going = precondition(lambda self: self.year is not None and not self.year.over)
    return going(rule(seed=_SEED)(plays))


for _kind in EVENTS:
    setattr(YearMachine, f"rule_{list(EVENTS).index(_kind)}", _rule_of(_kind))
