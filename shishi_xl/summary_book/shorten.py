"""Text → its beginning, where the first page has no room for all of it."""

from __future__ import annotations

from ..cells import clean_text
from ..layout import FACT_SIZE
from ..wrap import wrap

_MORE = "……（全文见附页）"


def shorten(text: str, width: float, lines: int, more: str = _MORE) -> str:
    """`text` where it takes at most so many lines of a column, else its beginning and `more`."""
    wrapped = wrap(clean_text(text), width, FACT_SIZE)
    if len(wrapped) <= lines:
        return text
    kept = "".join(wrapped[:lines]).rstrip("\n")
    while len(wrap(kept + more, width, FACT_SIZE)) > lines and kept:
        kept = kept[:-1]
    return kept.rstrip("\n，、；") + more
