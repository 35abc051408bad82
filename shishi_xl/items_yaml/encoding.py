"""Bytes of items.yaml → lines of text, with faults for anything but clean UTF-8."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .fault import Fault

_SAVE_AGAIN = "请用记事本打开，选“文件—另存为”，编码选 UTF-8，保存后再用"

# What YAML refuses, what ends a line for YAML and for no editor, and what nobody can see.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)


def decode(source: bytes) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """The file's lines without line ends, and one fault where it is not UTF-8."""
    name, codec = _encoding(source)
    faults = (Fault(1, 1, f"文件编码是 {name}，不是 UTF-8；{_SAVE_AGAIN}"),) if name else ()
    text = source.decode(codec, "replace").removeprefix("\ufeff")
    return tuple(re.split("\r\n|\r|\n", text)), faults


def find_unseen(line: str) -> tuple[tuple[int, ...], str]:
    """Columns (from 0) of characters that cannot be seen or decoded, and a word for the first."""
    columns = tuple(m.start() for m in _UNSEEN.finditer(line))
    return columns, f"U+{ord(line[columns[0]]):04X}" if columns else ""


def find_garbled(lines: tuple[str, ...]) -> Iterator[Fault]:
    """A fault for each line with a byte that could not be decoded."""
    for number, line in enumerate(lines, 1):
        if "\ufffd" in line:
            column = line.index("\ufffd") + 1
            yield Fault(number, column, "这里有乱码（不能识别的字节）；请删去，重新输入正确的文字")


def _encoding(source: bytes) -> tuple[str, str]:
    """The encoding's name ("" for UTF-8, damaged or not) and its codec."""
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16（记事本叫 Unicode）", "utf-16"
    if source.count(b"\0") > len(source) / 8:
        odd = source[1::2].count(b"\0")
        return "UTF-16（记事本叫 Unicode）", "utf-16-le" if odd * 2 > len(
            source
        ) / 4 else "utf-16-be"
    text = source.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # GBK read as UTF-8 has next to no Chinese character left; a damaged UTF-8 file has many.
    if broken and sum(map(_is_chinese, text)) < broken * 4:
        return "GBK（记事本叫 ANSI）", "gb18030"
    return "", "utf-8"


def _is_chinese(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK UNIFIED")
