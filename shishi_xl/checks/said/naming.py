"""An item's targets and words round a number → how much of each target's name stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from ...model import Item
from ...target import Target


@dataclass(frozen=True)
class Names:
    """The names of an item's targets, each weighed by what tells it from the others."""

    item: Item

    @cached_property
    def features(self) -> Mapping[str, Mapping[str, Decimal]]:
        """Target → the pairs of characters of its name, weighed by how few targets have them."""
        own = {t.id: _worth(bare_name(t)) for t in self.item.targets}
        count = Counter(pair for pairs in own.values() for pair in pairs)
        return {
            target: {p: w / count[p] for p, w in pairs.items()} for target, pairs in own.items()
        }

    def weight(self, target: Target, words: str) -> Decimal:
        """How much of the target's name stands in the words."""
        found = pairs_of(words)
        return sum((w for p, w in self.features[target.id].items() if p in found), Decimal(0))


def _worth(name: str) -> Mapping[str, Decimal]:
    """The pairs of a name, and what may be short for it: 安防 for 安全防护, 辅具 for 辅助器具."""
    text = _one_word(name)
    worth = {text[i] + text[i + 2]: _SHORT for i in range(len(text) - 2)}
    worth |= {text[i] + text[i + 3]: _SHORT for i in range(len(text) - 3)}
    return worth | {p: GENERIC if _COMMON.fullmatch(p) else Decimal(1) for p in pairs_of(name)}


def is_own(pair: str) -> bool:
    """Whether a pair of a name is not one that many names have: 建设, 项目."""
    return not _COMMON.fullmatch(pair)


def bare_name(target: Target) -> str:
    """A target's name without what stands in brackets."""
    return re.sub(r"[(（].*?[)）]", "", target.name)


@lru_cache(maxsize=4096)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, words of one meaning made one."""
    text = _one_word(text)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _one_word(text: str) -> str:
    for pattern, word in _SYNONYMS:
        text = pattern.sub(word, text)
    return _PUNCTUATION.sub("", text)


GENERIC = Decimal("0.2")
_SHORT = Decimal("0.5")
_COMMON = re.compile(
    "人数|活动|建设|项目|工作|完成|全市|全县|全区|儿童|妇女|女性|家庭|服务|教育|新增|累计|开展|青年|实施|学生|市级|县级|区级"
    "|免费|健康|场次|机构|示范|改造|新建|公共|工程|设施"
)
_PUNCTUATION = re.compile(r"[“”\"'‘’《》〈〉【】·\s—-]|的")
_SYNONYMS = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        ("筛查|初筛|早筛|实查|已查|应查|查体|体检|受检|已筛|实检|已检|检查|普查", "检查"),
        ("监测|测试|检测|体测|抽测", "监测"),
        ("培训|实训|参训|轮训|受训|结业|训练|集训|研修|培育", "培训"),
        ("讲座|讲堂|宣讲|巡讲|开讲|讲课|授课|课堂", "讲座"),
        ("公办园|幼儿园|园所|[小大新]园", "幼儿园"),
        ("学校|中学|小学", "中小学"),
        ("线路|班线|专线", "专线"),
        ("慰问|看望|走访", "走访"),
        ("绘本|读书|故事会|阅读", "阅读"),
        ("交友|相亲|联谊", "联谊"),
        ("普法|法制|法治", "法治"),
        ("资助|帮扶|救助", "救助"),
        ("社区(?=达标|创建)", "社区"),
        ("宣传|科普宣传", "宣传"),
        ("乳腺癌|宫颈癌|“?两癌”?", "两癌"),
        ("案子|案件", "案件"),
        ("比重|占比|比率|比例", "比例"),
        ("受众|观众", "受众"),
        ("车位|泊位|停车位", "泊位"),
        ("改厕|户厕改造|户厕|卫生厕所改造|卫生厕所", "户厕"),
        ("管道|管线|管网", "管网"),
        ("打井|机井|水井|水源井", "水源井"),
        ("辅助器具|辅具", "辅具"),
        ("食堂|助餐点|餐厅", "食堂"),
        ("电影|影片", "电影"),
        ("受益|惠及|受惠", "受益"),
        ("灯具|路灯|照明灯", "路灯"),
    )
)
