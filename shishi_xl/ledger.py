"""The ledger: .shishi/ with every return ever seen, byte for byte, and what is known of it.

Returns lie in .shishi/returns/ab/abcdef…, named by their SHA-256; ledger.sqlite holds the rest.
A run reads the whole state, computes, and commits once: a run that dies leaves either the old
state or the new one, and at most a return without an entry, which the next run picks up.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .drafts import FinalDraft, Said
from .editions import Chronicle, Edition, Known, Use
from .period import period_from_code
from .problems import CannotStart
from .register import Written, WrittenRow

TEMPORARY = ".shishi-new-"  # what a file is called until it is whole
_SCHEMA_VERSION = 2  # 1: without edition, in_force, consolidated, finalised
_SCHEMA = """
CREATE TABLE IF NOT EXISTS content (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL,
    arrival TEXT NOT NULL, clock TEXT NOT NULL, void INTEGER NOT NULL, inside INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS path (
    path TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES content, place INTEGER NOT NULL,
    PRIMARY KEY (path, sha256));
CREATE TABLE IF NOT EXISTS form (code TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS programme (sha256 TEXT PRIMARY KEY, first_used TEXT NOT NULL, source BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS problem (key TEXT PRIMARY KEY, first_found TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS finding (mark TEXT PRIMARY KEY, period TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS round (
    period TEXT NOT NULL, unit TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (period, unit, sha256));
CREATE TABLE IF NOT EXISTS output (
    path TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (path, sha256));
CREATE TABLE IF NOT EXISTS edition (
    sha256 TEXT PRIMARY KEY REFERENCES programme, items TEXT NOT NULL, notes TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS in_force (period TEXT PRIMARY KEY, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS consolidated (
    period TEXT PRIMARY KEY, day TEXT NOT NULL, sha256 TEXT NOT NULL, drafts INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS finalised (
    period TEXT NOT NULL, number INTEGER NOT NULL, day TEXT NOT NULL, as_of TEXT NOT NULL,
    file TEXT NOT NULL, sha256 TEXT NOT NULL, content TEXT NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (period, number));
CREATE TABLE IF NOT EXISTS lying (path TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (path, sha256));
CREATE TABLE IF NOT EXISTS register (sheet TEXT PRIMARY KEY, body TEXT NOT NULL);
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
class Consolidation:
    """The last run of `consolidate` for a period: its day, the SHA-256 of its 呈报, and how many
    drafts had been finalised by then."""

    period: str
    day: date
    sha256: str
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier runs found and asked, of all periods. Problems are known by their marks.

    `findings`: mark → (period, the problem as JSON). `rounds`: period, unit and the content that
    was sent back to it. `outputs`: path below the workspace and SHA-256 of every reply and letter
    that was written.
    """

    first_found: Mapping[str, date] = field(default_factory=dict)
    findings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    rounds: frozenset[tuple[str, str, str]] = frozenset()
    outputs: frozenset[tuple[str, str]] = frozenset()


NOTHING_YET = Past()


@dataclass(frozen=True, slots=True)
class LedgerState:
    """All that the ledger knows, but for the returns' bytes."""

    contents: Mapping[str, Content] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)  # form code → the form as sent, JSON
    past: Past = NOTHING_YET
    consolidated: Mapping[str, Consolidation] = field(default_factory=dict)  # by period
    drafts: tuple[FinalDraft, ...] = ()
    register: Written = field(default_factory=dict)  # 登记.xlsx as it was last read
    # (path, SHA-256) of what lay in inbox/ at the last run, members of archives too
    lying: frozenset[tuple[str, str]] = frozenset()


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
                return _read_state(db)
        except ValueError as fault:
            raise CannotStart(_DAMAGED.format(file=self.file, fault=fault)) from None

    def read_chronicle(self) -> Chronicle:
        """Which items.yaml were used, and for what; see `read`."""
        if not self.exists:
            return Chronicle()
        try:
            with self._open() as db:
                return _read_chronicle(db)
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
            _migrate(db)
            _write_contents(db, contents)
            db.executemany("INSERT OR REPLACE INTO form VALUES (?, ?)", (forms or {}).items())
            _write_past(db, past)
            if used:
                _write_use(db, used)
            if consolidated:
                c = consolidated
                row = (c.period, c.day.isoformat(), c.sha256, c.drafts)
                db.execute("INSERT OR REPLACE INTO consolidated VALUES (?, ?, ?, ?)", row)
            if finalised:
                _write_draft(db, finalised)
            if lying is not None:
                db.execute("DELETE FROM lying")
                db.executemany("INSERT OR IGNORE INTO lying VALUES (?, ?)", lying)
            db.executemany(
                "INSERT OR REPLACE INTO register VALUES (?, ?)",
                [(sheet, _body(rows)) for sheet, rows in (register or {}).items()],
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The database; whatever SQLite cannot do with it is one sentence."""
        try:
            with closing(sqlite3.connect(self.file, isolation_level=None)) as db:
                db.execute("PRAGMA synchronous = FULL")
                (version,) = db.execute("PRAGMA user_version").fetchone()
                if version > _SCHEMA_VERSION:
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


def _migrate(db: sqlite3.Connection) -> None:
    """Add what an older ledger lacks."""
    for statement in _SCHEMA.split(";"):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")


def _read_state(db: sqlite3.Connection) -> LedgerState:
    paths: dict[str, list[str]] = {}
    for path, sha256 in _rows(db, "path", "SELECT path, sha256 FROM path ORDER BY place"):
        paths.setdefault(sha256, []).append(path)
    columns = "sha256, size, arrival, clock, void, inside"
    contents = {
        sha: Content(sha, size, datetime.fromisoformat(arrival), clock, bool(void),
                     tuple(paths.get(sha, ())), bool(inside))
        for sha, size, arrival, clock, void, inside in _rows(
            db, "content", f"SELECT {columns} FROM content ORDER BY sha256")
    }  # fmt: skip
    forms = dict(_rows(db, "form", "SELECT code, body FROM form"))
    runs = (
        Consolidation(period, date.fromisoformat(day), sha, drafts)
        for period, day, sha, drafts in _rows(
            db, "consolidated", "SELECT period, day, sha256, drafts FROM consolidated"
        )
    )
    return LedgerState(
        contents,
        forms,
        _read_past(db),
        {run.period: run for run in runs},
        tuple(map(_draft, _rows(db, "finalised", _DRAFTS))),
        {
            sheet: tuple(WrittenRow(*row) for row in json.loads(body))
            for sheet, body in _rows(db, "register", "SELECT sheet, body FROM register")
        },
        frozenset(_rows(db, "lying", "SELECT path, sha256 FROM lying")),
    )


def _rows(db: sqlite3.Connection, table: str, query: str) -> list[tuple[Any, ...]]:
    """A query's rows; none where the ledger is older than the table."""
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return db.execute(query).fetchall() if db.execute(known, (table,)).fetchone() else []


def _read_past(db: sqlite3.Connection) -> Past:
    found = _rows(db, "problem", "SELECT key, first_found FROM problem")
    findings = _rows(db, "finding", "SELECT mark, period, body FROM finding")
    return Past(
        {key: date.fromisoformat(day) for key, day in found},
        {mark: (period, body) for mark, period, body in findings},
        frozenset(_rows(db, "round", "SELECT period, unit, sha256 FROM round")),
        frozenset(_rows(db, "output", "SELECT path, sha256 FROM output")),
    )


def _write_past(db: sqlite3.Connection, new: Past) -> None:
    """Add what this run found; a problem's first day stays, its latest place is kept."""
    days = [(mark, day.isoformat()) for mark, day in new.first_found.items()]
    db.executemany("INSERT OR IGNORE INTO problem VALUES (?, ?)", days)
    findings = [(mark, *said) for mark, said in new.findings.items()]
    db.executemany("INSERT OR REPLACE INTO finding VALUES (?, ?, ?)", findings)
    db.executemany("INSERT OR IGNORE INTO round VALUES (?, ?, ?)", sorted(new.rounds))
    db.executemany("INSERT OR IGNORE INTO output VALUES (?, ?)", sorted(new.outputs))


def _read_chronicle(db: sqlite3.Connection) -> Chronicle:
    """An edition of a ledger of schema 1 has no ids of its own: there they were the numbers."""
    query = "SELECT sha256, items, notes FROM edition"
    ids = {sha: (items, notes) for sha, items, notes in _rows(db, "edition", query)}
    query = "SELECT sha256, first_used, source FROM programme ORDER BY rowid"
    editions = []
    for sha, day, source in _rows(db, "programme", query):
        items, notes = ids.get(sha, ("[]", "[]"))
        known = tuple(map(_known, json.loads(items)))
        notes = tuple(json.loads(notes))
        editions.append(Edition(sha, date.fromisoformat(day), source, known, notes))
    codes = [code for (code,) in _rows(db, "form", "SELECT DISTINCT substr(code, 6, 4) FROM form")]
    in_force = _rows(db, "in_force", "SELECT period, sha256 FROM in_force")
    drafts = _rows(db, "finalised", "SELECT period FROM finalised LIMIT 1")
    sent = frozenset(str(period_from_code(code)) for code in codes)
    return Chronicle(tuple(editions), dict(in_force), sent, bool(codes or drafts))


def _known(row: Sequence[Any]) -> Known:
    id_, name, context, parts = row
    return Known(id_, name, tuple(context), tuple(map(_known, parts)))


def _write_use(db: sqlite3.Connection, use: Use) -> None:
    """As the latest edition; the day on which it was first used stays."""
    edition = use.edition
    used = db.execute("SELECT first_used FROM programme WHERE sha256 = ?", (edition.sha256,))
    (day,) = used.fetchone() or (edition.day.isoformat(),)
    row = (edition.sha256, day, edition.source)
    db.execute("INSERT OR REPLACE INTO programme VALUES (?, ?, ?)", row)
    items = json.dumps([astuple(k) for k in edition.items], ensure_ascii=False)
    notes = json.dumps(edition.notes, ensure_ascii=False)
    db.execute("INSERT OR REPLACE INTO edition VALUES (?, ?, ?)", (edition.sha256, items, notes))
    if use.period:
        now = (use.period, edition.sha256)
        db.execute("INSERT OR REPLACE INTO in_force VALUES (?, ?)", now)


def _write_contents(db: sqlite3.Connection, contents: Iterable[Content]) -> None:
    for c in contents:
        db.execute(
            "INSERT INTO content VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sha256)"
            " DO UPDATE SET arrival = excluded.arrival, clock = excluded.clock,"
            " void = excluded.void, inside = excluded.inside",
            (c.sha256, c.size, c.arrival.isoformat(), c.clock, c.void, c.inside),
        )
        db.execute("DELETE FROM path WHERE sha256 = ?", (c.sha256,))
        db.executemany(
            "INSERT INTO path VALUES (?, ?, ?)",
            [(p, c.sha256, place) for place, p in enumerate(c.paths)],
        )


def _body(rows: Iterable[WrittenRow]) -> str:
    every = [(r.sheet, dict(r.texts), dict(r.cells)) for r in rows]
    return json.dumps(every, ensure_ascii=False, sort_keys=True)


_DRAFTS = (
    "SELECT period, number, day, as_of, file, sha256, content, said FROM finalised"
    " ORDER BY period, number"
)


def _draft(row: tuple[Any, ...]) -> FinalDraft:
    period, number, day, as_of, file, sha256, content, said = row
    return FinalDraft(
        period, number, date.fromisoformat(day), date.fromisoformat(as_of), file, sha256, content,
        tuple(Said(*s) for s in json.loads(said)),
    )  # fmt: skip


def _write_draft(db: sqlite3.Connection, draft: FinalDraft) -> None:
    said = json.dumps([astuple(s) for s in draft.said], ensure_ascii=False)
    days = (draft.day.isoformat(), draft.as_of.isoformat())
    row = (draft.period, draft.number, *days, draft.file, draft.sha256, draft.content, said)
    db.execute("INSERT INTO finalised VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside its place and rename: the file is the old one or the new one, never half."""
    beside = path.with_name(f"{TEMPORARY}{path.name}")
    beside.write_bytes(content)
    beside.replace(path)
