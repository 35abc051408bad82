"""Names that are most likely one name, written in two ways."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..names import fold
from .node import Place
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
    order = {name: at for at, name in enumerate(first)}
    folded, near = _shelves(first, _folded), _shelves(first, _gaps)
    together = _companions(survey)
    for name, mention in first.items():
        if name in survey.listed:
            continue
        same = next(_surer(survey, mention, (first[n] for n in folded[fold(name)])), None)
        if same:
            yield Likeness(mention, same, folded=True)
        elif survey.counts[name] == 1 and len(name) >= _SHORTEST and not survey.is_lost(name):
            close = sorted(
                {n for gap in _gaps(name) for n in near.get(gap, ())}, key=order.__getitem__
            )
            apart = (n for n in close if n not in together[mention.within])
            meant = (first[n] for n in apart if differs_by_one(name, n))
            if other := next(_surer(survey, mention, meant), None):
                yield Likeness(mention, other, folded=False)


def _shelves(
    names: Iterable[str], keys: Callable[[str], Iterable[str]]
) -> Mapping[str, Sequence[str]]:
    """Key → the names that have it, in their order: a nation has 10,000 names to compare."""
    found: dict[str, list[str]] = {}
    for name in names:
        for key in dict.fromkeys(keys(name)):
            found.setdefault(key, []).append(name)
    return found


def _folded(name: str) -> Iterable[str]:
    return (fold(name),)


def _gaps(name: str) -> Iterable[str]:
    """The name, and the name without each of its characters: two that differ by one share one."""
    return (name, *(name[:at] + name[at + 1 :] for at in range(len(name))))


def _surer(survey: Survey, mention: Mention, others: Iterable[Mention]) -> Iterator[Mention]:
    return (m for m in others if m.name != mention.name and _outranks(survey, m, mention))


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


def _companions(survey: Survey) -> Mapping[Place, set[str]]:
    """The names of each item or group."""
    found: dict[Place, set[str]] = {}
    for mention in survey.mentions:
        found.setdefault(mention.within, set()).add(mention.name)
    return found
