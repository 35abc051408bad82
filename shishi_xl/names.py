"""Programme → Names: which unit a piece of text speaks of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .marks import FormCode, programme_hash, unit_hashes
from .model import Item, Programme


def fold(text: str) -> str:
    """Text for comparison: width folded, without white space and control characters."""
    plain = unicodedata.normalize("NFKC", text)
    if plain.isprintable():  # no white space but blanks, no control characters
        return plain.replace(" ", "")
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c)[0] != "C")


def fold_words(text: str) -> str:
    """`fold`, and without punctuation: “心希望” and "心希望" are one."""
    plain = fold(text)
    if plain.isalnum():
        return plain
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LN")


_CIRCLED = {ord("①") + n: f"{n + 1}." for n in range(20)}
_NUMBERING = re.compile(r"第?\(?[0-9一二三四五六七八九十]{1,3}(?:[.、,:)]|[件项][.、,:]?)+(?=\w)")


def without_number(name: str) -> str:
    """An item's name, folded, without the number that people put before it: 1.、（一）、①."""
    return _NUMBERING.sub("", fold(name.translate(_CIRCLED)), count=1)


@dataclass(frozen=True)
class Names:
    """Every name under which a unit or collected group is known: as listed, never by likeness."""

    programme: Programme

    @cached_property
    def _known(self) -> dict[str, str]:
        holders = set(self.holders)
        pairs = [(name, name) for name in self.holders]
        for unit in self.programme.units.values():
            if unit.name in holders:
                pairs += [(other, unit.name) for other in unit.aliases + unit.formerly]
        return {fold(name): unit for name, unit in reversed(pairs)}

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """All units and collected groups that hold a form in some period of the programme."""
        every = (self.programme.form_holders(p) for p in self.programme.periods)
        return tuple(dict.fromkeys(name for names in every for name in names))

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """First character → the lengths of the names that begin with it, the longest first.

        A pattern of a nation's 10,000 names would try each of them at every such character.
        """
        found: dict[str, set[int]] = {}
        for name in self._known:
            found.setdefault(name[:1], set()).add(len(name))
        return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}

    @cached_property
    def _items(self) -> tuple[Mapping[str, tuple[Item, ...]], ...]:
        """Items by name: as it stands, without punctuation."""
        ways: list[dict[str, tuple[Item, ...]]] = []
        for way in (fold, fold_words):
            found: dict[str, tuple[Item, ...]] = {}
            for item in self.programme.items:
                found[way(item.name)] = (*found.get(way(item.name), ()), item)
            ways.append(found)
        return tuple(ways)

    def item(self, text: str) -> Item | None:
        """The one item of this name: as it stands, else without punctuation or a number before it."""
        by_name, by_words = self._items
        for known, words in (
            (by_name, fold(text)),
            (by_words, fold_words(text)),
            (by_words, fold_words(without_number(text))),
        ):
            if items := known.get(words, ()) if words else ():
                return items[0] if len(items) == 1 else None
        return None

    @cached_property
    def _hash(self) -> str:
        return programme_hash(self.programme.id)

    @cached_property
    def _units(self) -> Mapping[str, str]:
        """Hash in a form code → unit; a form of before its renaming is still the unit's."""
        old = {n: u.name for u in self.programme.units.values() for n in u.formerly}
        hashes = unit_hashes((*self.holders, *(n for n in old if n not in self.holders)))
        return {code: old.get(name, name) for code, name in hashes.items()}

    def is_own(self, code: FormCode) -> bool:
        """Whether a form code is of this programme."""
        return code.programme == self._hash

    def unit_of(self, code: FormCode) -> str:
        """The unit that a form code names; "" for a unit that the programme does not know."""
        return self._units.get(code.unit, "")

    def exact(self, text: str) -> str:
        """The unit that the whole of `text` names, or ""."""
        return self._known.get(fold(text), "")

    def within(self, text: str) -> tuple[str, ...]:
        """Every unit named somewhere in `text`, in order; longer names go before shorter."""
        return tuple(dict.fromkeys(self._find(fold(text))))

    def _find(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            words = (text[at : at + length] for length in self._lengths.get(text[at], ()))
            name = next((word for word in words if word in self._known), "")
            if name:
                yield self._known[name]
            at += len(name) or 1
