"""Two commands → how much longer, or larger, the first is: pairs in turn, the median of five."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Prepare = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: seconds on the clock, and the memory of its largest process in MB."""

    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Command:
    """A Python command line, and what is made ready before each run, outside the time."""

    words: Sequence[str]
    prepare: Prepare = lambda: None
    allowed: tuple[int, ...] = (0, 1)  # 1: done, and something is left to chase

    def run(self) -> Run:
        """:raises RuntimeError: where it fails."""
        self.prepare()
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *self.words], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if (code := os.waitstatus_to_exitcode(status)) not in self.allowed:
            raise RuntimeError(f"{' '.join(self.words)} ended with {code}")
        return Run(seconds, usage.ru_maxrss / 1024)


def ratio(ours: Command, theirs: Command, rounds: int = 5) -> float:
    """The median of the pairs' ratios of time, after one pair that does not count."""
    pairs = [(ours.run().seconds, theirs.run().seconds) for _ in range(rounds + 1)]
    return statistics.median(a / b for a, b in pairs[1:])


def memory(command: Command, rounds: int = 3) -> float:
    """The median of the largest process's memory, MB."""
    return statistics.median(command.run().memory for _ in range(rounds))
