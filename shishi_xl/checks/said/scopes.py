"""The words round a mention → over what time it counts, whether it is a total or a part."""

from __future__ import annotations

import re
from enum import StrEnum

from ...period import Cycle, Period
from .mentions import Mention


class Scope(StrEnum):
    """What a number of work done covers."""

    CUMULATIVE = "累计"
    OPEN = "未说明"
    PERIOD = "本期"
    EVENT = "一次"


def is_part(mention: Mention) -> bool:
    """其中 and the like: a part of what was said before."""
    if OWN.search(mention.clause):
        return False
    if PART.search(mention.clause):
        return True
    last = mention.earlier[-1] if mention.earlier else ""
    if mention.clause[:1] in ("(", "（") and re.search(
        rf"[0-9]{re.escape(mention.measure)}$", last
    ):
        return not is_total(mention)
    return bool(PART.search(last)) and mention.measure in last and not is_total(mention)


def is_total(mention: Mention) -> bool:
    """共, 合计, 累计 just before the number."""
    return bool(_TOTAL.search(mention.before))


def scope_of(mention: Mention, period: Period) -> Scope:
    """Over what time the number counts, as its clause says, else the one before it."""
    said = _scope(mention.clause, period)
    if said is None and mention.earlier:
        said = _scope(mention.earlier[-1], period)
        if said is Scope.EVENT or (said is Scope.PERIOD and is_total(mention)):
            said = None
    return said or Scope.OPEN


def _scope(clause: str, period: Period) -> Scope | None:
    if _CUMULATIVE.search(clause) or _whole(period).search(clause):
        return Scope.CUMULATIVE
    if _OF_PERIOD.search(clause):
        return Scope.PERIOD
    return Scope.EVENT if _EVENT.search(clause) else None


def _whole(period: Period) -> re.Pattern[str]:
    """The words that mean “from the year's beginning to this period's end”."""
    month = period.index * 12 // period.cycle.per_year
    words = [f"(?:1|一)(?:月份?)?[-—~至到]{month}月", f"前{month}个月"]
    words += [f"{'一二三四五六七八九'[month - 1]}个月"] if month < 10 else []
    if month == 6:
        words.append("上半年|前两个?季度|[一1][、-]?[二2]季度")
    if month == 9:
        words.append("前三个?季度")
    if month == 12:
        words.append("全年|年度|一年来")
    if period.cycle is Cycle.HALF_YEAR and period.index == 1:
        words.append("本半年")
    return re.compile("|".join(words))


OWN = re.compile("我[县区市]|全县|全区|本[县区市]|县内|区内")
PART = re.compile("其中|包括|含|之中")
_TOTAL = re.compile("(?:累计|(?<!公)共(?!建|同|享)计?|合计|总计|总数|总共|累积)[^，]{0,10}$")
_CUMULATIVE = re.compile(
    "累计|累积|截至|截止|今年以来|年初以来|年初[至到]|总计|合计|共计|全年(?:共|已|累|合|总)"
    "|(?:年内|今年|本年)(?:已|共|累|合|总)|总数|迄今|至今|至此"
)
_OF_PERIOD = re.compile(
    "本季度?|本月|本期|本半年|第?[一二三四1-4]季度|[上下]半年|[0-9一二三四五六七八九十]+[-—~至到][0-9]+月"
    "|暑期|暑假|寒假|月份|(?<![创更翻重革维])新(?![改型生时闻区媒学冠能兴城材])|又有?"
)
_EVENT = re.compile(
    "[0-9一二三四五六七八九十]+月(?![底末])|[0-9]+日|当[日天]|首[批期场次]|第[一二三四五六七八九十0-9]+[批期场次轮]"
)
