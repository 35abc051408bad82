"""Measures: which measure words say the same, and which numbers they can carry."""

from __future__ import annotations

# Words in one row may stand for each other; 个 stands in several, so 个 agrees with 所 and with
# 项, and 所 does not agree with 项. 人次 counts visits and 人 people: they do not agree.
_COUNTED = (
    ("人", "名", "位", "个人"),
    ("人次",),
    ("场", "场次", "次"),
    ("期", "班", "班次", "个班", "个班次"),
    ("个", "所", "家", "处", "座", "间"),
    ("个", "项", "件", "种", "类"),
    ("个", "支", "组"),
    ("个", "托位", "个托位", "学位", "个学位", "张", "床位", "张床位"),
    ("户", "家", "户家庭", "个家庭"),
    ("本", "册"),
    *((word,) for word in "份套条篇对台辆部门株棵"),
)
_MEASURED = (
    ("平方米", "㎡", "平米"),
    ("小时", "学时", "课时"),
    ("百分点", "个百分点"),
    *((word,) for word in ("%", "‰", "元", "米", "公里", "亩", "吨", "天")),
)
_FACTORS = {"万": 4, "亿": 8}

COUNTS = frozenset(word for row in _COUNTED for word in row)
KNOWN = COUNTS | frozenset(word for row in _MEASURED for word in row)
SHARES = frozenset({"%", "‰", "百分点", "个百分点"})


def split_factor(measure: str) -> tuple[str, int]:
    """A measure and its power of ten: 万元 → (元, 4), 人 → (人, 0)."""
    power = _FACTORS.get(measure[:1], 0)
    return (measure[1:], power) if power else (measure, 0)


def agree(written: str, expected: str) -> bool:
    """Whether a number in the one measure is a number in the other.

    A fall of 0.5 百分点 is often written 0.5%; a rate in % is not written in 百分点.
    """
    if written == expected or (written == "%" and expected in {"百分点", "个百分点"}):
        return True
    return any(written in row and expected in row for row in _COUNTED + _MEASURED)
