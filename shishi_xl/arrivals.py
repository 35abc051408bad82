"""Files in inbox/ + 登记 → when each content arrived, under which names, and whether it is void."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from .catalogue import RULES
from .inbox import MAIL_CLOCK, REGISTER_CLOCK, RUN_CLOCK, InboxFile, depth
from .ledger_state import Content, LedgerState
from .problems import Problem
from .register import Handling, Register
from .returns import Return


def arrivals(files: Sequence[InboxFile], state: LedgerState, today: date) -> dict[str, Content]:
    """The ledger's contents with what now lies in inbox/.

    A content's arrival is the time of its mail, else the file's own time, when its bytes were
    first seen, never later than that run. It is void while a copy lies in 作废/, and stays so
    when that copy is deleted, until one is moved out.
    """
    latest = datetime.combine(today, time(23, 59))
    contents = dict(state.contents)
    moved = _MovedOut(files, state)
    by_content: dict[str, list[InboxFile]] = {}
    for file in files:
        if file.sha256:
            by_content.setdefault(file.sha256, []).append(file)
    for sha256, copies in by_content.items():
        before = state.contents.get(sha256)
        arrival, clock = _arrival(copies, before, latest)
        old = before.paths if before else ()
        contents[sha256] = Content(
            sha256,
            copies[0].size,
            arrival,
            clock,
            void=any(f.void for f in copies)
            or (before is not None and before.void and not any(map(moved.is_out, copies))),
            paths=tuple(
                dict.fromkeys(
                    (*sorted((f.path for f in copies), key=lambda p: depth(p, old)), *old)
                )
            ),
            inside=all(f.container for f in copies) and (before is None or before.inside),
        )
    return contents


class _MovedOut:
    """Which copies were moved out of 作废/: they lie where they did not lie at the last run.

    A further archive with the same bytes in it is none; one that was in 作废/ itself is.
    """

    def __init__(self, files: Iterable[InboxFile], state: LedgerState) -> None:
        self._state = state
        self._content = {f.path: f.sha256 for f in files if f.sha256}

    def is_out(self, copy: InboxFile) -> bool:
        if not copy.container:
            return (copy.path, copy.sha256) not in self._state.lying
        archive = self._content.get(copy.container, "")
        known = self._state.contents.get(archive)
        return (
            known is not None and known.void and (copy.container, archive) not in self._state.lying
        )


def _arrival(
    copies: Iterable[InboxFile], before: Content | None, latest: datetime
) -> tuple[datetime, str]:
    """A mail's date goes before any file's time, also where the mail is found later."""
    mails = [f.modified for f in copies if f.clock == MAIL_CLOCK and f.modified <= latest]
    if before and before.clock == MAIL_CLOCK:
        mails.append(before.arrival)
    if mails:
        return min(mails), MAIL_CLOCK
    if before:
        return before.arrival, before.clock
    first = min(f.modified for f in copies)
    return (latest, RUN_CLOCK) if first > latest else (first, _clock(copies, first))


def _clock(copies: Iterable[InboxFile], moment: datetime) -> str:
    return next(f.clock for f in copies if f.modified == moment)


@dataclass(frozen=True)
class Voided:
    """What counts, by content. `around`: content → the archives and mails that it came in."""

    register: Register
    contents: Mapping[str, Content]
    around: Mapping[str, frozenset[str]]

    def judge(self, ret: Return) -> Return:
        """The return with its arrival, and whether it is void: as 登记 says, else by its folder."""
        content = self.contents[ret.content.sha256]
        told = ret.decision.arrival if ret.decision else None
        handling = self._handling(content.sha256)
        void = content.void if handling is None else handling is Handling.VOID
        questions = ret.questions
        if content.void and not void and ret.decision:
            found = str(handling)
            questions = (*questions, Problem(RULES["G14"], ret.decision.place, found))
        content = replace(content, void=void)
        if told:
            content = replace(content, arrival=told, clock=REGISTER_CLOCK)
        return replace(ret, content=content, questions=questions)

    def _handling(self, sha256: str) -> Handling | None:
        """Its own word, else that of what it came in; among several of these 作废 is the stronger."""
        own = self.register.decision(sha256)
        if own and own.handling:
            return own.handling
        found = (self.register.decision(sha) for sha in self.around.get(sha256, ()))
        said = {d.handling for d in found if d and d.handling}
        return Handling.VOID if Handling.VOID in said else next(iter(sorted(said)), None)
