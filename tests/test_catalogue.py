"""Every code has what it needs, and the documentation is made from the catalogue."""

import runpy
import string
from pathlib import Path

import pytest

from shishi_xl.catalogue import GROUPS, RULES
from shishi_xl.problems import Place, Problem, Rule

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_is_of_a_group(rule: Rule) -> None:
    assert rule.code[0] in GROUPS


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_says_what_to_do(rule: Rule) -> None:
    assert rule.advice.rstrip("}").endswith("。") or rule.advice == "{todo}"


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_message_is_filled_in_from_its_details(rule: Rule) -> None:
    words = {name for _, name, _, _ in string.Formatter().parse(rule.message + rule.advice) if name}
    details = tuple((word, f"<{word}>") for word in sorted(words - {"found", "unit", "item"}))
    problem = Problem(rule, Place("a.xlsx", "表", "E4"), "<found>", "<unit>", "<item>", details)
    assert all(f"<{word}>" in problem.message + problem.advice for word in words)


def test_the_page_of_codes_is_up_to_date() -> None:
    render = runpy.run_path(str(DOCS / "make_problems.py"))["render_page"]
    assert (DOCS / "problems.md").read_text("utf-8") == render()


def test_a_question_in_a_message_ends_its_sentence_once() -> None:
    # Letters, the terminal and the lists write “message。advice”.
    assert not [code for code, rule in RULES.items() if rule.message.endswith(("？", "。", "！"))]
