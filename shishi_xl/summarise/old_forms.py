"""Files that came when this period's were due, and are an earlier period's → a problem each unit.

A unit that opens last quarter's file and sends it again, edited or not, has returned nothing:
without a word it would only be called missing, and its new text would count for the old quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..catalogue import RULES
from ..history import History
from ..inbox import InboxFile
from ..period import Period, current_period
from ..problems import Place, Problem
from ..returns import Return

_SENT_AGAIN = "请与单位核对，请其按本期下发的表填报。这个文件不影响{was}的汇总，不必处理。"
_EDITED = (
    "请与单位核对：在旧表里填了本期内容的，请其改用本期下发的表填报，并把这个文件移入“作废”文件夹，"
    "以免改动{was}的数；确为更正{was}内容的，不必处理。"
)


@dataclass(frozen=True)
class _Came:
    """A file of an earlier period that came just now."""

    path: str
    moment: datetime
    ret: Return
    period: Period


def old_forms(
    history: History, returns: Sequence[Return], files: Iterable[InboxFile]
) -> Iterator[Problem]:
    """R12, for units that have sent nothing of this period: the last such file of each."""
    settled = history.now
    latest: dict[str, _Came] = {}
    for came in sorted(_came(history, returns, files), key=lambda c: (c.moment, c.path)):
        for unit in dict.fromkeys(x.unit for x in came.ret.extractions):
            for name in settled.called(unit):
                latest[name] = came
    owing = history.office.programme.duties_by_unit(settled.period)
    others = _by_unit(returns)
    for unit, came in latest.items():
        if unit in owing and not settled.returns_of.get(unit):
            was, same = came.period.label, _same(came, unit, others.get((unit, came.period), ()))
            yield Problem(
                RULES["R12"], Place(came.path), unit=unit,
                details=(("was", was), ("now", settled.period.label), ("same", same),
                         ("todo", (_SENT_AGAIN if same else _EDITED).format(was=was))),
            )  # fmt: skip


def _came(
    history: History, returns: Sequence[Return], files: Iterable[InboxFile]
) -> Iterator[_Came]:
    """Each name under which an earlier period's return came since this period's were asked for."""
    now, periods = history.now.period, history.office.programme.periods
    known: Mapping[str, Return] = {r.content.sha256: r for r in returns}
    for file in files:
        ret = known.get(file.sha256)
        if ret is None or not ret.counts or not ret.periods or file.void:
            continue
        moment = ret.age[0] if file.path == ret.path else file.modified
        if max(ret.periods) < now and current_period(periods, moment.date()) >= now:
            yield _Came(file.path, moment, ret, max(ret.periods))


def _by_unit(returns: Iterable[Return]) -> Mapping[tuple[str, Period], Sequence[Return]]:
    """Unit and period → the returns that count for them."""
    found: dict[tuple[str, Period], list[Return]] = {}
    for ret in returns:
        for key in dict.fromkeys((x.unit, x.period) for x in ret.extractions if ret.counts):
            found.setdefault(key, []).append(ret)
    return found


def _same(came: _Came, unit: str, others: Iterable[Return]) -> str:
    """In words, which file of that period it repeats; "" where it says something else."""
    said = _answers(came.ret, unit, came.period)
    for other in others:
        repeats = other is came.ret or (said and _answers(other, unit, came.period) == said)
        if repeats and other.path != came.path:
            return f"，内容与 {other.path} 完全相同"
    return ""


def _answers(ret: Return, unit: str, period: Period) -> Mapping[tuple[str, str, str, str], str]:
    """Sheet, item, target and column → text."""
    return {
        (e.sheet, e.item, e.target, key): answer.text
        for e in ret.entries(period)
        if e.unit == unit
        for key, answer in e.answers.items()
    }
