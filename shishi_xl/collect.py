"""Ledger + files in inbox/ → Returns: each content once, read, recognised and extracted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath

from .arrivals import Voided, arrivals
from .inbox import MAIL_CLOCK, InboxFile, depth
from .kept import Understood
from .ledger_state import Content, LedgerState
from .office import Office
from .reading import FileRead, Turn
from .reads import Reader
from .register import NOTHING, Decision, Register
from .returns import Return
from .understand import OPENED, File, Understanding


@dataclass(frozen=True, slots=True)
class Collected:
    """Every return ever seen, every file that lies in inbox/ now (those in archives too), and
    what the ledger is to know of them."""

    returns: tuple[Return, ...]
    files: tuple[InboxFile, ...]
    contents: Mapping[str, Content]


def collect(
    office: Office,
    state: LedgerState,
    reader: Reader,
    files: Sequence[InboxFile],
    today: date,
    register: Register = NOTHING,
) -> Collected:
    """Read all that lies in inbox/ and all that the ledger remembers.

    `register`: what the clerk decided of files.
    """
    understanding = Understanding(office, state.forms)
    inside: list[File] = []
    returns: dict[str, Return] = {}
    taken: dict[str, File] = {}
    for top, reads in _understood(understanding, reader, _tops(files, state.contents), register):
        for turn, ret in reads:
            file = top if turn.path == top.path else _member(top, turn)
            if file is not top:
                inside.append(file)
            if file.sha256 not in taken or file.goes_before(taken[file.sha256]):
                taken[file.sha256] = file
                returns[file.sha256] = replace(ret, content=file.content, present=file.present)
    found = (*files, *(f.inbox for f in inside if f.present))
    every = _dated(sorted(found, key=lambda f: f.path), returns.values())
    contents = arrivals(every, state, today)
    void = Voided(register, contents, _containers(returns.values(), inside))
    known = (void.judge(r) for sha, r in returns.items() if sha in contents)
    return Collected(tuple(known), tuple(every), contents)


def _understood(
    understanding: Understanding, reader: Reader, tops: Iterable[File], register: Register
) -> Iterator[tuple[File, tuple[Understood, ...]]]:
    """Each file with all that it holds: as an earlier run understood it in the same circumstances,
    else from what it says."""
    every, kept, by = list(tops), reader.kept, understanding.stamp
    known = {}
    for top in every:
        found = kept.understood(top.sha256, top.path, by)
        if found and all(r.decision == _decision(register, r.content.sha256, top.sha256)
                         for _, r in found):  # fmt: skip
            known[top.sha256] = found
    reads = reader.read([(t.path, t.sha256) for t in every if t.sha256 not in known])
    for top in every:
        if top.sha256 not in known:
            found = tuple(_understand(understanding, top, reads, register))
            kept.keep_understood(top.sha256, top.path, by, found)
            yield top, found
        else:
            yield top, known.pop(top.sha256)
    assert next(reads, None) is None, "the reader gives a result for each file that it was given"


def _understand(
    understanding: Understanding, top: File, reads: Iterator[FileRead], register: Register
) -> Iterator[Understood]:
    """What the reader gives for one file: those inside it first, then itself."""
    for read in reads:
        file = top if read.turn.path == top.path else _member(top, read.turn)
        decision = _decision(register, file.sha256, top.sha256)
        yield read.turn, understanding.understand(file, read, decision)
        if file is top:
            return


def _decision(register: Register, sha256: str, top: str) -> Decision | None:
    """What is decided about a file, else about the archive or mail that it came in."""
    own, around = register.decision(sha256), register.decision(top)
    return own.over(around) if own else around


def _containers(returns: Iterable[Return], inside: Iterable[File]) -> Mapping[str, frozenset[str]]:
    """Content → the contents of every archive and mail that it came in."""
    opened = {r.path: r.content.sha256 for r in returns if r.refusal == OPENED}
    found: dict[str, set[str]] = {}
    for file in inside:
        folders = (str(p) for p in PurePosixPath(file.path).parents)
        found.setdefault(file.sha256, set()).update(opened[p] for p in folders if p in opened)
    return {sha: frozenset(around) for sha, around in found.items()}


def _dated(files: Sequence[InboxFile], returns: Iterable[Return]) -> tuple[InboxFile, ...]:
    """A mail came when what is in it came; its file may have been saved later."""
    opened = {r.path for r in returns if r.refusal == OPENED}
    dates: dict[str, datetime] = {}
    for file in files:
        if file.clock == MAIL_CLOCK:
            folders = map(str, PurePosixPath(file.path).parents)
            around = next((p for p in folders if p in opened), "")
            dates.setdefault(around, file.modified)
    return tuple(
        replace(f, modified=dates[f.path], clock=MAIL_CLOCK) if f.path in dates else f
        for f in files
    )


def _tops(files: Sequence[InboxFile], known: Mapping[str, Content]) -> Iterator[File]:
    """Each content once: under the first of its paths in inbox/ (see `depth`), else its last one.

    What came inside an archive is found there again.
    """
    seen: dict[str, InboxFile] = {}
    paths = {sha: content.paths for sha, content in known.items()}
    for file in sorted(files, key=lambda f: depth(f.path, paths.get(f.sha256, ()))):
        if file.sha256:
            seen.setdefault(file.sha256, file)
    for sha, file in sorted(seen.items(), key=lambda s: s[1].path):
        yield File(file.path, sha, True, file, sha)
    names = {file.path for file in files}
    for sha, content in sorted(known.items(), key=lambda c: (c[1].paths, c[0])):
        if sha not in seen and not content.inside:
            # A file that was saved over by another of its name is called apart.
            path = next((p for p in content.paths if p not in names), None)
            path = path or f"{content.paths[0]}（原文件 {sha[:6]}）"
            names.add(path)
            file = InboxFile(path, content.size, content.arrival, sha)
            yield File(file.path, sha, False, file, sha)


def _member(top: File, turn: Turn) -> File:
    """A file that came out of another: it arrived with its mail, else with the archive."""
    mail = turn.mail
    moment = mail.date if mail and mail.date else top.inbox.modified
    clock = MAIL_CLOCK if mail and mail.date else top.inbox.clock
    file = InboxFile(turn.path, turn.size, moment, turn.sha256, "", clock, top.path)
    return File(file.path, file.sha256, top.present, file, top.sha256)
