"""Ledger + files in inbox/ → Returns: each content once, read, recognised and extracted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from .arrivals import Voided, arrivals
from .extract import PartReader, extract
from .inbox import MAIL_CLOCK, InboxFile, depth
from .ledger import Content, LedgerState
from .office import Office
from .opinions import is_opinions, read_opinions
from .reading import FileRead
from .reads import Reader
from .recognise import Recogniser
from .register import NOTHING, Decision, Register
from .returns import Extraction, Part, Return
from .sheets import Book, Refusal, Scan, Sheet
from .stamped import pair
from .unit_form import SentRow, UnitForm, compared, fixed_text

_OPENED = Refusal("", "已展开")


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
    tops = list(_tops(files, state.contents))
    inside: list[_File] = []
    returns: dict[str, Return] = {}
    waiting = iter(tops)
    top = next(waiting, None)
    for read in reader.read([(top.path, top.sha256) for top in tops]):
        assert top, "the reader gives one result for each file, after those of the files inside it"
        file = top if read.turn.path == top.path else _member(top, read)
        if file is not top:
            inside.append(file)
        if file.sha256 not in returns:
            decision = _decision(register, file.sha256, top.sha256)
            returns[file.sha256] = _return(office, state, file, read, decision)
        if file is top:
            top = next(waiting, None)
    found = (*files, *(f.inbox for f in inside if f.present))
    every = _dated(sorted(found, key=lambda f: f.path), returns.values())
    contents = arrivals(every, state, today)
    void = Voided(register, contents, _containers(returns.values(), inside))
    known = (void.judge(r) for sha, r in returns.items() if sha in contents)
    return Collected(tuple(known), tuple(every), contents)


def _decision(register: Register, sha256: str, top: str) -> Decision | None:
    """What is decided about a file, else about the archive or mail that it came in."""
    own, around = register.decision(sha256), register.decision(top)
    return own.over(around) if own else around


def _containers(returns: Iterable[Return], inside: Iterable[_File]) -> Mapping[str, frozenset[str]]:
    """Content → the contents of every archive and mail that it came in."""
    opened = {r.path: r.content.sha256 for r in returns if r.refusal is _OPENED}
    found: dict[str, set[str]] = {}
    for file in inside:
        folders = (str(p) for p in PurePosixPath(file.path).parents)
        found.setdefault(file.sha256, set()).update(opened[p] for p in folders if p in opened)
    return {sha: frozenset(around) for sha, around in found.items()}


def _dated(files: Sequence[InboxFile], returns: Iterable[Return]) -> tuple[InboxFile, ...]:
    """A mail came when what is in it came; its file may have been saved later."""
    opened = {r.path for r in returns if r.refusal is _OPENED}
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


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be read: one in inbox/, or one that is only in the ledger any more."""

    path: str
    sha256: str
    present: bool
    inbox: InboxFile
    top: str  # the content of the file in inbox/ that it came in


def _tops(files: Sequence[InboxFile], known: Mapping[str, Content]) -> Iterator[_File]:
    """Each content once: under the first of its paths in inbox/, else its last known one.

    What came inside an archive is found there again.
    """
    seen: dict[str, InboxFile] = {}
    for file in sorted(files, key=lambda f: depth(f.path)):
        if file.sha256:
            seen.setdefault(file.sha256, file)
    for sha, file in sorted(seen.items(), key=lambda s: s[1].path):
        yield _File(file.path, sha, True, file, sha)
    names = {file.path for file in files}
    for sha, content in sorted(known.items(), key=lambda c: (c[1].paths, c[0])):
        if sha not in seen and not content.inside:
            # A file that was saved over by another of its name is called apart.
            path = next((p for p in content.paths if p not in names), None)
            path = path or f"{content.paths[0]}（原文件 {sha[:6]}）"
            names.add(path)
            file = InboxFile(path, content.size, content.arrival, sha)
            yield _File(file.path, sha, False, file, sha)


def _member(top: _File, read: FileRead) -> _File:
    """A file that came out of another: it arrived with its mail, else with the archive."""
    mail = read.turn.mail
    moment = mail.date if mail and mail.date else top.inbox.modified
    clock = MAIL_CLOCK if mail and mail.date else top.inbox.clock
    file = InboxFile(read.turn.path, read.turn.size, moment, read.turn.sha256, "", clock, top.path)
    return _File(file.path, file.sha256, top.present, file, top.sha256)


