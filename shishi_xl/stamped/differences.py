"""A copy's printed text × the answers that count → Differences; paper never fills anything in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from ..copies import Difference, StampedPage
from ..names import fold
from ..problems import Place

_KEPT = re.compile(r"[^\w.%+-]|_|(?<!\d)\.|\.(?!\d)")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LIKE, _READ_LIKE = 0.6, 0.9  # likeness from which on a text is found; and is the same, if by eye
_SHORT = 4  # characters that are not looked for in the middle of other words
_LONGEST, _MOST_PAGES = 20_000, 40  # characters on a page, pages: more is no form
_PIECE = 6  # characters at least on each side of a page's end
_DATE = re.compile(
    r"\d{4}年(?:\d{1,2}月)?(?:上旬|中旬|下旬|底|末|\d{1,2}日)?(?:前|底)?|\d{4}[.-]\d{1,2}(?:[.-]\d{1,2})?"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer as the electronic return has it. `date`: whether it is a 完成时限.

    `row`: what stands before it in its row, the item's name and then the units'.
    """

    item: str
    column: str
    text: str
    place: Place
    date: bool = False
    row: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's text: `plain` to compare, `shown` for people, `at`: where each plain letter stands."""

    plain: str
    shown: str
    at: tuple[int, ...]

    def words(self, start: int, end: int) -> str:
        """The text between two places of `plain`, with its punctuation."""
        if start >= end:
            return ""
        following = self.at[end] if end < len(self.at) else len(self.shown)
        return self.shown[self.at[start] : following].strip("，、；：:,; ")


@dataclass(frozen=True, slots=True)
class _Print:
    """A copy's text, page after page. `by_sight`: it was read from a picture."""

    pages: tuple[_Page, ...]
    by_sight: bool


def differences(
    pages: Sequence[StampedPage], title: str, typed: Iterable[Typed]
) -> tuple[Difference, ...]:
    """Where the pages say other words or figures than the answers, in the answers' order.

    Nothing is compared where the title cannot be read: there is no text, or none to rely on.
    """
    printed = _Print(
        tuple(_page(page.text[:_LONGEST]) for page in pages[:_MOST_PAGES]),
        any(page.by_sight for page in pages),
    )
    if not any(plain(title) in page.plain for page in printed.pages):
        return ()
    every = tuple(typed)
    dates = _dates(printed, every)
    found = (dates.get(a) if a.date else _compared(printed, a) for a in every)
    return tuple(difference for difference in found if difference)


def plain(text: str) -> str:
    """Letters, digits and what belongs to figures: lines are broken anywhere on paper."""
    return _KEPT.sub("", fold(text))


def _page(text: str) -> _Page:
    shown = "".join(text.split())
    letters = [(letter, i) for i, character in enumerate(shown) for letter in fold(character)]
    folded = "".join(letter for letter, _ in letters)
    gone = {i for m in _KEPT.finditer(folded) for i in range(*m.span())}
    kept = [(letter, at) for i, (letter, at) in enumerate(letters) if i not in gone]
    return _Page("".join(letter for letter, _ in kept), shown, tuple(at for _, at in kept))


def _compared(printed: _Print, answer: Typed) -> Difference | None:
    words = plain(answer.text)
    if not words or _stands(printed, words):
        return None
    said = _nearest(printed, words)
    if printed.by_sight and (not said or _reads_alike(plain(said), words)):
        return None
    said = said or _in_its_row(printed, answer)
    if not said:
        return None
    return Difference(answer.item, answer.column, said, answer.text, answer.place)


def _dates(printed: _Print, typed: Sequence[Typed]) -> dict[Typed, Difference]:
    """The deadlines that stand nowhere, each with the printed date that is nobody's; none where
    these are not as many: then it cannot be told which belongs to which."""
    missing = [a for a in typed if a.date and plain(a.text) and not _stands(printed, plain(a.text))]
    known = [plain(a.text) for a in typed]
    every = (m[0] for page in printed.pages for m in _DATE.finditer(page.plain))
    free = [d for d in dict.fromkeys(every) if not any(d in text for text in known)]
    if len(free) != len(missing):
        return {}
    return {
        answer: Difference(answer.item, answer.column, date, answer.text, answer.place)
        for answer, date in zip(missing, free, strict=True)
    }


def _stands(printed: _Print, words: str) -> bool:
    """Whether the words stand there as they are: on a page, or over the end of one."""
    texts = [page.plain for page in printed.pages]
    if any(words in text for text in texts):
        return True
    return any(
        words[:cut] in text and words[cut:] in following
        for text, following in pairwise(texts)
        for cut in range(_PIECE, len(words) - _PIECE + 1)
    )


def _nearest(printed: _Print, words: str) -> str:
    """What stands where the words should stand; "" where that cannot be told."""
    found = list(_windows(printed, words))
    likeness, said = max(found, default=(0.0, ""))
    return said if likeness >= _LIKE else ""


def _windows(printed: _Print, words: str) -> Iterator[tuple[float, str]]:
    """Stretches of print about the longest run that they share with the words, and how like."""
    if len(words) < _SHORT:
        return
    for page in printed.pages:
        match = SequenceMatcher(None, page.plain, words, autojunk=False).find_longest_match()
        if match.size * 4 < len(words):
            continue
        start = max(0, match.a - match.b)
        window = page.plain[start : start + len(words) + len(words) // 5]
        end = start + _end(window, words)
        yield _likeness(page.plain[start:end], words), page.words(start, end)


def _end(window: str, words: str) -> int:
    """Where the words would end, counted from the last run that is in both."""
    blocks = SequenceMatcher(None, window, words, autojunk=False).get_matching_blocks()
    ends = [b.a + len(words) - b.b for b in blocks if b.size > 1]
    return min(len(window), ends[-1] if ends else len(words))


def _in_its_row(printed: _Print, answer: Typed) -> str:
    """What stands between the row's units and a deadline; "" where the row cannot be found."""
    name, *units = map(plain, answer.row or ("",))
    for page in printed.pages:
        if not name or plain(answer.column) not in page.plain:
            continue
        for start in (m.end() for m in re.finditer(re.escape(name), page.plain)):
            answered = _after_units(page.plain, start, units)
            deadline = _DATE.search(page.plain, answered)
            if answered > start and deadline and deadline.start() - answered >= _SHORT:
                return page.words(answered, deadline.start())
    return ""


def _after_units(text: str, start: int, units: Sequence[str]) -> int:
    """Where the names of the row's units end that begin at `start`."""
    left = list(units)
    while unit := next((u for u in left if u and text.startswith(u, start)), ""):
        left.remove(unit)
        start += len(unit)
    return start


def _likeness(window: str, words: str) -> float:
    return SequenceMatcher(None, window, words, autojunk=False).ratio()


def _reads_alike(said: str, words: str) -> bool:
    """Whether what was read differs but as reading by eye does: no figure, and hardly a letter."""
    return _DIGITS.findall(said) == _DIGITS.findall(words) and _likeness(said, words) >= _READ_LIKE
