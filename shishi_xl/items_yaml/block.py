"""Block lines (key: value, - entry): indentation, colons and dashes, mended line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .draft import Draft
from .flow import FlowScanner, mend_colon
from .indent import Kind, Levels
from .scalar import TEXT_KEYS, read_quoted, repair_plain, skip_marks, value_end
from .schema import known_keys

_DASH = re.compile(r"-(?=\s|$)")
_BAD_DASH = re.compile(r"(?:[－–—‐−]|-(?=[^\s\-\d.]))\s*(?P<key>[A-Za-z_]+\s*[:：])?")
_WORD_KEY = re.compile(r"(?P<key>[A-Za-z_]{2,})\s*(?P<sign>[:：;；=＝，,、。]|(?=\s\S))")
_PROPER = re.compile(
    r"(?:[^\s#\[\]{}\"',&*!|>%@`-]|-(?=\S))(?:[^#:]|(?<!\s)#|:(?=\S))*?\s*(?P<colon>:)(?=\s|$)"
)
_MEANT = re.compile(r"[^\s:：\[{\"'#]+\s*(?P<colon>[:：])")
_QUOTED_KEY = re.compile(r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')\s*(?P<colon>:)(?=\s|$)")
_BLOCK_TEXT = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])\s*(?:\s#.*)?$")
_WIDE_OPENERS = "［｛【"


@dataclass(slots=True)
class BlockScanner:
    """Reads a draft from top to bottom; `levels` knows which columns are open."""

    draft: Draft
    levels: Levels = field(default_factory=Levels)
    _key: str = ""

    def read(self) -> None:
        row = 0
        while row < len(self.draft.lines):
            row = self._read_line(row)

    def _read_line(self, row: int) -> int:
        """Mend one line and what belongs to its value; the next row to read."""
        line = self.draft.lines[row]
        body = line.lstrip()
        column = len(line) - len(body)
        if not body or body[0] == "#" or re.match(r"(---|\.\.\.)(\s|$)|%YAML ", line):
            self.draft.indent(row, column, column)
            return row + 1
        shift = self.levels.expand(self.draft, row, line[:column])
        if self.levels.goes_on(column + shift) and not self._starts_entry(line, column):
            return row + 1
        return self._read_entry(row, column, shift, first=True)

    def _starts_entry(self, line: str, column: int) -> bool:
        """Whether a line below an unquoted text is an entry of its own, set in too far."""
        word = _WORD_KEY.match(line, column)
        known = bool(word and word["key"].lower() in known_keys() and word["sign"] in (":", "："))
        dash = _DASH.match(line, column) if self.levels.in_list else None
        bad = _BAD_DASH.match(line, column)
        return known or bool(_PROPER.match(line, column) or dash or (bad and bad["key"]))

    def _read_entry(self, row: int, column: int, shift: int, first: bool) -> int:
        """Read from a dash or a key on; `shift` is what mending added before it."""
        line = self.draft.lines[row]
        bad = _BAD_DASH.match(line, column)
        if _DASH.match(line, column) or (bad and (bad["key"] or self.levels.lists(column + shift))):
            return self._read_dash(row, column, shift, first)
        fitting = first and self.levels.fits(column + shift)
        colon = self._find_colon(row, column, fitting, first)
        if colon is not None:
            word = line[column:colon].strip().strip("\"'")
            shift = self._align(row, column, shift, word) if first else shift
            self.levels.open(column + shift, "map", row, word)
            self._key = word
            if line[colon] in ":：":
                mend_colon(self.draft, row, colon, flow=False)
            return self._read_value(row, colon + 1, column + shift)
        if fitting and not self.levels.hungry_above(column + shift):
            return self._refuse(row, column)
        return self._read_value(row, column, self.levels.floor)

    def _read_dash(self, row: int, column: int, shift: int, first: bool) -> int:
        line = self.draft.lines[row]
        if first:
            shift = self._align(row, column, shift, "-")
        self.levels.open(column + shift, "list", row, "-")
        mended = 0
        if not _DASH.match(line, column):
            what = "后面缺少空格" if line[column] == "-" else "是中文的横线"
            self.draft.fault(row, column, f"“{line[column]}”{what}；应写半角减号加空格“- ”")
            spaced = line[column + 1 : column + 2].isspace()
            self.draft.replace(row, column, 1, "-" if spaced else "- ")
            mended = 0 if spaced else 1
        rest = line[column + 1 :]
        body = rest.lstrip()
        blank = len(rest) - len(body)
        if rest[:blank].strip(" "):
            self.draft.replace(row, column + 1, blank, " " * blank)
        if not body or body[0] == "#":
            self.levels.wait(column + shift)
            return row + 1
        return self._read_entry(row, len(line) - len(body), shift + mended, first=False)

    def _align(self, row: int, column: int, shift: int, word: str) -> int:
        """Hold the entry against the open columns; a new shift where it is out of line."""
        kind: Kind = "list" if word == "-" else "map"
        fit = self.levels.nearest(column + shift, kind, word)
        if fit is None:
            return shift
        if not self.draft.lines[row][:column].strip(" "):  # else a fault of its own stands there
            self.draft.fault(
                row, column,
                f"缩进不对：“{word}”前面空了 {column} 格；"
                f"应空 {fit.column} 格，与第 {fit.row + 1} 行的“{fit.word}”对齐",
            )  # fmt: skip
        self.draft.indent(row, column, fit.column)
        return fit.column - column

    def _find_colon(self, row: int, column: int, fitting: bool, first: bool) -> int | None:
        """The column of the colon (of any sort) that ends a key here; None where no key stands."""
        line = self.draft.lines[row]
        word = _WORD_KEY.match(line, column)
        if word and word["key"].lower() in known_keys():
            if word["sign"] in ("：", ":"):
                return word.start("sign")
            if fitting or not first or self._awaits_key():
                return self._put_colon(row, word)
        for pattern in (_PROPER, _QUOTED_KEY):
            if match := pattern.match(line, column):
                return match.start("colon")
        meant = _MEANT.match(line, column)
        return meant.start("colon") if meant and (fitting or self._awaits_key()) else None

    def _awaits_key(self) -> bool:
        """Whether a key stands above that mappings or lists belong to, and nothing after it."""
        return self.levels.hungry is not None and self._key not in TEXT_KEYS

    def _put_colon(self, row: int, word: re.Match[str]) -> int:
        """Where a known key lacks its colon, or has another mark in its place."""
        key, sign = word["key"], word["sign"]
        what = f"后面应是冒号，不是“{sign}”" if sign else "后面缺少冒号"
        self.draft.fault(row, word.end("key"), f"“{key}”{what}；应写成“{key}: ”加内容")
        self.draft.replace(row, word.start("sign"), 1, ": ")
        return word.start("sign")

    def _refuse(self, row: int, column: int) -> int:
        self.draft.fault(row, column, "这一行没有冒号，读不懂；应写成“键: 内容”，不要的内容请删去")
        self.draft.lose(row, column)
        return row + 1

    def _read_value(self, row: int, column: int, floor: int) -> int:
        """Read what stands after a key or a dash; the row after it."""
        line = self.draft.lines[row]
        column += len(line[column:]) - len(line[column:].lstrip())
        column = skip_marks(line, column)
        sign = line[column : column + 1]
        if not sign or sign == "#":
            self.levels.wait(floor)
            return row + 1
        if sign in "|>" and _BLOCK_TEXT.match(line, column):
            return self._skip_text(row + 1, floor)
        if sign in "\"'":
            row, column = read_quoted(self.draft, row, column, floor, False)
        elif sign in "[{" or (sign in _WIDE_OPENERS and self._key not in TEXT_KEYS):
            row, column = FlowScanner(self.draft, row, column, floor, self._key).read()
        else:
            self._read_plain(row, column, floor)
            return row + 1
        self._check_rest(row, column)
        self.levels.done()
        return row + 1

    def _read_plain(self, row: int, column: int, floor: int) -> None:
        line = self.draft.lines[row]
        end = value_end(line, column, flow=False)
        for match in re.finditer(r"\s(?P<key>[a-z_]{2,})\s*:(?=\s|$)", line[column:end]):
            if match["key"] in known_keys():
                start = column + match.start("key")
                self.draft.fault(row, start, f"“{match['key']}”应另起一行，与上一个键对齐")
                self.draft.lose(row, start)
                end = column + match.start()
                break
        if repair_plain(self.draft, row, column, end, self._key):
            self.levels.done()
        else:
            self.levels.text(floor)

    def _check_rest(self, row: int, column: int) -> None:
        """Nothing but a comment may follow a closing quote or bracket."""
        rest = self.draft.lines[row][column:]
        if rest.strip() and not re.match(r"\s+#", rest):
            start = column + len(rest) - len(rest.lstrip())
            self.draft.fault(row, start, f"“{rest.strip()}”多出来了；请删去，或移到括号里面")
            self.draft.lose(row, start)

    def _skip_text(self, row: int, floor: int) -> int:
        """Go past the lines of a | or > text: all that stand deeper than its key."""
        self.levels.done()
        while row < len(self.draft.lines):
            line = self.draft.lines[row]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= floor:
                break
            row += 1
        return row
