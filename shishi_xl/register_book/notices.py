"""A row of 单位说明 → Notice: what a unit said by telephone."""

from __future__ import annotations

from ..catalogue import RULES
from ..names import fold, fold_words
from ..problems import Problem
from ..register import Notice, Topic, WrittenRow
from .cell import CellReader

_LEAST = 6  # characters of an explanation, as the national statistics system asks


def read_notice(row: WrittenRow, reader: CellReader) -> tuple[Notice | None, list[Problem]]:
    """The notice, where the row is whole; else what it lacks."""
    unit, period, topic = reader.unit(), reader.period(), reader.topic()
    until, told = reader.day("until", past=False), reader.day("told", past=True)
    if reader.problems:
        return None, reader.problems
    if what := _lacks(row, topic):
        key = next(k for k in ("unit", "period", "topic", "until", "text") if k in what)
        words = (("what", what[key]),)
        return None, [Problem(RULES["G13"], row.place(key), row.text(key), details=words)]
    assert period and topic, "an empty one is lacking"
    unit = reader.unit_in(period)
    items = reader.items(unit, period)
    if reader.problems:
        return None, reader.problems
    code = fold(row.text("code")).upper() if topic is Topic.EXPLAINED else ""
    place = row.place("text" if row.text("text") else "topic")
    return Notice(topic, unit, period, place, items, code, until, told, row.text("text")), []


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
