"""Bytes of a PDF or a picture → its Pages as they are looked at, then the Scan of them all."""

from __future__ import annotations

from collections.abc import Iterator

from ..sheets import Page, Refusal, Scan
from .file_type import FileType
from .refuse import no_scan


def read_scan(
    found: FileType, content: bytes, by_sight: bool = False
) -> Iterator[Page | Scan | Refusal]:
    """A step for each page: a hundred take longer than a file may. One without a number comes first,
    and the Scan at the end is empty: who gets the steps puts the pages into it.
    """
    yield Page(0)
    # Loaded here: few runs have a new scan.
    from .look_at_page import look_at
    from .pdf_pages import pdf_pages
    from .picture_pages import picture_pages

    pages = pdf_pages(content) if found is FileType.PDF else picture_pages(content)
    if isinstance(pages, Refusal):
        yield pages
        return
    faults = []
    number = 0
    for number, drawn in enumerate(pages, 1):
        faults += [drawn.fault] if drawn.fault else []
        yield look_at(drawn, number, by_sight)
    yield no_scan(faults[0]) if len(faults) == number else Scan((), str(found))
