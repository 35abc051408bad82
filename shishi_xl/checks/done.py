"""Whether what a unit wrote says that its part of an item is done."""

from __future__ import annotations

import re

from ..target import Goal
from .subject import Case
from .written import Written

_DONE = re.compile(
    "(?:已|均|全部|全面|圆满|顺利|按期|如期|提前|超额|正式|基本|现已|都|了)(?:经|已|全部|全面|圆满|顺利|按期|如期|提前|超额|正式|基本){0,3}"
    "(?:完成|建成|完工|竣工|交付|投用|投入使用|启用|挂牌|验收|通过|结束|办结|达标|到位|落实|开园|运行|上线|发放|实现)"
    "|挂牌|开园|投用|投入使用|启用|上线运行|竣工验收|验收合格|通过验收|通过[^，。]{0,4}(?:竣工|验收)|全部到账|办结|完工|收官|揭牌"
    "|全覆盖|[达到]100[%％]|百分之百|完成(?:年度|全年|既定)?(?:目标)?任务"
)
_NOT = re.compile(
    "未|没|尚|待|拟|计划|预计|预期|力争|争取|确保|将|下一步|下步|准备|即将|底前|月前|(?<!提)前(?:全部|可)?完成|正在|不能|无法|难以|距|剩余|还有|其余"
)


def is_done(case: Case, row: Written) -> bool:
    """By the reporter's word, by the unit's figures, or by the text's own words."""
    if case.done_before(row.item) or case.status(row.item) == "已完成":
        return True
    return targets_met(case, row) or says_done(row.text)


def targets_met(case: Case, row: Written) -> bool:
    """Whether the unit reports targets of the item and has reached every one of them."""
    own = [t for t in row.item.targets if row.unit in t.shares and not t.goal.text]
    figures = [case.row(row.unit, case.form.targets.sheet, row.item.id, t.id) for t in own]
    return bool(own) and all(
        r is not None and r.figure is not None and reaches(t.goal_for(row.unit), r)
        for t, r in zip(own, figures, strict=True)
    )


def reaches(goal: Goal, row: Written) -> bool:
    """Whether a figure is what the goal asks for; 左右 is met at nine tenths."""
    figure = row.figure
    if figure is None:
        return False
    if goal.minimum is not None:
        return figure >= goal.minimum * (9 if goal.about else 10) / 10
    return goal.maximum is not None and figure <= goal.maximum


def says_done(text: str) -> bool:
    """Whether some clause says that a thing is done, and not that it will be or is not yet."""
    clauses = re.split("[。；;！!\n，,]", text)
    return any(_DONE.search(c) and not _NOT.search(c) for c in clauses)
