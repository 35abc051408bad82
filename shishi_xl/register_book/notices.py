"""A row of 单位说明 → Notices: what a unit, or each member of a group, said by telephone."""

from __future__ import annotations

from ..catalogue import RULES
from ..names import fold_words
from ..problems import Problem
from ..register import Notice, Topic, WrittenRow
from .cell import CellReader

_LEAST = 6  # characters of an explanation, as the national statistics system asks


def read_notices(row: WrittenRow, reader: CellReader) -> tuple[tuple[Notice, ...], list[Problem]]:
    """The notices, where the row is whole; else what it lacks."""
    _, period, topic = reader.units(), reader.period(), reader.topic()
    code = reader.code() if topic is Topic.EXPLAINED else ""
    until, told = reader.day("until", past=False), reader.day("told", past=True)
    if reader.problems:
        return (), reader.problems
    if what := _lacks(row, topic):
        key = next(k for k in ("unit", "period", "topic", "until", "text") if k in what)
        words = (("what", what[key]),)
        return (), [Problem(RULES["G13"], row.place(key), row.text(key), details=words)]
    assert period and topic, "an empty one is lacking"
    units = reader.units_in(period)
    items = {unit: reader.items(unit, period) for unit in units}
    if reader.problems:
        return (), reader.problems
    place = row.place("text" if row.text("text") else "topic")
    return tuple(
        Notice(topic, unit, period, place, items[unit], code, until, told, row.text("text"))
        for unit in units
    ), []


def _lacks(row: WrittenRow, topic: Topic | None) -> dict[str, str]:
    """Column key → what is to be written there."""
    headers = {"unit": "责任单位", "period": "期次", "topic": "类别"}
    lacks = {key: f"没有写{header}" for key, header in headers.items() if not row.text(key)}
    if topic is Topic.EXTENDED and not row.text("until"):
        lacks["until"] = "没有写延至哪一天"
    if topic is Topic.EXPLAINED:
        if not (row.text("items") or row.text("code")):
            lacks["text"] = "没有写明是对哪件实事或哪个问题代码的说明"
        elif len(fold_words(row.text("text"))) < _LEAST:
            lacks["text"] = "说明不足六个字"
    return lacks
