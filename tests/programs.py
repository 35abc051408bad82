"""Other programs that units save their files with."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice")


def save_by_pandas(file: Path, folder: Path) -> None:
    """Every sheet's values as pandas reads and writes them, under the same name in `folder`."""
    import pandas as pd

    folder.mkdir(exist_ok=True)
    frames = pd.read_excel(file, sheet_name=None, header=None, engine="openpyxl")
    with pd.ExcelWriter(folder / file.name, engine="openpyxl") as book:
        for name, frame in frames.items():
            frame.to_excel(book, sheet_name=str(name), header=False, index=False)


def save_by_libreoffice(files: Iterable[Path], suffix: str, folder: Path) -> None:
    """The files as LibreOffice saves them, in `folder`: one start of it for all."""
    profile = f"-env:UserInstallation=file://{folder.parent}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", suffix]
    command += ["--outdir", str(folder), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
