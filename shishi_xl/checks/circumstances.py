"""The words round a mention → what it is: what has been done, or a plan, a goal, another year's."""

from __future__ import annotations

import re
from enum import StrEnum

from ..period import Cycle, Period
from .mentions import Mention


class Scope(StrEnum):
    """What a number of work done covers."""

    CUMULATIVE = "累计"
    OPEN = "未说明"
    PERIOD = "本期"
    EVENT = "一次"


def names_no_result(mention: Mention, name: str, period: Period, level: str) -> bool:
    """Whether the number is no work done: a plan, a goal, a lack, another year's or place's.

    `name`: of the target that it may be; what the target itself is about is no objection.
    `level`: 县, 区 or 市, whose figures are the programme's own.
    """
    clause = mention.clause
    since = _REACHING.split(clause)[-1]  # 由年初的4.1个增至4.5个: what stands before is past
    if (
        _planned(mention, period)
        or _LACKING.search(mention.before)
        or _LACK_AFTER.match(mention.after)
    ):
        return True
    if _GOAL_AFTER.match(mention.after) or _undone(mention, name):
        return True
    if "占" not in name and _SHARE_OF_GOAL.search(clause):
        return True
    if not _CHANGES.search(name) and _other_year(since, period.year):
        return True
    if not _CHANGES.search(name) and (_DELTA.search(clause) or _FROM.search(clause)):
        return True
    if _AVERAGE.search(mention.before) and "平均" not in name and "千人" not in name:
        return True
    if not _EACH_NAME.search(name) and _EACH.search(mention.before):
        return True
    if _BASE.match(mention.after) or _same_measure_follows(mention):
        return True
    return _elsewhere(mention, level)


def is_part(mention: Mention) -> bool:
    """其中 and the like: a part of what was said before."""
    if _OWN.search(mention.clause):
        return False
    if _PART.search(mention.clause):
        return True
    last = mention.earlier[-1] if mention.earlier else ""
    return bool(_PART.search(last)) and not _TOTAL.search(mention.clause)


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
    words = [f"(?:1|一)(?:月份?)?[-—~至到]{month}月", "今年以来", "年初以来"]
    if month == 6:
        words.append("上半年|前两个?季度|[一1][、-]?[二2]季度")
    if month == 9:
        words.append("前三个?季度")
    if month == 12:
        words.append("全年|年度|一年来")
    if period.cycle is Cycle.HALF_YEAR and period.index == 1:
        words.append("本半年")
    return re.compile("|".join(words))


def _planned(mention: Mention, period: Period) -> bool:
    """Whether the last of plan and deed in what leads up to the number is a plan."""
    if _PLAN_AFTER.search(mention.after):
        return True
    if _DEED.search(mention.after):
        return False
    for at, text in enumerate((mention.clause, *reversed(mention.earlier))):
        lead, hint = _last(_LEAD, text), _last(_PLAN, text) if at == 0 else -1
        fact = _last(_FACT, text)
        deed = max(_last(_DEED, text), _last(_elapsed(period), text), fact)
        if max(lead, hint, deed) >= 0:
            return lead > fact or hint > deed
    return False


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


def _undone(mention: Mention, name: str) -> bool:
    """Whether the number is of something on its way: enrolled, chosen, under construction."""
    if _RECEIVED.match(mention.after):
        return False
    before = _ACHIEVED.split(mention.before)[-1]
    found = [m[0] for m in _UNDONE.finditer(f"{before}#{mention.after}#{mention.rest}")]
    return bool(found) and not any(word in name or word[:2] in name for word in found)


def _other_year(clause: str, year: int) -> bool:
    named = [int(y) for y in re.findall(r"(?<![0-9])(20[0-9]{2})年?", clause)]
    return bool(_OLD.search(clause)) or any(y != year for y in named)


def _same_measure_follows(mention: Mention) -> bool:
    """5个场景已建成2个: the first is what there is to do."""
    follows = _OF_THESE.match(mention.rest)
    return bool(follows) and mention.measure in (follows["measure"] if follows else "")


def _elsewhere(mention: Mention, level: str) -> bool:
    """Another place's figure: a higher level's, a neighbour's; of people, one town's."""
    clause = mention.clause
    if _OWN.search(clause):
        return False
    above = "全国|全省|省内|山东省" + ("" if level == "市" else "|全市|市级层面")
    if re.search(f"(?:{above})(?!级)", clause) or _NEIGHBOUR.search(clause):
        return True
    return bool(
        _PEOPLE.search(mention.measure) and _TOWN.search(mention.before)
    ) and not _AT.search(clause)


