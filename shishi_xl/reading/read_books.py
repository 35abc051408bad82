"""Files of inbox/ → what each of them says, parsed in a worker process that may die of one."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from ..sheets import Book, Refusal
from .job import CRASHED, OUT_OF_MEMORY, TIMED_OUT, Job, Result, Step
from .member import Member

TIMEOUT = 30.0  # seconds; for each file, and for each file in an archive
MEMORY = 384 * 2**20  # bytes; with what the program itself needs, a run stays under 512 MB

_LOOK = 0.2  # seconds between two looks at a worker's memory


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file, or one in an archive or mail, and what it says; None: it was opened.

    The member's `name` is the whole path; a file of inbox/ itself comes without its content.
    """

    member: Member
    result: Result


def read_files(
    jobs: Iterable[tuple[str, bytes | Path]], timeout: float = TIMEOUT, memory: int = MEMORY
) -> Iterator[FileRead]:
    """Every file in the jobs' order, after it or before it what lies in it, depth first.

    A file that kills its worker, hangs or takes too much memory is refused; the rest goes on.
    The worker reads the next file while the caller is busy with this one.
    """
    return _Reading((Job(p, s) for p, s in jobs), timeout, memory).run()


def read_books(
    jobs: Iterable[tuple[str, bytes | Path]], timeout: float = TIMEOUT, memory: int = MEMORY
) -> Iterator[Book | Refusal]:
    """The same without opening archives and mails: one result for each job."""
    reading = _Reading((Job(p, s, unpack=False) for p, s in jobs), timeout, memory)
    return (r.result for r in reading.run() if r.result is not None)
