"""Bytes of a mail (.eml) → Members: its attachments, each with the envelope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from html import unescape

from ..sheets import Mail
from .file_type import FileType, file_type
from .member import Budget, Member, cannot_unpack, decode_name
from .moment import CHINA, read_moment

KIND = FileType.MAIL

_LONGEST_TEXT = 120  # characters of a mail's text that are shown
_MARKUP = re.compile(r"<(style|script|title)\b.*?</\1>|<!--.*?-->|<[^<>]*>", re.I | re.S)
_GB = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "936", "hz-gb-2312"}


def unpack_mail(content: bytes, budget: Budget) -> Iterator[Member]:
    """Attachments in their order; mails among them are mails again.

    A picture that the text shows (a signature's logo) is none, unless nothing else came. A body
    with a table is one where there is no other.

    :raises CannotUnpack: where there is nothing to take out.
    """
    # Not policy.default: it gives U+FFFD for raw GBK in headers and raises on some malformed ones.
    message = message_from_bytes(content)
    leaves = tuple(_leaves(message))
    mail = replace(_envelope(message), text=_beginning(leaves))
    bodies = tuple(_payload(p) for p in leaves if _is_body(p))
    files = tuple(_attachment(p) for p in leaves if not _is_body(p))
    shown = frozenset(re.findall(rb"cid:([^\"'\s>)]+)", b"".join(bodies), re.I))
    members = tuple(m for m, identity in files if not is_shown(m, identity, shown))
    members = members or tuple(m for m, _ in files)
    members = members or tuple(Member("正文.html", b) for b in bodies if b"<table" in b.lower())
    if not members:
        raise nothing_inside(mail)
    budget.admit(KIND, (len(m.content) for m in members))
    for member in members:
        yield Member(member.name, member.content, mail=mail)


def _beginning(leaves: Iterable[Message]) -> str:
    """What the mail itself says, on one line: of its plain text, else of its page."""
    bodies = [part for part in leaves if _is_body(part)]
    plain = [part for part in bodies if part.get_content_type() == "text/plain"]
    for part in plain or bodies[:1]:
        text = _decode(_payload(part), part.get_content_charset())
        if part.get_content_type() == "text/html":
            text = unescape(_MARKUP.sub(" ", text))
        if words := shortened(text):
            return words
    return ""


def shortened(text: str) -> str:
    """A mail's text on one line, and no more than says what it is about."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_TEXT else f"{words[:_LONGEST_TEXT]}……"


def is_shown(member: Member, identity: str, shown: frozenset[bytes]) -> bool:
    """Whether it is a picture that the mail's text shows; `shown` are the identities it names."""
    named = identity.strip("<> ").encode("utf-8", "replace") in shown
    return named and file_type("", member.content) is FileType.PICTURE


def nothing_inside(mail: Mail) -> Exception:
    """A mail whose only content is its text."""
    subject = f"“{mail.subject}”" if mail.subject.strip() else "无主题"
    look = f"正文写着：“{mail.text}”；" if mail.text else "请打开邮件看正文；"
    return cannot_unpack(
        f"没有附件的{KIND}（{mail.sender or '发件人不详'}，{subject}）",
        f"{look}若正文里是报送内容，请单位填入下发的 .xlsx 报表后再报一次。",
    )


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that are no multipart, an attached mail as one of them."""
    parts = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(parts, list):
        for part in parts:
            if isinstance(part, Message):
                yield from _leaves(part)
    else:
        yield message


def _is_body(part: Message) -> bool:
    return (
        part.get_content_maintype() in ("text", "multipart")
        and not _file_name(part)
        and part.get_content_disposition() != "attachment"
    )


def _attachment(part: Message) -> tuple[Member, str]:
    """The attachment, and the identity by which a text may show it."""
    content, name = _payload(part), _file_name(part)
    if part.get_content_type() == "message/rfc822":
        name = name or f"{_envelope(message_from_bytes(content)).subject or '转发的邮件'}.eml"
        name = name if name.lower().endswith(".eml") else f"{name}.eml"
    return Member(name or "未命名附件", content), _header(part, "Content-ID")


def _payload(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):  # an attached mail, parsed already
        content = b"".join(p.as_bytes() for p in inner if isinstance(p, Message))
        if _header(part, "Content-Transfer-Encoding").lower() == "base64":  # not allowed, but seen
            part = Message()
            part["Content-Transfer-Encoding"] = "base64"
            part.set_payload(content.strip())
        else:
            return content
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _file_name(part: Message) -> str:
    for header, key in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        readable = Message()
        readable[header] = _raw_header(part, header)
        value = readable.get_param(key, None, header)
        if isinstance(value, tuple):  # RFC 2231: charset, language, bytes as Latin-1
            return _decode(value[2].encode("latin-1", "replace"), value[0])
        if value:
            return _words(value)
    return ""


def _envelope(message: Message) -> Mail:
    received = _header(message, "Received").rpartition(";")[2]
    date = _moment(_header(message, "Date")) or _moment(received)
    return Mail(_header(message, "From"), _header(message, "Subject"), date)


def _header(part: Message, name: str) -> str:
    """The header as its author saw it, on one line; "" where there is none."""
    return " ".join(_words(_raw_header(part, name)).split())


def _raw_header(part: Message, name: str) -> str:
    """The header unfolded, raw 8-bit bytes decoded, encoded words as they stand."""
    raw = next((str(v) for n, v in part.raw_items() if n.lower() == name.lower()), "")
    return re.sub(r"\r?\n[ \t]*", " ", decode_name(raw.encode("utf-8", "surrogateescape")))


def _words(text: str) -> str:
    """RFC 2047, with the characters of GBK in what is called gb2312, even when cut in two."""
    try:
        chunks = decode_header(text)
    except HeaderParseError:
        return text
    return "".join(
        c if isinstance(c, str)
        else _decode(c, charset) if charset else c.decode("raw-unicode-escape", "replace")
        for c, charset in chunks
    )  # fmt: skip


def _decode(raw: bytes, charset: str | None) -> str:
    charset = (charset or "utf-8").lower()
    charset = "gb18030" if charset in _GB else charset
    try:
        text = raw.decode(charset, "replace")
    except (LookupError, ValueError):
        return decode_name(raw)
    # One broken character was cut off; more of them, and it is not what it says it is.
    return text if text.count("\ufffd") <= 1 else decode_name(raw)


def _moment(text: str) -> datetime | None:
    """A mail's date in China's time; without a zone it is taken as that."""
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None and "-0000" in text:  # UTC, RFC 5322 3.3
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(CHINA).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, TypeError, OverflowError):
        return read_moment(text)
