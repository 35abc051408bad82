"""Bytes of a zip package (xlsx, ods, docx …) → its parts by name, inflated once, within bounds."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error, zlib.error)

_CHUNK, _PIECE = 2**16, 2**20
_SMALL, _KEPT = 2**20, 2**24  # bytes: small parts stay in memory for all who look, so many at most


class Package:
    """A package's directory, and its parts when they are asked for.

    :raises zipfile.BadZipFile: and what else stands in `BROKEN`, here and for each part.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self.infos = tuple(archive.infolist())
        self._by_name = {info.filename: info for info in self.infos}
        self._kept: dict[str, bytes] = {}
        self._room = _KEPT

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    @property
    def names(self) -> Iterator[str]:
        return iter(self._by_name)

    def read(self, name: str) -> bytes:
        """A part as a whole; b"" where there is none. For packages that the guard let through."""
        info = self._by_name.get(name)
        return b"".join(self.pieces(info)) if info else b""

    def pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """A part in pieces; what the directory says of its size is not believed."""
        small = self.small(info)
        if small is None:
            yield from self._inflated(info)
        else:
            yield small

    def small(self, info: zipfile.ZipInfo) -> bytes | None:
        """The whole of a part that is small, and as small as it says; else None."""
        if info.filename not in self._kept and info.file_size < min(_SMALL, self._room):
            self._keep(info)
        return self._kept.get(info.filename) if self._by_name[info.filename] is info else None

    def _keep(self, info: zipfile.ZipInfo) -> None:
        part: bytes | memoryview = self._packed(info)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return
        if info.compress_type == zipfile.ZIP_DEFLATED:
            part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(part, info.file_size + 1)
        if len(part) == info.file_size:
            self._kept[info.filename] = bytes(part)
            self._room -= len(part)

    def _inflated(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._packed(info)
        if info.compress_type == zipfile.ZIP_STORED:
            yield from (bytes(packed[i : i + _PIECE]) for i in range(0, len(packed), _PIECE))
            return
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise NotImplementedError(info.compress_type)
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        for at in range(0, len(packed), _CHUNK):
            rest: bytes | memoryview = packed[at : at + _CHUNK]
            while rest:
                piece = stream.decompress(rest, _PIECE)
                rest = stream.unconsumed_tail
                if piece:
                    yield piece

    def _packed(self, info: zipfile.ZipInfo) -> memoryview:
        head = self._content[info.header_offset : info.header_offset + 30]
        if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
            raise zipfile.BadZipFile(info.filename)
        start = info.header_offset + len(head) + sum(struct.unpack_from("<HH", head, 26))
        return memoryview(self._content)[start : start + info.compress_size]
