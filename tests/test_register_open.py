"""登记.xlsx open elsewhere, saved meanwhile, deleted, emptied: nothing is lost, and it is said."""

from pathlib import Path

import pytest

from shishi_xl import register_file, status
from shishi_xl.consolidate import Consolidated, consolidate
from shishi_xl.ledger import Ledger
from shishi_xl.workspace import Workspace

from .clerk import Clerk
from .test_returns import HEALTH, WOMEN, pasted


@pytest.fixture
def decided(clerk: Clerk) -> Clerk:
    """One return that is void, by a decision; another file in doubt has come since."""
    clerk.receives(clerk.filled(HEALTH), "a.xlsx")
    clerk.consolidates()
    clerk.decides("a.xlsx", handling="作废")
    clerk.consolidates()
    clerk.receives(pasted(clerk, WOMEN), "b.xlsx")
    return clerk


def runs(clerk: Clerk) -> Consolidated:
    return consolidate(clerk.workspace, clerk.period, clerk.today)


def files(clerk: Clerk) -> list[object]:
    """The files that have a row."""
    return [row["文件"] for row in clerk.book.rows()]


@pytest.mark.parametrize("lock", ["~$登记.xlsx", ".~登记.xlsx", ".~lock.登记.xlsx#"])
def test_an_open_book_is_read_and_left_alone(decided: Clerk, lock: str) -> None:
    beside = decided.workspace.root / lock
    beside.write_bytes(b"clerk")
    before = decided.book.file.read_bytes()
    done = runs(decided)
    assert (done.faults, decided.book.file.read_bytes()) == ((), before)
    (note,) = done.summary.notes
    assert lock in note and "1 个新问题没有写进去" in note
    assert {r.path: str(r.outcome) for r in done.summary.receipts} == {
        "a.xlsx": "作废",
        "b.xlsx": "待确认",
    }
    beside.unlink()
    assert runs(decided).summary.notes == ()
    assert files(decided) == ["a.xlsx", "b.xlsx"]


def test_an_open_book_without_new_questions_is_no_matter(decided: Clerk) -> None:
    runs(decided)
    (decided.workspace.root / "~$登记.xlsx").write_bytes(b"clerk")
    assert runs(decided).summary.notes == ()


def test_a_book_that_may_not_be_replaced_is_said(
    decided: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(register_file, "write_whole", refuse)
    done = runs(decided)
    assert done.faults == ()
    assert "1 个新问题没有写进去" in done.summary.notes[0]


def test_what_the_clerk_saves_during_a_run_is_not_overwritten(
    decided: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = Workspace.register_lock

    def saves(workspace: Workspace) -> str:
        decided.decides("a.xlsx", note="刚写的")
        return lock(workspace)

    monkeypatch.setattr(Workspace, "register_lock", saves)
    assert "在运行期间被改动过" in runs(decided).summary.notes[0]
    monkeypatch.undo()
    assert decided.book.rows()[0]["说明"] == "刚写的"
    runs(decided)
    assert files(decided) == ["a.xlsx", "b.xlsx"]


def test_a_book_that_is_gone_is_made_anew_and_that_is_said(decided: Clerk) -> None:
    decided.book.file.unlink()
    seen = status.read_status(decided.workspace, decided.period, decided.today)
    assert not decided.book.file.exists()
    done = runs(decided)
    assert [note[:10] for note in done.summary.notes] == ["登记.xlsx 不见"]
    assert seen.notes[-1] == done.summary.notes[0]
    assert files(decided) == ["a.xlsx", "b.xlsx"]
    assert runs(decided).summary.notes == ()


def test_a_decision_that_the_clerk_takes_out_ends_and_that_is_said(decided: Clerk) -> None:
    decided.decides("a.xlsx", handling=None)
    done = runs(decided)
    assert "a.xlsx（作废）" in done.summary.notes[0]
    assert {r.path: str(r.outcome) for r in done.summary.receipts}["a.xlsx"] == "采用"
    assert runs(decided).summary.notes == ()


def test_status_tells_what_consolidate_tells(decided: Clerk) -> None:
    runs(decided)
    decided.decides("b.xlsx", unit=WOMEN, period="2023Q2")
    decided.notes(HEALTH, topic="零报告")
    book = decided.book.file.read_bytes()
    ledger = (decided.workspace.root / ".shishi" / "ledger.sqlite").read_bytes()
    seen = status.read_status(decided.workspace, decided.period, decided.today)
    assert decided.book.file.read_bytes() == book
    assert (decided.workspace.root / ".shishi" / "ledger.sqlite").read_bytes() == ledger
    done = runs(decided).summary
    assert (seen.details, seen.units, seen.receipts) == (done.details, done.units, done.receipts)
    assert seen.problems == done.problems


def test_the_terminal_names_what_is_to_be_mended(
    decided: Clerk, capsys: pytest.CaptureFixture[str]
) -> None:
    from click.testing import CliRunner

    from shishi_xl.cli import main

    decided.decides("b.xlsx", unit="县卫计委")
    where = ["-w", str(decided.workspace.root)]
    result = CliRunner().invoke(main, [*where, "consolidate", "2023Q2", "--today", "2023-07-05"])
    assert result.exit_code == 1
    assert "强制 G05 “登记”D3：“县卫计委”不是本方案的单位" in result.output


@pytest.mark.parametrize("step", ["before the book", "before the ledger", "before the outputs"])
def test_a_run_that_dies_loses_no_question_and_no_decision(
    decided: Clerk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    where = {"before the book": (register_file, "write_whole"), "before the ledger": (Ledger, "commit"),
             "before the outputs": (Workspace, "write_outputs")}  # fmt: skip

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(*where[step], dies)
    with pytest.raises(KeyboardInterrupt):
        runs(decided)
    monkeypatch.undo()
    done = runs(decided).summary
    assert {r.path: str(r.outcome) for r in done.receipts} == {"a.xlsx": "作废", "b.xlsx": "待确认"}
    assert files(decided) == ["a.xlsx", "b.xlsx"]
    assert done.notes == ()
    book = decided.book.file.read_bytes()
    runs(decided)
    assert decided.book.file.read_bytes() == book


@pytest.mark.parametrize("step", [(register_file, "write_whole"), (Ledger, "commit")])
def test_a_run_that_dies_while_the_book_is_made_anew_loses_nothing(
    decided: Clerk, monkeypatch: pytest.MonkeyPatch, step: tuple[object, str]
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    decided.book.file.unlink()
    monkeypatch.setattr(*step, dies)
    with pytest.raises(KeyboardInterrupt):
        runs(decided)
    monkeypatch.undo()
    runs(decided)
    assert [r.get("处理") for r in decided.book.rows()] == ["作废", None]
