"""S: what units write in 单位说明 of a returned 审核意见, where it explains nothing."""

from __future__ import annotations

from ..problems import Grade, Rule

RULES = (
    Rule(
        "S01", Grade.NOTE, "说明太短",
        "对 {code}（{title}）的说明“{found}”不足 6 个字，没有采用",
        "请单位把原因写明，或直接更正。",
        "核实类问题的说明不少于 6 个字（不算标点），写“属实”“同上”看不出原因。",
    ),
    Rule(
        "S02", Grade.NOTE, "强制问题不能用说明代替",
        "对 {code}（{title}）写了说明“{found}”，但强制问题须更正",
        "请单位直接改正原单元格。",
        "强制问题只有改正才能消除；说明照录，供核对。",
    ),
    Rule(
        "S03", Grade.NOTE, "说明不知对应哪个问题",
        "审核意见里写了“{found}”，但这一行的标识已不在，不知对应哪个问题",
        "请对照原文看是对哪个问题的说明，必要时问一下单位。",
        "审核意见每行有一列隐藏的标识，整列删掉后就对不上了。",
    ),
)  # fmt: skip
