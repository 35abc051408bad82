"""Progress sentences with the figures that they give for targets → how many are tied rightly."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from shishi_xl.checks.said.ties import Reader
from shishi_xl.items_yaml import load_programme
from shishi_xl.model import Item, Programme
from shishi_xl.period import Period, parse_period

HERE = Path(__file__).parent
PROGRAMMES = (HERE.parents[1] / "templates" / "programmes", HERE / "programmes")
_NAMES = (
    "first later last fourth fifth sixth seventh eighth ninth "
    "tenth eleventh twelfth thirteenth fourteenth fifteenth"
)
BATCHES = tuple(_NAMES.split())
SENTENCES = tuple(f"sentences_{name}.yaml" for name in BATCHES)
FORMS = ("annex", "plan", "lead")


@dataclass(frozen=True)
class Sentence:
    """A unit's text for one item. `says`: target's name → the figure that the text gives."""

    programme: Programme
    period: Period
    unit: str
    item: Item
    text: str
    says: Mapping[str, Decimal]


@dataclass(frozen=True)
class Count:
    """`expected` figures in the texts, `right` ones found, `wrong` ones tied."""

    expected: int
    right: int
    wrong: int

    @property
    def found(self) -> float:
        return self.right / self.expected

    @property
    def false(self) -> float:
        return self.wrong / max(self.right + self.wrong, 1)


def load_sentences(file: str) -> tuple[Sentence, ...]:
    """The sentences of one file."""
    source = yaml.safe_load((HERE / file).read_text("utf-8"))
    return tuple(s for name, entries in source.items() for s in _sentences(name, entries))


@cache
def programme_of(name: str) -> Programme:
    """A bundled programme, or one that was made up for the tests."""
    source = next(p for folder in PROGRAMMES if (p := folder / f"{name}.yaml").exists())
    programme, faults = load_programme(source.read_bytes(), FORMS)
    assert programme is not None, faults
    return programme


def _sentences(name: str, entries: list[Mapping[str, object]]) -> Iterator[Sentence]:
    programme = programme_of(name)
    for entry in entries:
        item = next(i for i in programme.items if i.number == entry["item"])
        period = parse_period(str(entry["period"]))
        says = entry["says"]
        assert period and isinstance(says, dict)
        assert entry["unit"] in programme.units, entry
        figures = {k: Decimal(str(v)) for k, v in says.items()}
        unknown = figures.keys() - {t.name for t in item.targets}
        assert not unknown, unknown
        yield Sentence(programme, period, str(entry["unit"]), item, str(entry["text"]), figures)


def read(sentence: Sentence) -> dict[str, Decimal]:
    """What the program finds: the unit's own targets → figure."""
    reader = Reader(sentence.item, sentence.period, sentence.programme.level)
    names = {t.id: t.name for t in sentence.item.targets if sentence.unit in t.shares}
    return {names[t]: tie.value for t, tie in reader.stated(sentence.text).items() if t in names}


def judge(sentences: tuple[Sentence, ...], show: bool = False) -> Count:
    """How many of the figures are found, and how many are tied that should not be."""
    expected = right = wrong = 0
    for sentence in sentences:
        found = read(sentence)
        expected += len(sentence.says)
        good = sum(sentence.says.get(k) == v for k, v in found.items())
        right += good
        wrong += len(found) - good
        if show and found != sentence.says:
            said = {k: str(v) for k, v in sentence.says.items() if found.get(k) != v}
            got = {k: str(v) for k, v in found.items() if sentence.says.get(k) != v}
            print(f"{sentence.text}\n    应为 {said}，得到 {got}")
    return Count(expected, right, wrong)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(name, judge(load_sentences(name), show=True))