def _return(
    office: Office, state: LedgerState, file: _File, read: FileRead, decision: Decision | None
) -> Return:
    content = Content(file.sha256, file.inbox.size, file.inbox.modified, file.inbox.clock)
    book = _OPENED if read.result is None else read.result
    letter = read.turn.mail.text if read.turn.mail else ""
    recogniser = Recogniser(office.names, office.form)
    mail, container = read.turn.mail, file.inbox.container
    if isinstance(book, Scan):
        signs = recogniser.around(file.path, mail, container, decision)
        paired = pair(book, file.path, office.names, signs, recogniser.whose)
        if paired:
            return Return(
                content, file.path, file.present, questions=paired.problems,
                witnesses=paired.witnesses, foreign=paired.foreign, top=file.top,
                decision=decision, letter=letter, stamped=paired.pages,
            )  # fmt: skip
        blank = all(page.blank for page in book.pages)
        remark = (("remark", "各页都是空白"),) if blank else ()
        book = Refusal("", "附件", (("what", book.what), *remark))
    if isinstance(book, Refusal):
        signs = recogniser.around(file.path, mail, container, decision)
        return Return(
            content, file.path, file.present, book, witnesses=signs, decision=decision,
            letter=letter,
        )  # fmt: skip
    book, explanations = replace(book, sheets=_forms(book)), read_opinions(book, file.path)
    found = recogniser.recognise(file.path, book, mail, container, decision)
    extractions = tuple(_extract(office, state, part, file.path) for part in found.parts)
    # The 审核意见 alone, with what the unit says there, is no file without a form.
    said = bool(explanations) and not found.parts
    problems = tuple(p for p in found.problems if not (said and p.code == "F04"))
    return Return(
        content, file.path, file.present, None, book.saved, problems, found.witnesses,
        found.foreign, book.unproven, book.unlooked, extractions, explanations, file.top, decision,
        letter,
    )  # fmt: skip


def _forms(book: Book) -> tuple[Sheet, ...]:
    """A workbook's sheets without the 审核意见 that was sent back with it: nobody's answers."""
    return tuple(s for s in book.sheets if not is_opinions(s))


def _extract(office: Office, state: LedgerState, part: Part, path: str) -> Extraction:
    """The part is held against the form as it was sent, where the ledger has it."""
    sent = sent_rows(office.form_of(part.unit, part.period))
    codes = {str(m.code) for row in part.region.rows for m in part.region.row_ids(row)}
    body = next((state.forms[c] for c in sorted(codes) if c in state.forms), "")
    if codes and not body:  # nobody knows any more what such a form came with
        sent = {key: replace(row, carried=None) for key, row in sent.items()}
    return extract(PartReader(office.names, part, path, {**sent, **_sent_as(body)}))


def sent_rows(form: UnitForm) -> dict[tuple[str, str, str], SentRow]:
    """A form's rows by (sheet, item, target)."""
    return {(t.table.sheet, r.item, r.target): r for t in form.tables for r in t.rows}


def form_body(form: UnitForm, before: str = "") -> str:
    """A form's fixed text for the ledger, JSON: what a return of it is held against.

    `before`: the body that the ledger has under this code. A form may go out again with other
    carried answers; a return may be of either, so that all of them are remembered.
    """
    known = {(r["sheet"], r["item"], r["target"]): r for r in json.loads(before or "[]")}
    rows = [
        {
            "sheet": sent.table.sheet, "item": row.item, "target": row.target,
            "number": row.number, "name": row.name,
            "fixed": {c.key: fixed_text(row, c) for c in sent.table.fixed if compared(c)},
            "carried": _carried(row, known.get((sent.table.sheet, row.item, row.target), {})),
        }
        for sent in form.tables
        for row in sent.rows
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)


def _carried(row: SentRow, before: Mapping[str, Any]) -> dict[str, list[str]]:
    """Column → every text that a form of this code came with."""
    known = {key: list(texts) for key, texts in before.get("carried", {}).items()}
    for key, text in row.prefill.items():
        known[key] = sorted({*known.get(key, ()), text})
    return known


def _sent_as(body: str) -> dict[tuple[str, str, str], SentRow]:
    return {
        (r["sheet"], r["item"], r["target"]): SentRow(
            r["item"], r["target"], r["number"], r["name"], r["fixed"], carried=r.get("carried")
        )
        for r in json.loads(body or "[]")
    }
