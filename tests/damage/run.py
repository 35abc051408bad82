"""Plan → returns → inboxes → verdicts."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from .case import Case
from .judge import Judge, Summary
from .make import make_returns
from .office import Sent
from .offices import summary_of
from .plan import batches
from .report import Report


def judge_cases(folder: Path, cases: Sequence[Case], sent: Mapping[str, Sent]) -> Report:
    """Make the returns, put them into copies of the offices in `folder`, and judge each inbox.

    A damage that could not be done is named in the report, and its return left out.

    :raises AssertionError: where a file is not listed.
    """
    made = make_returns(cases, sent, folder / "made")
    report = Report(undone=[outcome.fault for outcome in made.values() if outcome.fault])
    for batch in batches([case for case in cases if not made[case.number].fault]):
        programme = batch[0].programme
        copy = folder / "inbox"
        returns = [folder / "made" / case.folder for case in batch]
        file = summary_of(folder / programme, programme, returns, copy)
        cases_here = {case.number: case for case in batch}
        judge = Judge(cases_here, made, copy / "inbox", Summary(file))
        report.cases += batch
        report.verdicts += judge.verdicts()
        shutil.rmtree(copy)
    return report
