"""The ledger: .shishi/ with every return ever seen, byte for byte, and what is known of it.

Returns lie in .shishi/returns/ab/abcdef…, named by their SHA-256; ledger.sqlite holds the rest.
A run reads the whole state, computes, and commits once: a run that dies leaves either the old
state or the new one, and at most a return without an entry, which the next run picks up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from .problems import CannotStart

TEMPORARY = ".shishi-new-"  # what a file is called until it is whole
_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE content (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL,
    arrival TEXT NOT NULL, clock TEXT NOT NULL, void INTEGER NOT NULL, inside INTEGER NOT NULL);
CREATE TABLE path (
    path TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES content, place INTEGER NOT NULL,
    PRIMARY KEY (path, sha256));
CREATE TABLE form (code TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE programme (sha256 TEXT PRIMARY KEY, first_used TEXT NOT NULL, source BLOB NOT NULL);
CREATE TABLE problem (key TEXT PRIMARY KEY, first_found TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Content:
    """One return, known by its bytes. `paths`: every name under which it was ever seen, those of
    the last run that saw it first: where a clerk has put it last is the clerk's word.

    `clock` says where `arrival` comes from: the mail, the file's own time, or the run that first
    saw it. `inside`: it was only ever seen in archives or mails, which are kept in its place.
    """

    sha256: str
    size: int
    arrival: datetime
    clock: str
    void: bool = False
    paths: tuple[str, ...] = ()
    inside: bool = False


@dataclass(frozen=True, slots=True)
class LedgerState:
    """All that the ledger knows, but for the returns' bytes."""

    contents: Mapping[str, Content] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)  # form code → the form as sent, JSON
    first_found: Mapping[str, date] = field(default_factory=dict)


class Ledger:
    """The ledger of one workspace; made when first written to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "ledger.sqlite"

    @property
    def exists(self) -> bool:
        return self._file.exists()

    def read(self) -> LedgerState:
        """The state as last committed; an empty one where there is no ledger yet.

        :raises CannotStart: where the ledger is damaged.
        """
        if not self.exists:
            return LedgerState()
        try:
            return self._read()
        except (sqlite3.DatabaseError, ValueError) as fault:
            raise CannotStart(
                f"底账 {self._file} 打不开或已损坏（{fault}）。请从备份恢复整个 .shishi 文件夹后再运行。"
            ) from None

    def _read(self) -> LedgerState:
        with closing(self._connect()) as db:
            paths: dict[str, list[str]] = {}
            for path, sha256 in db.execute("SELECT path, sha256 FROM path ORDER BY place"):
                paths.setdefault(sha256, []).append(path)
            contents = {
                sha: Content(sha, size, datetime.fromisoformat(arrival), clock, bool(void),
                             tuple(paths.get(sha, ())), bool(inside))
                for sha, size, arrival, clock, void, inside in db.execute(
                    "SELECT sha256, size, arrival, clock, void, inside FROM content ORDER BY sha256")
            }  # fmt: skip
            forms = dict(db.execute("SELECT code, body FROM form"))
            found = db.execute("SELECT key, first_found FROM problem")
            return LedgerState(contents, forms, {k: date.fromisoformat(d) for k, d in found})

    def keep(self, sha256: str, content: bytes) -> None:
        """Keep a return's bytes; before the commit that names it."""
        path = self.source(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)

    def source(self, sha256: str) -> Path:
        """Where a return's bytes are kept."""
        return self._folder / "returns" / sha256[:2] / sha256

    def commit(
        self,
        contents: Iterable[Content] = (),
        forms: Mapping[str, str] | None = None,
        first_found: Mapping[str, date] | None = None,
        programme: tuple[str, date, bytes] | None = None,
    ) -> None:
        """Write all of it or nothing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as db, db:
            db.execute("BEGIN IMMEDIATE")
            for c in contents:
                db.execute(
                    "INSERT INTO content VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sha256)"
                    " DO UPDATE SET void = excluded.void, inside = excluded.inside",
                    (c.sha256, c.size, c.arrival.isoformat(), c.clock, c.void, c.inside),
                )
                db.execute("DELETE FROM path WHERE sha256 = ?", (c.sha256,))
                db.executemany(
                    "INSERT INTO path VALUES (?, ?, ?)",
                    [(p, c.sha256, place) for place, p in enumerate(c.paths)],
                )
            db.executemany("INSERT OR REPLACE INTO form VALUES (?, ?)", (forms or {}).items())
            db.executemany(
                "INSERT OR IGNORE INTO problem VALUES (?, ?)",
                [(key, day.isoformat()) for key, day in (first_found or {}).items()],
            )
            if programme:
                sha256, day, source = programme
                db.execute(
                    "INSERT OR IGNORE INTO programme VALUES (?, ?, ?)",
                    (sha256, day.isoformat(), source),
                )

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, isolation_level=None)
        db.execute("PRAGMA synchronous = FULL")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version == 0:
            with db:
                db.execute("BEGIN IMMEDIATE")
                for statement in _SCHEMA.split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
        return db


def write_whole(path: Path, content: bytes) -> None:
    """Write beside its place and rename: the file is the old one or the new one, never half."""
    beside = path.with_name(f"{TEMPORARY}{path.name}")
    beside.write_bytes(content)
    beside.replace(path)
