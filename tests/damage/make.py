"""Cases → damaged returns in a folder: half by openpyxl here, half by LibreOffice beside it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from .case import Case, Outcome, carry_out
from .desk import Program
from .office import Sent
from .openpyxl_desk import OpenpyxlProgram
from .picture import PNG

ROOT = Path(__file__).parent.parent.parent
_PYTHONS = (sys.executable, "/usr/bin/python3")
_PROBE = "import sys, uno; sys.exit(sys.version_info < (3, 11))"


@cache
def office_python() -> str:
    """A Python that can talk to LibreOffice; "" where LibreOffice or such a Python is absent."""
    if not shutil.which("soffice"):
        return ""
    for python in _PYTHONS:
        if Path(python).exists():
            probe = subprocess.run([python, "-c", _PROBE], capture_output=True, check=False)
            if probe.returncode == 0:
                return python
    return ""


def make_returns(
    cases: Sequence[Case], sent: Mapping[str, Sent], folder: Path
) -> dict[int, Outcome]:
    """Every case's files, in folders of `folder`; what they came to, by the case's number."""
    by_office = [c for c in cases if c.by_office]
    helper = _start_office_half(by_office, sent, folder) if by_office else None
    program = OpenpyxlProgram()
    made = [try_out(c, sent, program, folder) for c in cases if not c.by_office]
    if helper:
        said, _ = helper.communicate()
        assert helper.returncode == 0, f"LibreOffice's half ended with {helper.returncode}"
        made += [Outcome.from_json(known) for known in json.loads(said)]
    return {outcome.number: outcome for outcome in made}


def try_out(case: Case, sent: Mapping[str, Sent], program: Program, folder: Path) -> Outcome:
    """Carry the case out; what goes wrong in that is told, and ends nothing."""
    try:
        return carry_out(case, sent[case.programme], program, folder)
    except Exception:
        fault = f"{case}\n{traceback.format_exc()}"
        return Outcome(case.number, (), {}, fault)


def _start_office_half(
    cases: Iterable[Case], sent: Mapping[str, Sent], folder: Path
) -> subprocess.Popen[str]:
    folder.mkdir(parents=True, exist_ok=True)
    picture = folder.with_name("picture.png")
    picture.write_bytes(PNG)
    task = folder.with_name("task.json")
    task.write_text(
        json.dumps({
            "port": _free_port(),
            "profile": folder.with_name("office-profile").as_uri(),
            "picture": str(picture),
            "folder": str(folder),
            "sent": {name: s.as_json() for name, s in sent.items()},
            "cases": [c.__dict__ for c in cases],
        }),
        "utf-8",
    )  # fmt: skip
    command = [office_python(), "-m", "tests.damage.office_half", str(task)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
