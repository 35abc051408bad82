"""Every kind of damage, in the order in which they are done where several are done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import cells, columns, files, heads, rows, sheets, slips
from .contact import Contact
from .damage import Damage


def _leaves_it(contact: Contact) -> None:
    """Filled and sent back as it is: what the damaged ones are measured against."""


UNDAMAGED = Damage("undamaged", _leaves_it)
DAMAGES = (
    *rows.DAMAGES,
    *cells.DAMAGES,
    *heads.DAMAGES,
    *columns.DAMAGES,
    *sheets.DAMAGES,
    *columns.HEADER_DAMAGES,
    *slips.DAMAGES,
    *files.DAMAGES,
)
KINDS: Mapping[str, Damage] = {d.name: d for d in (UNDAMAGED, *DAMAGES)}


def go_together(damages: Iterable[Damage]) -> bool:
    """Whether something is left to tell each row and the table by."""
    chosen = tuple(damages)
    gone = [witness for d in chosen for witness in d.takes]
    if len(gone) != len(set(gone)) or any(d.alone for d in chosen):
        return False
    if any(d.last for d in chosen[:-1]):
        return False
    return not {"marks", "names"} <= set(gone) and not {"property", "title"} <= set(gone)
