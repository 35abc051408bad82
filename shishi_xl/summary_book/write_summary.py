"""Summary → the bytes of the clerk's workbook, or of the leadership's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from io import BytesIO

from ..paper import new_book
from ..styles import Styles
from ..summary import Summary
from .annex import write_annex
from .details import write_details
from .overview import write_overview
from .problems import write_problems
from .receipts import write_receipts
from .targets import write_leaders_targets, write_targets
from .units import write_units

_CLERK = (
    write_overview,
    write_annex,
    write_details,
    write_targets,
    write_units,
    write_problems,
    write_receipts,
)
_LEADERSHIP = (write_overview, write_annex, write_leaders_targets)


def write_summary(summary: Summary, leadership: bool = False) -> bytes:
    """汇总_PERIOD.xlsx, or 呈报_PERIOD.xlsx, which has no hashes, no links and no notes on the run.

    The same summary gives the same bytes.
    """
    if leadership:
        summary = replace(summary, notes=())
    out = BytesIO()
    title = f"{summary.programme.title}（{summary.period.label}）"
    # The date of the run, not the clock's: a fixed date makes the bytes repeatable.
    book = new_book(out, title, datetime.combine(summary.today, time()))
    styles = Styles(book)
    for write_sheet in _LEADERSHIP if leadership else _CLERK:
        write_sheet(book, styles, summary)
    book.close()
    return out.getvalue()
