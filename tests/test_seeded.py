"""The checks find every seeded fault, in its cell, and leave what people write honestly alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from shishi_xl.catalogue import RULES
from shishi_xl.problems import Grade

from .seeded.returns import Seeded, clean_returns, clean_years, seeded_cases
from .seeded.sentences import SENTENCES, judge, load_sentences
from .seeded.whole import whole_texts

HERE = Path(__file__).parent / "seeded"


@pytest.fixture(scope="module")
def cases() -> tuple[Seeded, ...]:
    return tuple(seeded_cases())


def test_every_rule_has_ten_faults_and_ten_innocent_cases(cases: tuple[Seeded, ...]) -> None:
    faulty = Counter(c.code for c in cases if c.expected)
    innocent = Counter(c.code for c in cases if not c.expected)
    assert {code for code in faulty if faulty[code] < 10 or innocent[code] < 10} == set()


def test_every_seeded_fault_is_found_in_its_cell(cases: tuple[Seeded, ...]) -> None:
    assert [c.words for c in cases if c.expected and c.expected not in c.found] == []


def test_nothing_grave_is_said_of_an_innocent_case(cases: tuple[Seeded, ...]) -> None:
    grave = {code for code, rule in RULES.items() if rule.grade is Grade.MUST}
    innocent = [c for c in cases if not c.expected]
    assert [c.words for c in innocent if grave & {code for _, code in c.found}] == []


def test_under_two_in_a_hundred_innocent_cases_are_asked_about(cases: tuple[Seeded, ...]) -> None:
    innocent = [c for c in cases if not c.expected]
    asked = [c.words for c in innocent if c.code in {code for _, code in c.found}]
    assert len(asked) < len(innocent) * 0.02, asked


def test_clean_rows_are_left_alone() -> None:
    clean = list(clean_returns())
    asked = [text for text, found in clean if found]
    assert len(asked) < len(clean) * 0.02, asked


def test_nothing_is_said_of_figures_that_fall_stand_still_or_exceed_the_goal_for_a_reason() -> None:
    assert [(text, found) for text, found in clean_years() if found] == []


def test_the_figures_in_texts_are_found_and_tied_to_their_targets() -> None:
    sentences = tuple(s for name in SENTENCES for s in load_sentences(name))
    count = judge(sentences)
    assert len(sentences) >= 200
    assert count.found >= 0.95
    assert count.false <= 0.01


def test_no_two_texts_share_twelve_characters_in_a_row() -> None:
    where: dict[str, set[int]] = defaultdict(set)
    for number, text in enumerate(_texts()):
        for start in range(len(text) - 11):
            where[text[start : start + 12]].add(number)
    assert [run for run, texts in where.items() if len(texts) > 1] == []


def _texts() -> list[str]:
    """Progress texts of the sentences and of the innocent cases."""
    found = [s.text for name in SENTENCES for s in load_sentences(name)]
    found += whole_texts()
    source = yaml.safe_load((HERE / "cases.yaml").read_text("utf-8"))
    for rules in source.values():
        for kinds in rules.values():
            for entry in kinds["innocent"]:
                if isinstance(entry, dict):
                    found += {entry[k] for k in ("text", "other", "last") if _is_text(entry.get(k))}
                elif _is_text(entry):
                    found.append(entry)
    return found


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) >= 12
