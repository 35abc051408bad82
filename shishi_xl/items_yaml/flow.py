"""Flow collections ([…] and {…}): full-width marks, missing commas, brackets left open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .draft import Draft
from .entries import (
    CLOSERS,
    OPENERS,
    PARTNER,
    WIDE_COMMAS,
    cut,
    find_colon,
    find_gap,
    known_entry,
    leaves_goal,
)
from .keys import mend_colon
from .scalar import read_quoted, repair_plain, skip_marks, value_end

_AFTER_KEY = re.compile(r"\s*(?:：|:(?=\s|$|[,\[\]{}\"']))|:")


@dataclass(slots=True)
class _Bracket:
    """An open bracket and what is expected next in it: an entry, a value, or a comma (after)."""

    sign: str
    row: int
    column: int
    key: str
    phase: str = "entry"
    value: tuple[int, int] | None = None  # where the last value began


@dataclass(slots=True)
class FlowScanner:
    """Reads one collection. `floor` is the column that its further lines must stand deeper than."""

    draft: Draft
    row: int
    column: int
    floor: int
    key: str
    _open: list[_Bracket] = field(default_factory=list)
    _end: tuple[int, int] = (0, 0)  # after the last thing read, before a comment
    _plain: bool = False  # the last thing read was unquoted text, which may go on a line below

    def read(self) -> tuple[int, int]:
        """The place after the closing bracket; where it is missing, after the last line."""
        self._push()
        while self._open:
            line = self.draft.lines[self.row]
            self.column = _skip(line, self.column)
            if self.column >= len(line) or line[self.column] == "#":
                self._end = self.row, len(line[: self.column].rstrip())
                if not self._next_line():
                    self._close_all()
            else:
                self._read_token(line)
        return self.row, self.column

    def _read_token(self, line: str) -> None:
        top, sign = self._open[-1], line[self.column]
        if sign in "&!" and skip_marks(line, self.column) > self.column:
            self.column = skip_marks(line, self.column)
        elif sign in CLOSERS:
            self._pop(sign)
        elif sign == ",":
            self.column += 1
            top.phase = "entry"
        elif sign in WIDE_COMMAS + "、" and top.phase == "after":
            self._fault(f"“{sign}”是中文标点；名称、项目之间应写半角逗号“, ”")
            self.draft.replace(self.row, self.column, 1, ", ")
            self.column += 1
            top.phase = "entry"
        elif top.phase == "after" and not self._goes_on(line):
            self._fault("这里缺少逗号；两项之间应写半角逗号“, ”")
            self.draft.insert(self.row, self.column, ", ")
            top.phase = "entry"
        elif sign in OPENERS:
            self._push()
        elif sign in "\"'" and top.phase != "after":
            self._read_quoted()
        elif top.sign == "{" and top.phase == "entry":
            self._read_key(line)
        else:
            self._read_plain(line)

    def _goes_on(self, line: str) -> bool:
        """Whether unquoted text goes on here from the line above."""
        first = not line[: self.column].strip()
        keyed = known_entry(line[self.column :])
        return first and self._plain and not keyed and line[self.column] not in "\"'[{"

    def _push(self) -> None:
        sign = self.draft.lines[self.row][self.column]
        key = self._open[-1].key if self._open else self.key
        self._open.append(_Bracket(OPENERS[sign], self.row, self.column, key))
        if sign != OPENERS[sign]:
            self._fault(f"“{sign}”是中文括号；应写半角的“{OPENERS[sign]}”")
            self.draft.replace(self.row, self.column, 1, OPENERS[sign])
        self.column += 1

    def _pop(self, sign: str) -> None:
        top = self._open.pop()
        closer, meant = PARTNER[top.sign], CLOSERS[sign]
        closed_later = self._closers_left() >= len(self._open)
        if meant != closer and not closed_later and self._is_open(meant):
            self._fault(f"“{sign}”前面缺少“{closer}”；括号要成对写")
            self.draft.insert(self.row, self.column, closer)
            self.column -= 1
        elif meant != closer and top.value and top.phase == "after":
            self.draft.fault(*top.value, "缺少左括号；请在这里补上“[”")
            self.draft.insert(*top.value, "[")
            self._open.append(top)
        elif sign != closer:
            what = "与前面的括号不配对" if sign in "]}" else "是中文括号"
            self._fault(f"“{sign}”{what}；应写半角的“{closer}”")
            self.draft.replace(self.row, self.column, 1, closer)
        self.column += 1
        self._plain = False
        if self._open:
            self._open[-1].phase = "after"

    def _is_open(self, closer: str) -> bool:
        return bool(self._open) and self._open[-1].sign == PARTNER[closer]

    def _closers_left(self) -> int:
        """How many more brackets close than open in what is left of the line."""
        rest = self.draft.lines[self.row][self.column + 1 :]
        return sum((c in CLOSERS) - (c in OPENERS) for c in rest)

    def _read_quoted(self) -> None:
        top = self._open[-1]
        self.row, self.column = read_quoted(self.draft, self.row, self.column, self.floor, True)
        line = self.draft.lines[self.row]
        self._plain = False
        if top.sign == "{" and top.phase == "entry" and _AFTER_KEY.match(line, self.column):
            self._take_colon(line, self.column)
        else:
            top.phase = "after"

    def _read_key(self, line: str) -> None:
        top, start = self._open[-1], self.column
        end = value_end(line, start, flow=True)
        text = line[start:end]
        comma = line.rfind(",", 0, start)
        outer = self._open[-2].key if len(self._open) > 1 else ""
        if comma > 0 and top.value and leaves_goal(known_entry(text), outer):
            self._fault("这里前面缺少“}”；括号要成对写")
            self.draft.insert(self.row, comma, "}")
            self._open.pop()
            self._open[-1].phase = "entry"
            return
        colon = find_colon(text)
        after = line[end:].lstrip()[:1]
        gap = find_gap(text, after) if colon is None else None
        if colon is not None:
            top.key = text[:colon].strip()
            self._take_colon(line, start + colon)
        elif gap is not None:
            top.key = text[:gap].strip()
            self.draft.fault(self.row, start + gap, f"“{top.key}”后面缺少冒号；应写成“{top.key}: ”")
            self.draft.insert(self.row, start + gap, ": ")
            self._await_value(line, start + gap)
        else:
            self._read_plain(line)

    def _read_plain(self, line: str) -> None:
        top, start = self._open[-1], self.column
        end = value_end(line, start, flow=True)
        if top.sign == "{" and top.phase == "value" and known_entry(line[start:end]):
            self._fault("缺少左括号；请在这里补上“{”")
            self.draft.insert(self.row, start, "{")
            self._open.append(_Bracket("{", self.row, start, top.key))
            return
        end = start + cut(line[start:end], top.sign)
        if end == start:  # a stray mark: taken as text, so that reading goes on
            end += 1
        if top.phase != "after":
            repair_plain(self.draft, self.row, start, end, top.key)
        top.phase, self.column, self._plain = "after", end, True

    def _take_colon(self, line: str, column: int) -> None:
        """Go past the colon at `column`, or the spaces before it, and mend it where needed."""
        column = _skip(line, column)
        mend_colon(self.draft, self.row, column, True, quoted=line[column - 1] in "\"'")
        self._await_value(line, column + 1)

    def _await_value(self, line: str, column: int) -> None:
        self.column = _skip(line, column)
        self._open[-1].phase = "value"
        self._open[-1].value = (self.row, self.column)

    def _next_line(self) -> bool:
        """Go on in the next line that says something; False where none belongs to this."""
        for row in range(self.row + 1, len(self.draft.lines)):
            line = self.draft.lines[row]
            body = line.lstrip()
            if not body or body[0] == "#":
                continue
            if len(line) - len(body) <= self.floor and body[0] not in CLOSERS:
                return False
            self.row, self.column = row, len(line) - len(body)
            self.draft.indent(row, self.column, self.column)
            return True
        return False

    def _close_all(self) -> None:
        last = self._open[-1]
        closers = "".join(PARTNER[b.sign] for b in reversed(self._open))
        message = f"括号没有收尾；请在这一项的末尾补上 {closers}"
        self.draft.fault(last.row, last.column, message)
        self._open.clear()
        self.row, self.column = self._end
        self.draft.insert(self.row, self.column, closers)

    def _fault(self, message: str) -> None:
        self.draft.fault(self.row, self.column, message)


def _skip(line: str, column: int) -> int:
    """The column of the next thing that is no white space."""
    return column + len(line[column:]) - len(line[column:].lstrip())
