"""Summary → the files that a person must decide about, as 登记.xlsx asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..problems import Problem
from ..summary import Outcome, ReceiptRow, Summary

_ASKED = (Outcome.ASKED, Outcome.UNREADABLE, Outcome.UNRECOGNISED)
_SILENT = (Outcome.VOID, Outcome.DUPLICATE, Outcome.GONE)
# Their messages hold names of units, periods and files only: 登记.xlsx never shows a unit's text.
_IN_FULL = (
    "F01",
    "F02",
    "F03",
    "F05",
    "F06",
    "R01",
    "R02",
    "R03",
    "R04",
    "R08",
    "R09",
    "R11",
    "P02",
    "P03",
)


def questions(summary: Summary) -> Iterator[Mapping[str, str]]:
    """file, sha256 and question of each file in doubt, in the order of 收件清单."""
    asked: dict[str, list[Problem]] = {}
    for row in summary.problems:
        if row.open and row.problem.rule.asks:
            asked.setdefault(row.problem.place.file, []).append(row.problem)
    for receipt in summary.receipts:
        problems = asked.get(receipt.path, [])
        if receipt.sha256 and _is_asked(receipt, problems):
            words = "；".join(dict.fromkeys(map(_word, problems))) or str(receipt.outcome)
            yield {"file": receipt.path, "sha256": receipt.sha256, "question": words}


def _is_asked(receipt: ReceiptRow, problems: list[Problem]) -> bool:
    """As a whole, or because one of its tables is nobody's yet."""
    if receipt.outcome in _SILENT:
        return False
    return receipt.outcome in _ASKED or any(p.code[0] in "FR" for p in problems)


def _word(problem: Problem) -> str:
    said = problem.message if problem.code in _IN_FULL else problem.rule.title
    return f"{problem.code} {said}"
