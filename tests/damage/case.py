"""A return to be made, and what came of it; both pass between two Pythons as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from .contact import Contact
from .desk import Program
from .kinds import KINDS, UNDAMAGED
from .office import Sent
from .truth import Answer, Fate, Key, Truth
from .words import Words


@dataclass(frozen=True)
class Case:
    """One unit's return with one damage or more. `suffix` says what it is saved as."""

    number: int
    programme: str
    unit: str
    partner: str
    damages: tuple[str, ...]
    by_office: bool  # edited with LibreOffice
    suffix: str

    @property
    def kind(self) -> str:
        """What it counts as."""
        if len(self.damages) > 1:
            return f"{len(self.damages)} damages together"
        return self.damages[0]

    @property
    def folder(self) -> str:
        """Where its files lie in inbox/: a name that says nothing."""
        return f"来件{self.number:03d}"

    @property
    def claims(self) -> frozenset[str]:
        """The units that nobody else may answer for in the same inbox."""
        partner = any(KINDS[d].partner for d in self.damages)
        return frozenset((self.unit, self.partner) if partner else (self.unit,))

    @property
    def whole(self) -> bool:
        return any(KINDS[d].whole for d in self.damages)

    @classmethod
    def from_json(cls, known: Mapping[str, Any]) -> Case:
        return cls(**{**known, "damages": tuple(known["damages"])})


@dataclass(frozen=True)
class Outcome:
    """The files that were sent, and the truth; `fault` where the damage could not be done."""

    number: int
    files: tuple[str, ...]
    truth: Truth
    fault: str = ""

    def as_json(self) -> dict[str, Any]:
        """What `from_json` takes."""
        truth = [[*asdict(k).values(), a.text, a.fate.name] for k, a in self.truth.items()]
        return {**self.__dict__, "truth": truth}

    @classmethod
    def from_json(cls, known: Mapping[str, Any]) -> Outcome:
        truth = {Key(u, n, w): Answer(text, Fate[fate]) for u, n, w, text, fate in known["truth"]}
        return cls(known["number"], tuple(known["files"]), truth, known["fault"])


def carry_out(case: Case, sent: Sent, program: Program, inbox: Path) -> Outcome:
    """Fill the form, do the damage, save into the case's folder below `inbox`.

    Each damage must change something that can be told of the workbook or of the files' names.
    """
    rng = Random(f"{case.number} {case.programme} {case.damages}")
    words = Words(rng, case.number * 60, sent.year)
    contact = Contact(
        program, sent, case.unit, case.partner, rng, words, inbox / case.folder, case.suffix
    )
    try:
        for name in case.damages:
            before = contact.look()
            KINDS[name].act(contact)
            changed = contact.look() != before
            assert changed or name == UNDAMAGED.name, f"{name}: nothing has changed"
        if not contact.files:
            contact.save(contact.stem)
    finally:
        contact.close()
    return Outcome(case.number, tuple(contact.files), contact.truth)
