"""Other programs that units save their files with."""

import shutil
import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice")


def save_by_pandas(file: Path) -> bytes:
    """Every sheet's values as pandas reads and writes them."""
    import pandas as pd

    out = BytesIO()
    frames = pd.read_excel(file, sheet_name=None, header=None, engine="openpyxl")
    with pd.ExcelWriter(out, engine="openpyxl") as book:
        for name, frame in frames.items():
            frame.to_excel(book, sheet_name=str(name), header=False, index=False)
    return out.getvalue()


def save_by_libreoffice(files: Iterable[Path], suffix: str, folder: Path) -> list[bytes]:
    """The files as LibreOffice saves them: one start of it for all."""
    every = list(files)
    if not every:
        return []
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", suffix]
    command += ["--outdir", str(folder / suffix), *map(str, every)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return [(folder / suffix / f.with_suffix(f".{suffix}").name).read_bytes() for f in every]
