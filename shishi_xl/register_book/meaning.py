"""Rows of 登记.xlsx → Register: what they decide, and every cell that cannot be understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from ..catalogue import RULES
from ..names import Names
from ..problems import Problem
from ..register import (
    DECISIONS,
    ITEM_IDS,
    NOTICES,
    Decision,
    Notice,
    Register,
    Written,
    WrittenRow,
)
from .cell import CellReader
from .notices import read_notices

_DECIDING = ("unit", "period", "arrival", "handling")


@dataclass(frozen=True)
class Known:
    """What is known before the returns are read. `paths`: content → every name it was seen under.

    `lying`: path in inbox/ → content. `before`: the rows as the ledger has them.
    """

    names: Names
    today: date
    paths: Mapping[str, tuple[str, ...]]
    lying: Mapping[str, str]
    before: Written


def understand(rows: Written, known: Known, problems: tuple[Problem, ...] = ()) -> Register:
    """What the rows say. `problems`: those of the book as a whole.

    Each cell stands for itself: one that cannot be understood is named and left out, the rest
    of its row counts.
    """
    named = _named_before(known.before.get(DECISIONS, ()), rows.get(DECISIONS, ()))
    pinned = tuple(_pin(row, known, named) for row in rows.get(DECISIONS, ()))
    decided = [_decide(row, known) for row in pinned]
    agreed, contrary = _agree(decision for decision, _ in decided if decision)
    noted = _with_known_items(rows.get(NOTICES, ()), known.before.get(NOTICES, ()))
    noticed = [read_notices(row, CellReader(row, known.names, known.today)) for row in noted]
    notices = tuple(notice for found, _ in noticed for notice in found)
    faults = [p for _, found in (*decided, *noticed) for p in found]
    written = {**rows, **({DECISIONS: pinned} if DECISIONS in rows else {})}
    if NOTICES in rows:
        understood = zip(noted, noticed, strict=True)
        written[NOTICES] = tuple(_pin_items(row, found) for row, (found, _) in understood)
    return Register(agreed, notices, (*problems, *faults, *contrary), written)


def _with_known_items(
    rows: Iterable[WrittenRow], before: Iterable[WrittenRow]
) -> tuple[WrittenRow, ...]:
    """The rows with the items that they meant when they were first understood: a number means
    another item when items are put in or reordered later."""
    known = {_as_typed(row): row.text(ITEM_IDS) for row in before if row.text(ITEM_IDS)}
    return tuple(
        replace(row, texts={**row.texts, ITEM_IDS: known[typed]})
        if (typed := _as_typed(row)) in known
        else row
        for row in rows
    )


def _as_typed(row: WrittenRow) -> frozenset[tuple[str, str]]:
    return frozenset((key, text) for key, text in row.texts.items() if text and key != ITEM_IDS)


def _pin_items(row: WrittenRow, notices: Iterable[Notice]) -> WrittenRow:
    ids = {item for notice in notices for item in notice.items}
    if not ids or not row.text("items"):
        return row
    return replace(row, texts={**row.texts, ITEM_IDS: " ".join(sorted(ids))})


def _named_before(before: Iterable[WrittenRow], now: Iterable[WrittenRow]) -> Mapping[str, str]:
    """Rows with a name only whose SHA-256 could not be put into the book yet: name → SHA-256."""
    stated = {row.text("sha256") for row in now}
    return {
        r.text("file"): r.text("sha256")
        for r in before
        if r.text("file") and r.text("sha256") and r.text("sha256") not in stated
    }


def _pin(row: WrittenRow, known: Known, before: Mapping[str, str]) -> WrittenRow:
    """A row with a name only is about the file that bore it when the row was first seen: another
    that is saved over it later is another file."""
    file = row.text("file")
    if row.text("sha256") or not file:
        return row
    sha256 = before.get(file) or known.lying.get(file) or _once_called(file, known)
    return replace(row, texts={**row.texts, "sha256": sha256}) if sha256 else row


def _once_called(file: str, known: Known) -> str:
    """The one content that was ever seen under this name; "" for none or several."""
    found = [sha for sha, paths in known.paths.items() if _is_called(file, sha, paths)]
    return found[0] if len(found) == 1 else ""


def _is_called(file: str, sha256: str, paths: Iterable[str]) -> bool:
    """By its path, or as 收件清单 calls a file that was saved over."""
    return any(file in (path, f"{path}（原文件 {sha256[:6]}）") for path in paths)


def _decide(row: WrittenRow, known: Known) -> tuple[Decision | None, list[Problem]]:
    if not any(row.text(key) for key in _DECIDING):
        return None, []
    file, sha256 = row.text("file"), _folded(row.text("sha256"))
    if not sha256:
        return None, [Problem(RULES["G10"], row.place("file"), file)]
    paths = known.paths.get(sha256, ())
    if paths and file and not _belongs(file, sha256, paths):
        words = (("owner", paths[0]),)
        return None, [Problem(RULES["G11"], row.place("file"), file, details=words)]
    reader = CellReader(row, known.names, known.today)
    decision = Decision(
        sha256, row.place("handling" if row.text("handling") else "unit"),
        reader.unit(), reader.period(), reader.moment("arrival"), reader.handling(),
    )  # fmt: skip
    return decision, reader.problems


def _folded(sha256: str) -> str:
    return "".join(sha256.split()).lower()


def _belongs(file: str, sha256: str, paths: tuple[str, ...]) -> bool:
    """By any name that it ever had, whatever the folder."""
    names = {PurePosixPath(path).name for path in paths}
    return PurePosixPath(file).name in names or _is_called(file, sha256, paths)


def _agree(decisions: Iterable[Decision]) -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    """One decision for each file; rows that contradict each other decide nothing."""
    by_content: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_content.setdefault(decision.sha256, []).append(decision)
    agreed: list[Decision] = []
    contrary: list[Problem] = []
    for same in by_content.values():
        if any(_contradict(a, b) for a in same for b in same):
            cells = "、".join(d.place.cell for d in same)
            contrary += (Problem(RULES["G09"], d.place, details=(("cells", cells),)) for d in same)
        else:
            whole = same[0]
            for other in same[1:]:
                whole = whole.over(other)
            agreed.append(whole)
    return tuple(agreed), tuple(contrary)


def _contradict(one: Decision, other: Decision) -> bool:
    return any(a and b and a != b for a, b in zip(one.says, other.says, strict=True))


def unknown_files(register: Register, seen: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """Decisions about files that were never received, or (first seen in this run, in an archive)
    bear another name."""
    rows = {_folded(r.text("sha256")): r for r in register.written.get(DECISIONS, ())}
    for decision in register.decisions:
        row = rows[decision.sha256]
        paths, file = seen.get(decision.sha256, ()), row.text("file")
        if not paths:
            yield Problem(RULES["G10"], row.place("sha256"), file or decision.sha256)
        elif file and not _belongs(file, decision.sha256, paths):
            yield Problem(RULES["G11"], row.place("file"), file, details=(("owner", paths[0]),))
