"""Sentences as units write them, each unlike all others of the corpus."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

_DONE = (
    "召开专题调度会{a}次，走访服务对象{n}户，问题台账逐条销号。",
    "举办业务培训班{a}期，培训骨干{n}人次，考核合格率达到预期。",
    "联合镇街开展入户摸底{n}户，建立一人一档，分{a}批落实帮扶。",
    "印发实施方案，明确责任科室{a}个，完成现场督导{n}次。",
    "组织志愿服务队{a}支，上门服务{n}人次，群众反映良好。",
    "开展集中宣传{a}场，发放明白纸{n}份，推送公众号文章。",
    "完成项目招标和场地勘察，进场施工人员{n}人，主体工程过半。",
    "与{a}家单位签订合作协议，已为{n}名对象建立服务档案。",
    "邀请专家授课{a}场，覆盖家庭{n}个，满意度回访全部完成。",
    "设立服务点{a}处，接待来访{n}人次，调处纠纷及时有效。",
)
_NEXT = (
    "下一步：对照台账查漏补缺，预计再服务{n}人次。",
    "下一步：加快手续办理，确保{n}户全部落实到位。",
    "存在困难：专项资金尚缺{n}元，已报区县财政研究。",
    "第二，选树典型{n}例，编印经验材料供各镇街学习。",
    "二是加强部门联动，交换数据{n}条，定期通报。",
)
# Every one is read as the same day, whatever the checks.
_DEADLINES = (
    "{y}年{m}月{d}日前",
    "{y}年{m}月{d}日",
    "{y}.{m}.{d}",
    "{y}年{m}月{d}日前完成",
    "{m}月{d}日前完成",
    "{y}-{m:02}-{d:02}",
)


@dataclass
class Words:
    """A source of texts. `start` sets a case's numbers apart from those of all others.

    `last`: of the period before; its cumulative figures are lower than any of this period.
    """

    rng: Random
    start: int
    year: int
    last: bool = False
    _count: int = field(default=0)

    def _number(self) -> int:
        self._count += 1
        return self.start + self._count

    def progress(self, paragraphs: int) -> str:
        """What was done, in one paragraph or two."""
        texts = [self.rng.choice(_DONE), *self.rng.sample(_NEXT, paragraphs - 1)]
        return "\n".join(t.format(a=self.rng.randint(2, 9), n=self._number()) for t in texts)

    def deadline(self) -> str:
        """A day after September, in one of several spellings."""
        number = self._number()
        day, pattern = divmod(number, len(_DEADLINES))
        month, day = divmod(day, 28)
        return _DEADLINES[pattern].format(y=self.year, m=10 + month % 3, d=day + 1)

    def figure(self, measure: str) -> str:
        """A cumulative figure in a measure."""
        if measure == "%":
            return "61.5%" if self.last else f"{self.rng.randint(800, 999) / 10:g}%"
        return str((100 if self.last else 5000) + self._number() % 4000)
