"""Letter + workbook → the bytes of an .eml that opens as a draft, and of a .txt.

EmailMessage gives other bytes at every save; here boundary, Message-ID and date follow from the
letter. A file's name stands twice: after RFC 2231, and after RFC 2047 as older programs want it.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from urllib.parse import quote

_CHINA = timezone(timedelta(hours=8))
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = 45  # bytes of UTF-8 in an encoded word: it may be 75 characters long


@dataclass(frozen=True, slots=True)
class Letter:
    """`key` tells this letter from every other; `email` may be "": the clerk then fills it in."""

    key: str
    subject: str
    body: str
    to: str
    email: str
    day: date


def write_txt(letter: Letter) -> bytes:
    """UTF-8 with its mark and CRLF, which Notepad of any Windows and WPS read."""
    text = f"{letter.subject}\n\n{letter.body}\n"
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8-sig")


def write_eml(letter: Letter, name: str, attached: bytes) -> bytes:
    """The mail, with the workbook under this name."""
    number = hashlib.sha256(f"{letter.key}/{letter.day}".encode()).hexdigest()[:32]
    boundary = f"=_{number}"
    moment = datetime.combine(letter.day, time(9), _CHINA)
    body = letter.body.replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n"
    lines = [
        "X-Unsent: 1",
        f"To: {_address(letter)}",
        f"Subject: {encoded(letter.subject)}",
        f"Date: {format_datetime(moment)}",
        f"Message-ID: <{number}@shishi-xl.invalid>",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
        "",
        f"--{boundary}",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        _base64(body.encode()),
        f"--{boundary}",
        f'Content-Type: {_XLSX};\r\n name="{encoded(name)}"',
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: attachment;\r\n filename*=utf-8''{quote(name, safe='')}",
        "",
        _base64(attached),
        f"--{boundary}--",
        "",
    ]
    return "\r\n".join(lines).encode("ascii")


def encoded(text: str) -> str:
    """A header's text after RFC 2047, folded; plain ASCII stays as it is."""
    if text.isascii() and text.isprintable():
        return text
    words, word = [], b""
    for character in text:
        more = character.encode()
        if len(word) + len(more) > _WORD:
            words.append(word)
            word = b""
        word += more
    words.append(word)
    return "\r\n ".join(f"=?utf-8?B?{base64.b64encode(w).decode()}?=" for w in words)


def _address(letter: Letter) -> str:
    return f"{encoded(letter.to)} <{letter.email}>" if letter.email else ""


def _base64(content: bytes) -> str:
    return base64.encodebytes(content).decode().replace("\n", "\r\n").rstrip("\r\n")
