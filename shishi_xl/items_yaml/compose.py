"""Source → YAML nodes, going on after what YAML cannot read."""

from __future__ import annotations

from dataclasses import replace

import yaml

from .draft import Source
from .fault import Fault

_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)
_MOST_TRIES = 40

# What libyaml and PyYAML say, by a part of it, in the words of somebody who types lists.
_WORDS = (
    ("mapping values", "这里不该出现“键: 值”；请检查这一行和上一行的缩进"),
    ("could not find expected ':'", "这里缺少冒号；应写成“键: 内容”"),
    ("cannot start any token", "这个字符不能用在开头；请给内容加引号"),
    ("undefined alias", "“*”开头的内容会被当作引用；请给内容加引号"),
    ("duplicate anchor", "同一个引用名（&）写了两次；请换一个名字"),
    ("escape", "双引号里的反斜杠“\\”有特殊含义；请把双引号改成单引号"),
    ("unexpected end of stream", "引号没有收尾；请补上后引号"),
    ("another document", "文件里出现了“---”，被分成两份；请删去“---”这一行"),
    ("<document start>", "这一行与前面的内容接不上；请检查缩进和标点"),
    ("block sequence entries", "“- ”不能写在这里；请另起一行并检查缩进"),
    ("'-' indicator", "这一行应以“- ”开头，或缩进不对；请与上一项对齐"),
    ("but found", "这一行与前面的内容接不上；请检查缩进、逗号和括号"),
    ("did not find expected", "这一行与前面的内容接不上；请检查缩进、逗号和括号"),
)


def compose(source: Source) -> tuple[yaml.Node | None, Source, tuple[Fault, ...]]:
    """The root node, the text that it was read from, and a fault for each line left out."""
    faults: list[Fault] = []
    last = -2
    for _ in range(_MOST_TRIES):
        try:
            return yaml.compose(source.text, Loader=_LOADER), source, tuple(faults)
        except yaml.MarkedYAMLError as error:
            row, fault = _blame(source, error)
            # What follows a line that was left out is most often its consequence.
            if row != last + 1:
                faults.append(fault)
            source, last = _without(source, row)
        except (yaml.YAMLError, RecursionError):
            break
    return None, source, tuple(faults) or (Fault(1, 1, "文件读不懂；请对照样例检查写法"),)


def _blame(source: Source, error: yaml.MarkedYAMLError) -> tuple[int, Fault]:
    """The row that an error is about, the last one before it that says something."""
    said = str(error.problem or "")
    # What is left open is known by where it began; it is noticed only lines below.
    opened = "end of stream" in said or "flow" in str(error.context)
    mark = error.context_mark if opened else error.problem_mark
    mark = mark or error.context_mark or error.problem_mark
    row, column = (mark.line, mark.column) if mark else (0, 0)
    row = min(row, len(source.lines) - 1)
    while row > 0 and not source.lines[row].strip():
        row, column = row - 1, 0
    words = next((w for part, w in _WORDS if part in said), "这里的写法读不懂；请对照样例检查")
    return row, Fault(*source.place(row, column), words)


def _without(source: Source, row: int) -> tuple[Source, int]:
    """The source without a row and what stands deeper below it, and the last row left out."""
    lines = list(source.lines)
    indent = len(lines[row]) - len(lines[row].lstrip())
    lost, last = [lines[row]], row
    lines[row] = ""
    for below in range(row + 1, len(lines)):
        text = lines[below].lstrip()
        if text and len(lines[below]) - len(text) <= indent:
            break
        lost.append(lines[below])
        lines[below], last = "", below
    return replace(source, lines=tuple(lines), lost="\n".join((source.lost, *lost))), last
