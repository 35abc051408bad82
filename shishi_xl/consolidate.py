"""consolidate: everything in inbox/ → the period's workbooks in outbox/."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from .collect import Collected, collect
from .draft_files import draft_notes
from .history import History, load_history
from .inbox import scan_inbox
from .kept import open_kept
from .ledger import Ledger
from .ledger_state import Consolidation, LedgerState
from .office import Office, choose_period, load_office
from .period import Period
from .problems import CannotStart
from .reading import start_worker
from .reads import Effort, Reader
from .register import Register
from .register_file import load_register, save_register, with_unknown_files
from .returns import Return
from .summarise import new_past, questions, summarise
from .summary import Summary
from .unchanged import inputs_of, stamp_after
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Consolidated:
    """What a run came to: the summary, the files it wrote, and those it could not write.

    `stamp`: of all that it depends on and wrote, "" where the next run is to look again.
    """

    summary: Summary
    written: tuple[Path, ...]
    faults: tuple[str, ...]
    stamp: str = ""


def consolidate(
    workspace: Workspace, period: str | None, today: date, effort: Effort = Effort()
) -> Consolidated:
    """Read, check and merge all returns, and write the period's workbooks.

    :raises CannotStart: faults in items.yaml, a wrong period, another run under way.
    """
    office = load_office(workspace)
    chosen = choose_period(office.programme, period, today)
    office = office.at(chosen)
    ledger = workspace.ledger
    with (
        workspace.lock(),
        open_kept(ledger.folder, fresh=effort.verify, scans=office.programme.stamped) as kept,
        start_worker() as worker,  # while it starts, the inbox is looked through
    ):
        given = inputs_of(workspace)
        state = ledger.read()
        notes = (
            *workspace.lost_ledger(),
            *office.notes_on(chosen),
            *draft_notes(workspace, state, chosen),
        )
        if not workspace.inbox.is_dir():
            raise CannotStart(f"{workspace.root} 里没有收件箱文件夹 inbox，请新建后把报表放进去。")
        files = sorted(scan_inbox(workspace.inbox, kept, ledger.keep), key=lambda f: f.path)
        found = load_register(workspace, office.names, state, files, today, worker)
        reader = Reader(ledger.source, kept, worker, effort)
        got = collect(office, state, reader, files, today, found.register)
        register = with_unknown_files(found.register, got.contents)
        history = load_history(office, chosen, got.returns)
        notes = (*notes, *found.notes)
        summary = summarise(history, today, got.returns, got.files, state, notes, register)
        saved = save_register(workspace, office.names, found, tuple(questions(summary)))
        summary = replace(summary, notes=(*summary.notes, *saved.notes))
        circular, unusable = draft_circular(workspace, summary)
        outputs = render(workspace, summary) | circular
        # What is taken away again where it applies no longer.
        passing = _replies(workspace, history, summary, got.returns)
        passing |= render_stamped(workspace, summary)
        outputs |= passing
        brief = outputs[workspace.brief(chosen)]
        written = workspace.fingerprints(passing)
        _commit(ledger, office, state, got, summary, brief, register, written)
        kept.save()
        faults = unusable + workspace.write_outputs(outputs)
        faults += workspace.remove_outputs(
            state.past.outputs, passing_folders(workspace, chosen), outputs
        )
        stamp = "" if faults else stamp_after(workspace, period, today, given, saved.content)
    return Consolidated(summary, tuple(outputs), faults, stamp)


def render(workspace: Workspace, summary: Summary) -> dict[Path, bytes]:
    """The period's workbooks, by the file they go to."""
    from .summary_book import write_summary  # xlsxwriter is loaded where a workbook is written

    outbox = workspace.outbox(summary.period)
    return {
        outbox / f"汇总_{summary.period}.xlsx": write_summary(summary),
        workspace.brief(summary.period): write_summary(summary, leadership=True),
    }


def render_stamped(workspace: Workspace, summary: Summary) -> dict[Path, bytes]:
    """盖章件_PERIOD.xlsx, where stamped pages have come."""
    from .summary_book import write_stamped_pages

    content = write_stamped_pages(summary)
    file = workspace.outbox(summary.period) / f"盖章件_{summary.period}.xlsx"
    return {file: content} if content else {}


def draft_circular(
    workspace: Workspace, summary: Summary
) -> tuple[dict[Path, bytes], tuple[str, ...]]:
    """The draft of the circular; a template that cannot be used costs nothing but the draft."""
    from .circular import write_circular

    file = workspace.outbox(summary.period) / f"通报_{summary.period}.docx"
    try:
        return {file: write_circular(summary, workspace.template("documents/通报.docx"))}, ()
    except CannotStart as fault:
        return {}, (str(fault),)


def _replies(
    workspace: Workspace, history: History, summary: Summary, returns: tuple[Return, ...]
) -> dict[Path, bytes]:
    """What goes back to units and to whom the clerk must speak."""
    from .replies import Bases, compose_replies, write_contact_list, write_replies

    replies = compose_replies(summary)
    bases = Bases(history.office, history, returns, workspace.ledger.source)
    outputs = write_replies(workspace, summary, bases, replies)
    contacts = workspace.outbox(summary.period) / "联系清单.xlsx"
    return {**outputs, contacts: write_contact_list(summary, replies)}


def passing_folders(workspace: Workspace, period: Period) -> tuple[Path, ...]:
    """The folders where what no longer applies is taken away."""
    return tuple(workspace.outbox(period) / name for name in ("退回", "催报", "."))


def _commit(
    ledger: Ledger,
    office: Office,
    state: LedgerState,
    got: Collected,
    summary: Summary,
    brief: bytes,
    register: Register,
    written: frozenset[tuple[str, str]],
) -> None:
    changed = [c for sha, c in got.contents.items() if state.contents.get(sha) != c]
    run = Consolidation(
        str(summary.period), summary.today, hashlib.sha256(brief).hexdigest(), len(summary.drafts)
    )
    past = replace(new_past(state.past, summary), outputs=written - state.past.outputs)
    ledger.commit(
        changed, past=past, used=office.used(summary.period, summary.today), consolidated=run,
        register=register.written,
        lying=((f.path, f.sha256) for f in got.files if f.sha256),
    )  # fmt: skip
