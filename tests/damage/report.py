"""Verdicts → the table that is printed: a line for each kind of damage, and the sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .case import Case
from .judge import Fared, Verdict
from .truth import Fate


@dataclass(frozen=True)
class Figures:
    """What is counted. `in_place`: answers that the damage left readable in their place."""

    returns: int = 0
    answers: int = 0
    in_place: int = 0
    right_in_place: int = 0
    right: int = 0
    flagged: int = 0
    wrong: int = 0
    lost: int = 0

    @property
    def share(self) -> float:
        """Right of those in their place."""
        return self.right_in_place / self.in_place if self.in_place else 1.0


def count(cases: Iterable[Case], verdicts: Iterable[Verdict]) -> Figures:
    """The figures of some cases. A text where none was written is wrong, and no answer."""
    numbers = {c.number for c in cases}
    every = [v for v in verdicts if v.case.number in numbers]
    fared = [v.fared for v in every]
    in_place = [v.fared for v in every if v.fate is Fate.STAYS]
    return Figures(
        len(numbers),
        sum(v.fate is not Fate.GONE for v in every),
        len(in_place),
        in_place.count(Fared.RIGHT),
        fared.count(Fared.RIGHT) + fared.count(Fared.UNASKED),
        fared.count(Fared.FLAGGED),
        fared.count(Fared.WRONG),
        fared.count(Fared.LOST),
    )


@dataclass
class Report:
    """All cases with their verdicts."""

    cases: list[Case] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)  # what went wrong in making a return

    def by_kind(self) -> dict[str, Figures]:
        kinds = dict.fromkeys(c.kind for c in self.cases)
        return {k: count((c for c in self.cases if c.kind == k), self.verdicts) for k in kinds}

    @property
    def total(self) -> Figures:
        return count(self.cases, self.verdicts)

    def lines(self) -> Iterator[str]:
        """The table."""
        yield f"{'':<38}returns answers in-place  right flagged silently-wrong lost   right/in-place"
        for kind, figures in self.by_kind().items():
            yield _line(kind, figures)
        for name, by_office in (("openpyxl", False), ("LibreOffice", True)):
            half = [c for c in self.cases if c.by_office == by_office]
            yield _line(f"all by {name}", count(half, self.verdicts))
        yield _line("all", self.total)

    def faults(self) -> Iterator[str]:
        """Every damage that could not be done, and every answer that is not where it should be:
        what was written, what is shown."""
        yield from self.undone
        for v in self.verdicts:
            bad = v.fared in (Fared.WRONG, Fared.LOST, Fared.UNASKED)
            if bad or (v.fate is Fate.STAYS and v.fared is not Fared.RIGHT):
                case = f"{v.case.number} {' + '.join(v.case.damages)} {v.case.suffix}"
                by = "LibreOffice" if v.case.by_office else "openpyxl"
                yield f"{case} by {by}, {v.case.programme}: {v.fared.value}: {v.key}"
                yield f"    written {v.text[:50]!r}, shown {v.shown[:50]!r}"


def _line(name: str, f: Figures) -> str:
    counts = f"{f.returns:7} {f.answers:7} {f.in_place:8} {f.right:6} {f.flagged:7}"
    return f"{name:<38}{counts} {f.wrong:14} {f.lost:4}   {f.share:14.2%}"
