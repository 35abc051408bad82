"""What items.yaml says of the rules, applied to what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..model import Programme
from ..problems import Problem


def graded(programme: Programme, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems with the grades that items.yaml gives them, without those switched off."""
    for problem in problems:
        setting = programme.checks.get(problem.code)
        if setting is None:
            yield problem
        elif not setting.off:
            grade = setting.grade or problem.grade
            yield replace(problem, rule=replace(problem.rule, grade=grade))
