"""The folder inbox/ → InboxFiles; nothing in it is ever changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from .kept import Kept
from .reading import CHINA

VOID_FOLDER = "作废"
FILE_CLOCK, MAIL_CLOCK, RUN_CLOCK = "文件时间", "邮件时间", "首次运行"
REGISTER_CLOCK = "登记"


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One file in inbox/, or in an archive or mail there. `path` is relative, with slashes.

    `clock` says what time `modified` is; `fault` why the file was not read.
    """

    path: str
    size: int
    modified: datetime
    sha256: str = ""
    fault: str = ""
    clock: str = FILE_CLOCK
    container: str = ""  # the archive or mail in inbox/ that it is in

    @property
    def void(self) -> bool:
        """Whether it lies in a folder of the name 作废; what an archive calls its folders is no word."""
        return VOID_FOLDER in PurePosixPath(self.container or self.path).parent.parts


def depth(path: str, known: Sequence[str] = ()) -> tuple[int, int, str]:
    """Of several copies the one in the deepest folder counts: a folder's name is the clerk's word.

    Then the one that was known first: a copy under a new name says nothing about the old file.
    """
    return (-path.count("/"), known.index(path) if path in known else len(known), path)


def scan_inbox(
    inbox: Path, kept: Kept, keep: Callable[[str, bytes], None] | None = None
) -> Iterator[InboxFile]:
    """Every file at any depth. Links are listed, never followed.

    A file that `kept` knows by size and time is not read. `keep` is given each other's SHA-256
    and bytes, so that no more than one file is in memory.
    """
    closed: list[OSError] = []
    for folder, folders, files in os.walk(inbox, onerror=closed.append):
        linked = [name for name in folders if Path(folder, name).is_symlink()]
        for name in (*linked, *files):
            if name != ".gitkeep":
                yield _read_file(Path(folder, name), inbox, kept, keep)
    for error in closed:
        path = _readable(Path(error.filename).relative_to(inbox).as_posix())
        yield InboxFile(path, 0, datetime(1980, 1, 1), fault=f"文件夹打不开（{error.strerror}）")


def _read_file(
    file: Path, inbox: Path, kept: Kept, keep: Callable[[str, bytes], None] | None
) -> InboxFile:
    path = _readable(file.relative_to(inbox).as_posix())
    try:
        status = file.lstat()
        modified = datetime.fromtimestamp(status.st_mtime, CHINA).replace(
            tzinfo=None, microsecond=0
        )
        if file.is_symlink() or not file.is_file():
            return InboxFile(
                path, 0, modified, fault="是链接或特殊文件，不读取；请把文件本身复制进来"
            )
        stamp = (path, status.st_size, status.st_mtime_ns)
        if known := kept.content(*stamp):
            return InboxFile(path, status.st_size, modified, known)
        content = file.read_bytes()
    except OSError as error:
        return InboxFile(path, 0, datetime(1980, 1, 1), fault=f"打不开（{error.strerror}）")
    sha256 = hashlib.sha256(content).hexdigest()
    kept.keep_content(*stamp, sha256)
    if keep:
        keep(sha256, content)
    return InboxFile(path, len(content), modified, sha256)


def _readable(path: str) -> str:
    """A path as text: names in GBK, which Linux gives as lone surrogates, are decoded."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path).decode("gb18030", "replace")
    return path
