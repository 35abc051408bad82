"""Programme → Names: which unit a piece of text speaks of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from .in_period import stand_in
from .marks import FormCode, programme_hash, unit_hashes
from .model import Item, Programme
from .period import Period

_KNOWN = 20_000  # texts; each stage asks what the same cells say
_NO_WORD = re.compile(r"[\W_]+")  # all but letters and numbers of any script


@lru_cache(maxsize=_KNOWN)
def fold(text: str) -> str:
    """Text for comparison: width folded, without white space and control characters."""
    plain = unicodedata.normalize("NFKC", text)
    if plain.isprintable():  # no white space but blanks, no control characters
        return plain.replace(" ", "")
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c)[0] != "C")


@lru_cache(maxsize=_KNOWN)
def fold_words(text: str) -> str:
    """`fold`, and without punctuation: “心希望” and "心希望" are one."""
    return _NO_WORD.sub("", fold(text))


_CIRCLED = {ord("①") + n: f"{n + 1}." for n in range(20)}
_NUMBERING = re.compile(r"第?\(?[0-9一二三四五六七八九十]{1,3}(?:[.、,:)]|[件项][.、,:]?)+(?=\w)")


def without_number(name: str) -> str:
    """An item's name, folded, without the number that people put before it: 1.、（一）、①."""
    return _NUMBERING.sub("", fold(name.translate(_CIRCLED)), count=1)


