"""A long title → lines of nearly equal length, broken where the sense allows (GB/T 9704—2012)."""

from __future__ import annotations

from functools import lru_cache

from .wrap import line_count, text_width, wrap

# A title may break after these, or before these words; elsewhere a word could be torn apart.
_AFTER = ("》", "”", "）", "、", "，", "年度", "年", "关于", "的")
_BEFORE = (
    "工作进展情况",
    "进展情况",
    "重要事项",
    "推进计划",
    "妇女儿童",
    "为",
    "《",
    "“",
    "（",
    "2",
)


@lru_cache(maxsize=64)
def title_lines(title: str, width: float, size: float) -> str:
    """The title with line breaks where it takes more than one line of a column of `width`."""
    if line_count(title, width, size) == 1 or "\n" in title:
        return title
    for count in (2, 3, 4, 5):
        lines = _balanced(title, count)
        if all(line_count(line, width, size) == 1 for line in lines):
            return "\n".join(lines)
    return "\n".join(wrap(title, width, size))


def _balanced(title: str, count: int) -> list[str]:
    if count == 1 or len(title) < 2:
        return [title]
    ideal = text_width(title) / count
    end = min(range(1, len(title)), key=lambda at: _cost(title, at, ideal))
    return [title[:end], *_balanced(title[end:], count - 1)]


def _cost(title: str, at: int, ideal: float) -> float:
    """How far from the ideal length a break here is; a torn word counts as six characters."""
    sense = title[:at].endswith(_AFTER) or title[at:].startswith(_BEFORE)
    words = title[:at].endswith(("工作", "完成", "推进")) and title[at:].startswith(
        ("进展", "情况")
    )
    torn = (
        words
        or (title[at - 1].isascii() and title[at].isascii())
        or title[at : at + 1] in "年、，”》）"
    )
    torn = torn or title[at - 1] in "（《“"
    return abs(text_width(title[:at]) - ideal) + (0 if sense else 12) + (100 if torn else 0)
