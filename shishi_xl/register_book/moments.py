"""What a clerk writes for a day or a moment → datetime: with the year, or not at all."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

_DAY = r"(?P<y>\d{4})(?:年|[-./])(?P<m>\d{1,2})(?:月|[-./])(?P<d>\d{1,2})日?"
_PLAIN_DAY = r"(?P<y2>\d{4})(?P<m2>\d\d)(?P<d2>\d\d)"
_HALF = r"(?P<half>凌晨|早上?|上午|中午|下午|晚上?)"
_HOUR = r"(?P<h>\d{1,2})(?::|时|点)(?:(?P<min>\d{1,2})分?)?(?::\d\d)?"
# A day and an hour side by side could be cut in two ways: 2023-6-310:12.
_MOMENT = re.compile(rf"(?:{_DAY}|{_PLAIN_DAY})(?:(?:T|(?<=日)|(?=\D)){_HALF}?T?{_HOUR})?")
_LOOSE = re.compile(r"\s*([年月日时点分:./-])\s*")


def read_moment(text: str) -> datetime | None:
    """2023-06-30 09:12, 2023年6月30日下午3点, 20230630; a day alone begins at midnight."""
    plain = _LOOSE.sub(r"\1", unicodedata.normalize("NFKC", text).strip())
    match = _MOMENT.fullmatch(re.sub(r"\s+", "T", plain))
    if match is None:
        return None
    year, month, day = (int(match[k] or match[f"{k}2"]) for k in ("y", "m", "d"))
    hour, minute = int(match["h"] or 0), int(match["min"] or 0)
    if (match["half"] or "")[:1] in ("下", "晚") and hour < 12:
        hour += 12
    try:
        return datetime(year, month, day, hour, minute)
    except ValueError:
        return None
