"""A batch of files → what each says, in whatever thread or process of an executor it is read."""

from __future__ import annotations

import threading
from pathlib import Path

from .child import Child
from .read_books import MEMORY, TIMEOUT, FileRead, Reading, job_of


class _Here(threading.local):
    """The worker of this thread: it goes on to the next batch."""

    worker: Child | None = None


_here = _Here()
_started: list[Child] = []  # by all threads of this process


def read_batch(jobs: tuple[tuple[str, Path], ...], scans: bool = False) -> tuple[FileRead, ...]:
    """Every file, and those in it before it, with the limits of time and memory for each.

    :raises CannotStart: where no worker can be started.
    """
    found = (job_of(path, source, scans) for path, source in jobs)
    reading = Reading(found, TIMEOUT, MEMORY, _here.worker)
    try:
        return tuple(reading.results())
    finally:
        _here.worker = reading.worker
        if reading.worker and reading.worker not in _started:
            _started.append(reading.worker)


def close_workers() -> None:
    """End the workers of the threads that have ended; else they wait as long as the program runs."""
    while _started:
        _started.pop().close()
