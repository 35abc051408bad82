"""What was understood is kept: a second run says the same with it and without, and any change of
programme, form, decision or sent form is seen."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from zipfile import ZipFile

import pytest

from shishi_xl.reading.child import Child
from shishi_xl.reading.job import Job
from shishi_xl.understand import Understanding

from .clerk import Clerk, Found

WOMEN, SCIENCE = "县妇联", "县科协"
FAULTS = "县科协.xlsx"


@pytest.fixture
def office(clerk_of: Callable[[str], Clerk]) -> Clerk:
    """A workspace with a whole return, one with faults, one in an archive and a text."""
    clerk = clerk_of("gaoqing-2023")
    clerk.receives(clerk.filled(WOMEN), "县妇联.xlsx")
    faulty = clerk.filled(SCIENCE)
    faulty.fills(faulty.items[0], "正在推进", "长期坚持")
    clerk.receives(faulty, FAULTS)
    inside = clerk.receives(clerk.filled("县总工会"), "县总工会.xlsx")
    with ZipFile(inside.with_suffix(".zip"), "w") as archive:
        archive.write(inside, "县总工会.xlsx")
    inside.unlink()
    clerk.receives("无".encode(), "说明.txt")
    clerk.consolidates()
    return clerk


@pytest.fixture
def understood(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are understood anew from now on."""
    seen: list[str] = []
    original = Understanding.understand

    def understand(self: Understanding, file, read, decision):  # type: ignore[no-untyped-def]
        seen.append(file.path)
        return original(self, file, read, decision)

    monkeypatch.setattr(Understanding, "understand", understand)
    return seen


def outputs(clerk: Clerk) -> Mapping[str, bytes]:
    folder = clerk.workspace.root / "outbox"
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def forget(clerk: Clerk) -> None:
    (clerk.workspace.root / ".shishi" / "kept.sqlite").unlink()


def both(clerk: Clerk) -> Found:
    """A run with what is kept and one without come to the same, byte for byte."""
    found, with_it = clerk.consolidates(), outputs(clerk)
    forget(clerk)
    assert clerk.consolidates() == found
    assert outputs(clerk) == with_it
    return found


def test_a_second_run_understands_nothing_anew(office: Clerk, understood: list[str]) -> None:
    before = outputs(office)
    office.consolidates()
    assert (understood, outputs(office)) == ([], before)


def test_only_a_new_file_is_understood(office: Clerk, understood: list[str]) -> None:
    office.receives(office.filled("县教育和体育局"), "县教育和体育局.xlsx")
    office.consolidates()
    assert understood == ["县教育和体育局.xlsx"]
    assert both(office).receipts["县教育和体育局.xlsx"] == "采用"


def test_a_decision_is_seen_at_its_file_alone(office: Clerk, understood: list[str]) -> None:
    office.decides(FAULTS, period="2023Q3")
    assert FAULTS in office.consolidates().receipts
    assert understood == [FAULTS]
    both(office)


def test_a_file_under_another_name_is_understood_anew(office: Clerk, understood: list[str]) -> None:
    file = office.workspace.inbox / FAULTS
    file.rename(file.with_name("又一份.xlsx"))
    office.consolidates()
    assert understood == ["又一份.xlsx"]
    both(office)


def test_changed_items_are_understood_by_what_they_are_now(
    office: Clerk, understood: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = office.workspace.items_file
    file.write_text(file.read_text("utf-8").replace("县科协", "县科学技术协会"), "utf-8")
    read: list[str] = []
    send = Child.send

    def counted(child: Child, job: Job) -> None:
        read.append(job.path)
        send(child, job)

    monkeypatch.setattr(Child, "send", counted)
    office.consolidates()
    assert (FAULTS in understood, read) == (True, ["登记.xlsx"])  # no file of inbox/ is read
    both(office)


def test_a_form_that_goes_out_again_is_what_returns_are_held_against(
    office: Clerk, understood: list[str]
) -> None:
    office.sends("2023Q3")
    office.consolidates()
    assert FAULTS in understood
    both(office)


def test_what_was_kept_and_is_damaged_is_understood_anew(
    office: Clerk, understood: list[str]
) -> None:
    with sqlite3.connect(office.workspace.root / ".shishi" / "kept.sqlite") as db:
        db.execute("UPDATE said SET body = substr(body, 1, 20)")
    before = outputs(office)
    office.consolidates()
    assert (FAULTS in understood, outputs(office)) == (True, before)


def test_what_was_kept_is_known_again_by_another_process(office: Clerk) -> None:
    code = "import sys; from pathlib import Path; from shishi_xl.office import load_office; " \
           "from shishi_xl.workspace import Workspace; " \
           "print(load_office(Workspace(Path(sys.argv[1]))).stamp)"  # fmt: skip
    root = str(office.workspace.root)
    stamps = {
        subprocess.run(
            [sys.executable, "-c", code, root],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, check=True, text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(stamps) == 1
