"""items.yaml of one year → a draft for the next: units, groups and habits stay, items are to be written.

The text is kept line by line, comments too. Last year's items stand below `items:` as comments:
what a notice says anew cannot be guessed, and a list that was forgotten must not go out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

Contacts = Mapping[str, tuple[str, str]]  # unit → person, telephone

_KEY = re.compile(r"([A-Za-z_]+)\s*:")
_UNIT = re.compile(r"(  )(['\"]?)([^\s'\":#]+)\2:(.*)")
_DATED = re.compile(r"\b(?:from|until)\s*:\s*[^,}\s]+\s*,?\s*")
_BEFORE_YEAR = ("# 由 {old} 年的 items.yaml 带来；单位、单位组、办法照旧，注明“请核对”的请逐一核对，",
                "# 事项请照 {new} 年的通知写。以下注释写于上一年。")  # fmt: skip
_BEFORE_ITEMS = (
    "  # 请照今年的通知逐件写在这里，每件以“- name: 名称”开头。下面是 {old} 年的，供对照；",
    "  # 今年还办的，去掉行首的“# ”，再改指标和单位。写完后请删去剩下的。",
)


def next_year(source: str, year: int, contacts: Contacts | None = None) -> str:
    """The draft of `year` + 1. `contacts`: whom units last named on their forms.

    A unit that ended (`until`) becomes a comment; `from` has nothing more to say.
    """
    lines = list(_lines(source.splitlines(), year))
    return "\n".join((*_with_contacts(lines, contacts or {}), ""))


def _lines(lines: list[str], year: int) -> Iterator[str]:
    old, new = str(year), str(year + 1)
    head = [w.format(old=old, new=new) for w in _BEFORE_YEAR]
    schema = bool(lines) and "yaml-language-server" in lines[0]
    yield from (*lines[:schema], *head)
    key = ""
    for line in lines[schema:]:
        if match := _KEY.match(line):
            key = match[1]
        starts = match is not None
        if key == "items" and starts:
            yield "items:"
            yield from (w.format(old=old) for w in _BEFORE_ITEMS)
        elif key == "items":
            yield line if not line.strip() or line.startswith("#") else f"# {line}"
        elif key in ("units", "groups"):
            yield _unit_line(line)
        else:
            yield _head_line(key, line, starts, old, new)


def _head_line(key: str, line: str, starts: bool, old: str, new: str) -> str:
    """A line of what is said of the programme as a whole."""
    if line.lstrip().startswith("#") or not line.strip():
        return line
    moved = re.sub(rf"(?<!\d){old}(?!\d)", new, line)
    match key:
        case "id":
            return moved if moved != line else f"{line.rstrip()}-{new}"
        case "year" | "programme" | "title":
            return moved
        case "first" | "due" if moved != line:
            return f"{moved}  # 请核对" if starts else moved
        case "document":
            return f"# {line}  # 请改成今年的文号"
    return line


def _unit_line(line: str) -> str:
    """A unit without the periods of last year."""
    if line.lstrip().startswith("#"):
        return line
    if re.search(r"\buntil\s*:", line) and _UNIT.fullmatch(line):
        return f"  # {line.lstrip()}"
    kept = _DATED.sub("", line).replace(", }", "}").replace(",}", "}")
    return line if kept == line else kept if kept.strip() else f"# {line}"


def _with_contacts(lines: list[str], contacts: Contacts) -> Iterator[str]:
    """Whom a unit named last stands with it, unless somebody is written there; others at the end."""
    key, left = "", dict(contacts)
    for at, line in enumerate(lines):
        key = match[1] if (match := _KEY.match(line)) else key
        unit = _UNIT.fullmatch(line) if key == "units" else None
        if unit and (named := left.pop(unit[3], None)):
            yield _with_contact(line, unit, named, lines[at + 1 : at + 2])
        else:
            yield line
    if any(_KEY.match(line) and line.startswith("units") for line in lines):
        yield from (f"  {name}: {{{_written(*said)}}}" for name, said in left.items())
    elif left:
        yield from ("", "units:")
        yield from (f"  {name}: {{{_written(*said)}}}" for name, said in left.items())


def _with_contact(
    line: str, unit: re.Match[str], named: tuple[str, str], following: list[str]
) -> str:
    said = unit[4].strip()
    if re.search(r"\b(?:person|phone)\s*:", said):
        return line
    if said.startswith("{") and said.endswith("}"):
        inside = said[1:-1].strip().rstrip(",")
        return f"  {unit[3]}: {{{', '.join(filter(None, (inside, _written(*named))))}}}"
    deeper = bool(following) and following[0].startswith("   ")
    return line if said or deeper else f"{line.rstrip()} {{{_written(*named)}}}"


def _written(person: str, phone: str) -> str:
    words = (("person", person), ("phone", phone))
    return ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in words if v)
