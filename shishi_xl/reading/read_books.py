"""Files of inbox/ → what each of them says, parsed in a worker process that may die of one."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..sheets import Book, Page, Refusal, Scan
from .child import Child, Died
from .job import CRASHED, OUT_OF_MEMORY, TIMED_OUT, Job, Result, Turn
from .refuse import no_scan
from .sight import Sight, can_see

_FAILED = (CRASHED, TIMED_OUT, OUT_OF_MEMORY)
_FAILED_SCANS = tuple(no_scan(dict(fault.details)["reason"]) for fault in _FAILED)
_BROKEN_OFF = "，这一页和后面的都没有看"
TIMEOUT = 30.0  # seconds, for each file and for each file in an archive
_TIRED = 96 * 2**20  # bytes that a worker may hold on to between two files
_LONG = 0.1  # seconds that a file takes which may have left so much behind; to look costs 5 ms
MEMORY = 352 * 2**20  # bytes; with what the program itself needs, a run stays under 512 MB


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file, or one in an archive or mail, and what it says; None: it was opened."""

    turn: Turn
    result: Result


def is_lasting(read: FileRead) -> bool:
    """Whether another reading says the same: not where time or memory ran out, or the file was
    not there, which a backup may bring back."""
    if isinstance(read.result, Scan):
        return not any(page.fault.endswith(_BROKEN_OFF) for page in read.result.pages)
    lost = isinstance(read.result, Refusal) and read.result.lost
    return not lost and read.result not in (*_FAILED, *_FAILED_SCANS)


def start_worker(memory: int = MEMORY) -> Child:
    """A worker for `read_files`, started while there are other things to do: it takes 0.15 s."""
    return Child(memory)


def read_files(
    jobs: Iterable[tuple[str, bytes | Path]],
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    worker: Child | None = None,
    scans: bool = False,
) -> Iterator[FileRead]:
    """Every file in the jobs' order, those inside an archive or mail before it.

    A file that kills its worker, hangs or takes too much memory is refused; the rest goes on.
    The worker is at the next file while the caller is busy with this one. `scans`: whether PDFs and
    pictures are looked at.

    :raises CannotStart: where no worker can be started.
    """
    found = (job_of(p, s, scans) for p, s in jobs)
    return Reading(found, timeout, memory, worker).run()


def read_books(
    jobs: Iterable[tuple[str, bytes | Path]], timeout: float = TIMEOUT, memory: int = MEMORY
) -> Iterator[Book | Refusal]:
    """The same without opening archives and mails: one result for each job."""
    reading = Reading((Job(p, s, unpack=False) for p, s in jobs), timeout, memory)
    found = (r.result for r in reading.run())
    return (result for result in found if isinstance(result, Book | Refusal))


def read_alone(
    worker: Child, name: str, content: bytes, timeout: float = TIMEOUT
) -> Book | Refusal | None:
    """One file, unopened if it is an archive (None); the worker goes on to others afterwards."""
    worker.send(Job(name, content, unpack=False))
    while isinstance(step := worker.receive(timeout), Turn):
        pass
    assert not isinstance(step, Page | Scan)  # which were not asked for
    return step.refusal if isinstance(step, Died) else step


def job_of(path: str, source: bytes | Path, scans: bool) -> Job:
    """The job for one file of inbox/."""
    return Job(path, source, scans=scans, by_sight=scans and can_see())


class Reading:
    """One pass over the jobs. There is a worker as soon as there is a job, and again after each
    death; the job goes to it anew, without what has been read.

    Where a library panicked or memory ran out, the worker may live and still be of no use: seen in
    1,725 sample files, of which the last 689 were refused after one panic. Such a worker is
    replaced, and a file that was too much for one that had read others gets one of its own.
    """

    def __init__(
        self, jobs: Iterator[Job], timeout: float, memory: int, child: Child | None = None
    ) -> None:
        self._jobs, self._timeout, self._memory, self._child = jobs, timeout, memory, child
        self._worn = False  # whether the worker has read other files
        self._long = False  # whether one of them took long
        self._job: Job | None = None
        self._open: list[Turn] = []  # without a result yet; each lies in the one before
        self._pages: list[Page] = []  # of the scan that is being looked at
        self._sight = Sight()

    @property
    def worker(self) -> Child | None:
        """The worker, if there is one that can go on."""
        return self._child if self._child and self._child.alive else None

    def run(self) -> Iterator[FileRead]:
        """All results; then the worker's work is over."""
        try:
            yield from self.results()
        finally:
            if self._child:
                self._child.close()

    def results(self) -> Iterator[FileRead]:
        """All results; the worker waits for more."""
        try:
            self._begin_next()
            while self._job is not None:
                yield self._next_result(self._job)
        finally:
            self._sight.close()

    def _begin_next(self) -> None:
        self._job = next(self._jobs, None)
        if self._job is not None:
            self._send(self._job)

    def _send(self, job: Job) -> None:
        self._open.clear()
        self._pages.clear()
        if self._child and self._long and self._child.alive and self._child.used() > _TIRED:
            self._child.close()  # what it once took it does not give back
        self._long = False
        if self._child is None or not self._child.alive:
            self._child, self._worn = Child(self._memory), False
        self._child.send(job)

    def _next_result(self, job: Job) -> FileRead:
        result, died = self._next_step()
        if result == OUT_OF_MEMORY and self._worn:
            self._send(job)
            result, died = self._next_step()
        turn = self._open.pop() if self._open else Turn(job.path)
        read = FileRead(turn, self._with_pages(result))
        self._worn = True
        if not self._open:
            self._begin_next()
        else:
            self._job = replace(job, done=job.done | {turn.path})
            if died:
                self._send(self._job)
        return read

    def _read_by_sight(self, page: Page) -> Page:
        if not page.unread:
            return page
        text = self._sight.text(page.unread)
        return replace(page, text=text, by_sight=bool(text), unread=b"")

    def _with_pages(self, result: Result) -> Result:
        """The scan with its pages; as far as they came, where it was too much."""
        begun, pages = bool(self._pages), tuple(self._pages[1:])
        self._pages.clear()
        if isinstance(result, Scan):
            return replace(result, pages=pages)
        if not begun or not isinstance(result, Refusal) or result not in _FAILED:
            return result
        reason = dict(result.details)["reason"]
        broken_off = Page(len(pages) + 1, fault=f"{reason}{_BROKEN_OFF}")
        return Scan((*pages, broken_off), "") if pages else no_scan(reason)

    def _next_step(self) -> tuple[Result, bool]:
        """The next result, and whether the worker is dead, or ended because it is of no more use."""
        assert self._child
        start = time.monotonic()
        while isinstance(step := self._child.receive(self._timeout), Turn | Page):
            if isinstance(step, Turn):
                self._open.append(step)
                self._pages.clear()
            else:
                self._pages.append(self._read_by_sight(step))
        self._long = self._long or time.monotonic() - start > _LONG
        if isinstance(step, Died):
            return step.refusal, True
        useless = step in (CRASHED, OUT_OF_MEMORY)
        if useless:
            self._child.close()
        return step, useless
