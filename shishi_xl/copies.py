"""The stamped copy of a form: its pages, whose they are, and where they differ from the file."""

from __future__ import annotations

from dataclasses import dataclass

from .period import Period
from .problems import Place
from .sheets import Seal


@dataclass(frozen=True, slots=True)
class StampedPage:
    """One page of a PDF or picture in inbox/. `unit` is "" where a person must say whose it is.

    `path` is relative to inbox/, `number` counts from 1; `code` is the form code that it bears,
    `basis` 认定依据 in words, `remark` what the clerk must know of it: it is blank, it could not be
    looked at, it was counted to its neighbours' copy. `text`: what is printed on it, where known.
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
