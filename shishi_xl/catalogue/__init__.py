"""The one catalogue of problem codes: code → Rule. docs/problems.md is made from it."""

from __future__ import annotations

from . import answers, copies, explanations, figures, files, layout, register, stamped

GROUPS = {
    "F": "文件",
    "R": "认定（谁的、哪一期）",
    "L": "版式（表格被改动）",
    "A": "填报内容",
    "C": "照抄",
    "D": "完成时限",
    "N": "量化指标",
    "T": "前后对照",
    "P": "盖章件",
    "S": "单位说明（审核意见上写的）",
    "G": "登记.xlsx（由经办人改正，不向单位退回）",
}

RULES = {
    rule.code: rule
    for module in (files, layout, answers, copies, figures, explanations, stamped, register)
    for rule in module.RULES
}
