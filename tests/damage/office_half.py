"""The half that LibreOffice edits: one process of it for all cases. Run by the Python with `uno`.

    python3 -m tests.damage.office_half TASK.json

prints the outcomes as JSON.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

from .case import Case, Outcome, carry_out
from .office import Sent
from .uno_desk import UnoProgram

_TRIES = 3  # LibreOffice may die of what it is asked; the case is then done anew by another


def run(task: Path) -> None:
    known = json.loads(task.read_text("utf-8"))
    sent = {name: Sent.from_json(s) for name, s in known["sent"].items()}
    office = _Office(known["port"], known["profile"], Path(known["picture"]))
    try:
        made = [
            _carry_out(case, sent[case.programme], office, Path(known["folder"]))
            for case in map(Case.from_json, known["cases"])
        ]
    finally:
        office.stop()
    print(json.dumps([outcome.as_json() for outcome in made]))


def _carry_out(case: Case, sent: Sent, office: _Office, folder: Path) -> Outcome:
    fault = ""
    for _ in range(_TRIES):
        try:
            return carry_out(case, sent, office.program, folder)
        except Exception:
            fault = f"{case}\n{traceback.format_exc()}"
            if office.alive:
                break
            office.restart()
            shutil.rmtree(folder / case.folder, ignore_errors=True)
    return Outcome(case.number, (), {}, fault)


class _Office:
    """A running LibreOffice."""

    def __init__(self, port: int, profile: str, picture: Path) -> None:
        self._port, self._profile, self._picture = port, profile, picture
        self._start()

    @property
    def alive(self) -> bool:
        time.sleep(0.5)  # the connection breaks a little before the process ends
        return self._process.poll() is None

    def stop(self) -> None:
        self.program.stop()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(30)
        self._process.kill()

    def restart(self) -> None:
        self._process.kill()
        self._process.wait()
        self._start()

    def _start(self) -> None:
        command = [
            "soffice", "--headless", "--norestore", f"-env:UserInstallation={self._profile}",
            f"--accept=socket,host=127.0.0.1,port={self._port};urp;",
        ]  # fmt: skip
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.program = UnoProgram(self._port, self._picture)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
