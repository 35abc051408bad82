"""Bytes → text in the encodings that office programs in China write: UTF-8, GB18030, UTF-16."""

from __future__ import annotations

import codecs
import re

# Strict trials, no statistics: of 40 tables of two or three short lines this order reads 40
# rightly, charset-normalizer 3.5 restricted to the same encodings 36 (it takes 户 in GBK for
# UTF-16), unrestricted 33.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WRITING = re.compile("[\t\r\n -~\u2000-\u27bf\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_WHOLE_SHARE = 10  # so many sound characters for one broken: it is damaged UTF-8, not GBK


def decode(content: bytes, whole: bool = True) -> str | None:
    """The text, without its byte order mark; None where it is in none of the encodings.

    A charset that the file declares is not asked: exports say gb2312 and write UTF-8. `whole` is
    False for the first bytes of a file, which may end within a character.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decode(content.removeprefix(mark), encoding, whole)
    if b"\x00" in content:
        # Commas, digits and line ends of UTF-16 have a zero for their upper half.
        little = content[1::2].count(0) > content[::2].count(0)
        text = _decode(content, "utf-16-le" if little else "utf-16-be", whole)
        return text if text and _is_writing(text) else None
    text = _decode(content, "utf-8", whole)
    if text is None:
        return None if _is_damaged_utf8(content) else _decode(content, "gb18030", whole)
    # 联通 and 状态 in GBK are sound UTF-8 too, of two bytes a character; Chinese has three.
    is_chance = not text.isascii() and max(text) < "\u0800"
    return (_decode(content, "gb18030", whole) if is_chance else None) or text


def _decode(content: bytes, encoding: str, whole: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(content, whole)
    except UnicodeDecodeError:
        return None


def _is_writing(text: str) -> bool:
    """Whether nine in ten characters are such as a report has: binary files are no UTF-16."""
    return len(_WRITING.findall(text)) >= 0.9 * len(text)


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether a few broken bytes alone keep it from being UTF-8: as GB18030 it would be nonsense."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(c > "\x7f" for c in text) > broken * (_WHOLE_SHARE + 1)
