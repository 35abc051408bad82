"""What the ledger knows: returns, forms as sent, what earlier runs found, asked and finalised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .drafts import FinalDraft
from .register import Written


@dataclass(frozen=True, slots=True)
class Content:
    """One return, known by its bytes. `paths`: every name under which it was ever seen, those of
    the last run that saw it first: where a clerk has put it last is the clerk's word.

    `clock` says where `arrival` comes from: the mail, the file's own time, or the run that first
    saw it. `inside`: it was only ever seen in archives or mails, which are kept in its place.
    """

    sha256: str
    size: int
    arrival: datetime
    clock: str
    void: bool = False
    paths: tuple[str, ...] = ()
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The last run of `consolidate` for a period: its day, the SHA-256 of its 呈报, and how many
    drafts had been finalised by then."""

    period: str
    day: date
    sha256: str
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier runs found and asked, of all periods. Problems are known by their marks.

    `findings`: mark → (period, the problem as JSON). `rounds`: period, unit and the content that
    was sent back to it. `outputs`: path below the workspace and SHA-256 of every reply and letter
    that was written.
    """

    first_found: Mapping[str, date] = field(default_factory=dict)
    findings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    rounds: frozenset[tuple[str, str, str]] = frozenset()
    outputs: frozenset[tuple[str, str]] = frozenset()


NOTHING_YET = Past()


@dataclass(frozen=True, slots=True)
class LedgerState:
    """All that the ledger knows, but for the returns' bytes."""

    contents: Mapping[str, Content] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)  # form code → the form as sent, JSON
    past: Past = NOTHING_YET
    consolidated: Mapping[str, Consolidation] = field(default_factory=dict)  # by period
    drafts: tuple[FinalDraft, ...] = ()
    register: Written = field(default_factory=dict)  # 登记.xlsx as it was last read
    # (path, SHA-256) of what lay in inbox/ at the last run, members of archives too
    lying: frozenset[tuple[str, str]] = frozenset()
