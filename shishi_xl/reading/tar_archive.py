"""Bytes of a tar, a tar.gz or a single gz → Members."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath

from .file_type import FileType
from .member import Budget, Member, damaged_container, decode_name
from .moment import CHINA

TAR, GZIP = FileType.TAR, FileType.GZIP

_BLOCK = 512
_GZIP = 31  # zlib's window bits for a stream with gzip's header


def untar(content: bytes, budget: Budget) -> Iterator[Member]:
    """Regular files only: links and devices hold nothing.

    :raises CannotUnpack: damaged or too large.
    """
    try:
        with tarfile.open(fileobj=BytesIO(content), mode="r:", encoding="utf-8") as archive:
            infos = [i for i in archive.getmembers() if i.isreg()]
            budget.admit(TAR, (i.size for i in infos))
            for info in infos:
                stream = archive.extractfile(info)
                yield Member(_name(info), stream.read() if stream else b"", _modified(info))
    except (tarfile.TarError, ValueError, OSError, EOFError, RecursionError):
        raise damaged_container(TAR) from None


def gunzip(name: str, content: bytes, budget: Budget) -> Iterator[Member]:
    """The tar's files, or the one file; its name is that of the gz without .gz.

    :raises CannotUnpack: damaged or too large.
    """
    inner = _inflate(content, budget)
    if len(inner) >= _BLOCK and inner[257:262] == b"ustar":
        yield from untar(inner, budget)
        return
    path = PurePosixPath(name)
    yield Member(path.stem if path.suffix.lower() == ".gz" else path.name, inner)


def _inflate(content: bytes, budget: Budget) -> bytes:
    inflated, left = [], budget.size
    while content:
        stream = zlib.decompressobj(_GZIP)
        try:
            inflated.append(stream.decompress(content, left + 1))
        except zlib.error:
            raise damaged_container(GZIP) from None
        left -= len(inflated[-1])
        if left < 0:
            raise budget.too_large(GZIP)
        if not stream.eof:
            raise damaged_container(GZIP)
        content = stream.unused_data.lstrip(b"\x00")  # tapes and some tools pad with zeros
    return b"".join(inflated)


def _name(info: tarfile.TarInfo) -> str:
    return decode_name(info.name.encode("utf-8", "surrogateescape"))


def _modified(info: tarfile.TarInfo) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(info.mtime), CHINA).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None
