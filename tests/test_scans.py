"""A sample of the simulated scans: `python -m tests.scans 400` makes more of them."""

from __future__ import annotations

from pathlib import Path

from shishi_xl.sheets import Seal

from .programs import needs_libreoffice
from .scans.forms import printed_forms
from .scans.judge import RIGHT, WRONG, trials


@needs_libreoffice
def test_scanned_forms_are_known_again_and_none_is_taken_for_anothers(tmp_path: Path) -> None:
    found = list(trials(printed_forms(tmp_path, [("gaoqing-2023", "2023Q2")]), 14, seed=3))
    assert WRONG not in [t.outcome for t in found]
    assert sum(t.outcome == RIGHT for t in found) >= 13
    seals = [(bool(t.way.seal) and not t.way.grey, t.seal is Seal.FOUND) for t in found]
    assert (False, True) not in seals
    assert seals.count((True, False)) <= 1
