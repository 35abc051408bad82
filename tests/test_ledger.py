"""The ledger keeps what it was given, whole or not at all."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from shishi_xl.ledger import Ledger
from shishi_xl.ledger_state import Content, LedgerState, Past
from shishi_xl.problems import CannotStart

ARRIVAL = datetime(2023, 6, 30, 9, 12)
CONTENT = Content("ab" * 32, 5, ARRIVAL, "文件时间", False, ("县妇联.xlsx",))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / ".shishi")


def test_no_ledger_is_an_empty_state(ledger: Ledger) -> None:
    assert ledger.read() == LedgerState()


def test_a_damaged_ledger_is_said(ledger: Ledger) -> None:
    ledger.commit([CONTENT])
    Path(ledger.source("x")).parents[2].joinpath("ledger.sqlite").write_bytes(b"nonsense" * 99)
    with pytest.raises(CannotStart, match=r"ledger\.sqlite 打不开或已损坏"):
        ledger.read()


def test_a_newer_ledger_is_said_and_not_touched(ledger: Ledger) -> None:
    ledger.commit([CONTENT])
    file = Path(ledger.source("x")).parents[2] / "ledger.sqlite"
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("PRAGMA user_version = 99")
    before = file.read_bytes()
    for use in (ledger.read, ledger.read_chronicle, ledger.commit):
        with pytest.raises(CannotStart, match=r"更新版本的 shishi-xl 写的.*请升级"):
            use()
    assert file.read_bytes() == before


def test_a_ledger_that_another_program_holds_is_said(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network drive whose locks fail, or while a backup program has it open."""
    ledger.commit([CONTENT])
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, **more: connect(file, timeout=0, **more))
    file = Path(ledger.source("x")).parents[2] / "ledger.sqlite"
    with closing(connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CannotStart, match=r"database is locked.*网络盘、同步盘"):
            ledger.commit([CONTENT])


def test_a_ledger_without_content_is_no_ledger(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / ".shishi").mkdir()
    (tmp_path / ".shishi" / "ledger.sqlite").touch()
    assert (ledger.exists, ledger.read()) == (False, LedgerState())


def test_contents_are_read_back(ledger: Ledger) -> None:
    ledger.commit([CONTENT])
    assert ledger.read().contents == {CONTENT.sha256: CONTENT}


def test_a_better_arrival_replaces_the_first(ledger: Ledger) -> None:
    ledger.commit([CONTENT])
    mailed = replace(CONTENT, arrival=datetime(2023, 6, 30, 9, 12), clock="邮件时间")
    ledger.commit([mailed])
    assert ledger.read().contents == {CONTENT.sha256: mailed}


def test_void_can_be_set_and_taken_back(ledger: Ledger) -> None:
    seen = []
    for void in (True, False):
        ledger.commit([Content(CONTENT.sha256, 5, ARRIVAL, "文件时间", void)])
        seen.append(ledger.read().contents[CONTENT.sha256].void)
    assert seen == [True, False]


def test_a_return_is_kept_byte_for_byte(ledger: Ledger) -> None:
    ledger.keep(CONTENT.sha256, b"\x00\xff\r\n")
    assert ledger.source(CONTENT.sha256).read_bytes() == b"\x00\xff\r\n"


def test_the_day_a_problem_was_first_found_stays(ledger: Ledger) -> None:
    ledger.commit(past=Past({"key": date(2023, 7, 1)}))
    ledger.commit(past=Past({"key": date(2023, 7, 9)}))
    assert ledger.read().past.first_found == {"key": date(2023, 7, 1)}


def test_a_commit_that_fails_leaves_nothing(ledger: Ledger) -> None:
    ledger.commit([CONTENT])
    good = Content("cd" * 32, 1, ARRIVAL, "文件时间")
    bad = Content("ef" * 32, None, ARRIVAL, "文件时间")  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        ledger.commit([good, bad], forms={"code": "[]"})
    assert (set(ledger.read().contents), ledger.read().forms) == ({CONTENT.sha256}, {})
