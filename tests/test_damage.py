"""A sample of the corpus of damaged returns; `python -m tests.damage` runs all of it."""

from pathlib import Path

from .damage.offices import YEARS, open_offices
from .damage.openpyxl_desk import OpenpyxlProgram
from .damage.plan import make_plan
from .damage.run import judge_cases

_EVERY = 12  # of the cases that need no LibreOffice


def test_no_damaged_answer_is_silently_wrong_or_lost(tmp_path: Path) -> None:
    sent = open_offices(tmp_path, OpenpyxlProgram(), YEARS)
    cases = [c for c in make_plan(sent) if not c.by_office]
    report = judge_cases(tmp_path, cases[::_EVERY], sent)
    assert (report.total.wrong, report.total.lost) == (0, 0), "\n".join(report.faults())
