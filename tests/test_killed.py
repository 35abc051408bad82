"""A run that is killed at any moment leaves ledger and outputs whole; the next one mends all.

The run happens in forked children that kill themselves with SIGKILL after a given number of
function calls, so that the moments are the same on every machine.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from shishi_xl.consolidate import consolidate
from shishi_xl.generate import generate
from shishi_xl.init import init
from shishi_xl.ledger import Ledger
from shishi_xl.whole_file import TEMPORARY
from shishi_xl.workspace import Workspace

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows 没有 fork，无法这样中断")

TODAY = date(2023, 7, 5)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two returns of last period in the ledger and four new ones in inbox/."""
    root = tmp_path_factory.mktemp("killed") / "office"
    workspace = init(root, "gaoqing-2023")
    for period, day, keep in (("2023Q2", TODAY, 2), ("2023Q3", date(2023, 10, 9), 4)):
        made = generate(workspace, period, None, day)
        for file in list(made.files.values())[:keep]:
            shutil.copy(file, workspace.inbox / f"{period}{file.name}")
            os.utime(workspace.inbox / f"{period}{file.name}", (1_690_000_000, 1_690_000_000))
        if period == "2023Q2":
            consolidate(workspace, period, day)
    return root


def _run(root: Path) -> None:
    consolidate(Workspace(root), "2023Q3", date(2023, 10, 9))


def _forked(root: Path, profile: Callable[[FrameType, str, Any], None]) -> int:
    """The run in a child under `profile`; what the child's wait status was."""
    child = os.fork()
    if child == 0:
        sys.setprofile(profile)
        _run(root)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def _outputs(root: Path) -> dict[str, bytes]:
    files = sorted(p for p in (root / "outbox").rglob("*") if p.is_file())
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in files}


@pytest.fixture(scope="module")
def undisturbed(office: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    copy = tmp_path_factory.mktemp("whole") / "office"
    shutil.copytree(office, copy)
    _run(copy)
    return _outputs(copy)


@pytest.fixture(scope="module")
def calls(
    office: Path, undisturbed: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, int]:
    """How many calls a whole run makes, and how many of them before the ledger's commit ends.

    Counted after the undisturbed run, when what is remembered between runs is as for the others.
    """
    assert undisturbed
    copy = tmp_path_factory.mktemp("counted") / "office"
    shutil.copytree(office, copy)
    report, count = copy / "calls", [0, 0]

    def profile(frame: FrameType, event: str, _: Any) -> None:
        count[0] += event == "call"
        if event == "return" and frame.f_code.co_qualname == "Ledger.commit":
            count[1] = count[0]
        if event == "return" and frame.f_code.co_qualname == "Workspace.write_outputs":
            report.write_text(f"{count[0]} {count[1]}")

    assert _forked(copy, profile) == 0
    whole, committed = report.read_text().split()
    return int(whole), int(committed)


def _dies_after(number: int) -> Callable[[FrameType, str, Any], None]:
    count = [0]

    def profile(_: FrameType, event: str, __: Any) -> None:
        count[0] += event == "call"
        if count[0] >= number:
            os.kill(os.getpid(), signal.SIGKILL)

    return profile


@pytest.mark.parametrize("moment", range(50))
def test_a_killed_run_leaves_everything_whole_and_the_next_gives_the_same_bytes(
    moment: int,
    office: Path,
    calls: tuple[int, int],
    undisturbed: dict[str, bytes],
    tmp_path: Path,
) -> None:
    whole, committed = calls
    if moment < 30:  # spread over the whole run
        number = 1 + whole * moment // 30
    else:  # between the ledger's commit and the last rename
        number = committed + 1 + (whole - committed) * (moment - 30) // 20
    copy = tmp_path / "office"
    shutil.copytree(office, copy)
    before = _outputs(copy)
    assert _forked(copy, _dies_after(number)) == signal.SIGKILL
    left = {name: b for name, b in _outputs(copy).items() if TEMPORARY not in name}
    assert all(b in (before.get(name), undisturbed[name]) for name, b in left.items())
    assert len(Ledger(copy / ".shishi").read().contents) in (2, 6)
    _run(copy)
    assert _outputs(copy) == undisturbed
