"""Workbooks → PDF, all in one start of LibreOffice."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.programs import SOFFICE


def render(files: Iterable[Path], folder: Path) -> None:
    """A PDF of each file in `folder`, under the same name."""
    profile = f"-env:UserInstallation=file://{folder.resolve()}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=900)
