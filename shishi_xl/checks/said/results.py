"""The words round a mention → whether it tells work done, here, this year."""

from __future__ import annotations

import re

from ...kinds.measure import SHARES
from ...period import Period
from ...target import Kind, Target
from .fits import is_made
from .mentions import Mention
from .plans import is_goal, is_plan, is_share_of_goal
from .scopes import OWN


def names_no_result(mention: Mention, target: Target, period: Period, level: str) -> bool:
    """Whether the number is no work done: a plan, a goal, a lack, another year's or place's.

    `target`: whose it may be; what the target itself is about is no objection.
    `level`: 县, 区 or 市, whose figures are the programme's own.
    """
    name = target.name
    return (
        is_plan(mention, period)
        or is_goal(mention)
        or ("占" not in name and is_share_of_goal(mention))
        or _lacking(mention)
        or (mention.measure == "元" and bool(_PRICED.search(mention.before)))
        or _undone(mention, name)
        or _compared(mention, name, period.year)
        or _stock(mention, target)
        or _of_one(mention, name)
        or bool(_BASE.match(mention.after))
        or _elsewhere(mention, target, level)
    )


def is_finished(mention: Mention) -> bool:
    """Whether 建成, 竣工, 投用 and the like stand beside the number."""
    return bool(FINISHED.search(mention.before + "#" + mention.after))


def tells_deed(mention: Mention) -> bool:
    """Whether it says that something was done, and does not only name how many there are."""
    return is_finished(mention) or bool(_DONE.search(mention.before))


def tells_end(mention: Mention) -> bool:
    """Whether the number is said to be done, and not only how many there are: 已改11个."""
    return is_finished(mention) or bool(_ENDED.search(f"{mention.before}#{mention.rest}"))


def _lacking(mention: Mention) -> bool:
    """还差5个, 3所未完工."""
    return bool(_LACKING.search(mention.before) or _LACK_AFTER.match(mention.after))


def _undone(mention: Mention, name: str) -> bool:
    """Whether the number is of something on its way: enrolled, chosen, under construction."""
    if (stage := _DONE_STAGE.match(mention.after)) and stage["stage"] not in name:
        return True
    if _RECEIVED.match(mention.after):
        return False
    before = _ACHIEVED.split(mention.before)[-1]
    listed = _LISTED.search(before)  # 选定千乘、蒲台两个: the verb stands before the list
    before = before[-_NEXT_TO if not listed else -len(listed[0]) - _NEXT_TO :]
    done = max((m.end() for m in FINISHED.finditer(mention.after)), default=0)
    stage = _STAGE_DONE.search(mention.after) or _STAGE_DONE.search(mention.before[-_NEXT_TO:])
    if stage and stage["stage"] not in name:
        return True
    found = [m[0] for m in _UNDONE.finditer(f"{before}#{mention.after[done:]}")]
    if not found and not is_finished(mention):
        found = [m[0] for m in _UNDERWAY.finditer(mention.later)]
        later = "" if _counted(mention.measure, mention.later) else mention.later
        found += [m[0] for m in _TENDERED.finditer(f"{mention.rest}#{later}")]
    return bool(found) and not any(word in name or word[:2] in name for word in found)


def _counted(measure: str, clause: str) -> bool:
    """Whether a clause has a number of its own in the measure: 第二批1249间正在招标."""
    return bool(measure) and bool(re.search(rf"[0-9]{re.escape(measure)}", clause))


def _compared(mention: Mention, name: str, year: int) -> bool:
    """Another year's number, or a difference to one. What is new this year is such a difference."""
    if _CHANGES.search(name):
        return False
    since = _REACHING.split(mention.clause)[
        -1
    ]  # 由年初的4.1个增至4.5个: what stands before is past
    if NEW.search(name) and _ADDED_THIS_YEAR.search(mention.clause):
        return False
    named = [int(y) for y in re.findall(r"(?<![0-9])(20[0-9]{2})年?", since)]
    if _OLD.search(since) or any(y != year for y in named):
        return True
    if mention.measure in SHARES and _RISE.search(mention.clause):
        return True
    added = _DELTA_OF_NEW if NEW.search(name) else _DELTA
    return bool(added.search(mention.clause) or _FROM.search(mention.clause))


