"""Text and choices: what was written as it stands; one of the options, or a note."""

from __future__ import annotations

import unicodedata

from .cell import CellValue, Expectation, Note, Reading, fold, verbatim


def read_text(raw: CellValue, expect: Expectation) -> Reading:
    """The text verbatim; None for an empty cell."""
    return Reading(verbatim(raw) or None)


def read_choice(raw: CellValue, expect: Expectation) -> Reading:
    """The option that was written, in the form's own spelling; else A04."""
    written = verbatim(raw)
    if not written:
        return Reading(None)
    for choice in expect.choices:
        if _same(choice) == _same(written):
            return Reading(choice)
    return Reading(None, (Note("A04", (("choices", "、".join(expect.choices)),)),))


def _same(text: str) -> str:
    return unicodedata.normalize("NFKC", fold(text)).strip()
