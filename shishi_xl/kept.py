"""What was read once is kept: .shishi/kept.sqlite, a cache that may be deleted at any time.

It holds what each content says, by its SHA-256, its path and the program's version, and which
content each file of inbox/ had, by size and time. Whatever is wrong with it counts as absent.
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:  # a run after which nothing changed reads nothing: it is a third faster without
    from .reading import FileRead, Turn
    from .returns import Return

_SCHEMA = """
CREATE TABLE IF NOT EXISTS said (key TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS run (stamp TEXT NOT NULL, status INTEGER NOT NULL, shown TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS stamp (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 TEXT NOT NULL);
"""
# Nanoseconds: what was changed just before it was looked at may change again within one tick of
# the file system's clock, and FAT's ticks take two seconds.
TICK = 3 * 10**9
_READERS = (
    "python_calamine", "lxml", "docx", "xlrd", "pypdfium2", "zxingcpp", "PIL", "rapidocr",
)  # fmt: skip
_DAMAGED = (pickle.UnpicklingError, zlib.error, ValueError, EOFError, TypeError, AttributeError)


Understood: TypeAlias = "tuple[Turn, Return]"  # a file whose turn came, and the Return that it is


class Kept:
    """The cache as one run sees it; without a database it knows nothing and keeps nothing."""

    def __init__(
        self,
        db: sqlite3.Connection | None = None,
        saves: bool = True,
        fresh: bool = False,
        scans: bool = False,
    ) -> None:
        """`saves`: whether it may be written to; `fresh`: believe nothing of it; `scans`: whether
        it is for a run that looks at PDFs and pictures."""
        self._db, self._saves, self._fresh, self.scans = db, saves, fresh, scans
        self._now = time.time_ns()
        self._paths: set[str] = set()
        self._keys: set[str] = set()

    @cached_property
    def _stamps(self) -> dict[str, tuple[int, int, str]]:
        rows = () if self._fresh else self._ask("SELECT path, size, changed, sha256 FROM stamp")
        return {path: (size, changed, sha256) for path, size, changed, sha256 in rows}

    @cached_property
    def _said(self) -> set[str]:
        return set() if self._fresh else {key for (key,) in self._ask("SELECT key FROM said")}

    def content(self, path: str, size: int, changed: int) -> str:
        """The SHA-256 of a file that is as it was; "" where it must be looked at."""
        self._paths.add(path)
        known_size, known_change, sha256 = self._stamps.get(path, (-1, -1, ""))
        return sha256 if (known_size, known_change) == (size, changed) else ""

    def keep_content(self, path: str, size: int, changed: int, sha256: str) -> None:
        """Remember a file that was looked at; `changed` is its time in nanoseconds."""
        if self._saves and changed < self._now - TICK:
            row = (path, size, changed, sha256)
            self._ask("INSERT OR REPLACE INTO stamp VALUES (?, ?, ?, ?)", row)

    def knows(self, sha256: str, path: str) -> bool:
        """Whether it can say what a file of inbox/ and everything in it say."""
        return self._key(sha256, path) in self._said

    def reads(self, sha256: str, path: str) -> tuple[FileRead, ...]:
        """What a file of inbox/ and everything in it say; () where that is not known."""
        return self._recall(self._key(sha256, path))

    def keep_reads(self, sha256: str, path: str, reads: Sequence[FileRead]) -> None:
        """Remember what was read, unless a faster machine might have read more."""
        from .reading import is_lasting

        if all(map(is_lasting, reads)):
            self._keep(self._key(sha256, path), reads)

    def understood(self, sha256: str, path: str, by: str) -> tuple[Understood, ...]:
        """What such a file was understood as by the same programme, forms and program; () where
        that is not known."""
        self._keys.add(self._key(sha256, path))
        return self._recall(self._key(sha256, path, by))

    def keep_understood(
        self, sha256: str, path: str, by: str, understood: Sequence[Understood]
    ) -> None:
        """Remember what a file was understood as, unless it may be read better another time."""
        from .reading import FileRead, is_lasting

        if all(is_lasting(FileRead(turn, ret.refusal)) for turn, ret in understood):
            self._keep(self._key(sha256, path, by), understood)

    def _recall(self, key: str) -> tuple[Any, ...]:
        from .reading import thaw

        self._keys.add(key)
        if key in self._said:
            for (body,) in self._ask("SELECT body FROM said WHERE key = ?", (key,)):
                with suppress(*_DAMAGED):
                    found: tuple[Any, ...] = thaw(zlib.decompress(body))
                    return found
        return ()

    def _keep(self, key: str, found: Sequence[object]) -> None:
        if self._saves and self._db:
            body = zlib.compress(pickle.dumps(tuple(found), pickle.HIGHEST_PROTOCOL), 1)
            self._keys.add(key)
            self._ask("INSERT OR REPLACE INTO said VALUES (?, ?)", (key, body))

    def _key(self, sha256: str, path: str, by: str = "") -> str:
        told = (program(), sha256, path, by, *(("scans",) if self.scans else ()))
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()

    def run(self, stamp: str) -> tuple[int, str] | None:
        """Exit status and screen of the last run, if everything was as `stamp` says."""
        rows = self._ask("SELECT status, shown FROM run WHERE stamp = ?", (stamp,)) if stamp else []
        return next(((status, shown) for status, shown in rows), None)

    def keep_run(self, stamp: str, status: int, shown: str) -> None:
        """Remember the run that has just ended, in place of the one before."""
        self._ask("DELETE FROM run")
        if stamp:
            self._ask("INSERT INTO run VALUES (?, ?, ?)", (stamp, status, shown))
        self._ask("COMMIT")

    def save(self) -> None:
        """Keep it all, but for what this run did not come across."""
        for table, name, used in (("stamp", "path", self._paths), ("said", "key", self._keys)):
            for row in self._ask(f"SELECT {name} FROM {table}"):
                if row[0] not in used:
                    self._ask(f"DELETE FROM {table} WHERE {name} = ?", row)
        self._ask("COMMIT")

    def _ask(self, question: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """What the database answers. One that fails is not asked again: the run goes on without."""
        try:
            return self._db.execute(question, values).fetchall() if self._db else []
        except sqlite3.Error:
            self._db = None
            return []


@contextmanager
def open_kept(
    folder: Path, saves: bool = True, fresh: bool = False, scans: bool = False
) -> Iterator[Kept]:
    """The cache in .shishi/; what is not saved by the end is forgotten.

    `saves`: for a run that has the lock; without, nothing is written. `scans`: for one that looks
    at PDFs and pictures.
    """
    file, db = folder / "kept.sqlite", None
    try:
        with suppress(sqlite3.Error):
            mode = "rwc" if saves else "ro"
            db = sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", timeout=1, uri=True)
            if saves:
                db.executescript(_SCHEMA)
        yield Kept(db, saves, fresh, scans)
    finally:
        if db:
            db.close()


@cache
def program() -> str:
    """What changes when any of the program's files does: its reader may read otherwise then."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    stamps = [(f.name, status.st_size, status.st_mtime_ns) for f in files if (status := f.stat())]
    readers = [(name, _installed(name)) for name in _READERS]
    return hashlib.sha256(repr((stamps, readers)).encode()).hexdigest()


def _installed(reader: str) -> tuple[int, int]:
    """Size and time of a library's first file: another version comes with others."""
    spec = find_spec(reader)
    if spec is None or spec.origin is None:
        return (0, 0)
    status = Path(spec.origin).stat()
    return (status.st_size, status.st_mtime_ns)
