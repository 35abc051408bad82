"""status: who has returned, who has not, what is wrong → Summary as of the last consolidate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .collect import collect
from .draft_files import draft_notes
from .history import load_history
from .inbox import InboxFile, scan_inbox
from .kept import open_kept
from .ledger_state import LedgerState
from .office import Office, choose_period, load_office
from .period import Period
from .reading import start_worker
from .reads import Reader
from .register_file import load_register, with_unknown_files
from .summarise import summarise
from .summary import Summary
from .workspace import Workspace


def read_status(workspace: Workspace, period: str | None, today: date) -> Summary:
    """What the ledger says; new files in inbox/ are counted in a note, not read.

    :raises CannotStart: faults in items.yaml or a wrong period.
    """
    office = load_office(workspace)
    chosen = choose_period(office.programme, period, today)
    ledger = workspace.ledger
    state = ledger.read()
    with open_kept(workspace.ledger.folder, saves=False) as kept:
        files = tuple(sorted(scan_inbox(workspace.inbox, kept), key=lambda f: f.path))
    known = tuple(f for f in files if f.fault or f.sha256 in state.contents)
    notes = [
        *workspace.lost_ledger(),
        *office.notes_on(chosen),
        *draft_notes(workspace, state, chosen),
    ]
    if new := len(files) - len(known):
        notes.append(f"收件箱里有 {new} 个文件还没有汇总，请运行 shishi-xl consolidate。")
    return summary_as_of(workspace, office, state, known, chosen, today, tuple(notes))


def summary_as_of(
    workspace: Workspace,
    office: Office,
    state: LedgerState,
    files: Sequence[InboxFile],
    period: Period,
    today: date,
    notes: tuple[str, ...] = (),
) -> Summary:
    """What a `consolidate` of these files on that day comes to; nothing is written."""
    ledger = workspace.ledger
    with (
        start_worker() as worker,
        open_kept(ledger.folder, False, scans=office.programme.stamped) as kept,
    ):
        found = load_register(workspace, office.names, state, files, today, worker)
        reader = Reader(ledger.source, kept, worker=worker)
        got = collect(office, state, reader, files, today, found.register)
    register = with_unknown_files(found.register, got.contents)
    history = load_history(office.at(period), period, got.returns)
    return summarise(
        history, today, got.returns, got.files, state, (*notes, *found.notes), register
    )