@dataclass(frozen=True)
class Names:
    """Every name under which a unit or collected group is known: as listed, never by likeness.

    `programme` is items.yaml as it is today; `earlier` are the periods that go by an older one.
    `once`: what items were called in older editions, as words, and their ids; `gone`: the units
    of older editions, those that no period has any more among them.
    What a text says is a name of some period; `valid` says what it means in a given one.
    """

    programme: Programme
    earlier: Mapping[Period, Programme] = field(default_factory=dict)
    once: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    def programme_in(self, period: Period) -> Programme:
        """The programme by which a period goes, with the items and names of then."""
        if period not in self._views:
            self._views[period] = stand_in(self.earlier.get(period, self.programme), period)
        return self._views[period]

    @cached_property
    def _views(self) -> dict[Period, Programme]:
        return {}

    @cached_property
    def _editions(self) -> tuple[Programme, ...]:
        """Today's programme first, then the older ones, the latest before the others."""
        older = [programme for _, programme in sorted(self.earlier.items(), reverse=True)]
        return tuple({id(p): p for p in (self.programme, *older)}.values())

    @cached_property
    def _known(self) -> dict[str, str]:
        holders = set(self.holders)
        pairs = [(name, name) for name in self.holders]
        for edition in self._editions:
            for unit in edition.units.values():
                if unit.name in holders:
                    others = (*unit.aliases, *unit.formerly)
                    pairs += [(other, unit.name) for other in others]
        pairs += [(name, name) for name in self.unlisted]
        return {fold(name): unit for name, unit in reversed(pairs)}

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """All units and collected groups that hold a form in some period of the programme."""
        every = (self.programme_in(p).form_holders(p) for p in self.programme.periods)
        present = self.programme.form_holders(self.programme.periods[-1])
        return tuple(dict.fromkeys((*present, *(name for names in every for name in names))))

    @cached_property
    def unlisted(self) -> tuple[str, ...]:
        """Units that items.yaml has dropped: what they still send is asked about by name, and is
        nobody else's."""
        groups = {name for edition in self._editions for name in edition.groups}
        known = {*self.holders, *groups, *self._before, *self._after}
        return tuple(n for n in dict.fromkeys(self.gone) if n not in known)

    def valid(self, unit: str, period: Period) -> tuple[str, ...]:
        """The names that hold forms in `period` of what was, is or will be this unit.

        Several where units were merged or divided; none where it has no duties then.
        """
        key = (unit, period)
        if key not in self._valid:
            self._valid[key] = self._find_valid(unit, period)
        return self._valid[key]

    @cached_property
    def _valid(self) -> dict[tuple[str, Period], tuple[str, ...]]:
        return {}

    def _find_valid(self, unit: str, period: Period) -> tuple[str, ...]:
        holders = self.programme_in(period).duties_by_unit(period)
        if unit in holders:
            return (unit,)
        for step in (self._after, self._before):
            if found := tuple(n for n in _reached(unit, step) if n in holders):
                return found
        return ()

    @cached_property
    def _before(self) -> Mapping[str, tuple[str, ...]]:
        """Unit → what it was called."""
        units = [u for edition in self._editions for u in edition.units.values() if u.formerly]
        return {u.name: u.formerly for u in reversed(units)}

    @cached_property
    def _after(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, formers in self._before.items():
            for former in formers:
                found[former] = (*found.get(former, ()), name)
        return found

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
    def _items(self) -> dict[Period, tuple[Mapping[str, tuple[Item, ...]], ...]]:
        return {}

    def _items_in(self, period: Period) -> tuple[Mapping[str, tuple[Item, ...]], ...]:
        """Items by name: as it stands, without punctuation."""
        if period not in self._items:
            ways: list[dict[str, tuple[Item, ...]]] = []
            for way in (fold, fold_words):
                found: dict[str, tuple[Item, ...]] = {}
                for item in self.programme_in(period).items:
                    found[way(item.name)] = (*found.get(way(item.name), ()), item)
                ways.append(found)
            self._items[period] = tuple(ways)
        return self._items[period]

    def item(self, text: str, period: Period) -> Item | None:
        """The one item of this name: as it stands, else without punctuation or a number before it."""
        by_name, by_words = self._items_in(period)
        for known, words in (
            (by_name, fold(text)),
            (by_words, fold_words(text)),
            (by_words, fold_words(without_number(text))),
        ):
            if items := known.get(words, ()) if words else ():
                return items[0] if len(items) == 1 else None
        id_ = self.once_called(text)
        return next((i for i in self.programme_in(period).items if i.id == id_), None)

    def once_called(self, text: str) -> str:
        """The id of the item that was called so in some edition of items.yaml; "" for none."""
        return self.once.get(fold_words(without_number(text)), "")

    @cached_property
    def _hash(self) -> str:
        return programme_hash(self.programme.id)

    @cached_property
    def _units(self) -> Mapping[str, tuple[str, ...]]:
        """Hash in a form code → units; a form of before its renaming is still the unit's."""
        old = {former: name for former, names in self._after.items() for name in names}
        holders = dict.fromkeys(self.holders)
        hashes = unit_hashes(dict.fromkeys((*holders, *old, *self.unlisted)))
        return {
            code: tuple(name if name in holders else old.get(name, name) for name in names)
            for code, names in hashes.items()
        }

    def is_own(self, code: FormCode) -> bool:
        """Whether a form code is of this programme."""
        return code.programme == self._hash

    def units_of(self, code: FormCode) -> tuple[str, ...]:
        """The unit that a form code names, as called in the code's period; () for an unknown one,
        several where their codes happen to be the same."""
        found = self._units.get(code.unit, ())
        if code.period not in self.programme.periods:
            return found
        valid = ((unit, self.valid(unit, code.period)) for unit in found)
        return tuple(dict.fromkeys(v[0] if len(v) == 1 else unit for unit, v in valid))

    def exact(self, text: str) -> str:
        """The unit that the whole of `text` names, or ""."""
        return self._known.get(fold(text), "")

    def exact_in(self, text: str, period: Period) -> str:
        """The same by its name in `period`; "" where it has no duties then, or was several."""
        valid = self.valid(self.exact(text), period)
        return valid[0] if len(valid) == 1 else ""

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


def _reached(unit: str, steps: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All that lies on the way from `unit`, nearest first."""
    found = [unit]
    for name in found:
        found += [n for n in steps.get(name, ()) if n not in found]
    return tuple(found[1:])
