"""The words round a mention → whether it is a plan or a goal, and no deed."""

from __future__ import annotations

import re

from ...period import Period
from .mentions import Mention


def is_plan(mention: Mention, period: Period) -> bool:
    """Whether the last of plan and deed in what leads up to the number is a plan."""
    after = _without_elapsed(mention.after, period)
    if _PLAN_AFTER.search(after):
        return True
    if _DEED.search(mention.after) or _ALL_DONE_AFTER.match(mention.after):
        return False
    for at, said in enumerate((mention.clause, *reversed(mention.earlier))):
        text = _without_elapsed(said, period)
        lead, hint = _last(_LEAD if at else _GOVERNS, text), _last(_PLAN, text) if at == 0 else -1
        fact = _last(_FACT, text)
        deed = max(_last(_DEED, text), _last(_elapsed(period), text), fact)
        if max(lead, hint, deed) >= 0:
            return lead > fact or hint > deed
    return False


def is_goal(mention: Mention) -> bool:
    """5座任务, 5个场景已建成2个: what there is to do. 5座任务全部完成 is done, 三项任务 are none."""
    goal = _GOAL_AFTER.match(mention.rest)
    if goal:
        return not is_goal_met(mention)
    follows = _OF_THESE.match(mention.rest)
    return bool(follows) and mention.measure in (follows["measure"] if follows else "")


def is_goal_met(mention: Mention) -> bool:
    """5座任务全部完成: the figure is the goal, if no other is given."""
    goal = _GOAL_AFTER.match(mention.rest)
    if not goal or (mention.measure == "项" and not goal["of"]):
        return False
    return bool(_ALL_DONE.match(mention.rest[goal.end() :]))


def is_share_of_goal(mention: Mention) -> bool:
    """完成任务的78%, 进度达65%: how much of the goal, not the figure itself."""
    return bool(_SHARE_OF_GOAL.search(mention.clause))


def _without_elapsed(text: str, period: Period) -> str:
    """Without 8月底前 and the like where that day is over by the period's end."""
    last = period.index * 12 // period.cycle.per_year
    return _BY_MONTH.sub(lambda m: "" if int(m[1]) <= last else m[0], text)


def _elapsed(period: Period) -> re.Pattern[str]:
    """Names of quarters and half-years that are over by the period's end."""
    quarter = period.index * 4 // period.cycle.per_year
    words = [f"{name}季度" for name in "一二三四"[:quarter]]
    words += (
        ["上半年"] * (quarter >= 2) + ["前三季度"] * (quarter >= 3) + ["下半年"] * (quarter >= 4)
    )
    return re.compile("(?<!下)(?:" + "|".join(words or ["(?!)"]) + ")")


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)


_BY_MONTH = re.compile("([0-9]{1,2})月(?:底|末|中旬|[0-9]+日)?前")
# What governs the clauses that follow, too.
_LEADS = (
    "(?<!累)计划(?!怀孕|生育|内|的)|(?<!模)拟(?!合)|预计|力争|争取|下[一]?步|下[一个]*(?:季度|阶段|月)|接下来|后续"
    "|年内[要拟]|打算|明年|来年|(?:全年|今年|本年|年度)(?:要(?!求)|须|拟|应)|确保|(?:改|推迟|延期|顺延|推后)[到至]"
    "|(?<!于)(?:[0-9一二三四五六七八九十]+月(?:底|末|中旬|[0-9]+日)?|年底|国庆节?|春节)前(?!已|均|全部已)"
)
_LEAD = re.compile(_LEADS)
# What governs its own clause: 须新增, 将完成, 完工后可新增.
_GOVERNS = re.compile(
    _LEADS
    + "|将(?!军|来)|必?须|需(?!求)要?|要建|应(?:筛|检|训|建|改|参)|(?<![不未已])(?:可|后可?能|后会)(?=新增|提供|增加|完成|建成|达|再|容纳)"
)
_PLAN = re.compile(
    _LEADS
    + "|计划的|将(?!军|来)|预期|目标(?!人群)|任务|指标|名额|年内(?=[^，]{0,2}(?:完成|建成|实现|全部|达|可|能|再|投用|交付))|应(?:筛|检|训|建|改|参)|须|需(?!求)要?"
    "|要建|要求|准备|着手|规划|安排(?!了)|还要|原定|全年应|到年底|再(?!就业|生|次)"
)
# What is a fact in any case; 力争建成 and 计划完成 are none.
_FACTS = "目前|已|截至|截止|实际|累计|今年以来|现有|结束|季度末|超额"
_FACT = re.compile(_FACTS)
_DEED = re.compile(
    _FACTS
    + "|(?<![出表呈展涌实])现(?!场|代|金|象|状)|完成|建成|共(?!建|同|享)|启用|投用|竣工|举办了|开展了|实现|新增|合计|总计|结业|发布|公布|演满"
)
_PLAN_AFTER = re.compile(
    "^.{0,8}(?:拟|计划(?!怀孕|生育)|将于|将在|预计|(?<![接等招])待(?!遇|产|业)|定于|安排在|[0-9]+月(?:底|末|中旬|[0-9]+日)?前|须|要(?=全部|建成|完成))"
)
_SHARE_OF_GOAL = re.compile(
    "(?:任务|计划|目标|指标|总数|总量|应检|总任务)[数量人]*的(?:约|近|超)?$|(?:进度|完成率|完成比例|序时)(?:达到?|为|是)?(?:约|近|超)?$"
    "|完成[^，]{0,8}(?:任务|目标|计划)[数量]?(?:约|近|超过)?$"
)
_GOAL_AFTER = re.compile(
    "(?P<of>[^已完，、0-9]{0,12}?)(?:的)?(?:年度|全年|既定|总|阶段)?(?:目标(?!人群)|任务|指标|计划数|的?要求|的标准)"
)
_ALL_DONE = re.compile(
    "(?:已|均|都|全部|全面|顺利|如期|按期|提前|超额|圆满|全数|也|于|在[^，]{1,8}|[0-9]+月[0-9]+日(?!前))*(?:完成|实现|落实|达成|竣工|完工|交付|达标)"
    "(?!率|比|过半|[^，]{0,4}[0-9一二三四五六七八九十两])"
)
_ALL_DONE_AFTER = re.compile("(?:已|均|都|全部|全面|如期)+(?:安置|到位|落实|兑现|通|装|换)")
_OF_THESE = re.compile(
    r"(?:[^，、0-9]{0,16}?)(?:中的?|已|现已|目前|改完|修完|装完|完成|建成|竣工|完工|交付|投用|通过|达标)(?:[^，、0-9]{0,8}?)[0-9一二三四五六七八九十两]+(?P<measure>[^0-9，、]{1,2})"
)
