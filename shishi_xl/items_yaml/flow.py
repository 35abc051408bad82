"""Flow collections ([…] and {…}): full-width marks, missing commas, brackets left open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .draft import Draft
from .scalar import read_quoted, repair_plain, skip_marks, value_end
from .schema import known_keys

_OPENERS = {"[": "[", "{": "{", "［": "[", "｛": "{", "【": "["}
_CLOSERS = {"]": "]", "}": "}", "］": "]", "｝": "}", "】": "]"}
_PARTNER = {"[": "]", "{": "}"}
_WIDE_COMMAS = "，;；"
_SEPARATOR = re.compile(r"\s*(?:(?P<wide>：)|(?P<half>:)(?=\s|$|[,\[\]{}\"']))")
_ENTRY = re.compile(r"\s*(?P<key>[^\s:：,，]+)\s*(?P<colon>[:：])")
_PERIOD_KEY = re.compile(r"20\d\d\S{0,8}")
_FIGURE = re.compile(r"[\d.,]+\s*[万亿%％]?(?:-[\d.]+)?")


@dataclass(slots=True)
class _Bracket:
    """An open bracket and what is expected next in it: an entry, a value, or a comma (after)."""

    sign: str
    row: int
    column: int
    key: str
    phase: str = "entry"


@dataclass(slots=True)
class FlowScanner:
    """Reads one collection. `floor` is the column that its further lines must stand deeper than."""

    draft: Draft
    row: int
    column: int
    floor: int
    key: str
    _open: list[_Bracket] = field(default_factory=list)
    _plain: bool = False  # the last thing read was unquoted text, which may go on a line below

    def read(self) -> tuple[int, int]:
        """The place after the closing bracket; where it is missing, after the last line."""
        self._push()
        while self._open:
            line = self.draft.lines[self.row]
            rest = line[self.column :]
            self.column += len(rest) - len(rest.lstrip())
            if self.column >= len(line) or line[self.column] == "#":
                if not self._next_line():
                    self._close_all()
                    break
            else:
                self._read_token(line)
        return self.row, self.column

    def _read_token(self, line: str) -> None:
        top, sign = self._open[-1], line[self.column]
        if sign in "&!" and skip_marks(line, self.column) > self.column:
            self.column = skip_marks(line, self.column)
        elif sign in _CLOSERS:
            self._pop(sign)
        elif sign == ",":
            self.column += 1
            top.phase = "entry"
        elif sign in _WIDE_COMMAS + "、" and top.phase == "after":
            self._fault(f"“{sign}”是中文标点；名称、项目之间应写半角逗号“, ”")
            self.draft.replace(self.row, self.column, 1, ", ")
            self.column += 1
            top.phase = "entry"
        elif top.phase == "after" and not self._goes_on(line):
            self._fault("这里缺少逗号；两项之间应写半角逗号“, ”")
            self.draft.insert(self.row, self.column, ", ")
            top.phase = "entry"
        elif sign in _OPENERS:
            self._push()
        elif sign in "\"'" and top.phase != "after":
            self._read_quoted()
        else:
            self._read_plain(line)

    def _goes_on(self, line: str) -> bool:
        """Whether unquoted text goes on here from the line above."""
        first = not line[: self.column].strip()
        entry = _ENTRY.match(line, self.column)
        keyed = bool(entry and entry["key"] in known_keys())
        return first and self._plain and not keyed and line[self.column] not in "\"'[{"

    def _push(self) -> None:
        sign = self.draft.lines[self.row][self.column]
        key = self._open[-1].key if self._open else self.key
        self._open.append(_Bracket(_OPENERS[sign], self.row, self.column, key))
        if sign != _OPENERS[sign]:
            self._fault(f"“{sign}”是中文括号；应写半角的“{_OPENERS[sign]}”")
            self.draft.replace(self.row, self.column, 1, _OPENERS[sign])
        self.column += 1

    def _pop(self, sign: str) -> None:
        closer = _PARTNER[self._open.pop().sign]
        outer = self._open and _PARTNER[self._open[-1].sign] == _CLOSERS[sign]
        if _CLOSERS[sign] != closer and outer:
            self._fault(f"“{sign}”前面缺少“{closer}”；括号要成对写")
            self.draft.insert(self.row, self.column, closer)
            self.column -= 1
        elif sign != closer:
            wide = sign not in "]}"
            what = "是中文括号" if wide else "与前面的括号不配对"
            self._fault(f"“{sign}”{what}；应写半角的“{closer}”")
            self.draft.replace(self.row, self.column, 1, closer)
        self.column += 1
        self._plain = False
        if self._open:
            self._open[-1].phase = "after"

    def _read_quoted(self) -> None:
        top = self._open[-1]
        self.row, self.column = read_quoted(self.draft, self.row, self.column, self.floor, True)
        line = self.draft.lines[self.row]
        self._plain = False
        separator = _SEPARATOR.match(line, self.column)
        if (
            top.sign == "{"
            and top.phase == "entry"
            and (separator or line[self.column :][:1] == ":")
        ):
            self._take_colon(line, self.column)
        else:
            top.phase = "after"

    def _read_plain(self, line: str) -> None:
        top, start = self._open[-1], self.column
        end = value_end(line, start, flow=True)
        if top.sign == "{" and top.phase == "entry":
            colon = self._find_colon(line[start:end])
            if colon is not None:
                top.key = line[start : start + colon].strip()
                self._take_colon(line, start + colon)
                return
        end = start + self._cut(line[start:end], top)
        if end == start:  # a stray mark: taken as text, so that reading goes on
            end += 1
        if top.phase != "after":
            repair_plain(self.draft, self.row, start, end, top.key)
        top.phase, self.column, self._plain = "after", end, True

    def _find_colon(self, text: str) -> int | None:
        """Where the key of an entry ends: at a proper colon, else at one that is meant as such."""
        entry = _ENTRY.match(text)
        if entry and entry["key"].lower() in known_keys():
            return entry.start("colon")
        proper = re.search(r":(?=\s|$)", text)
        meant = proper or re.search("[:：]", text)
        return meant.start() if meant else None

    def _take_colon(self, line: str, column: int) -> None:
        """Go past the colon at `column`, or the spaces before it, and mend it where needed."""
        column += len(line[column:]) - len(line[column:].lstrip())
        self.column = column + 1
        mend_colon(self.draft, self.row, column, True, quoted=line[column - 1] in "\"'")
        self._open[-1].phase = "value"

    def _cut(self, text: str, top: _Bracket) -> int:
        """The length of an unquoted text, cut where a full-width mark or a lost comma ends it."""
        for mark in re.finditer("[，；;】］｝]|\\s(?=\\S)", text):
            at, sign = mark.start(), mark[0]
            if sign in _CLOSERS:
                if _CLOSERS[sign] == _PARTNER[top.sign] and not set(text[:at]) & set("【［｛"):
                    return at
            elif sign.isspace():
                entry = _ENTRY.match(text, at)
                if top.sign == "{" and entry and entry["key"] in known_keys():
                    return at
            elif top.sign == "[" or self._splits(text[:at], text[at + 1 :]):
                return at
        return len(text)

    def _splits(self, before: str, after: str) -> bool:
        """Whether a full-width comma in a mapping stands between two entries."""
        entry = _ENTRY.match(after)
        if not entry:
            return False
        sure = entry["key"] in known_keys() or _PERIOD_KEY.fullmatch(entry["key"])
        return bool(sure or entry["colon"] == ":" or _FIGURE.fullmatch(before.strip()))

    def _next_line(self) -> bool:
        """Go on in the next line that says something; False where none belongs to this."""
        for row in range(self.row + 1, len(self.draft.lines)):
            line = self.draft.lines[row]
            body = line.lstrip()
            if not body or body[0] == "#":
                continue
            if len(line) - len(body) <= self.floor and body[0] not in _CLOSERS:
                return False
            self.row, self.column = row, len(line) - len(body)
            self.draft.indent(row, self.column, self.column)
            return True
        return False

    def _close_all(self) -> None:
        first = self._open[0]
        closers = "".join(_PARTNER[b.sign] for b in reversed(self._open))
        at = self._open[-1]
        self.draft.fault(at.row, at.column, f"括号没有收尾；请在这一项的末尾补上 {closers}")
        self._open.clear()
        line = self.draft.lines[self.row]
        self.column = max(value_end(line, first.column if self.row == first.row else 0, False), 0)
        self.draft.insert(self.row, self.column, closers)

    def _fault(self, message: str) -> None:
        self.draft.fault(self.row, self.column, message)


def mend_colon(draft: Draft, row: int, column: int, flow: bool, quoted: bool = False) -> None:
    """A colon after a key must be half-width and followed by a space (not after a quoted key)."""
    line = draft.lines[row]
    after = line[column + 1 : column + 2]
    wide_space = after.isspace() and after != " "
    if line[column] == "：":
        draft.fault(row, column, "冒号是全角的；应写半角冒号加空格“: ”")
        draft.replace(row, column, 2 if wide_space else 1, ":" if after == " " else ": ")
    elif after and after in ",[]{}" and flow:
        draft.insert(row, column + 1, " ")
    elif wide_space:
        draft.fault(row, column + 1, "冒号后面是全角空格；应写半角空格")
        draft.replace(row, column + 1, 1, " ")
    elif after and after != " " and not quoted:
        draft.fault(row, column, "冒号后面缺少空格；应写半角冒号加空格“: ”")
        draft.insert(row, column + 1, " ")