_PLAN = re.compile(
    "计划|(?<!模)拟(?!合)|将(?!军)|预计|预期|力争|争取|确保|下[一]?步|下[一个]*(?:季度|阶段|月)|接下来|后续|目标|任务|指标"
    "|年内[要拟]|年内|年底前|应(?:筛|检|训|建|改|参)|须|需要?|要建|要求|打算|准备|着手|规划|明年|来年|安排(?!了)|还要|原定"
    "|全年(?:要|应|须|拟)|到年底|[0-9]+月底前(?!已)|再"
)
# What governs the clauses that follow, too.
_LEAD = re.compile(
    "计划|(?<!模)拟(?!合)|预计|力争|争取|确保|下[一]?步|下[一个]*(?:季度|阶段|月)|接下来|后续|年内[要拟]|打算|明年|来年|全年(?:要|须|拟)"
)
_REACHING = re.compile("(?:增加?|提高|提升|上升|升|下降|降|扩大|上调|增长|达)[至到]")
# What is a fact in any case; 力争建成 and 计划完成 are none.
_FACT = re.compile("目前|已|截至|截止|现有|实际|累计|今年以来|结束|季度末|超额")
_RECEIVED = re.compile("[^，]{0,4}(?:得到|获得|接受|受益|完成|竣工|投用|通过验收)")
_ACHIEVED = re.compile("评选?出|选出|建成|竣工|发布|公布|命名|验收|达标|评定")
_DEED = re.compile(
    "目前|已|截至|截止|现有?|实际|完成|建成|共(?!建|同|享)|累计|今年以来|启用|投用|竣工|举办了|开展了|实现|新增|合计|结业|发布|公布"
)
_PLAN_AFTER = re.compile("^.{0,8}(?:拟|计划|将于|将在|预计|待|定于|安排在)")
_LACKING = re.compile(
    "(?:未|没有|尚|还差|还剩|还有|仍有|尚有|剩余|剩下|余下|其余|缺口?|缺少|不足|不到|差|欠|取消|另有|另外?|扣除|除)[^已]{0,6}$"
)
_LACK_AFTER = re.compile(
    "[^，]{0,8}?(?:未(?!来|成年)|尚|在建|正在(?!使用|运行)|没有|待建|待验|缺口|空缺|未达|不达标|不合格)"
)
_SHARE_OF_GOAL = re.compile(
    "(?:任务|计划|目标|指标|总数|总量|应检|总任务)[数量人]*的(?:约|近|超)?$|(?:进度|完成率|完成比例|序时)(?:达到?|为|是)?(?:约|近|超)?$"
    "|完成[^，]{0,8}(?:任务|目标|计划)[数量]?(?:约|近|超过)?$"
)
_GOAL_AFTER = re.compile("[^已完]{0,4}?(?:的)?(?:年度|全年|既定|总|阶段)?(?:目标|任务|指标|计划数)")
_UNDONE = re.compile(
    "报名|推荐|申报|摸排|登记在|预约|意向|遴选|筛选|选定|选取|选择|拟定|确定|招标|立项|设计|选址|开工|在建|施工(?!结束|完)|主体(?!育)|封顶"
    "|装修|筹备|征集|候选|初审|受理|申请|走访(?!慰问)|调研|排查|对接|考察|摸底|现有|原有|辖区|布展|安装中|改造中|审核中|公示期"
    "|采购|中标|拨付|安排资金|参赛|投放|场均|符合条件|有需求|需求|应[检筛训]|启动(?!仪式)|在训|在校|参评|评审中|入围|结转|调度|会议"
)
_OLD = re.compile(
    "去年|上年|上一年|前年|往年|历年|同期|上季度|上期|上半年末|年初(?!以来)|[较比](?:去|上|年|前|同|一|二|三)|以往|此前|原来"
)
_DELTA = re.compile(
    "(?:增长|提高|提升|上升|下降|减少|增加|高出|多出|同比|环比|上浮|降低|压缩|上调|增幅|降幅|扩大|缩短|高于|低于)(?:了|约|近|超过?|逾)?$"
)
_FROM = re.compile("[由从](?![业事严而优紧速轻重未])[^到至，]{0,12}$")
_CHANGES = re.compile("下降|上浮|提高|增长|提升|降低|增幅|降幅")
_AVERAGE = re.compile("平均|[场人日月户校周]均")
_EACH = re.compile(
    "均(?:在|为|达)|每[一]?[场个人名户天周月村镇校班期年所次季]|各(?:举办|开展|组织|建|有|补助|发放|配备)?$|[每各][^，]{0,6}各?$"
)
_EACH_NAME = re.compile("每|最少|平均|千人|各")
_BASE = re.compile("[^，、]{0,12}?(?:中|里|当中|之中)的?$|[^，、]{0,10}?中(?:的|已|有)")
_OF_THESE = re.compile(
    r"(?:[^，、0-9]{1,16}?)(?:中的?|已|现已|目前)(?:[^，、0-9]{0,8}?)[0-9一二三四五六七八九十两]+(?P<measure>[^0-9，、]{1,2})"
)
_PART = re.compile("其中|包括|含|之中")
_TOTAL = re.compile("(?:累计|共计?|合计|总计|总数|总共|累积)[^，]{0,10}$")
_CUMULATIVE = re.compile(
    "累计|累积|截至|截止|今年以来|年初以来|总计|合计|共计|全年(?:共|已|累|合|总)|(?:年内|今年|本年)(?:已|共|累|合|总)|总数|迄今|至今|至此"
)
_OF_PERIOD = re.compile(
    "本季度?|本月|本期|本半年|第?[一二三四1-4]季度|[上下]半年|[0-9一二三四五六七八九十]+[-—~至到][0-9]+月|暑期|暑假|寒假|月份|新(?![改型生时闻区媒学冠能兴城材])|又有?"
)
_EVENT = re.compile(
    "[0-9一二三四五六七八九十]+月(?![底末])|[0-9]+日|当[日天]|首[批期场次]|第[一二三四五六七八九十0-9]+[批期场次轮]"
)
_OWN = re.compile("我[县区市]|全县|全区|本[县区市]|县内|区内")
_NEIGHBOUR = re.compile("兄弟|周边|邻近|外地|其他(?:区|县|市)|先进地区|外[县区市]")
_PEOPLE = re.compile("^[人名位户例]")
_AT = re.compile("[在到于赴为对从向]|走进|深入")
_TOWN = re.compile(
    "(?<![在到于赴为对由从向])(?:^|其中|、|，)[^，、在到于赴为对由从向]{1,5}(?:镇|街道|乡|村|社区|区|县|市|校)(?:[^，、的]{0,4})$"
)
