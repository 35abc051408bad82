"""The stamped copy of a form: its pages, whose they are, and where they differ from the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from .period import Period
from .problems import Place
from .sheets import Seal

BLANK = "空白页"  # the remark on the back of a sheet


class CopyState(StrEnum):
    """盖章PDF of one unit: what is to be said of it."""

    RECEIVED = "已收"
    MISSING = "未收"
    NO_SEAL = "未见印章"
    UNSURE = "不能判断"
    DIFFERS = "与电子版不一致"


@dataclass(frozen=True, slots=True)
class CopyStand:
    """How a unit's stamped copy stands. No `states`: nothing is asked for, and nothing came.

    `where`: its files and their pages, in words; of one that the clerk `told` of, where it says so.
    `chased`: what the unit is asked to mend.
    """

    states: tuple[CopyState, ...] = ()
    where: str = ""
    chased: CopyState | None = None
    told: bool = False

    @property
    def files(self) -> str:
        """Its files and pages, as a unit may be told of them."""
        return "" if self.told else self.where

    @property
    def words(self) -> str:
        """未见印章，与电子版不一致（县妇联盖章.pdf 第1—2页）."""
        return "，".join(self.states) + (f"（{self.where}）" if self.where else "")


NOT_ASKED = CopyStand()


@dataclass(frozen=True, slots=True)
class StampedPage:
    """One page of a PDF or picture in inbox/. `unit` is "" where a person must say whose it is.

    `path` is relative to inbox/, `number` counts from 1; `code` is the form code that it bears,
    `basis` 认定依据 in words, `remark` what the clerk must know of it: it is blank, it could not be
    looked at, it was counted to its neighbours' copy. `text`: what is printed on it, where known;
    `by_sight`: it was read from a picture.
    """

    path: str
    number: int
    unit: str = ""
    period: Period | None = None
    code: str = ""
    seal: Seal = Seal.UNSURE
    picture: bytes = b""
    basis: str = ""
    remark: str = ""
    text: str = ""
    by_sight: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Where paper and file differ: an item's answer in one column as printed and as typed.

    `place` is the typed one's cell.
    """

    item: str
    column: str
    printed: str
    electronic: str
    place: Place


@dataclass(frozen=True, slots=True)
class StampedCopy:
    """One unit's stamped pages of one period, from all its files, in the order of files and pages.

    `differences`: against the answers that count; () also where the paper has no text to compare.
    `unclear`: whether a page beside its own belongs to nobody yet: the seal may stand there.
    """

    unit: str
    period: Period
    pages: tuple[StampedPage, ...]
    differences: tuple[Difference, ...] = ()
    unclear: bool = False

    @property
    def seal(self) -> Seal:
        """Found where it is on any page; none only where every page can be judged."""
        seals = {page.seal for page in self.pages}
        if Seal.FOUND in seals:
            return Seal.FOUND
        return Seal.UNSURE if Seal.UNSURE in seals or self.unclear else Seal.NONE

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(page.path for page in self.pages))

    @property
    def states(self) -> tuple[CopyState, ...]:
        """What deserves a look, the gravest first; 已收 where nothing does."""
        seals = {Seal.NONE: CopyState.NO_SEAL, Seal.UNSURE: CopyState.UNSURE}
        found = [seals[self.seal]] if self.seal in seals else []
        found += [CopyState.DIFFERS] if self.differences else []
        return tuple(found) or (CopyState.RECEIVED,)

    @property
    def where(self) -> str:
        """县妇联盖章.pdf 第1—2页；县妇联补.jpg 第1页."""
        found = ((file, [p.number for p in self.pages if p.path == file]) for file in self.files)
        return "；".join(f"{file} 第{'、'.join(_spans(numbers))}页" for file, numbers in found)


def _spans(numbers: Sequence[int]) -> Iterator[str]:
    """1, 2, 3, 5 → 1—3, 5."""
    for _, group in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}"
