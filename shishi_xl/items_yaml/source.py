"""Bytes of items.yaml → Source: text that YAML can read, with every fault of writing on the way."""

from __future__ import annotations

from .block import BlockScanner
from .draft import Draft, Source
from .encoding import decode, find_garbled
from .fault import Fault

_MOST_CHARACTERS = 2_000_000
_DEEPEST = 200  # the C composer goes down on the C stack and would end the process


def read_source(source: bytes) -> Source:
    """Decode and mend. Faults name what was mended; what is sound stays as it is."""
    lines, faults = decode(source)
    if sum(map(len, lines)) > _MOST_CHARACTERS or _depth(lines) > _DEEPEST:
        fault = Fault(1, 1, "文件太大或括号层数太多，不像 items.yaml；请检查是否放错了文件")
        return Source((), {}, (*faults, fault), "")
    draft = Draft.of(lines)
    draft.faults += faults
    draft.faults += find_garbled(lines)
    BlockScanner(draft).read()
    return draft.finish()


def _depth(lines: tuple[str, ...]) -> int:
    """At least how deep brackets and dashes go; quoted ones count too."""
    deepest = depth = 0
    for line in lines:
        for character in line:
            depth += (character in "[{") - (character in "]}")
            deepest = max(deepest, depth)
        deepest = max(deepest, line.count("- "), line.count("? "))
    return deepest