def _stock(mention: Mention, target: Target) -> bool:
    """全县5G基站总数1127座: what there is altogether, where the target counts what is new."""
    if target.kind is Kind.LEVEL or "总" in target.name or FINISHED.match(mention.after):
        return False
    if _RECEIVED.match(mention.after):
        return False
    last = mention.earlier[-1] if mention.earlier else ""
    if _EXISTING.search(last) and _OF_THOSE.match(mention.before):
        return True
    said = mention.clause[-14:]
    words = _ALTOGETHER if NEW.search(target.name) or is_made(target) else _EXISTING
    return bool(words.search(said)) and not NEW.search(said)


def _of_one(mention: Mention, name: str) -> bool:
    """平均, 每场, 各: of one among several."""
    if _AVERAGE.search(mention.before) and "平均" not in name and "千人" not in name:
        return True
    return not _EACH_NAME.search(name) and bool(_EACH.search(mention.before))


def _elsewhere(mention: Mention, target: Target, level: str) -> bool:
    """Another place's figure: a higher level's, a neighbour's; of people, one town's."""
    clause, name = mention.clause, target.name
    if OWN.search(clause):
        return False
    above = "全国|全省|省内|山东省" + ("" if level == "市" else "|全市|市级层面")
    if re.search(f"(?<!参加)(?<!获)(?<!居)(?<!列)(?:{above})(?!级)", clause) or _NEIGHBOUR.search(
        clause
    ):
        return True
    graded = _GRADED.search(mention.before)
    if graded and graded["grade"][0] != level and graded["grade"] not in name:
        return True
    if mention.measure == "%" and _OF_A_TOWN.search(mention.before):
        return True
    town = _TOWN.search(mention.before)
    if not town or not _PEOPLE.search(mention.measure) or _AT.search(clause):
        return False
    own = any(town["place"] in unit for unit in target.shares)
    return not own and town["place"][-2:] not in name


