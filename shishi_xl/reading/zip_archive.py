"""Bytes of a zip → Members."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from ..sheets import Refusal
from .file_type import FileType
from .member import (
    Budget,
    CannotUnpack,
    Member,
    damaged_container,
    decode_name,
)
from .refuse import damaged

KIND = FileType.ZIP
ENCRYPTED = Refusal("F03", "无法读取")

_FLAG_ENCRYPTED, _FLAG_UTF8 = 0x1, 0x800
_UNICODE_PATH = 0x7075  # the extra field in which WinRAR and Info-ZIP keep a name as UTF-8
_BROKEN = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError,
    struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip


def unzip(content: bytes, budget: Budget) -> Iterator[Member]:
    """Every file in the zip that can be read.

    :raises CannotUnpack: after them, where some could not be; at once where none can.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except _BROKEN:
        raise damaged_container(KIND) from None
    infos = [i for i in archive.infolist() if not _is_folder(i)]
    if any(i.flag_bits & _FLAG_ENCRYPTED for i in infos):
        raise CannotUnpack(ENCRYPTED)
    # zipfile never gives more than a file's entry says, whatever the data would inflate to.
    budget.admit(KIND, (i.file_size for i in infos))
    broken = []
    for info in infos:
        name = _name(info)
        try:
            yield Member(name, _read(archive, info), _modified(info))
        except _BROKEN:
            broken.append(name)
    if broken:
        names = "、".join(f"“{name}”" for name in broken[:3])
        more = f"等 {len(broken)} 个文件" if len(broken) > 3 else ""
        raise CannotUnpack(damaged(f"其中的{names}{more}已损坏，解不开"))


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    # Little by little: in one read, bzip2 and LZMA inflate all the data before they cut it.
    with archive.open(info) as stream:
        return b"".join(iter(lambda: stream.read(4096), b""))


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.endswith(("/", "\\")) and not info.file_size


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its author saw it: without the UTF-8 flag it is GBK, whatever zipfile says."""
    if info.flag_bits & _FLAG_UTF8:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")
    return _unicode_path(info.extra, raw) or decode_name(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name in the extra field, where it was made for this name."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[:5] == struct.pack("<BI", 1, zlib.crc32(raw)):
            return field[5:].decode("utf-8", "replace")
    return ""


def _modified(info: zipfile.ZipInfo) -> datetime | None:
    """A zip's times are the sender's local time; 1980 stands for none."""
    try:
        moment = datetime(*info.date_time)
    except ValueError:
        return None
    return moment if moment.year > 1980 else None
