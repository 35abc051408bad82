"""The words next to a number → whether they name a thing, or only say how and how far."""

from __future__ import annotations

import re

from .fits import is_specific
from .mentions import Mention
from .results import FINISHED


def say_nothing_else(mention: Mention) -> bool:
    """Whether the words next to the number name nothing: 累计43户, 公布首批26户, 交钥匙5所.

    People are counted for many things in one sentence: 86人参加 is nobody's training.
    """
    before = _FILLER.sub("", mention.before)
    after = "" if _IS_DONE.match(mention.after) else _FILLER.sub("", mention.after)
    if re.match("[人名位]", mention.measure):
        return not before and not after
    if _SUCH_AS.search(mention.before):
        before = ""
    before = _FILLER.sub("", _PLACE.sub("", mention.before)) if before else ""
    return len(before) <= (_A_PHRASE if is_specific(mention.measure) else _A_VERB) and not after


_A_VERB = 3  # characters that say how, not what
_A_PHRASE = 4
_SUCH_AS = re.compile("等$|等地$")
_IS_DONE = re.compile(f"[^，、]{{0,6}}(?:{FINISHED.pattern})")
_PLACE = re.compile("^(?!覆盖|涉及|惠及|服务)[一-鿿]{2,6}(?:镇|街道|乡|村|区|县|市|路|大道|社区)")
_FILLER = re.compile(
    r"[较比](?:去年底|上年末?|年初)(?:增加|新增|净增)?|(?:现已|已经?|又|再)(?:[一-鿿]{1,2}(?=$|#))?|季度末|年内|取得|获得|结业证书|证书|截至|截止|目前|今年以来|今年|年初以来|年初[至到]今|全年|上半年|下半年|前三季度|[一二三四本]季度末?|本期|累计|累积|共[检测训救帮查]|共计?|合计|总计|总数|一共|总共"
    r"|[0-9一二三四五六七八九十]+[年月日](?:份|底|末)?|建成|完成|施工完毕|完毕|举办|开展|组织|新增|实施|公布|发布|评选|评出|评定|选树|命名|揭晓|竣工|完工|投用|投入使用|启用|验收|达标"
    r"|交付|挂牌|改造|改建|扩建|新建|打造|通过|考核|学员|结业|合格|首批|经|评审|审定|认定|最少|最低|不少于|至少|一场|第[一二三四五六七八九十]+[批期]|其中|即|为|达到?|到|了|约|近|超过?|逾|实现|均|全部|全县|全区|全市|我[县区市]"
    r"|[县区市]级|表彰|任务|进校园|进社区|线上线下|检查|实际|开放|分别|再|又|办理|活动|先后|陆续|也|则|是|有|的|第|#|[、和及与“”\"（）()\s]"
)
