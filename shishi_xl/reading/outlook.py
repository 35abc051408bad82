"""Bytes of an Outlook message (.msg, an OLE container; MS-OXMSG) → Members: its attachments."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import olefile

from ..sheets import Mail
from .mail import KIND, is_shown, nothing_inside, shortened
from .member import Budget, Member, decode_name
from .moment import CHINA

_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
# Properties by their numbers in MS-OXPROPS.
_SUBJECT, _SENDER, _ADDRESS, _SMTP_ADDRESS = "0037", "0C1A", "0C1F", "5D01"
_BODY = "1000"
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _CONTENT_ID = "3707", "3704", "3001", "3712"
_DATA, _INNER_MESSAGE, _HTML = "37010102", "3701000D", "10130102"
_SENT, _DELIVERED = 0x00390040, 0x0E060040


def unpack_outlook(content: bytes, budget: Budget) -> Iterator[Member]:
    """Attachments in their order, as of a mail; those of an attached message under its subject.

    :raises CannotUnpack: where there is nothing to take out.
    """
    with olefile.OleFileIO(content) as ole:
        message = _Message(ole, ())
        members = tuple(message.members(budget.depth))
        if not members:
            raise nothing_inside(message.mail)
        budget.admit(KIND, (len(m.content) for m in members))
        yield from members


@dataclass(frozen=True, slots=True)
class _Message:
    """A message's storage: the root, or an attachment that is itself a message."""

    ole: olefile.OleFileIO
    path: tuple[str, ...]

    @property
    def mail(self) -> Mail:
        address = self.text(_SMTP_ADDRESS) or self.text(_ADDRESS)
        # Inside one Exchange server an address is a directory path, of no use to a reader.
        at = f"<{address}>" if "@" in address else ""
        return Mail(
            f"{self.text(_SENDER)} {at}".strip(),
            self.text(_SUBJECT),
            self._date(),
            shortened(self.text(_BODY)),
        )

    def members(self, depth: int) -> Iterator[Member]:
        """Attachments without the pictures that the text shows, unless nothing else came."""
        files = tuple(self._attachments(depth))
        shown = frozenset(re.findall(rb"cid:([^\"'\s>)]+)", self.data(_HTML), re.I))
        kept = tuple(m for m, identity in files if not is_shown(m, identity, shown))
        yield from kept or (m for m, _ in files)

    def _attachments(self, depth: int) -> Iterator[tuple[Member, str]]:
        deep = len(self.path)
        entries = (e for e in self.ole.listdir() if tuple(e[:deep]) == self.path)
        names = sorted({e[deep] for e in entries if e[deep].startswith(_ATTACHMENT)})
        for name in names:
            part = _Message(self.ole, (*self.path, name))
            title = part.text(_LONG_NAME) or part.text(_SHORT_NAME) or part.text(_DISPLAY_NAME)
            inner = _Message(self.ole, (*part.path, f"__substg1.0_{_INNER_MESSAGE}"))
            if depth and self.ole.exists([*inner.path, _PROPERTIES]):
                folder = inner.text(_SUBJECT) or title or "转发的邮件"
                for member in tuple(inner.members(depth - 1)) or (inner.body(),):
                    yield replace(member, name=f"{_no_folder(folder)}/{member.name}"), ""
            else:
                # A link to a cloud file has no data: as an empty file it is asked for again.
                member = Member(_no_folder(title or "未命名附件"), part.data(_DATA), mail=self.mail)
                yield member, part.text(_CONTENT_ID)

    def body(self) -> Member:
        """The text of a message that has nothing else."""
        return Member("正文.txt", self.text(_BODY).encode(), mail=self.mail)

    def text(self, number: str) -> str:
        """A text property, UTF-16 or in the sender's code page."""
        wide = self.data(f"{number}001F").decode("utf-16-le", "replace")
        return " ".join((wide or decode_name(self.data(f"{number}001E"))).rstrip("\x00").split())

    def data(self, tag: str) -> bytes:
        path = [*self.path, f"__substg1.0_{tag}"]
        content: bytes = self.ole.openstream(path).read() if self.ole.exists(path) else b""
        return content

    def _date(self) -> datetime | None:
        """When it was sent, else delivered: 100 ns since 1601, in entries of 16 bytes."""
        path = [*self.path, _PROPERTIES]
        table: bytes = self.ole.openstream(path).read() if self.ole.exists(path) else b""
        start = len(table) % 16 + 16  # the head is 32 bytes in the root, 24 in an inner message
        entries = {
            tag: ticks for tag, _, ticks in struct.iter_unpack("<IIQ", table[start:])
        } if len(table) > start else {}  # fmt: skip
        ticks = entries.get(_SENT) or entries.get(_DELIVERED)
        if not ticks or ticks >> 59:
            return None
        moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(seconds=ticks // 10**7)
        return moment.astimezone(CHINA).replace(tzinfo=None)


def _no_folder(name: str) -> str:
    return name.replace("/", "／").replace("\\", "＼")
