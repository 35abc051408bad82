"""One file of inbox/ → itself and everything inside it, each read: the work of a worker."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from dataclasses import replace

from ..sheets import Book, Page, Refusal, Scan
from .file_type import WORKBOOKS, FileType, file_type, open_package
from .guard import check_package
from .job import CRASHED, OUT_OF_MEMORY, Job, Step, Turn
from .member import Budget, CannotUnpack, Member
from .package import Package
from .read_book import read_book
from .read_scan import read_scan
from .refuse import lost, no_scan, too_large
from .unpack import CONTAINERS, members_of

LARGEST_FILE = 256 * 2**20  # bytes; a batch of scanned papers in one archive comes to 170 MB
MOST_TEXT = 16 * 2**20  # characters in one workbook

_SCANS = {FileType.PDF, FileType.PICTURE}
_GUARDED = WORKBOOKS | {FileType.DOCX}


def read_file(job: Job) -> Iterator[Step]:
    """The file's steps, depth first."""
    yield Turn(job.path)
    try:
        content = _content(job)
    except OSError as error:
        yield lost(error)
    except MemoryError:
        yield OUT_OF_MEMORY
    else:
        yield from _steps(job, Member(job.path, content), Budget())


def _content(job: Job) -> bytes:
    """All of it, or one byte more than is read at all."""
    if isinstance(job.source, bytes):
        return job.source
    with job.source.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _steps(job: Job, member: Member, budget: Budget) -> Generator[Step, None, Budget]:
    """What becomes of a member that was announced; returns what is left of the budget."""
    large = len(member.content) > LARGEST_FILE
    package = open_package(member.content)
    found = file_type(member.name, member.content, package)
    if job.unpack and found in CONTAINERS and not large:
        return (yield from _unpack(job, found, member, budget))
    if job.scans and found in _SCANS:
        yield from _look_at(job, found, member, large)
    else:
        yield _read_large(member) if large else _read(found, member, package)
    return budget


def _unpack(
    job: Job, found: FileType, member: Member, budget: Budget
) -> Generator[Step, None, Budget]:
    left = budget
    try:
        for inside in members_of(found, member.name, member.content, budget):
            path, mail = f"{member.name}/{inside.name}", inside.mail or member.mail
            left = left.spend(inside)
            if path not in job.done:
                inner = replace(inside, name=path, mail=mail)
                sha256 = hashlib.sha256(inside.content).hexdigest()
                yield Turn(path, sha256, len(inside.content), mail)
                rest = yield from _steps(job, inner, replace(left, depth=budget.depth - 1))
                left = replace(rest, depth=budget.depth)
        yield None
    except CannotUnpack as fault:
        yield fault.refusal
    except MemoryError:
        yield OUT_OF_MEMORY
    return left


def _look_at(
    job: Job, found: FileType, member: Member, large: bool
) -> Iterator[Page | Scan | Refusal]:
    if large:
        yield no_scan(f"超过 {LARGEST_FILE // 2**20} MB")
        return
    try:
        yield from read_scan(found, member.content, job.by_sight)
    except MemoryError:
        yield OUT_OF_MEMORY
    except Exception:
        yield CRASHED


def _read_large(member: Member) -> Refusal:
    """A film or a scan may be as large as it likes; a report is not."""
    result = read_book(member.name, member.content[:4096])
    return result if isinstance(result, Refusal) and not result.code else too_large()


def _read(found: FileType, member: Member, package: Package | None) -> Book | Refusal:
    try:
        refusal = check_package(member.content, package) if found in _GUARDED else None
        result = refusal or read_book(member.name, member.content, package, found)
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:
        return CRASHED
    except BaseException as error:
        # A panic in calamine's Rust arrives as an exception that is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        return CRASHED
    return too_large() if isinstance(result, Book) and _text_in(result) > MOST_TEXT else result


def _text_in(book: Book) -> int:
    """Characters in all cells: one shared string may stand in a million of them."""
    return sum(
        len(cell) for sheet in book.sheets for row in sheet.rows for cell in row
        if isinstance(cell, str)
    )  # fmt: skip
