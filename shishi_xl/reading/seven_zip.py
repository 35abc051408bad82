"""Bytes of a 7z → Members."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator
from io import BytesIO

import py7zr
from py7zr.exceptions import ArchiveError, DecompressionBombError, PasswordRequired
from py7zr.io import Py7zIO, WriterFactory

from .file_type import FileType
from .member import Budget, CannotUnpack, Member, cannot_unpack, damaged_container
from .moment import CHINA
from .zip_archive import ENCRYPTED

KIND = FileType.SEVEN_ZIP

_BROKEN = (
    ArchiveError, lzma.LZMAError, zlib.error, ValueError, TypeError, LookupError, AttributeError,
    AssertionError, EOFError, OSError, ArithmeticError, RuntimeError,
)  # fmt: skip


def unpack_7z(content: bytes, budget: Budget) -> Iterator[Member]:
    """:raises CannotUnpack: damaged, encrypted, too large, or packed in an unknown way."""
    try:
        yield from _members(content, budget)
    except PasswordRequired:
        raise CannotUnpack(ENCRYPTED) from None
    except DecompressionBombError:
        raise budget.too_large(KIND) from None
    except py7zr.UnsupportedCompressionMethodError:
        raise cannot_unpack(
            f"用特殊方法压缩的{KIND}", "请把里面的文件解开，放进 inbox/ 后再运行一次。"
        ) from None
    except _BROKEN:  # py7zr raises whatever a damaged header leads to
        raise damaged_container(KIND) from None


def _members(content: bytes, budget: Budget) -> Iterator[Member]:
    with py7zr.SevenZipFile(BytesIO(content), max_extract_size=budget.size) as archive:
        if archive.needs_password():
            raise CannotUnpack(ENCRYPTED)
        infos = [i for i in archive.list() if not i.is_directory]
        budget.admit(KIND, (i.uncompressed for i in infos))
        shelf = _Shelf()
        archive.extract(factory=shelf)
    times = {i.filename: i.creationtime for i in infos}
    for name, book in shelf.books:
        time = times.get(name)
        saved = time.astimezone(CHINA).replace(tzinfo=None, microsecond=0) if time else None
        yield Member(name, book.content, saved)


class _Book(Py7zIO):
    """Where py7zr writes one file; it never reads it back."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    @property
    def content(self) -> bytes:
        return b"".join(self._written)

    def write(self, s: bytes | bytearray) -> int:
        self._written.append(bytes(s))
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        pass

    def size(self) -> int:
        return sum(map(len, self._written))


class _Shelf(WriterFactory):
    def __init__(self) -> None:
        self.books: list[tuple[str, _Book]] = []

    def create(self, filename: str) -> Py7zIO:
        book = _Book()
        self.books.append((filename, book))
        return book
