"""Forms that units have filled, as LibreOffice prints them: PDF files and what they are."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shishi_xl.init import init
from tests.clerk import Clerk

PROGRAMMES = (("gaoqing-2023", "2023Q2"), ("linzi-2023", "2023Q2"))


@dataclass(frozen=True, slots=True)
class Printed:
    """One unit's form on paper. `clerk` is the office that sent it, `filled` the file it is of."""

    clerk: Clerk
    unit: str
    period: str
    filled: Path
    pdf: Path


def printed_forms(
    folder: Path, programmes: Sequence[tuple[str, str]] = PROGRAMMES
) -> list[Printed]:
    """Every unit's form of these programmes, filled and printed, in a workspace each below `folder`."""
    found = []
    for name, period in programmes:
        root = folder / name
        init(root, name)
        clerk = Clerk(root, period, date(2023, 7, 5))
        clerk.sends()
        filled = folder / f"{name}-filled"
        filled.mkdir()
        files = {unit: filled / f"{unit}.xlsx" for unit in clerk.forms()}
        for unit, file in files.items():
            clerk.filled(unit).saves_as(file)
        pdfs = folder / f"{name}-pdf"
        print_files(list(files.values()), pdfs)
        found += [
            Printed(clerk, unit, period, file, pdfs / f"{file.stem}.pdf")
            for unit, file in files.items()
        ]
    return found


def print_files(files: Sequence[Path], folder: Path) -> None:
    """The files as LibreOffice prints them, in `folder`."""
    profile = f"-env:UserInstallation=file://{folder.parent}/profile"
    command = [shutil.which("soffice") or "soffice", profile, "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
