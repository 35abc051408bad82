"""The two desks: openpyxl, and LibreOffice over its socket; both take the same Edits."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from shishi_xl.demo.saving import save
from tests.damage.make import _free_port, office_python
from tests.damage.picture import PNG

ROOT = Path(__file__).parent.parent.parent
NOTE = "【审核意见】"

Look = Mapping[str, Mapping[str, str]]  # sheet → cell of one of our notes → its colour


@dataclass(frozen=True)
class Edits:
    """`writes`: sheet, A1 cell, text. `inserts`: sheet and row (from 1) above which one is put in
    beforehand, so that what is written is written where it stands then."""

    writes: tuple[tuple[str, str, str], ...]
    inserts: tuple[tuple[str, int], ...] = ()


def by_openpyxl(file: Path, edits: Edits, to: Path, saved: datetime) -> Look:
    """Edit with openpyxl; what was seen on opening."""
    book = load_workbook(file)
    look = {
        sheet.title: {
            cell.coordinate: str(cell.fill.fgColor.rgb)[-6:]
            for row in sheet.iter_rows() for cell in row
            if cell.comment and NOTE in cell.comment.text
        }
        for sheet in book.worksheets
    }  # fmt: skip
    for name, row in edits.inserts:
        book[name].insert_rows(row)
    for name, cell, text in edits.writes:
        book[name][cell] = text
    save(book, to, saved)
    return look


def by_libreoffice(file: Path, edits: Edits, to: Path, saved: datetime) -> Look:
    """Edit with LibreOffice; what it showed on opening. It saves with its own time."""
    folder = to.parent.parent / "desk"
    folder.mkdir(exist_ok=True)
    (folder / "picture.png").write_bytes(PNG)
    task = folder / "task.json"
    known = {
        "file": str(file), "to": str(to), "port": _free_port(),
        "profile": (folder / "profile").as_uri(), "picture": str(folder / "picture.png"),
        **asdict(edits),
    }  # fmt: skip
    task.write_text(json.dumps(known), "utf-8")
    command = [office_python(), "-m", "tests.rounds.uno_desk", str(task)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=180)
    return json.loads(run.stdout)  # type: ignore[no-any-return] # as uno_desk prints it
