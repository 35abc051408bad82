"""The folder outbox/PERIOD/定稿/: what was finalised lies there, and nothing ever rewrites it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

from .drafts import FinalDraft
from .ledger_state import LedgerState
from .period import Period
from .whole_file import write_whole
from .workspace import Workspace

_NAME = re.compile(r"呈报_.+_第(\d+)稿_.+\.xlsx")


def write_draft(
    workspace: Workspace, state: LedgerState, period: Period, day: date, content: bytes
) -> tuple[int, Path]:
    """Put a new file there, read-only: its number and where it lies.

    The number follows those that the ledger knows and those that lie there; a file of this very
    content that the ledger does not know was left by a run that died, and is taken up.
    """
    known = {d.file: d.number for d in state.drafts if d.period == str(period)}
    there = {f: m for f in _files(workspace, period) if (m := _NAME.fullmatch(f.name))}
    for file, match in there.items():
        if file.name not in known and file.read_bytes() == content:
            return int(match[1]), file
    number = max((*known.values(), *(int(m[1]) for m in there.values())), default=0) + 1
    file = workspace.drafts(period) / f"呈报_{period}_第{number}稿_{day}.xlsx"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, content)
    with suppress(OSError):  # some network drives know no such mark
        file.chmod(0o444)
    return number, file


def _files(workspace: Workspace, period: Period) -> list[Path]:
    """What lies there, but for what programs put beside a file that they have open."""
    shown = (f for f in workspace.drafts(period).glob("*") if not f.name.startswith((".", "~$")))
    return sorted(shown)


def draft_notes(workspace: Workspace, state: LedgerState, period: Period) -> Iterator[str]:
    """What happened to the files since: deleted, edited, or put there by somebody."""
    folder = workspace.drafts(period)
    own = [d for d in state.drafts if d.period == str(period)]
    for draft in own:
        if what := _fault_of(folder / draft.file, draft):
            kept = workspace.ledger.source(draft.sha256).relative_to(workspace.root).as_posix()
            yield (
                f"定稿 {draft.file} {what}。定稿时的原件存在 {kept}，"
                "复制出来、加上扩展名 .xlsx 就能打开。"
            )
    known = {d.file for d in own}
    others = [f.name for f in _files(workspace, period) if f.name not in known]
    if others:
        yield (
            f"定稿文件夹里有底账上没有的文件：{'、'.join(others)}。手工放进去的请移到别处；"
            "底账丢失以前存的请留着，只是与它们相比的更正列不出来。"
        )


def _fault_of(file: Path, draft: FinalDraft) -> str:
    try:
        same = sha256(file.read_bytes()).hexdigest() == draft.sha256
    except FileNotFoundError:
        return "不见了"
    except OSError as error:
        return f"打不开（{error.strerror}）"
    return "" if same else "被改动过"
