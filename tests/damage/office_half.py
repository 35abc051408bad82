"""The half that LibreOffice edits: one process of it for all cases. Run by the Python with `uno`.

    python3 -m tests.damage.office_half TASK.json

prints the outcomes as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from pathlib import Path

from .case import Case, Outcome, carry_out
from .office import Sent
from .uno_desk import UnoProgram


def run(task: Path) -> None:
    known = json.loads(task.read_text("utf-8"))
    sent = {name: Sent.from_json(s) for name, s in known["sent"].items()}
    office = _start(known["port"], known["profile"])
    try:
        program = UnoProgram(known["port"], Path(known["picture"]))
        made = []
        for case in map(Case.from_json, known["cases"]):
            try:
                made.append(carry_out(case, sent[case.programme], program, Path(known["folder"])))
            except Exception:
                fault = f"{case}\n{traceback.format_exc()}"
                made.append(Outcome(case.number, (), {}, fault))
        program.stop()
        office.wait(30)
    finally:
        office.kill()
    print(json.dumps([outcome.as_json() for outcome in made]))


def _start(port: int, profile: str) -> subprocess.Popen[bytes]:
    command = [
        "soffice", "--headless", "--norestore", f"-env:UserInstallation={profile}",
        f"--accept=socket,host=127.0.0.1,port={port};urp;",
    ]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
