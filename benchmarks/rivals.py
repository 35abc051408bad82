"""What a user would otherwise run, and what nothing can be faster than: one process each.

python -m benchmarks.rivals calamine inbox/       every cell to Python values, nothing else
python -m benchmarks.rivals script inbox/ out     the script that an office programmer would write
python -m benchmarks.rivals scan inbox/           every file's size and time
python -m benchmarks.rivals reading inbox/        shishi_xl's reading stage in this process
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path


def calamine(inbox: Path) -> None:
    """Every sheet of every file to Python values."""
    from python_calamine import CalamineWorkbook

    for file in sorted(inbox.rglob("*.xlsx")):
        book = CalamineWorkbook.from_filelike(BytesIO(file.read_bytes()))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def script(inbox: Path, out: Path) -> None:
    """glob, read_excel, concat, to_excel."""
    import pandas as pd

    frames = [
        pd.read_excel(file, header=3, engine="openpyxl").assign(来源=file.name)
        for file in sorted(inbox.rglob("*.xlsx"))
    ]
    pd.concat(frames).to_excel(out, index=False)


def scan(inbox: Path) -> None:
    """Size and time of every file at any depth."""
    folders, seen = [inbox], []
    while folders:
        for entry in os.scandir(folders.pop()):
            if entry.is_dir():
                folders.append(Path(entry.path))
            else:
                status = entry.stat()
                seen.append((entry.path, status.st_size, status.st_mtime_ns))


def reading(inbox: Path) -> None:
    """Every file to a Book, with all that is checked and looked for on the way."""
    from shishi_xl.reading.job import Job
    from shishi_xl.reading.read_file import read_file

    gc.freeze()  # as the worker does
    for file in sorted(inbox.rglob("*.xlsx")):
        for _ in read_file(Job(file.name, file)):
            pass


RIVALS: dict[str, Callable[..., None]] = {f.__name__: f for f in (calamine, script, scan, reading)}

if __name__ == "__main__":
    RIVALS[sys.argv[1]](*map(Path, sys.argv[2:]))
