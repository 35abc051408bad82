"""零报告: whether an answer says “nothing this period”."""

from __future__ import annotations

import re

from ..names import fold

# 填报说明 tells units so; the words are the design's.
# What follows must be a sentence's end: 本季度无进展缓慢事项 says something else.
_NIL = re.compile(r"(?:零报告|本(?:季度?|半年|月|期)无进展|本期无此项工作)(?:$|[^\w])")


def is_nil(text: str) -> bool:
    """Whether an answer says “nothing this period”: 零报告, 本季度无进展, 本期无此项工作."""
    return bool(_NIL.match(fold(text)))
