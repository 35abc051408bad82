"""Run the whole corpus and print what became of every answer.

    python -m tests.damage [WORD …]

prints a line for each kind of damage, then the sums; with words, only of kinds that hold one of
them. Exit status 1 where an answer is silently wrong or lost, or too few are right.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from .make import office_python
from .offices import YEARS, open_offices
from .openpyxl_desk import OpenpyxlProgram
from .plan import make_plan
from .run import judge_cases

_RIGHT = 0.99


def main(words: list[str]) -> int:
    """The exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sent = open_offices(folder, OpenpyxlProgram(), YEARS)
        cases = make_plan(sent)
        if not office_python():
            print("LibreOffice or a Python with uno is absent: its half is left out")
            cases = [c for c in cases if not c.by_office]
        if words:
            cases = [c for c in cases if any(w in " + ".join(c.damages) for w in words)]
        report = judge_cases(folder, cases, sent)
    for line in (*report.faults(), *report.lines()):
        print(line)
    total = report.total
    return int(bool(report.undone or total.wrong or total.lost) or total.share < _RIGHT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
