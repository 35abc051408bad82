"""A text and an item's targets → which number speaks of which target."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from ...kinds.measure import split_factor
from ...model import Item
from ...period import Period
from ...target import Target
from .choice import choose
from .fits import fits, in_measure_of, is_built, is_specific
from .mentions import Finder, Mention
from .naming import GENERIC, Names
from .own_words import say_nothing_else
from .plans import is_goal, is_plan
from .results import names_no_result, tells_deed, tells_end
from .scopes import is_part, is_total, scope_of
from .sums import sums
from .tie import Tie


@dataclass(frozen=True)
class Reader:
    """Reads texts about one item in one period. `level`: 县, 区 or 市."""

    item: Item
    period: Period
    level: str

    @cached_property
    def names(self) -> Names:
        return Names(self.item)

    @cached_property
    def finder(self) -> Finder:
        measures = frozenset(split_factor(t.measure)[0] for t in self.item.targets if t.measure)
        return Finder(measures, tuple(t.name for t in self.item.targets))

    def ties(self, text: str) -> Mapping[str, tuple[Tie, ...]]:
        """Target → the numbers of work done that speak of it, in the text's order."""
        mentions = self.finder.find(text)
        tied = {m: t for m in mentions if (t := self._tie(m))}
        for whole, parts in sums(mentions):
            sure = whole.value >= _SMALL or is_total(whole) or parts[0].clause[:1] in ("(", "（")
            if sure and any(p in tied for p in parts):
                self._settle(tied, whole, parts)
        found: dict[str, list[Tie]] = {}
        for target, tie in tied.values():
            found.setdefault(target.id, []).append(tie)
        return {target: tuple(ties) for target, ties in found.items()}

    def _settle(
        self, tied: dict[Mention, tuple[Target, Tie]], whole: Mention, parts: Sequence[Mention]
    ) -> None:
        """Of 22个村 = 完工9个 + 在建10个 + 未开工3个 the 9 counts; of 13场 = 3场 + 10场 the 13."""
        targets = {tied[p][0].id: tied[p][0] for p in parts if p in tied}
        if len(targets) > 1:
            tied.pop(whole, None)
            return
        target = next(iter(targets.values()))
        undone = any(names_no_result(p, target, self.period, self.level) for p in parts)
        if undone and not is_total(whole):
            tied.pop(whole, None)
        elif not is_goal(whole) and not is_plan(whole, self.period):
            if whole in tied and not undone:
                tied[whole] = (tied[whole][0], replace(tied[whole][1], summed=True))
            for part in set(parts) & tied.keys():
                tied[part] = (tied[part][0], replace(tied[part][1], part=True))

    def stated(self, text: str) -> Mapping[str, Tie]:
        """Target → the one number that the text gives for it; none where several contend."""
        targets = {t.id: t for t in self.item.targets}
        chosen = ((t, choose(targets[t], ties)) for t, ties in self.ties(text).items())
        return {target: tie for target, tie in chosen if tie}

    def _tie(self, mention: Mention) -> tuple[Target, Tie] | None:
        """The target that fits best, if one does clearly."""
        scored = self._scored(mention, [t for t in self.item.targets if fits(t, mention)])
        if len(scored) > 1 and scored[0][0] < scored[1][0] * _CLEARLY:
            scored = self._told_apart(mention, scored)
        if not scored or scored[0][0] <= 0:
            return None
        strength, target = scored[0]
        value = in_measure_of(target, mention)
        if value is None or names_no_result(mention, target, self.period, self.level):
            return None
        if self._is_whole_work(target, mention, value) or self._is_headed_else(target, mention):
            return None
        unit = mention.unit * value / mention.value if mention.value else mention.unit
        return target, Tie(
            mention, value, unit, scope_of(mention, self.period), strength, is_total(mention),
            is_part(mention),
        )  # fmt: skip

    def _is_whole_work(self, target: Target, mention: Mention, value: Decimal) -> bool:
        """今年改造小区11个，方案已公示; 3条断头路，…: the goal, before the year's end, with no deed."""
        early = self.period.index < self.period.cycle.per_year
        whole = value == target.goal.number and mention.measure != "%"
        if not early or not whole or tells_end(mention):
            return False
        plain = not mention.rest and not _DONE_WORD.search(mention.before)
        alone = not mention.clause or (plain and is_specific(mention.measure))
        alone = alone and not _ENDS.match(mention.later)
        return alone or (is_built(target) and "今年" in mention.clause)

    def _scored(self, mention: Mention, targets: list[Target]) -> list[tuple[Decimal, Target]]:
        """How much of each target's name stands round the number, the most first.

        What is nearest decides; where it names nothing, the rest of the clause does, then the
        clauses before it, where the number's own words name nothing else.
        """
        near = [(self._near(mention, t), t) for t in targets]
        wide = [
            (self.names.weight(t, mention.clause + "#" + mention.after) * _FARTHER, t)
            for t in targets
        ]
        for scored in (near, wide):
            if any(w >= _LEAST for w, _ in scored):
                told = [(self._told(mention, t, w, scored is near), t) for w, t in scored]
                return sorted(told, key=lambda s: -s[0])
        if not mention.measure:
            return []
        if not say_nothing_else(mention):
            return self._headed(mention, targets)
        return self._carried(mention, targets)

    def _carried(self, mention: Mention, targets: list[Target]) -> list[tuple[Decimal, Target]]:
        """By the clauses before; else the only target that the number can be of."""
        for distance, words in enumerate(reversed(mention.earlier[-_FARTHEST:]), 1):
            scored = [
                (self._told(mention, t, self.names.weight(t, words), False), t) for t in targets
            ]
            if any(w >= _LEAST for w, _ in scored):
                share = _CARRIED / distance
                return sorted(((w * share, t) for w, t in scored), key=lambda s: -s[0])
        if mention.previous and is_specific(mention.measure) and tells_deed(mention):
            words = "#".join(mention.previous)
            scored = [
                (self._told(mention, t, self.names.weight(t, words), False), t) for t in targets
            ]
            if any(w >= _LEAST for w, _ in scored):
                return sorted(((w * _ALONE, t) for w, t in scored), key=lambda s: -s[0])
        return [
            (_ALONE, t)
            for t in targets
            if self._is_only(t, mention)
            and (mention.measure in t.measure or not is_specific(mention.measure))
        ]

    def _headed(self, mention: Mention, targets: list[Target]) -> list[tuple[Decimal, Target]]:
        """By the heading just before the colon, of what is counted in a measure of its own."""
        heading = mention.earlier[-1] if mention.earlier else ""
        if not heading.endswith((":", "：", "方面")) or not is_specific(mention.measure):
            return []
        scored = [(self.names.weight(t, heading), t) for t in targets]
        told = tells_deed(mention) and any(w >= _LEAST for w, _ in scored)
        return sorted(((w * _ALONE, t) for w, t in scored), key=lambda s: -s[0]) if told else []

    def _is_headed_else(self, target: Target, mention: Mention) -> bool:
        """二次供水：已改5个小区4080户: whether the heading names another target, and not this one."""
        headings = [e for e in mention.earlier if e.endswith((":", "：", "方面"))]
        words = headings[-1] if headings else ""
        said = {t.id: self.names.weight(t, words) for t in self.item.targets}
        own = said.pop(target.id)
        other = max(said.values(), default=_LEAST)
        near = self.names.weight(target, mention.before)
        return own < _LEAST and other >= _NAMED and near < other

    def _told_apart(
        self, mention: Mention, scored: list[tuple[Decimal, Target]]
    ) -> list[tuple[Decimal, Target]]:
        """Which of two is meant where the number's own words fit both: what was spoken of last."""
        alike = [(w, t) for w, t in scored if w * _CLEARLY > scored[0][0]]
        said = ((mention.before, GENERIC), (mention.clause, _LEAST))
        for words, least in (*said, *((e, _LEAST) for e in reversed(mention.earlier))):
            told = sorted(
                ((self.names.weight(t, words), w, t) for w, t in alike), key=lambda s: -s[0]
            )
            if told[0][0] >= least and told[0][0] >= told[1][0] * _CLEARLY:
                return [told[0][1:]]
        return []

    def _near(self, mention: Mention, target: Target) -> Decimal:
        return self.names.weight(target, mention.before) + self.names.weight(target, mention.after)

    def _told(self, mention: Mention, target: Target, weight: Decimal, near: bool) -> Decimal:
        """The weight, more where the clause as a whole, or the one before, speaks of the target."""
        if not mention.measure and weight < _UNMEASURED:
            return Decimal(0)
        if near and weight:
            weight += self.names.weight(target, mention.clause) * GENERIC / 2
            if mention.earlier:
                weight += self.names.weight(target, mention.earlier[-1]) * GENERIC / 2
        said = mention.clause + mention.after
        for name, words in _QUALIFIED:
            if name.search(target.name):
                weight *= 2 if words.search(said) else _HALF
        return weight

    def _is_only(self, target: Target, mention: Mention) -> bool:
        """Whether the number, which says nothing of its own, can be of no other target."""
        fitting = [t for t in self.item.targets if in_measure_of(t, mention) is not None]
        return (
            fitting == [target]
            and target.measure != "%"
            and bool(_DONE_WORD.search(mention.before))
        )


_ENDS = re.compile("已|现已|均|都|全部|全面|如期|按期")
_LEAST = Decimal("0.3")
_CLEARLY = Decimal("1.25")
_FARTHER = Decimal("0.6")
_CARRIED = Decimal("0.5")
_ALONE = Decimal("0.1")
_UNMEASURED = Decimal("1.2")
_NAMED = Decimal(1)
_FARTHEST = 4
_SMALL = 10  # below it numbers add up by chance
# A target of this name is meant where such words stand by, and hardly elsewhere.
_QUALIFIED = (
    (re.compile("最少"), re.compile("最少|最低|不少于|至少|每|各[区市县镇]")),
    (re.compile("千人"), re.compile("千人")),
)
_HALF = Decimal("0.5")
_DONE_WORD = re.compile(
    "已|截至|目前|累计|共|合计|总计|建成|完成|举办|开展|竣工|交付|公布|发布|评选?出|挂牌|启用|新增|检查|培训"
)
