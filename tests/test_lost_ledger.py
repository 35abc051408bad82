"""A ledger that is gone, incomplete or elsewhere: said, worked on from what is there, nothing silent."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from shishi_xl.finalise import finalise
from shishi_xl.generate import generate
from shishi_xl.ledger_state import Content
from shishi_xl.problems import CannotStart
from shishi_xl.reading.refuse import damaged, lost
from shishi_xl.returns import Return
from shishi_xl.sheets import Refusal
from shishi_xl.status import read_status
from shishi_xl.workspace import Workspace

from .clerk import Clerk

WOMEN, SCIENCE = "县妇联", "县科协"
JULY = date(2023, 7, 5)


@pytest.fixture
def reported(clerk: Clerk) -> Clerk:
    for unit in (WOMEN, SCIENCE):
        clerk.receives(clerk.filled(unit), f"{unit}.xlsx", datetime(2023, 6, 28))
    clerk.consolidates(today=JULY)
    return clerk


def notes(clerk: Clerk) -> str:
    return "\n".join(read_status(clerk.workspace, "2023Q2", JULY).notes)


def test_a_lost_ledger_is_said_and_the_next_run_works_on_from_the_inbox(reported: Clerk) -> None:
    finalise(reported.workspace, "2023Q2", JULY)
    before = reported.consolidates(today=JULY).answers
    shutil.rmtree(reported.workspace.root / ".shishi")
    assert "底账文件夹 .shishi 不见了" in notes(reported)
    for command in (
        lambda: generate(reported.workspace, "2023Q3", None, JULY),
        lambda: finalise(reported.workspace, "2023Q2", JULY),
    ):
        with pytest.raises(CannotStart, match="请先运行 consolidate"):
            command()
    assert reported.consolidates(today=JULY).answers == before
    assert "不见了" not in notes(reported)
    assert "底账丢失以前存的请留着" in notes(reported)


def test_after_a_lost_ledger_the_next_draft_has_the_next_number(reported: Clerk) -> None:
    first = finalise(reported.workspace, "2023Q2", JULY).file
    content = first.read_bytes()
    shutil.rmtree(reported.workspace.root / ".shishi")
    reported.receives(reported.filled("县残联"), "县残联.xlsx", datetime(2023, 6, 29))
    reported.consolidates(today=JULY)
    assert finalise(reported.workspace, "2023Q2", JULY).draft.number == 2
    assert first.read_bytes() == content


def test_a_kept_return_that_is_gone_is_asked_about(reported: Clerk) -> None:
    (reported.workspace.inbox / f"{SCIENCE}.xlsx").unlink()
    for left in (reported.workspace.root / ".shishi").iterdir():
        if left.name == "returns":
            shutil.rmtree(left)
        elif left.name != "ledger.sqlite":
            left.unlink()
    found = reported.consolidates(today=JULY)
    assert found.states[8, SCIENCE] == "待确认"


def test_a_kept_return_that_a_backup_brings_back_counts_again(
    reported: Clerk, tmp_path: Path
) -> None:
    (reported.workspace.inbox / f"{SCIENCE}.xlsx").unlink()
    returns, backup = reported.workspace.root / ".shishi" / "returns", tmp_path / "备份"
    shutil.move(returns, backup)
    (reported.workspace.root / ".shishi" / "kept.sqlite").unlink()
    assert reported.consolidates(today=JULY).states[8, SCIENCE] == "待确认"
    shutil.rmtree(returns, ignore_errors=True)
    shutil.move(backup, returns)
    assert reported.consolidates(today=JULY).states[8, SCIENCE] == "已报送"


@pytest.mark.parametrize(("refusal", "settled"), [
    (lost(FileNotFoundError(2, "没有那个文件")), False),
    (damaged("打不开的加密区域"), True),  # its own words are no sign
])  # fmt: skip
def test_only_a_copy_that_is_lost_is_asked_about_when_the_file_was_deleted(
    refusal: Refusal, settled: bool
) -> None:
    content = Content("0" * 64, 1, datetime(2023, 7, 1), "文件时间")
    assert Return(content, "报表.xlsx", present=False, refusal=refusal).dropped is settled
    assert not Return(content, "报表.xlsx", present=True, refusal=refusal).dropped


def test_a_copied_workspace_goes_on_and_knows_nothing_of_the_first(
    reported: Clerk, tmp_path: Path
) -> None:
    root = tmp_path / "拷贝 2"
    shutil.copytree(reported.workspace.root, root)
    place = str(reported.workspace.root).encode()
    for file in (root / ".shishi").rglob("*.sqlite"):
        assert place not in file.read_bytes()
    both = {}
    for workspace in (reported.workspace, Workspace(root)):
        Clerk(workspace.root, "2023Q2", JULY).consolidates(today=JULY)
        both[workspace] = {
            f.relative_to(workspace.root): f.read_bytes()
            for f in (workspace.root / "outbox").rglob("*.*")
            if f.is_file()
        }
    one, other = both.values()
    assert one == other
