"""A workbook opened, edited and saved by LibreOffice. Run by the Python that has `uno`.

    python3 -m tests.rounds.uno_desk TASK.json

prints what was seen on opening.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.damage.uno_desk import UnoProgram

_NOTE = "【审核意见】"


def run(task: Path) -> None:
    known = json.loads(task.read_text("utf-8"))
    command = [
        "soffice", "--headless", "--norestore", f"-env:UserInstallation={known['profile']}",
        f"--accept=socket,host=127.0.0.1,port={known['port']};urp;",
    ]  # fmt: skip
    office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        program = UnoProgram(known["port"], Path(known["picture"]))
        look = _edit(program, known)
        program.stop()
        office.wait(30)
    finally:
        office.kill()
    print(json.dumps(look))


def _edit(program: UnoProgram, known: dict[str, Any]) -> dict[str, dict[str, str]]:
    desk = program.open_book(Path(known["file"]))
    look = {}
    for sheet in desk.sheets():
        cells = desk._sheet(sheet)
        look[sheet] = {
            cells.getCellByPosition(n.Position.Column, n.Position.Row).AbsoluteName.rpartition(".")[2].replace("$", ""):
            f"{cells.getCellByPosition(n.Position.Column, n.Position.Row).CellBackColor:06X}"
            for n in cells.Annotations if _NOTE in n.String
        }  # fmt: skip
    for sheet in {s for s, *_ in (*known["writes"], *known["inserts"])}:
        desk.unprotect(sheet)
    for sheet, row in known["inserts"]:
        desk.insert_rows(sheet, row - 1)
    for sheet, cell, text in known["writes"]:
        letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        desk.write(sheet, int(digits) - 1, column - 1, text)
    desk.save(Path(known["to"]))
    desk.close()
    return look


if __name__ == "__main__":
    run(Path(sys.argv[1]))
