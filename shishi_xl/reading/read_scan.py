"""Bytes of a PDF or a picture → its Pages as they are looked at, then the Scan of them all."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from ..sheets import Page, Refusal, Scan
from .file_type import FileType
from .refuse import no_scan

if TYPE_CHECKING:
    from .pdf_pages import Drawn

_AT_ONCE = 2  # pages


def read_scan(
    found: FileType, content: bytes, by_sight: bool = False
) -> Iterator[Page | Scan | Refusal]:
    """A step for each page: a hundred take longer than a file may. One without a number comes first,
    and the Scan at the end is empty: who gets the steps puts the pages into it.
    """
    yield Page(0)
    _give_back()
    # Loaded here: few runs have a new scan.
    from .look_at_page import look_at
    from .pdf_pages import pdf_pages
    from .picture_pages import picture_pages

    pages = pdf_pages(content) if found is FileType.PDF else picture_pages(content)
    if isinstance(pages, Refusal):
        yield pages
        return
    faults: list[str] = []
    seen = False
    for page in _in_parallel(lambda at: look_at(at[1], at[0], by_sight), enumerate(pages, 1)):
        faults += [page.fault] if page.fault else []
        seen = seen or not page.fault
        yield page
    yield Scan((), str(found)) if seen else no_scan(faults[0])


@cache
def _give_back() -> None:
    """Have large pieces of memory given back to the system as soon as they are free, where that
    can be had: eight pages of 600 dpi else took 350 MB, most of it empty."""
    with suppress(OSError, AttributeError, TypeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, 2**20)
        libc.mallopt(_ARENA_MAX, 2)


_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # malloc.h of glibc


def _in_parallel(
    work: Callable[[tuple[int, Drawn]], Page], pages: Iterable[tuple[int, Drawn]]
) -> Iterator[Page]:
    """The pages in their order: while one is looked at, the next is drawn. Two at a time, so that
    there is room for them: a page takes 27 MB."""
    waiting: deque[Future[Page]] = deque()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for page in pages:
            waiting.append(pool.submit(work, page))
            if len(waiting) >= _AT_ONCE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
