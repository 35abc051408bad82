"""Summary → a card for each stamped page: whose it is, what was found, the doubtful first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..copies import CopyState, StampedCopy, StampedPage
from ..marks import parse_code
from ..sheets import Seal
from ..summary import Summary

_NOBODY = "待确认"
_FIRST = (CopyState.NO_SEAL, CopyState.DIFFERS, CopyState.UNSURE)


@dataclass(frozen=True, slots=True)
class Card:
    """One page. `words`: how the whole copy stands; `differs`: which items are not as in the file."""

    page: StampedPage
    unit: str
    words: str
    rank: int
    differs: str = ""

    @property
    def doubtful(self) -> bool:
        return self.rank < len(_FIRST)

    @property
    def file(self) -> str:
        """Its name, without the folder."""
        return self.page.path.rpartition("/")[2]

    @property
    def code(self) -> str:
        """The form's code as people read it; as it stands where it is none."""
        code = parse_code(self.page.code) if self.page.code else None
        return code.written if code else self.page.code

    @property
    def found(self) -> str:
        """What was seen on this page."""
        code = self.code or "未读到编码"
        seal = f"本页{'印章' if self.page.seal is Seal.UNSURE else ''}{self.page.seal}"
        return "\n".join(filter(None, (self.file, code, seal, self.differs, self.page.remark)))


def cards_of(summary: Summary) -> tuple[Card, ...]:
    """Pages that nobody's copy holds yet, copies that deserve a look, then the others."""
    return tuple(sorted(_cards(summary), key=lambda card: card.rank))


def _cards(summary: Summary) -> Iterator[Card]:
    for page in summary.loose_pages:
        yield Card(page, "（单位待定）", _NOBODY, -1)
    stands = {u.unit: u.stamped for u in summary.units}
    for copy in summary.copies:
        states = stands[copy.unit].states if copy.unit in stands else copy.states
        rank = min((_FIRST.index(s) for s in states if s in _FIRST), default=len(_FIRST))
        for page in copy.pages:
            yield Card(page, copy.unit, "，".join(states), rank, _differs(summary, copy))


def _differs(summary: Summary, copy: StampedCopy) -> str:
    numbers = {item.id: item.number for item in summary.programme.items}
    found = sorted({numbers[d.item] for d in copy.differences if d.item in numbers})
    items = "、".join(map(str, found))
    return f"第 {items} 件与电子版不一致，见问题清单" if items else ""


def missing_units(summary: Summary) -> tuple[str, ...]:
    """Whose stamped copy has not come."""
    return tuple(u.unit for u in summary.units if CopyState.MISSING in u.stamped.states)