FINISHED = re.compile(
    "完工|竣工|建成|交付|投用|投入使用|启用|验收(?!中)|完成|达标|挂牌|开园|结束|公布|命名|发布|通过(?!率)|封闭|落成|(?<!试)运行|运营|投运"
    "|开通|通车|通水|开放|开业|营业(?!执照)|改完|打成|铺完|装完|装好|建好|修好|恢复通行|亮灯|点亮|完毕|到位|就绪|收官"
)
_DONE = re.compile("已|现|实际|完成|累计|共(?!建|同|享)|目前|今年以来|实[施检改建]")
_ENDED = re.compile("已|完成|实际|全部|均")
_PRICED = re.compile("合同[额价]|中标[额价]|预算|概算|估算|列支|控制价|造价|批复")
_NEXT_TO = 10  # characters
_LISTED = re.compile("(?:[^，、]{1,12}、)+[^，、]{0,12}$")
_REACHING = re.compile("(?:增加?|提高|提升|上升|升|下降|降|扩大|上调|增长|达)[至到]")
_RECEIVED = re.compile("[^，]{0,4}(?:得到|获得|接受|受益|完成|竣工|投用|通过验收)")
_ACHIEVED = re.compile("期间完成|评选?出|选出|建成|竣工|发布|公布|命名|验收|达标|评定|完工|投用")
_LACKING = re.compile(
    "(?:未|没有|(?<![时高])尚|还差|还剩|还有|仍有|尚有|剩余|剩下|余下|其余|缺口?(?!陷)|缺少|不足|不到|(?<![接等招对看优])待(?!遇|产|业)|(?<![误偏时温])差(?!异|别)|欠(?!发)|取消|另有|另外?|扣除|除去|除了)[^已]{0,6}$"
)
_LACK_AFTER = re.compile(
    "[^，]{0,8}?(?:未(?!来|成年)|尚|在建|正在(?!使用|运行)|没有|待建|待验|缺口|空缺|未达|不达标|不合格)"
)
_UNDONE = re.compile(
    "报名|推荐|申报|摸排|登记在|预约|意向|遴选|筛选|选定|选取|选择|拟定|确定|招标|立项|设计|选址|开工|在建|施工(?!结束|完)|主体(?!育)|封顶"
    "|二次结构|打桩|桩基|砌筑|浇筑|装修|筹备|征集|候选|初审|(?<!案件)受理(?!案件|[^，]{0,8}案)|申请|走访(?!慰问)|调研|排查|对接|考察|摸底|现有|原有|辖区|布展|安装中|改造中|审核|公示期"
    "|采购|到货|试运行|在岗|立杆|中标|安排资金|参赛|场均|符合条件|有需求|需求|应[检筛训]|启动(?!仪式)|在训|在校|参评|评审中|入围|结转|调度|会议"
    "|评估|签订|签约|协议|审批|进场|勘察|勘测|会商|备案|图审|收尾|涉及|路基|开挖|下达|批复|许可|在册|建档|提名|平整|清表|征收|征地|拆迁"
)
_UNDERWAY = re.compile(
    "^(?:目前|现)[^，]{0,8}(?:[0-9]+%|施工|建设中)|^(?:均|都|全部)正?在(?!使?用|运)|^正在(?:施工|建设|装修|改造|安装)"
)
_STAGE_DONE = re.compile(
    "(?P<stage>主体|装修|基础|路基|设计|招标|土建|封顶|规划|编制|方案|图纸|勘察|手续|鉴定(?=完毕)|测评(?=完毕))[^，]{0,4}(?:完工|竣工|完成|(?<=鉴定|测评)完毕|建成|结束|通过|验收)"
)
_DONE_STAGE = re.compile(
    "[^，、]{0,8}?(?:完成|通过|进入|办[完妥])了?(?:[^，、]{0,4})(?P<stage>主体|装修|基础|路基|设计|招标|土建|封顶|规划|编制|方案|图纸|勘察|手续|选址|选点)"
)
_TENDERED = re.compile("标段|开标|中标|招标|工期|可研|概算|征地")
_OLD = re.compile(
    "去年|上年|上一年|前年|往年|历年|同期|上季度|上期|上半年末|年初(?!以来|[至到])|[较比](?:去|上|年|前|同|一|二|三)|以往|此前|原来"
)
_RISE = re.compile("(?:提高|提升|上升)(?:了|约|近|超过?|逾)?$")
_DELTAS = "上升|下降|减少|高出|多出|同比|环比|上浮|降低|压缩|上调|增幅|降幅|缩短|基础上[^，]{0,6}|(?<!不)高于|(?<!不)低于|超(?:目标|出|序时|任务|计划)|净增|多检|(?<![最至许众大])多"
_DELTA = re.compile(f"(?:{_DELTAS}|增长|增加|扩大)(?:了|约|近|超过?|逾)?$")
_DELTA_OF_NEW = re.compile(
    f"(?:{_DELTAS.replace('基础上', '季度[^，]{0,8}基础上').replace('净增|', '')})(?:了|约|近|超过?|逾)?$"
)
_ADDED_THIS_YEAR = re.compile(
    "[较比](?:去年底|上年末?|年初)[^，]{0,6}(?:新增|增加|净增|扩大)[^，]{0,8}$"
)
NEW = re.compile(
    "(?<![创更翻重革维])新(?![型时闻区媒学冠能兴城材生农])|加装|增设|增加|净增|扩|拓展"
)
_ALTOGETHER = re.compile(
    "总数|总量|总计达|总里程|总面积|总床位|余额|存量|(?<!公)共有|拥有|保有|累计有|现有"
)
_OF_THOSE = re.compile("已|其中|现")
_EXISTING = re.compile("余额|存量|现有|原有|拥有|保有|累计有")
_FROM = re.compile("[由从](?![业事严而优紧速轻重未])[^到至，]{0,12}$")
_CHANGES = re.compile("下降|上浮|提高|增长|提升|降低|增幅|降幅")
_AVERAGE = re.compile("平均|(?<!每)[场人日月户校周]均")
_EACH = re.compile(
    "均(?:在|为|达)|每[一]?[场个人名户天周月村镇校班期年所次季]|各(?:举办|开展|组织|建|有|补助|发放|配备|办)[^，]{0,14}$|各$|[每各][^，]{0,6}各?$"
)
_EACH_NAME = re.compile("每|最少|平均|千人|各")
_BASE = re.compile("[^，、]{0,12}?(?:中|里|当中|之中)的?$|[^，、]{0,10}?中(?:的|已|有)")
_NEIGHBOUR = re.compile("兄弟|周边|邻近|外地|其他(?:区|县|市)|先进地区|外[县区市]")
_GRADED = re.compile("(?P<grade>国家级|省级|市级|区级|县级)(?:表彰|命名|评选|推荐|认定)?$")
_PEOPLE = re.compile("^[人名位户例]")
_AT = re.compile("[在到于赴为对从向]|走进|深入")
_OF_A_TOWN = re.compile("(?<!城)(?:镇|街道)[^，的]{0,8}$")
_TOWN = re.compile(
    "(?<![在到于赴为对由从向])(?:^|其中|、|，)(?P<place>[^，、在到于赴为对由从向]{1,5}(?:(?<!城)镇|街道|乡|村|(?<!城市)社区|(?<!小)区|县|市|校))(?:[^，、的]{0,4})$"
)
