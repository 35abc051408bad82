"""Whether anything changed since the last run: the stamp of all that a run depends on."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from .kept import TICK, open_kept, program
from .workspace import BUNDLED, Workspace

Stamps = tuple[tuple[str, int, int], ...]  # path, size, time


def inputs_of(workspace: Workspace) -> Stamps:
    """What a run is given, as it now stands, but for 登记.xlsx."""
    folders = (workspace.inbox, workspace.root / "templates", BUNDLED)
    return tuple(s for place in (workspace.items_file, *folders) for s in _stamps(place))


def stamp_after(
    workspace: Workspace, period: str | None, today: date, given: Stamps, register: bytes | None
) -> str:
    """The stamp of a run that has just ended; "" where the next one is to look again, because
    something came while it was under way. `register`: 登记.xlsx as it read or left it."""
    stamp = stamp_of(workspace, period, today)
    try:
        now = workspace.register_file.read_bytes()
    except OSError:
        return ""
    return stamp if now == register and inputs_of(workspace) == given else ""


def stamp_of(workspace: Workspace, period: str | None, today: date) -> str:
    """Names, sizes and times of every file that `consolidate` reads or wrote, with the question
    that it was asked; "" where a file was changed this very moment, so that its time says nothing.

    Nothing is opened: it is the quickest look that there is.
    """
    inputs = inputs_of(workspace)
    if any(changed > time.time_ns() - TICK for _, _, changed in inputs):
        return ""
    made = list(_stamps(workspace.ledger.file))
    for place in (workspace.root / "outbox", *sorted(workspace.root.glob("*登记*"))):
        made += _stamps(place)
    question = repr((program(), period, today, inputs, made))
    return hashlib.sha256(question.encode("utf-8", "surrogateescape")).hexdigest()


def last_run(workspace: Workspace, period: str | None, today: date) -> tuple[int, str] | None:
    """Exit status and screen of the last run, where all is as it left it; None where not."""
    with open_kept(workspace.ledger.folder, saves=False) as kept:
        return kept.run(stamp_of(workspace, period, today))


def keep_run(workspace: Workspace, stamp: str, status: int, shown: str) -> None:
    """Remember what a run showed that left all as `stamp` says."""
    with open_kept(workspace.ledger.folder) as kept:
        kept.keep_run(stamp, status, shown)


def _stamps(place: Path) -> Iterator[tuple[str, int, int]]:
    """(path, size, time) of a file, or of every file in a folder at any depth, sorted."""
    try:
        if place.is_dir():
            for entry in sorted(os.scandir(place), key=lambda e: e.name):
                if entry.is_dir(follow_symlinks=False):
                    yield from _stamps(Path(entry.path))
                else:
                    status = entry.stat(follow_symlinks=False)
                    yield entry.path, status.st_size, status.st_mtime_ns
        else:
            status = place.stat()
            yield str(place), status.st_size, status.st_mtime_ns
    except OSError as error:
        yield str(place), -1, error.errno or 0
