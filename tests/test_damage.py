"""A sample of the corpus of damaged returns; `python -m tests.damage` runs all of it."""

from pathlib import Path

from .damage.make import office_python
from .damage.offices import YEARS, open_offices
from .damage.openpyxl_desk import OpenpyxlProgram
from .damage.plan import make_plan
from .damage.run import judge_cases

_EVERY = 12  # of the cases that need no LibreOffice; it is slower, and takes half as many


def test_no_damaged_answer_is_silently_wrong_or_lost(tmp_path: Path) -> None:
    sent = open_offices(tmp_path, OpenpyxlProgram(), YEARS)
    every = make_plan(sent)
    cases = [c for c in every if not c.by_office][::_EVERY]
    if office_python():
        cases += [c for c in every if c.by_office][:: 2 * _EVERY]
    report = judge_cases(tmp_path, cases, sent)
    assert report.undone == []
    assert (report.total.wrong, report.total.lost) == (0, 0), "\n".join(report.faults())
