"""The program without what a year's 1,000 runs need not do again: reading the same bytes,
writing forms that nobody opens, workbooks and letters that nobody reads.

What is left out here is played in full by `--whole`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any
from unittest.mock import patch

import shishi_xl.circular
import shishi_xl.generate
import shishi_xl.office
import shishi_xl.reading.read_books
import shishi_xl.replies
import shishi_xl.summary_book
import shishi_xl.write_form
from shishi_xl.form_yaml import load_form
from shishi_xl.items_yaml import load_edition
from shishi_xl.reading.job import Job, Step
from shishi_xl.reading.read_file import read_file
from shishi_xl.summary import Summary
from shishi_xl.unit_form import UnitForm
from shishi_xl.write_form import write_form

_read: dict[object, tuple[Step, ...]] = {}
_written: dict[Any, bytes] = {}
unopened: dict[tuple[str, str], UnitForm] = {}  # (unit, period) → the form that was last generated


class ReaderHere:
    """A worker that is none: it reads in this process, and the same bytes once."""

    alive = True

    def __init__(self, memory: int) -> None:
        self._steps: Iterator[Step] = iter(())

    def send(self, job: Job) -> None:
        source = job.source if isinstance(job.source, bytes) else job.source.name
        key = (job.path, source, job.unpack, job.done)  # a kept file's name is its SHA-256
        if key not in _read:
            if len(_read) > 2000:
                _read.clear()
            _read[key] = tuple(read_file(job))
        self._steps = iter(_read[key])

    def used(self) -> int:
        return 0

    def receive(self, _: float) -> Step:
        return next(self._steps)

    def __enter__(self) -> ReaderHere:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """There is nothing to end."""


@lru_cache(maxsize=300)
def _load_edition(source: bytes, forms: tuple[str, ...], known: tuple[Any, ...]) -> Any:
    return load_edition(source, forms, known)


@lru_cache(maxsize=10)
def _load_form(name: str, sources: tuple[tuple[str, bytes], ...]) -> Any:
    return load_form(name, dict(sources))


def _set_aside(form: UnitForm, guide: str, *_: Any, **__: Any) -> bytes:
    unopened[form.unit, str(form.period)] = form
    return str(form.code).encode()


def opened(form: UnitForm) -> bytes:
    """A form as the program writes it."""
    rows = [
        (t.table.sheet, r.item, r.target, r.number, r.name, sorted(r.fixed.items(), key=str),
         sorted(r.prefill.items()))
        for t in form.tables for r in t.rows
    ]  # fmt: skip
    key = (str(form.code), form.title, repr(rows), repr(form.last), repr(form.sign_off))
    if key not in _written:
        if len(_written) > 3000:
            _written.clear()
        _written[key] = write_form(form, "填报说明")
    return _written[key]


def _write_summary(summary: Summary, *, leadership: bool = False) -> bytes:
    """Other bytes wherever the workbook for leaders would have others."""
    details = [
        (d.duty.item.number, d.duty.unit, d.state, d.answers, d.proxy) for d in summary.details
    ]
    targets = [(t.item.number, t.target.name, t.unit, t.last, t.written) for t in summary.targets]
    shown = (summary.period, summary.today, leadership, details, targets, summary.corrections)
    return repr(shown).encode()


@contextmanager
def fast() -> Iterator[None]:
    """Within this, runs do the least that decides what counts."""
    changes: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
        (shishi_xl.reading.read_books, "Child", ReaderHere),
        (shishi_xl.office, "load_edition",
         lambda source, forms, known: _load_edition(source, tuple(forms), tuple(known))),
        (shishi_xl.office, "load_form",
         lambda name, sources: _load_form(name, _frozen(sources))),
        (shishi_xl.summary_book, "write_summary", _write_summary),
        (shishi_xl.write_form, "write_form", _set_aside),
        (shishi_xl.circular, "write_circular", lambda *_: b""),
        (shishi_xl.replies, "write_replies", lambda *_: {}),
        (shishi_xl.replies, "write_contact_list", lambda *_: b""),
        (shishi_xl.generate, "guide", lambda *_: ""),
    )  # fmt: skip
    with ExitStack() as stack:
        for module, name, stub in changes:
            stack.enter_context(patch.object(module, name, stub))
        yield


def _frozen(sources: Mapping[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    return tuple(sources.items())
