"""A workbook → a file that says when it was saved, and has the same bytes for the same content."""

from __future__ import annotations

import os
import re
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook

CHINA = timezone(timedelta(hours=8))
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def save(book: Workbook, path: Path, saved: datetime, arrives: datetime | None = None) -> None:
    """Write `book` as saved at `saved`, China's time; the file's own time is when it arrives."""
    out = BytesIO()
    created = book.properties.created  # today, where openpyxl made the book
    book.properties.created = min(created, saved) if created else saved
    save_book(book, out)
    write_file(path, repeatable(out.getvalue(), saved), arrives or saved)


def save_book(book: Workbook, out: BinaryIO) -> None:
    """Save; openpyxl can save a book with pictures only once, for it closes what they come from."""
    pictures = [
        picture
        for sheet in book.worksheets
        for picture in sheet._images  # type: ignore[attr-defined] # not in the stubs
    ]
    contents = [picture._data() for picture in pictures]
    for picture, content in zip(pictures, contents, strict=True):
        picture.ref = BytesIO(content)
    book.save(out)
    for picture, content in zip(pictures, contents, strict=True):
        picture.ref = BytesIO(content)


def write_file(path: Path, content: bytes, arrives: datetime) -> None:
    """Write any file with this as its own time, China's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    moment = arrives.replace(tzinfo=CHINA).timestamp()
    os.utime(path, (moment, moment))


def repeatable(workbook: bytes, saved: datetime) -> bytes:
    """The workbook's package with `saved` in place of every time of today that openpyxl writes."""
    moment = saved.replace(tzinfo=CHINA).astimezone(UTC)
    text = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _SAVED.sub(lambda m: m[1] + text, part)
            entry = zipfile.ZipInfo(name, saved.timetuple()[:6])
            new.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
