"""The ledger's tables: what stands in ledger.sqlite, read and written row by row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import date, datetime
from typing import Any

from .drafts import FinalDraft, Said
from .editions import Chronicle, Edition, Known, Use
from .ledger_state import Consolidation, Content, LedgerState, Past
from .period import period_from_code
from .register import Written, WrittenRow

SCHEMA_VERSION = 2  # 1: without edition, in_force, consolidated, finalised
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


def migrate(db: sqlite3.Connection) -> None:
    """Add what an older ledger lacks."""
    for statement in _SCHEMA.split(";"):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def read_state(db: sqlite3.Connection) -> LedgerState:
    """All that the ledger knows; what an older one lacks is empty."""
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


def write_past(db: sqlite3.Connection, new: Past) -> None:
    """Add what this run found; a problem's first day stays, its latest place is kept."""
    days = [(mark, day.isoformat()) for mark, day in new.first_found.items()]
    db.executemany("INSERT OR IGNORE INTO problem VALUES (?, ?)", days)
    findings = [(mark, *said) for mark, said in new.findings.items()]
    db.executemany("INSERT OR REPLACE INTO finding VALUES (?, ?, ?)", findings)
    db.executemany("INSERT OR IGNORE INTO round VALUES (?, ?, ?)", sorted(new.rounds))
    db.executemany("INSERT OR IGNORE INTO output VALUES (?, ?)", sorted(new.outputs))


def read_chronicle(db: sqlite3.Connection) -> Chronicle:
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


def write_use(db: sqlite3.Connection, use: Use) -> None:
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


def write_contents(db: sqlite3.Connection, contents: Iterable[Content]) -> None:
    """Returns as they stand now, with every name they were seen under."""
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


def write_draft(db: sqlite3.Connection, draft: FinalDraft) -> None:
    """One more draft that was finalised, with what it says."""
    said = json.dumps([astuple(s) for s in draft.said], ensure_ascii=False)
    days = (draft.day.isoformat(), draft.as_of.isoformat())
    row = (draft.period, draft.number, *days, draft.file, draft.sha256, draft.content, said)
    db.execute("INSERT INTO finalised VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def write_register(db: sqlite3.Connection, register: Written) -> None:
    """The clerk's book as it was last read, sheet by sheet."""
    rows = [(sheet, _body(written)) for sheet, written in register.items()]
    db.executemany("INSERT OR REPLACE INTO register VALUES (?, ?)", rows)
