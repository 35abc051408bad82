"""The ledger: .shishi/ with every return ever seen, byte for byte, and what is known of it.

Returns lie in .shishi/returns/ab/abcdef…, named by their SHA-256; ledger.sqlite holds the rest.
A run reads the whole state, computes, and commits once: a run that dies leaves either the old
state or the new one, and at most a return without an entry, which the next run picks up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from .drafts import FinalDraft
from .editions import Chronicle, Use
from .ledger_state import NOTHING_YET, Consolidation, Content, LedgerState, Past
from .ledger_tables import (
    SCHEMA_VERSION,
    migrate,
    read_chronicle,
    read_state,
    write_contents,
    write_draft,
    write_past,
    write_register,
    write_use,
)
from .problems import CannotStart
from .register import Written
from .whole_file import write_whole


class Ledger:
    """The ledger of one workspace; made when first written to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "ledger.sqlite"

    @property
    def exists(self) -> bool:
        """A file without content is what a run leaves that was killed before its first commit."""
        return self.file.is_file() and self.file.stat().st_size > 0

    def read(self) -> LedgerState:
        """The state as last committed; an empty one where there is no ledger yet.

        :raises CannotStart: where the ledger is damaged.
        """
        if not self.exists:
            return LedgerState()
        try:
            with self._open() as db:
                return read_state(db)
        except ValueError as fault:
            raise CannotStart(_DAMAGED.format(file=self.file, fault=fault)) from None

    def read_chronicle(self) -> Chronicle:
        """Which items.yaml were used, and for what; see `read`."""
        if not self.exists:
            return Chronicle()
        try:
            with self._open() as db:
                return read_chronicle(db)
        except ValueError as fault:
            raise CannotStart(_DAMAGED.format(file=self.file, fault=fault)) from None

    def keep(self, sha256: str, content: bytes) -> None:
        """Keep a return's bytes; before the commit that names it."""
        path = self.source(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)

    def source(self, sha256: str) -> Path:
        """Where a return's bytes are kept."""
        return self.folder / "returns" / sha256[:2] / sha256

    def commit(
        self,
        contents: Iterable[Content] = (),
        forms: Mapping[str, str] | None = None,
        past: Past = NOTHING_YET,
        used: Use | None = None,
        consolidated: Consolidation | None = None,
        finalised: FinalDraft | None = None,
        register: Written | None = None,
        lying: Iterable[tuple[str, str]] | None = None,
    ) -> None:
        """Write all of it or nothing.

        `used`: items.yaml as it stands, and the period that goes by it from now on.

        :raises CannotStart: where the ledger is damaged or cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._open() as db, db:
            db.execute("BEGIN IMMEDIATE")
            migrate(db)
            write_contents(db, contents)
            db.executemany("INSERT OR REPLACE INTO form VALUES (?, ?)", (forms or {}).items())
            write_past(db, past)
            if used:
                write_use(db, used)
            if consolidated:
                c = consolidated
                row = (c.period, c.day.isoformat(), c.sha256, c.drafts)
                db.execute("INSERT OR REPLACE INTO consolidated VALUES (?, ?, ?, ?)", row)
            if finalised:
                write_draft(db, finalised)
            if lying is not None:
                db.execute("DELETE FROM lying")
                db.executemany("INSERT OR IGNORE INTO lying VALUES (?, ?)", lying)
            write_register(db, register or {})

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The database; whatever SQLite cannot do with it is one sentence."""
        try:
            with closing(sqlite3.connect(self.file, isolation_level=None)) as db:
                db.execute("PRAGMA synchronous = FULL")
                (version,) = db.execute("PRAGMA user_version").fetchone()
                if version > SCHEMA_VERSION:
                    raise CannotStart(_NEWER.format(file=self.file))
                yield db
        except sqlite3.IntegrityError:
            raise
        except sqlite3.OperationalError as fault:
            raise CannotStart(_CLOSED.format(file=self.file, fault=fault)) from None
        except sqlite3.DatabaseError as fault:
            raise CannotStart(_DAMAGED.format(file=self.file, fault=fault)) from None


_DAMAGED = "底账 {file} 打不开或已损坏（{fault}）。请从备份恢复整个 .shishi 文件夹后再运行。"
_CLOSED = (
    "底账 {file} 读写不成（{fault}）。文件夹如在网络盘、同步盘上，"
    "请确认网络正常、没有别的程序占用，或把整个工作文件夹移到本机硬盘上再运行。"
)
_NEWER = (
    "底账 {file} 是更新版本的 shishi-xl 写的，这个版本读不了，未作改动。请升级 shishi-xl 后再运行。"
)
