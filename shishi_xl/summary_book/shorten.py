"""What one page has no room for → its beginning, and how much is left out."""

from __future__ import annotations

from collections.abc import Sequence

from ..cells import clean_text
from ..wrap import wrap

MORE = "……"


def shorten(text: str, width: float, lines: int, size: float) -> str:
    """`text` where it takes at most so many lines of a column, else its beginning and ……."""
    wrapped = wrap(clean_text(text), width, size)
    if len(wrapped) <= lines:
        return text
    kept = "".join(wrapped[:lines]).rstrip("\n")
    while len(wrap(kept + MORE, width, size)) > lines and kept:
        kept = kept[:-1]
    return kept.rstrip("\n，、；") + MORE


def name_some(
    parts: Sequence[str], joint: str, more: str, width: float, lines: int, size: float
) -> str:
    """As many of `parts` as so many lines hold, then `more` with the number of the rest.

    The first stands in any case, shortened where it is too long by itself.
    """
    for count in range(len(parts), 0, -1):
        rest = len(parts) - count
        text = joint.join(parts[:count]) + (f"{joint}{more.format(rest)}" if rest else "")
        if len(wrap(clean_text(text), width, size)) <= lines:
            return text
    first = shorten(parts[0], width, max(1, lines - 1), size)
    joint = "" if first.endswith(MORE) else joint
    return first + (f"{joint}{more.format(len(parts) - 1)}" if len(parts) > 1 else "")
