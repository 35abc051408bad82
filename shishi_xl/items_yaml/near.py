"""Names that are most likely one name, written in two ways."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..names import fold
from .survey import Mention, Survey

_SHORTEST = 6  # 区教体局 and 区文体局, 县民政局 and 县财政局 are different units


@dataclass(frozen=True, slots=True)
class Likeness:
    """`mention` is most likely `meant`; `folded` where they differ in width or spaces only."""

    mention: Mention
    meant: Mention
    folded: bool


def find_likenesses(survey: Survey) -> Iterator[Likeness]:
    """Names used once that differ by one character from another, and any that only look alike.

    Names that stand side by side in one item or group are meant, and so is one listed in units:.
    """
    first = {m.name: m for m in reversed((*survey.mentions, *survey.listings))}
    for name, mention in first.items():
        if name in survey.listed:
            continue
        others = [m for m in first.values() if m.name != name and _outranks(survey, m, mention)]
        same = next((m for m in others if fold(m.name) == fold(name)), None)
        if same:
            yield Likeness(mention, same, folded=True)
        elif survey.counts[name] == 1 and len(name) >= _SHORTEST and not survey.is_lost(name):
            together = _companions(survey, mention)
            near = [m for m in others if m.name not in together and differs_by_one(name, m.name)]
            if near:
                yield Likeness(mention, near[0], folded=False)


def nearest(name: str, names: Iterable[str]) -> str:
    """The likeliest of `names`, or ""."""
    return next(iter(difflib.get_close_matches(name, list(names), 1, 0.6)), "")


def differs_by_one(one: str, other: str) -> bool:
    """Whether one character more, less or other makes `one` into `other`."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or one == other:
        return False
    start = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    return short[start + (len(long) == len(short)) :] == long[start + 1 :]


def _outranks(survey: Survey, other: Mention, mention: Mention) -> bool:
    """Whether `other` is the surer of two names: listed, used more often, or written earlier."""

    def rank(m: Mention) -> tuple[bool, int, int, int]:
        return (m.name in survey.listed, survey.counts[m.name], -m.place[0], -m.place[1])

    return rank(other) > rank(mention)


def _companions(survey: Survey, mention: Mention) -> frozenset[str]:
    return frozenset(m.name for m in survey.mentions if m.within == mention.within)
