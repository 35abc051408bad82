"""status: who has returned, who has not, what is wrong → Summary as of the last consolidate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from .collect import collect
from .draft_files import draft_notes
from .inbox import InboxFile, scan_inbox
from .kept import open_kept
from .ledger import LedgerState
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
    with start_worker() as worker, open_kept(ledger.folder, saves=False) as kept:
        found = load_register(workspace, office.names, state, files, today, worker)
        reader = Reader(ledger.source, kept, worker=worker)
        got = collect(office, state, reader, files, today, found.register)
    register = with_unknown_files(found.register, got.contents)
    return summarise(
        office, period, today, got.returns, got.files, state, (*notes, *found.notes), register
    )


def as_json(summary: Summary) -> Mapping[str, object]:
    """The summary for programs: names in English, values as in the workbook."""
    return {
        "programme": summary.programme.id,
        "period": str(summary.period),
        "today": summary.today.isoformat(),
        "open": summary.open,
        "notes": list(summary.notes),
        "finalised": [
            {"number": d.number, "day": d.day.isoformat(), "file": d.file} for d in summary.drafts
        ],
        "corrections": [
            {
                "item": c.number,
                "unit": c.unit,
                "label": c.label,
                "old": c.old,
                "new": c.new,
                "file": c.file,
            }
            for c in summary.corrections
        ],
        "units": [
            {
                "unit": u.unit,
                "state": str(u.state),
                "owed": u.owed,
                "answered": u.answered,
                "first_arrival": u.first_arrival and u.first_arrival.isoformat(),
                "late": u.late,
                "versions": u.versions,
                "problems": {grade.name.lower(): n for grade, n in u.problems.items()},
                "person": u.person,
                "phone": u.phone,
            }
            for u in summary.units
        ],
        "items": [
            {"number": i.item.number, "name": i.item.name, "class": str(i.item_class)}
            for i in summary.items
        ],
        "details": [
            {
                "item": d.duty.item.number,
                "unit": d.duty.unit,
                "state": str(d.state),
                "answers": dict(d.answers),
                "cells": [f"{p.file}#{p.sheet}!{p.cell}" for p in d.places],
            }
            for d in summary.details
        ],
        "problems": [
            {
                "grade": str(r.problem.grade),
                "code": r.problem.code,
                "unit": r.problem.unit,
                "item": r.problem.item,
                "file": r.problem.place.file,
                "sheet": r.problem.place.sheet,
                "cell": r.problem.place.cell,
                "found": r.problem.found,
                "message": r.problem.message,
                "advice": r.problem.advice,
                "state": r.state,
                "explanation": r.explanation,
            }
            for r in summary.problems
        ],
        "files": [
            {"file": f.path, "sha256": f.sha256, "outcome": str(f.outcome), "remark": f.remark}
            for f in summary.receipts
        ],
    }
