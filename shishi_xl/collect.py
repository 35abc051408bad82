"""Ledger + files in inbox/ → Returns: each content once, read, recognised and extracted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time

from .extract import PartReader, extract
from .inbox import InboxFile
from .ledger import Content, LedgerState
from .office import Office
from .reading import read_book
from .recognise import Recogniser
from .returns import Extraction, Part, Return
from .sheets import Refusal
from .unit_form import SentRow, UnitForm, compared, fixed_text

FILE_CLOCK, RUN_CLOCK = "文件时间", "首次运行"


def register(
    files: Iterable[InboxFile], known: Mapping[str, Content], today: date
) -> dict[str, Content]:
    """The ledger's contents with what now lies in inbox/.

    A content's arrival is the file's own time when its bytes were first seen, never later than
    that run. It is void while a copy lies in 作废/, and stays so when that copy is deleted, until
    one is seen elsewhere.
    """
    latest = datetime.combine(today, time(23, 59))
    contents = dict(known)
    by_content: dict[str, list[InboxFile]] = {}
    for file in files:
        if file.sha256:
            by_content.setdefault(file.sha256, []).append(file)
    for sha256, copies in by_content.items():
        first = min(copies, key=lambda f: (f.modified, f.path))
        arrival = min(first.modified, latest)
        clock = FILE_CLOCK if arrival == first.modified else RUN_CLOCK
        before = known.get(sha256, Content(sha256, first.size, arrival, clock))
        paths = tuple(sorted({*before.paths, *(f.path for f in copies)}))
        void = any(f.void for f in copies)
        contents[sha256] = Content(sha256, before.size, before.arrival, before.clock, void, paths)
    return contents


def collect(
    office: Office,
    state: LedgerState,
    contents: Mapping[str, Content],
    load: Callable[[str], bytes],
    present: Mapping[str, tuple[str, ...]],
) -> Iterator[Return]:
    """Every return ever seen. `present`: content → the paths under which it lies in inbox/ now."""
    for sha256 in sorted(contents, key=lambda s: (contents[s].paths[:1], s)):
        content = contents[sha256]
        paths = present.get(sha256, ())
        path = (paths or content.paths)[0]
        yield _read(office, state, content, path, paths, load)


def _read(
    office: Office,
    state: LedgerState,
    content: Content,
    path: str,
    paths: tuple[str, ...],
    load: Callable[[str], bytes],
) -> Return:
    book = read_book(path, load(content.sha256))
    if isinstance(book, Refusal):
        return Return(content, path, bool(paths), paths[1:], refusal=book)
    recognition = Recogniser(office.names, office.form).recognise(path, book)
    extractions = tuple((part, _extract(office, state, part, path)) for part in recognition.parts)
    return Return(content, path, bool(paths), paths[1:], None, book.saved, recognition, extractions)


def _extract(office: Office, state: LedgerState, part: Part, path: str) -> Extraction:
    sent = sent_rows(office.form_of(part.unit, part.period))
    for row in range(part.region.body, part.region.end):
        for mark in part.region.row_ids(row):
            if body := state.forms.get(str(mark.code)):
                sent = {**sent, **_sent_as(body)}
                return extract(PartReader(office.names, part, path, sent))
    return extract(PartReader(office.names, part, path, sent))


def sent_rows(form: UnitForm) -> dict[tuple[str, str, str], SentRow]:
    """A form's rows by (sheet, item, target)."""
    return {(t.table.sheet, r.item, r.target): r for t in form.tables for r in t.rows}


def form_body(form: UnitForm) -> str:
    """A form's fixed text for the ledger, JSON: what a return of it is held against."""
    rows = [
        {
            "sheet": sent.table.sheet, "item": row.item, "target": row.target,
            "number": row.number, "name": row.name,
            "fixed": {c.key: fixed_text(row, c) for c in sent.table.fixed if compared(c)},
        }
        for sent in form.tables
        for row in sent.rows
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)


def _sent_as(body: str) -> dict[tuple[str, str, str], SentRow]:
    return {
        (r["sheet"], r["item"], r["target"]): SentRow(
            r["item"], r["target"], r["number"], r["name"], r["fixed"]
        )
        for r in json.loads(body)
    }
