"""A few years as an office lives them, beside the plain model: tests/year plays them by thousands.

`python -m tests.year 1000` prints runs, events by kind and differences; `python -m tests.year.kill 200`
kills a year's commands at random moments.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from .year.kill import year_killed
from .year.machine import YearMachine

_SAMPLE = settings(
    max_examples=2,
    stateful_step_count=25,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_what_counts_is_what_the_plain_model_says() -> None:
    run_state_machine_as_test(YearMachine, settings=_SAMPLE)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows 没有 fork，无法这样中断")
def test_a_year_whose_commands_are_killed_first_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    killer = year_killed(tmp_path, seed=1, times=1, steps=8)
    assert killer.killed >= 2
    assert killer.differences == []
