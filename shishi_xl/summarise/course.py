"""Earlier periods of the year, as they stand by now → the course of items and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..history import History
from ..returns import Return
from ..summary import PeriodPoint, TargetRow
from .standing import Judged
from .states import Standing


def earlier_points(
    history: History, returns: Sequence[Return], today: date, rows: Sequence[TargetRow]
) -> tuple[PeriodPoint, ...]:
    """What each period before now comes to, the oldest first; figures of now's `rows`, whose units
    may have had other names."""
    before = history.before
    if not before.periods:
        return ()
    # Which problems an earlier period has left is no matter: no class depends on them.
    standing = Standing(before.office, before, (), tuple(returns), today)
    point = point_of(Judged(before, standing.details))
    sheet = before.office.form.targets.sheet
    figures = {
        (row.item.id, row.target.id, row.unit): figure
        for row in rows
        if (figure := before.now.figure(row.unit, sheet, row.item.id, row.target.id)) is not None
    }
    return (*earlier_points(before, returns, today, rows), replace(point, figures=figures))


def point_of(judged: Judged) -> PeriodPoint:
    """What one period comes to."""
    figures = {
        (row.item.id, row.target.id, row.unit): row.figure
        for row in judged.targets
        if row.figure is not None
    }
    classes = {row.item.id: row.item_class for row in judged.items}
    return PeriodPoint(judged.history.now.period, classes, figures)
