"""Keys and dashes as they stand in a line, and the colons that end them."""

from __future__ import annotations

import re

from .draft import Draft
from .schema import known_keys

DASH = re.compile(r"-(?=\s|$)")
BAD_DASH = re.compile(r"(?:[－–—‐−]|-(?=[^\s\-\d.]))\s*(?P<key>[A-Za-z_]+\s*[:：])?")
_WORD = re.compile(r"(?P<key>[A-Za-z_]{2,})\s*(?P<sign>[:：;；=＝，,、。]|(?=\s\S)|$)")
_PROPER = re.compile(
    r"(?:[^\s#\[\]{}\"',&*!|>%@`-]|-(?=\S))(?:[^#:]|(?<!\s)#|:(?=\S))*?\s*(?P<colon>:)(?=\s|$)"
)
_BEFORE_BRACKET = re.compile(r"[^\s:：\[{\"'#]+\s*(?P<colon>[:：])(?=\s*[\[{])")
_LACKING = re.compile(r"(?P<key>[^\s:：\[{\"'#-][^\s:：\[{\"'#]*)(?P<sign>\s+(?=[\[{])|(?=\{))")
_PERIOD = re.compile(r"(?P<key>20\d\d[QH-]\d+)(?P<sign>\s+(?=\S))")
_MEANT = re.compile(r"[^\s:：\[{\"'#]+\s*(?P<colon>[:：])")
_QUOTED = re.compile(r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')\s*(?P<colon>:)(?=\s|$)")


def starts_entry(line: str, column: int, in_list: bool) -> bool:
    """Whether a line below an unquoted text is an entry of its own, set in too far."""
    word = _WORD.match(line, column)
    known = bool(word and word["key"].lower() in known_keys() and word["sign"] in (":", "："))
    bad = BAD_DASH.match(line, column)
    dash = DASH.match(line, column) if in_list else bad and bad["key"]
    return known or bool(dash or _PROPER.match(line, column))


def find_colon(draft: Draft, row: int, column: int, awaited: bool, inline: bool) -> int | None:
    """The column of the colon (of any sort) that ends a key here; None where no key stands.

    `awaited`: only a key may stand here. `inline`: a dash stands before. Where a known key lacks
    its colon, or has another mark in its place, it is the column where the colon belongs.
    """
    line = draft.lines[row]
    word = _WORD.match(line, column)
    if word and word["key"].lower() in known_keys():
        if word["sign"] in (":", "："):
            return word.start("sign")
        if awaited or (inline and word.end() < len(line)):
            return _put_colon(draft, row, word)
    lacking = _LACKING.match(line, column) or _PERIOD.match(line, column)
    if awaited and lacking:
        return _put_colon(draft, row, lacking)
    patterns = (_BEFORE_BRACKET, _PROPER, _QUOTED) + ((_MEANT,) if awaited else ())
    matches = (pattern.match(line, column) for pattern in patterns)
    return next((match.start("colon") for match in matches if match), None)


def _put_colon(draft: Draft, row: int, word: re.Match[str]) -> int:
    key, sign = word["key"], word["sign"].strip()
    what = f"后面应是冒号，不是“{sign}”" if sign else "后面缺少冒号"
    draft.fault(row, word.end("key"), f"“{key}”{what}；应写成“{key}: ”加内容")
    at = word.start("sign")
    draft.replace(row, at, 0 if draft.lines[row][at : at + 1] in ("{", "[") else 1, ": ")
    return at


def mend_colon(draft: Draft, row: int, column: int, flow: bool, quoted: bool = False) -> None:
    """A colon after a key must be half-width and followed by a space (not after a quoted key)."""
    line = draft.lines[row]
    after = line[column + 1 : column + 2]
    wide_space = after.isspace() and after != " "
    if line[column : column + 1] == "：":
        draft.fault(row, column, "冒号是全角的；应写半角冒号加空格“: ”")
        draft.replace(row, column, 2 if wide_space else 1, ":" if after == " " else ": ")
    elif line[column : column + 1] != ":":
        return  # already mended
    elif after and after in ",[]{}" and flow:
        draft.insert(row, column + 1, " ")
    elif wide_space:
        draft.fault(row, column + 1, "冒号后面是全角空格；应写半角空格")
        draft.replace(row, column + 1, 1, " ")
    elif after and after != " " and not quoted:
        draft.fault(row, column, "冒号后面缺少空格；应写半角冒号加空格“: ”")
        draft.insert(row, column + 1, " ")


def unopened(text: str) -> str:
    """The opening bracket that a text lacks for one of its closing ones; "" for none."""
    expected: list[str] = []
    for character in text:
        if character in "[{":
            expected.append("]" if character == "[" else "}")
        elif character in "]}":
            if not expected:
                return "[" if character == "]" else "{"
            expected.pop()
    return ""
