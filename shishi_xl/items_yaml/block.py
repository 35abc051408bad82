"""Block lines (key: value, - entry): indentation, colons and dashes, mended line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .draft import Draft
from .flow import FlowScanner
from .indent import Kind, Level, Levels, column_below, dash_column, entry_column, usual_column
from .keys import BAD_DASH, DASH, find_colon, mend_colon, starts_entry, unopened
from .scalar import TEXT_KEYS, read_quoted, repair_plain, skip_marks, value_end
from .schema import known_keys, list_keys, may_be_root, table_keys

_BLOCK_TEXT = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])\s*(?:\s#.*)?$")
_WIDE_OPENERS = "［｛【"


@dataclass(slots=True)
class BlockScanner:
    """Reads a draft from top to bottom; `levels` knows which columns are open."""

    draft: Draft
    levels: Levels = field(default_factory=Levels)
    _key: str = ""  # the last key read

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
        below = self.levels.goes_on(column + shift)
        if below and not starts_entry(line, column, self.levels.in_list):
            return row + 1
        return self._read_entry(row, column, shift, first=True)

    def _read_entry(self, row: int, column: int, shift: int, first: bool) -> int:
        """Read from a dash or a key on; `shift` is what mending added before it."""
        line = self.draft.lines[row]
        bad = BAD_DASH.match(line, column)
        if DASH.match(line, column) or (bad and (bad["key"] or self.levels.lists(column + shift))):
            return self._read_dash(row, column, shift, first)
        fitting = first and self.levels.fits(column + shift)
        colon = find_colon(self.draft, row, column, self._awaits_key() or fitting, not first)
        if colon is not None:
            return self._read_key(row, column, colon, shift, first)
        if first and line[column] == "{" and self._lacks_dash():
            shift = self._put_dash(row, column, "{ }", self.levels.list_column)
        elif fitting and not self.levels.hungry_above(column + shift):
            self.draft.fault(
                row, column, "这一行没有冒号，读不懂；应写成“键: 内容”，不要的内容请删去"
            )
            self.draft.lose(row, column)
            return row + 1
        return self._read_value(row, column, self.levels.floor)

    def _awaits_key(self) -> bool:
        """Whether a key stands above that mappings or lists belong to, and nothing after it."""
        waits = self.levels.hungry is not None and self._key not in TEXT_KEYS
        return waits or not self.levels.any

    def _lacks_dash(self) -> bool:
        """Whether an entry of a list must begin here."""
        if self.levels.hungry is not None:
            return self._key in list_keys()
        return self.levels.in_list

    def _read_key(self, row: int, column: int, colon: int, shift: int, first: bool) -> int:
        word = self.draft.lines[row][column:colon].strip().strip("\"'")
        if first and self.levels.hungry is not None and self._key in list_keys():
            if column + shift > self.levels.hungry:
                shift = self._put_dash(row, column, word, None)
        elif first and (repeated := self.levels.list_of_repeated(column + shift, word)):
            shift = self._put_dash(row, column, word, repeated.column)
        elif first:
            shift = self._align(row, column, shift, word)
        self.levels.open(column + shift, "map", row, word)
        self._key = word
        mend_colon(self.draft, row, colon, flow=False)
        return self._read_value(row, colon + 1, column + shift)

    def _put_dash(self, row: int, column: int, word: str, at: int | None) -> int:
        """Begin an entry of a list where its dash was forgotten; `at` is the list's column."""
        if at is None:
            self.draft.fault(row, column, f"“{word}”前面缺少“- ”；每一件、每一个都要以“- ”开头")
            at = dash_column(self.draft.lines, row, self.levels.hungry or 0)
        else:
            advice = "如果是另一件实事或另一个指标，前面要加“- ”，否则请删去一处"
            self.draft.fault(row, column, f"“{word}”又写了一次；{advice}")
        self.draft.indent(row, column, at, "- ")
        self.levels.open(at, "list", row, "-")
        return at + 2 - column

    def _read_dash(self, row: int, column: int, shift: int, first: bool) -> int:
        line = self.draft.lines[row]
        if first:
            shift = self._align(row, column, shift, "-")
        self.levels.open(column + shift, "list", row, "-")
        mended = 0
        if not DASH.match(line, column):
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
        column = len(line) - len(body)
        if body[0] not in "\"'{[" and self._open_bracket(row, column):
            return row + 1
        return self._read_entry(row, column, shift + mended, first=False)

    def _align(self, row: int, column: int, shift: int, word: str) -> int:
        """Hold the entry against the open columns; a new shift where it is out of line."""
        kind: Kind = "list" if word == "-" else "map"
        lines = self.draft.lines
        fit = self.levels.nearest(column + shift, kind, word, column_below(lines, row))
        if fit is None and kind == "map" and self._belongs_below(word, column + shift):
            fit = Level(column + shift + 2, kind, row, "上下各行")
        elif fit is None and self.levels.hungry is not None and not shift:
            usual = usual_column(lines, row, column, self.levels.hungry)
            usual = entry_column(lines, row, column) if usual == column else usual
            fit = Level(usual, kind, row, "下面各行") if usual != column else None
        if fit is None:
            return shift
        if not lines[row][:column].strip(" "):  # else a fault of its own stands there
            like = fit.word if fit.row == row else f"第 {fit.row + 1} 行的“{fit.word}”"
            what = f"缩进不对：“{word}”前面空了 {column} 格"
            self.draft.fault(row, column, f"{what}；应空 {fit.column} 格，与{like}对齐")
        self.draft.indent(row, column, fit.column)
        return fit.column - column

    def _belongs_below(self, word: str, column: int) -> bool:
        """Whether a key in the column of the key above it can only be meant to stand under it."""
        if self.levels.hungry != column:
            return False
        if self.levels.root == column and not may_be_root(word):
            return True
        return self._key in table_keys() and word not in known_keys()

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
        if self._open_bracket(row, column):
            return
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

    def _open_bracket(self, row: int, column: int) -> bool:
        """Open the bracket that a value closes and never opened; whether there was one."""
        line = self.draft.lines[row]
        text = line[column : value_end(line, column, flow=False)]
        opener = unopened(text)
        sure = opener == "{" and re.match(r"[^\s:,]+\s*:\s", text)
        if not opener or text[-1:] not in "]}" or (self._key in TEXT_KEYS and not sure):
            return False
        self.draft.fault(row, column, f"缺少左括号；请在这里补上“{opener}”")
        self.draft.insert(row, column, opener)
        self.levels.done()
        return True

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
