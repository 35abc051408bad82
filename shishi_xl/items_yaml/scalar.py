"""Values as they stand in a line: quotes left open, characters that YAML keeps for itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from .draft import Draft

_CLOSERS = {"“": "”", "‘": "’", "”": "”", "＂": "＂", "「": "」"}
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_MARKS = re.compile(r"(?:(?:&[\w-]+|!!\w+)(?:\s+|$))*")
_RESERVED = "%@`|>*&!"
# A quoted text may end here; full-width marks are judged by the caller.
_AFTER_IN_FLOW = re.compile(r"\s*(?:[,\]}:，、;；】］｝]|$|\s#)")
_AFTER_IN_BLOCK = re.compile(r"\s*(?:$|\s#)")

# Keys whose text may well stand in Chinese quotation marks, as in the notice.
TEXT_KEYS = frozenset({"programme", "title", "name", "brief", "text", "issuer", "mailbox"})


def skip_marks(line: str, column: int) -> int:
    """The column after anchors (&name) and standard tags (!!str)."""
    match = _MARKS.match(line, column)
    return match.end() if match else column


def value_end(line: str, start: int, flow: bool) -> int:
    """Where an unquoted value ends: before a comment, in brackets before `,` or a bracket."""
    pattern = r"\s+#|[,\[\]{}]" if flow else r"\s+#"
    found = re.search(pattern, line[start:])
    end = start + found.start() if found else len(line)
    return start + len(line[start:end].rstrip())


def read_quoted(draft: Draft, row: int, column: int, floor: int, flow: bool) -> tuple[int, int]:
    """The place after a quoted text that begins at row, column.

    The text may go on in lines that stand deeper than `floor`. One that is left open is closed
    at the end of its value; one that ends too early is taken whole.
    """
    line = draft.lines[row]
    pattern = _DOUBLE if line[column] == '"' else _SINGLE
    after = (_AFTER_IN_FLOW if flow else _AFTER_IN_BLOCK).match
    if match := pattern.match(line, column):
        if after(line, match.end()):
            return row, match.end()
        end = max(match.end(), value_end(line, match.end(), flow))
        draft.fault(
            row, column,
            f"引号只括住了{line[column : match.end()]}，后面还有文字；"
            "请用引号括住整句，句中改用中文引号“ ”",
        )  # fmt: skip
        draft.quote(row, column, end)
        return row, end
    closed = _closed_below(draft, row, column, floor, pattern, after)
    if closed:
        return closed
    end = value_end(line, column + 1, flow)
    draft.fault(row, column, f"引号没有收尾；请在这一项的末尾补上 {line[column]}")
    draft.quote(row, column + 1, end)
    draft.replace(row, column, 1, "")
    return row, end


def _closed_below(
    draft: Draft,
    row: int,
    column: int,
    floor: int,
    pattern: re.Pattern[str],
    after: Callable[[str, int], re.Match[str] | None],
) -> tuple[int, int] | None:
    """Where a quoted text of several lines ends; None where a line of its own comes before."""
    text = draft.lines[row][column:]
    for below in range(row + 1, min(row + 50, len(draft.lines))):
        line = draft.lines[below]
        if line.strip() and len(line) - len(line.lstrip()) <= floor:
            return None
        start = len(text) + 1
        text += "\n" + line
        if match := pattern.match(text):
            end = match.end() - start
            return (below, end) if after(line, end) else None
    return None


def repair_plain(draft: Draft, row: int, column: int, end: int, key: str) -> bool:
    """Quote an unquoted value that YAML would not read, or not as it is meant; True where so."""
    line = draft.lines[row]
    value = line[column:end]
    if value[:1] in _RESERVED and not _is_alias(draft, value):
        draft.fault(row, column, f"“{value[0]}”开头的内容要加引号；应写成 {_in_quotes(value)}")
    elif match := re.search(r":(?=\s|$)", value):
        draft.fault(
            row, column + match.start(),
            f"内容里有冒号，后面又有空格，会被当作新的一项；请给整句加引号：{_in_quotes(value)}",
        )  # fmt: skip
    elif _is_wrapped(value) and (not _holds_text(key) or _is_figure(value[1:-1])):
        draft.fault(row, column, f"引号是全角的；应写成 {_in_quotes(value[1:-1])}")
        draft.replace(row, column, 1, "'")
        draft.replace(row, end - 1, 1, "'")
        return True
    elif re.fullmatch(r"[^\"]+\"|[^']+'", value):
        draft.fault(row, end - 1, f"前面缺少引号；应写成 {_in_quotes(value[:-1])}")
        draft.replace(row, end - 1, 1, "")
        return True
    else:
        return False
    draft.quote(row, column, end)
    return True


def _is_alias(draft: Draft, value: str) -> bool:
    """Whether `value` is `*name` of an anchor in the file."""
    anchor = re.compile(rf"(?:^|[\s\[{{,])&{re.escape(value[1:])}(?:\s|$)")
    return value[:1] == "*" and any(anchor.search(line) for line in draft.lines)


def _is_wrapped(value: str) -> bool:
    closer = _CLOSERS.get(value[:1])
    inside = value[1:-1]
    return len(value) > 1 and value[-1:] == closer and not re.search("[“”‘’＂「」']", inside)


def _holds_text(key: str) -> bool:
    """Whether free text may stand behind a key; goals and periods take text and figures."""
    return key in TEXT_KEYS or key == "goal" or key.startswith("20")


def _is_figure(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,万亿%％\-]+", text))


def _in_quotes(value: str) -> str:
    return f"'{value}'" if set(value) & set('"\\') else f'"{value}"'
