"""What goes to a worker and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..sheets import Book, Mail, Page, Refusal, Scan

CRASHED, TIMED_OUT, OUT_OF_MEMORY = (
    Refusal("F01", "无法读取", (("reason", reason),))
    for reason in ("读取时程序崩溃", "读取时超时", "读取时占用内存过多")
)


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read. `source` is its content, or where it lies.

    `done` are the paths in it that need not be looked at again. `scans`: whether PDFs and pictures
    are looked at, page by page; else they are but listed. `by_sight`: whether the pictures of
    pages without text are wanted too, to be read by eye.
    """

    path: str
    source: bytes | Path
    unpack: bool = True
    done: frozenset[str] = frozenset()
    scans: bool = False
    by_sight: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker's first word."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A file's turn has come; its result follows, after those of the files in it.

    `path` is the whole path. Of a file in an archive or mail: its content's SHA-256 and size, and
    the mail that it came with.
    """

    path: str
    sha256: str = ""
    size: int = 0
    mail: Mail | None = None


# None for a container that was opened.
Result = Book | Scan | Refusal | None
# A page comes when it was looked at; before the first of a file there is one without a number.
Step = Turn | Page | Result
