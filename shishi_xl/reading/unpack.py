"""Bytes of an archive or a mail → the files in it."""

from __future__ import annotations

from collections.abc import Iterator

import olefile

from ..sheets import Refusal
from .file_type import FileType, file_type
from .member import (
    DEEPEST,
    Budget,
    CannotUnpack,
    Member,
    cannot_unpack,
    damaged_container,
    named_safely,
)
from .refuse import refuse

__all__ = ["CONTAINERS", "Budget", "Member", "members_of", "unpack"]

CONTAINERS = frozenset({
    FileType.ZIP, FileType.SEVEN_ZIP, FileType.TAR, FileType.GZIP, FileType.MAIL, FileType.RAR,
})  # fmt: skip


def unpack(
    name: str, content: bytes, budget: Budget | None = None
) -> tuple[Member, ...] | Refusal | None:
    """Everything directly inside a container; None where it is none. Never raises.

    Members may be containers again: the caller goes on with what is left of the budget.
    """
    found = file_type(name, content)
    if found not in CONTAINERS:
        return None
    try:
        return tuple(members_of(found, name, content, budget or Budget()))
    except CannotUnpack as fault:
        return fault.refusal


def members_of(found: FileType, name: str, content: bytes, budget: Budget) -> Iterator[Member]:
    """The members one after another, so that not all need be in memory at once.

    :raises CannotUnpack: also after some members were given, where the rest is damaged.
    """
    if not budget.depth:
        raise cannot_unpack(
            f"套叠超过 {DEEPEST} 层的{found}",
            "请把最里面的文件解开，放进 inbox/ 后再运行一次。",
        )
    empty = True
    try:
        for member in named_safely(_open(found, name, content, budget)):
            empty = False
            yield member
    except (CannotUnpack, MemoryError):
        raise
    except Exception:  # the mail parser and olefile raise whatever a damaged header leads to
        raise damaged_container(found) from None
    if empty:
        raise cannot_unpack(
            f"没有文件的{found}", "请单位重新压缩后再发一次，或不压缩、直接发送报表。"
        )


def _open(found: FileType, name: str, content: bytes, budget: Budget) -> Iterator[Member]:
    match found:
        case FileType.ZIP:
            from .zip_archive import unzip

            return unzip(content, budget)
        case FileType.SEVEN_ZIP:
            from .seven_zip import unpack_7z

            return unpack_7z(content, budget)
        case FileType.TAR:
            from .tar_archive import untar

            return untar(content, budget)
        case FileType.GZIP:
            from .tar_archive import gunzip

            return gunzip(name, content, budget)
        case FileType.MAIL if content.startswith(olefile.MAGIC):
            from .outlook import unpack_outlook

            return unpack_outlook(content, budget)
        case FileType.MAIL:
            from .mail import unpack_mail

            return unpack_mail(content, budget)
    raise CannotUnpack(refuse(found))
