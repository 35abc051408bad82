"""Files by their content → what each says: as it is kept, else read, by one worker or several."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .kept import Kept
from .reading import Child, FileRead, close_workers, read_batch, read_files
from .sheets import Book, Scan

# Wraps the files that are read: a progress bar, or nothing.
Progress = Callable[[Sequence[Any]], Iterable[Any]]

BATCH = 64  # files: handed to another process one by one, they lose what several gain
_LARGE = 2**20  # bytes of files that are handed over together; what is larger is read alone
_AHEAD = 32  # batches that wait for a busy caller
_MOST_KEPT = 2**24  # bytes in one archive; what a larger one says is read again each time


def no_progress(files: Sequence[Any]) -> Iterable[Any]:
    """Show nothing."""
    return files


@dataclass(frozen=True, slots=True)
class Effort:
    """What the user asks of a run: how many readers, somebody else's (`executor`, any of
    `concurrent.futures`), and whether every file is read anew.

    One reader works beside the program itself and keeps two cores busy; each further one may take
    its own share of memory, so that it is for the user to say.
    """

    jobs: int = 1
    executor: Executor | None = None
    verify: bool = False
    progress: Progress = no_progress


@dataclass(frozen=True, slots=True)
class Reader:
    """How a run reads. `source`: SHA-256 → where that content lies; `worker`: one that was started
    beforehand. PDFs and pictures are looked at where they are in the cache."""

    source: Callable[[str], Path]
    kept: Kept
    worker: Child | None = None
    effort: Effort = Effort()

    def read(self, files: Sequence[tuple[str, str]]) -> Iterator[FileRead]:
        """Every file, given by path and SHA-256, in this order; those inside one before it.

        The order of the results is the same whoever reads them.
        """
        unknown = [(path, sha) for path, sha in files if not self.kept.knows(sha, path)]
        to_read = set(unknown)
        with self._reading(unknown) as reading:
            for path, sha256 in self.effort.progress(files):
                if (path, sha256) in to_read:
                    yield from self._keeping(path, sha256, reading)
                elif known := self.kept.reads(sha256, path):
                    yield from known
                else:  # it was damaged
                    alone = read_files([(path, self.source(sha256))], scans=self.kept.scans)
                    yield from self._keeping(path, sha256, alone)

    def _keeping(self, path: str, sha256: str, reading: Iterator[FileRead]) -> Iterator[FileRead]:
        """One file's reads as they come, and then kept."""
        found: list[FileRead] = []
        size = 0
        for read in reading:
            yield read
            size += _weight(read)
            if size <= _MOST_KEPT:
                found.append(read)
            if read.turn.path == path:
                break
        if size <= _MOST_KEPT:
            self.kept.keep_reads(sha256, path, found)

    @contextmanager
    def _reading(self, files: Sequence[tuple[str, str]]) -> Iterator[Iterator[FileRead]]:
        jobs = ((path, self.source(sha256)) for path, sha256 in files)
        if self.effort.executor:
            yield _in_batches(self.effort.executor, jobs, self.kept.scans)
        elif self.effort.jobs > 1:
            try:
                with ThreadPoolExecutor(self.effort.jobs) as executor:
                    yield _in_batches(executor, jobs, self.kept.scans, self.effort.jobs)
            finally:
                close_workers()
        else:
            yield read_files(jobs, worker=self.worker, scans=self.kept.scans)


def _weight(read: FileRead) -> int:
    """What a file counts for where reads are kept: what a large one says takes ten times its size,
    and as much again to be kept; of a scan there are but the small pictures."""
    if isinstance(read.result, Scan):
        return sum(len(page.picture) + len(page.text) for page in read.result.pages)
    small = read.turn.size <= _LARGE or not isinstance(read.result, Book)
    return read.turn.size if small else _MOST_KEPT + 1


def _in_batches(
    executor: Executor, jobs: Iterator[tuple[str, Path]], scans: bool, ahead: int = _AHEAD
) -> Iterator[FileRead]:
    """Batches in their order; so many at a time, that a slow caller does not fill the memory. A
    large file is read alone, while nothing else waits: what it says may take 100 MB."""
    waiting: deque[Future[tuple[FileRead, ...]]] = deque()
    for batch, large in _batches(jobs):
        if batch:
            waiting.append(executor.submit(read_batch, batch, scans))
        while len(waiting) > (0 if large else ahead):
            yield from waiting.popleft().result()
        if large:
            yield from read_files([large], scans=scans)
    while waiting:
        yield from waiting.popleft().result()


def _batches(
    jobs: Iterable[tuple[str, Path]],
) -> Iterator[tuple[tuple[tuple[str, Path], ...], tuple[str, Path] | None]]:
    """Small files together, and the large one that comes after them, if there is one."""
    batch: list[tuple[str, Path]] = []
    size = 0
    for job in jobs:
        bytes_in = _size(job[1])
        if bytes_in > _LARGE:
            yield tuple(batch), job
            batch, size = [], 0
            continue
        batch.append(job)
        size += bytes_in
        if len(batch) == BATCH or size > _LARGE:
            yield tuple(batch), None
            batch, size = [], 0
    yield tuple(batch), None


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # which the reading of it says
