"""finalise: 呈报 as it goes up → outbox/PERIOD/定稿/, dated and numbered, and into the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from .draft_files import write_draft
from .drafts import FinalDraft
from .inbox import InboxFile, scan_inbox
from .kept import open_kept
from .ledger_state import Consolidation, LedgerState
from .office import Office, choose_period, load_office
from .period import Period
from .problems import CannotStart
from .status import summary_as_of
from .summary import Summary
from .workspace import Workspace

_MOST = 5  # files named in one sentence


@dataclass(frozen=True, slots=True)
class Finalised:
    """The draft, where it lies, and what it shows. `again`: there was nothing new to copy."""

    draft: FinalDraft
    file: Path
    summary: Summary
    again: bool


def finalise(workspace: Workspace, period: str, today: date) -> Finalised:
    """Copy 呈报 as the last `consolidate` wrote it, and keep what it says in the ledger.

    :raises CannotStart: nothing consolidated yet, files that wait, 呈报 open or edited, and so on.
    """
    office = load_office(workspace)
    chosen = choose_period(office.programme, period, today)
    if today <= chosen.previous.end:
        raise CannotStart(f"{chosen.label}还没有开始，不能定稿。")
    with workspace.lock():
        state = workspace.ledger.read()
        if lost := workspace.lost_ledger():
            raise CannotStart(f"{lost[0]}确已找不回的，请先运行 consolidate，再定稿。")
        run = _last_run(state, chosen)
        brief = _read_brief(workspace, chosen, run)
        summary = _as_of(workspace, office, state, chosen, run)
        content = _hash(_shown(summary))
        latest = next((d for d in reversed(state.drafts) if d.period == str(chosen)), None)
        if latest and latest.content == content:
            return Finalised(latest, workspace.drafts(chosen) / latest.file, summary, True)
        number, file = write_draft(workspace, state, chosen, today, brief)
        draft = FinalDraft(
            str(chosen), number, today, summary.today, file.name, _hash(brief), content, summary.said
        )  # fmt: skip
        workspace.ledger.keep(draft.sha256, brief)
        workspace.ledger.commit(finalised=draft)
    return Finalised(draft, file, summary, False)


def _last_run(state: LedgerState, period: Period) -> Consolidation:
    run = state.consolidated.get(str(period))
    if run is None:
        raise CannotStart(
            f"{period.label}还没有汇总过。请先运行 shishi-xl consolidate {period}，"
            f"看过 呈报_{period}.xlsx 再定稿。"
        )
    return run


def _read_brief(workspace: Workspace, period: Period, run: Consolidation) -> bytes:
    """呈报 as that run wrote it."""
    file = workspace.brief(period)
    again = f"请运行 shishi-xl consolidate {period}，看过再定稿。"
    for owner in (f"~${file.name}", f".~lock.{file.name}#"):
        if (file.parent / owner).exists():
            raise CannotStart(
                f"{file.name} 正打开着，可能有没存的改动；请先关闭，再定稿。"
                f"如确已关闭，请删除同一文件夹里的 {owner}。"
            )
    try:
        with file.open("r+b") as opened:  # Windows refuses while Excel or WPS has it open
            content = opened.read()
    except FileNotFoundError:
        raise CannotStart(f"{file.name} 不见了。{again}") from None
    except PermissionError:
        raise CannotStart(f"{file.name} 正被打开，或没有权限。请关闭后再定稿。") from None
    if _hash(content) != run.sha256:
        raise CannotStart(
            f"{file.name} 不是上次汇总（{run.day}）写出的样子：汇总之后有人改过、另存过，"
            f"或当时没有写成。{again}手工改过的内容请另存到别处。"
        )
    return content


def _as_of(
    workspace: Workspace, office: Office, state: LedgerState, period: Period, run: Consolidation
) -> Summary:
    """The summary of that run, made once more: nothing may have changed since."""
    with open_kept(workspace.ledger.folder, saves=False) as kept:
        files = tuple(sorted(scan_inbox(workspace.inbox, kept), key=lambda f: f.path))
    again = f"请运行 shishi-xl consolidate {period}，看过再定稿。"
    if waiting := [f for f in files if not f.fault and f.sha256 not in state.contents]:
        raise CannotStart(f"收件箱里有 {len(waiting)} 个文件还没有汇总：{_named(waiting)}。{again}")
    drafts = [d for d in state.drafts if d.period == str(period)][: run.drafts]
    then = replace(state, drafts=tuple(drafts))
    summary = summary_as_of(workspace, office, then, files, period, run.day)
    from .summary_book import write_summary  # xlsxwriter is loaded where a workbook is written

    if _hash(write_summary(summary, leadership=True)) != run.sha256:
        raise CannotStart(
            f"上次汇总（{run.day}）以后，items.yaml、报表定义、登记或收件箱里的文件夹有改动，"
            f"呈报已不是最新的。{again}"
        )
    return summary


def _named(files: list[InboxFile]) -> str:
    names = "、".join(f.path for f in files[:_MOST])
    return names if len(files) <= _MOST else f"{names} 等"


def _shown(summary: Summary) -> bytes:
    """What 呈报 shows whatever the day, and whatever was finalised before."""
    from .summary_book import write_summary

    bare = replace(summary, today=summary.period.end, drafts=(), corrections=())
    return write_summary(bare, leadership=True)


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
