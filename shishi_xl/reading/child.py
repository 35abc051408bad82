"""A worker process as its parent sees it: jobs to it, steps from it, and why it died."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from ..problems import CannotStart
from ..sheets import Refusal
from .job import CRASHED, OUT_OF_MEMORY, TIMED_OUT, Job, Ready, Step
from .thaw import Thaw

_LOOK = 0.2  # seconds between two looks at the memory
_START = 60.0  # seconds that a slow machine may take to start Python
_AHEAD = 8  # steps that wait for a busy caller; each may be as large as a sheet
# No site: the parent's paths are handed over, and 20 ms saved. No path of its own: a file in the
# folder where the program runs is not taken for a module.
_FLAGS = ("-S", "-P")
_PACKAGES = str(Path(__file__).parents[2])
_KILLED = -9  # what Linux does to a process where memory runs out


@dataclass(frozen=True, slots=True)
class Died:
    """A worker's last word: the refusal is for the file that it was at."""

    refusal: Refusal


class Child:
    """One worker. It starts at once; the first answer, not this call, waits for that."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        self._process = subprocess.Popen(
            [sys.executable, *_FLAGS, "-m", f"{__package__}.worker", str(memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said,
            env={**os.environ, "RUST_BACKTRACE": "0", "PYTHONPATH": os.pathsep.join(filter(None, [*sys.path, _PACKAGES]))},
        )  # fmt: skip
        weakref.finalize(self, self._process.kill)  # also when the program ends
        self._steps: Queue[Step | Ready | Died] = Queue(_AHEAD)
        self._heard = time.monotonic()
        self._ready = False
        Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def send(self, job: Job) -> None:
        """Give it a job; the one before is finished, so that it takes this one at once."""
        assert self._process.stdin
        self._heard = time.monotonic()
        try:
            pickle.dump(job, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except OSError:
            return  # it has died, which the next answer says

    def receive(self, timeout: float) -> Step | Died:
        """The next step; waits for `timeout` seconds after the last one.

        :raises CannotStart: where the process does not even begin.
        """
        if not self._ready:
            self._wait_for_start()
        while True:
            left = self._heard + timeout - time.monotonic()
            try:
                step = self._steps.get(timeout=min(max(left, 0.001), _LOOK))
            except Empty:
                if time.monotonic() - self._heard > timeout:
                    return self._stop(TIMED_OUT)
                if self.used() > self._memory:
                    return self._stop(OUT_OF_MEMORY)
            else:
                assert not isinstance(step, Ready)
                return step

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._said.close()
        if self._process.stdin:
            with suppress(OSError):
                self._process.stdin.close()

    def _wait_for_start(self) -> None:
        with suppress(Empty):
            self._ready = isinstance(self._steps.get(timeout=_START), Ready)
        if not self._ready:
            said = self._last_words().strip().rpartition("\n")[2]
            raise CannotStart(f"读取文件的子进程无法启动：{said or '没有响应'}")
        self._heard = time.monotonic()

    def _listen(self) -> None:
        """In a thread of its own: no system can wait for a pipe and a clock at once."""
        assert self._process.stdout
        with self._process.stdout as steps, suppress(Exception):  # half a step raises anything
            while True:
                self._steps.put(Thaw(steps).load())
                self._heard = time.monotonic()  # not before: until then the caller was busy
        self._steps.put(Died(self._why()))

    def _why(self) -> Refusal:
        killed = self._process.wait() == _KILLED
        said = self._last_words()
        memory = killed or "memory allocation of" in said or "MemoryError" in said
        return OUT_OF_MEMORY if memory else CRASHED

    def _last_words(self) -> str:
        with suppress(ValueError):  # closed already: nobody asks any more
            self._said.seek(0)
            return self._said.read().decode("utf-8", "replace")
        return ""

    def _stop(self, refusal: Refusal) -> Died:
        self.close()
        return Died(refusal)

    def used(self) -> int:
        """Resident bytes; asked only of a worker that has kept its parent waiting."""
        import psutil

        try:
            process = psutil.Process(self._process.pid)
            # In a virtual environment on Windows, Python is the child of a small launcher.
            family = (process, *process.children(recursive=True))
            return sum(p.memory_info().rss for p in family)
        except psutil.Error:
            return 0
