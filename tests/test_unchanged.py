"""A run of `consolidate` after which nothing changed is not done again; any change at all is seen."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from shishi_xl import consolidate
from shishi_xl.cli import main
from shishi_xl.summary import Summary
from shishi_xl.workspace import Workspace

from .clerk import Clerk

AGO = 1_690_000_000
SAME = "与上次运行相比没有任何变化，结果如上。"


@pytest.fixture
def office(clerk_of: Callable[[str], Clerk]) -> Clerk:
    """A workspace with a return that was consolidated; nothing in it was changed of late."""
    clerk = clerk_of("gaoqing-2023")
    clerk.receives(clerk.filled("县科协"), "县科协.xlsx")
    for file in clerk.workspace.root.rglob("*"):
        if file.is_file():
            os.utime(file, (AGO, AGO))
    run(clerk)
    return clerk


def run(clerk: Clerk, *more: str) -> tuple[int, str]:
    words = ["-w", str(clerk.workspace.root), "consolidate", clerk.period]
    done = CliRunner().invoke(main, [*words, "--today", f"{clerk.today}", *more])
    return done.exit_code, done.output


def touch(file: Path) -> None:
    os.utime(file, (AGO + 60, AGO + 60))


def test_a_second_run_shows_the_same_and_says_so(office: Clerk) -> None:
    status, shown = run(office)
    assert run(office) == (status, shown)
    assert shown.endswith(f"{SAME}\n")
    assert "县科协" in shown


@pytest.mark.parametrize("option", [["--verify"], ["--today", "2023-07-06"]], ids=" ".join)
def test_another_question_is_answered_anew(office: Clerk, option: list[str]) -> None:
    assert SAME not in run(office, *option)[1]


@pytest.mark.parametrize(
    "place", ["items.yaml", "inbox/县科协.xlsx", "登记.xlsx", "outbox/2023Q2/汇总_2023Q2.xlsx"]
)
def test_a_file_that_was_changed_is_seen(office: Clerk, place: str) -> None:
    touch(office.workspace.root / place)
    assert SAME not in run(office)[1]


@pytest.mark.parametrize(
    "place", ["inbox/县科协.xlsx", "outbox/2023Q2/呈报_2023Q2.xlsx", "登记.xlsx"]
)
def test_a_file_that_is_gone_is_seen(office: Clerk, place: str) -> None:
    (office.workspace.root / place).unlink()
    assert SAME not in run(office)[1]


@pytest.mark.parametrize("place", ["inbox/县妇联/新.txt", "templates/texts/填报说明.txt"])
def test_a_file_that_is_new_is_seen(office: Clerk, place: str) -> None:
    file = office.workspace.root / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("新的", "utf-8")
    touch(file)
    assert SAME not in run(office)[1]


def test_a_workbook_that_was_deleted_is_written_again(office: Clerk) -> None:
    file = office.workspace.root / "outbox" / "2023Q2" / "汇总_2023Q2.xlsx"
    before = file.read_bytes()
    file.unlink()
    run(office)
    assert file.read_bytes() == before


def test_a_file_changed_this_moment_is_looked_at_again(office: Clerk) -> None:
    file = office.workspace.inbox / "县科协.xlsx"
    os.utime(file)
    run(office)
    assert SAME not in run(office)[1]


@pytest.mark.parametrize("place", ["inbox/县妇联.xlsx", "登记.xlsx"])
def test_what_comes_while_a_run_is_under_way_is_seen_by_the_next(
    office: Clerk, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    render = consolidate.render

    def comes(workspace: Workspace, summary: Summary) -> dict[Path, bytes]:
        if place.startswith("inbox"):
            touch(office.receives(office.filled("县妇联"), "县妇联.xlsx"))
        else:
            office.decides("县科协.xlsx", handling="作废")
            touch(office.book.file)
        return render(workspace, summary)

    monkeypatch.setattr(consolidate, "render", comes)
    run(office, "--verify")
    monkeypatch.undo()
    assert SAME not in run(office)[1]
