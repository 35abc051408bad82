"""What archives and mails hold: Members under safe names, and the Budget that they may use up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from ..sheets import Mail, Refusal

LARGEST, MOST, DEEPEST = 256 * 2**20, 5_000, 5  # bytes, files, containers in one another

_LONGEST = 120  # characters of one name; file systems stop at 255 bytes
_FOLDERS = 16  # folders of one path
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, direction marks, surrogates, line ends


@dataclass(frozen=True, slots=True)
class Member:
    """One file out of a container. `name` is its path inside, with slashes, safe to join.

    `mail` is the mail that it came with.
    """

    name: str
    content: bytes
    modified: datetime | None = None
    mail: Mail | None = None


class CannotUnpack(Exception):
    """A container cannot be opened, or not to its end; `refusal` says why and what to ask."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def cannot_unpack(what: str, todo: str) -> CannotUnpack:
    """What the container is, and what the clerk may do."""
    return CannotUnpack(Refusal("F02", "无法读取", (("what", what), ("todo", todo))))


def damaged_container(kind: str) -> CannotUnpack:
    """A container that cannot be opened at all."""
    return cannot_unpack(f"损坏的{kind}", "请单位重新压缩后再发一次，或不压缩、直接发送报表。")


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may still come out of one file in inbox/: bytes, files, containers in containers."""

    size: int = LARGEST
    count: int = MOST
    depth: int = DEEPEST

    def admit(self, kind: str, sizes: Iterable[int]) -> None:
        """:raises CannotUnpack: where files of these sizes are more than is left."""
        every = tuple(sizes)
        if sum(every) > self.size:
            raise self.too_large(kind)
        if len(every) > self.count:
            what = f"内含超过 {MOST} 个文件的{kind}"
            raise cannot_unpack(what, "请单位只发送报表；若确是报送件，请分批解开后放进 inbox/。")

    def too_large(self, kind: str) -> CannotUnpack:
        """More bytes than any set of returns has: `kind` is the container."""
        what = f"解开后超过 {LARGEST // 2**20} MB 的{kind}"
        return cannot_unpack(what, "请核实来源；若确是报送件，请单位不压缩、直接发送报表。")

    def spend(self, member: Member) -> Budget:
        """What is left after a member came out."""
        return replace(self, size=self.size - len(member.content), count=self.count - 1)


def named_safely(members: Iterable[Member]) -> Iterator[Member]:
    """The members under safe names; a name that comes again is numbered, as browsers do."""
    seen: dict[str, int] = {}
    for member in members:
        name = safe_path(member.name)
        times = seen[name.lower()] = seen.get(name.lower(), 0) + 1
        if times > 1:
            path = PurePosixPath(name)
            name = path.with_name(f"{path.stem} ({times}){path.suffix}").as_posix()
        yield replace(member, name=name)


def safe_path(raw: str) -> str:
    """A path that stays in its folder: no root, drive, .., control or direction characters."""
    seen = "".join(c for c in raw if unicodedata.category(c) not in _UNSEEN)
    parts = (re.sub(r"^[A-Za-z]:", "", p) for p in re.split(r"[\\/]", seen))
    kept = [_shortened(unicodedata.normalize("NFC", p)) for p in parts if p.strip(" .")]
    return "/".join(kept[-_FOLDERS:]) or "未命名"


def decode_name(raw: bytes) -> str:
    """Bytes of a name or header that states no charset: UTF-8 where valid, else GB18030."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _shortened(name: str) -> str:
    path = PurePosixPath(name)
    suffix = path.suffix if len(path.suffix) <= 10 else ""
    return name if len(name) <= _LONGEST else name[: _LONGEST - len(suffix)] + suffix
