"""Targets of several units: shares, shares not handed out, the same told twice, each by itself."""

from decimal import Decimal

import pytest

from shishi_xl.joint import joint_figure, joint_verdict, unit_verdict
from shishi_xl.period import Cycle, Period
from shishi_xl.target import Combine, Goal, Pace, Target

Q2 = Period(2023, 2, Cycle.QUARTER)
A, B, C = "甲镇", "乙镇", "丙镇"


def target(goal: str, shares: dict[str, str | None], combine: Combine = Combine.SUM) -> Target:
    parts = {unit: None if part is None else Decimal(part) for unit, part in shares.items()}
    return Target("1", "指标", Goal(Decimal(goal)), "个", shares=parts, combine=combine)


SHARED = target("30", {A: "20", B: "10"})
POOLED = target("30", {A: None, B: None, C: None})
PARTLY = target("30", {A: "20", B: None})
TOLD_TWICE = target("30", {A: None, B: None}, Combine.MAX)
EACH = target("30", {A: None, B: None}, Combine.EACH)
WORDS = Target("1", "指标", Goal(text="全覆盖"), shares={A: None, B: None}, pace=Pace.END)


@pytest.mark.parametrize(
    ("target", "stands", "whole", "units"),
    [
        # Each has its part; the whole is the sum of them.
        (SHARED, {A: "10", B: "5"}, "按序时推进", ("按序时推进", "按序时推进")),
        (SHARED, {A: "14", B: "2"}, "按序时推进", ("按序时推进", "推进缓慢")),
        (SHARED, {A: "9", B: "5"}, "推进缓慢", ("推进缓慢", "按序时推进")),
        (SHARED, {A: "30", B: None}, "已完成", ("已完成", "")),
        (SHARED, {A: "14", B: None}, "", ("按序时推进", "")),
        (SHARED, {A: "0", B: None}, "未启动", ("未启动", "")),
        # Nobody's part is known: each row says how the whole stands, once all have reported.
        (POOLED, {A: "15", B: "0", C: "0"}, "按序时推进", ("整体按序时推进",) * 3),
        (POOLED, {A: "4", B: "5", C: "3"}, "推进缓慢", ("整体推进缓慢",) * 3),
        (POOLED, {A: "15", B: "0", C: None}, "", ("", "", "")),
        (POOLED, {A: "31", B: None, C: None}, "已完成", ("整体已完成",) * 3),
        (PARTLY, {A: "10", B: "5"}, "按序时推进", ("按序时推进", "整体按序时推进")),
        # Several report one thing: the largest counts, and one report is enough.
        (TOLD_TWICE, {A: "15", B: "3"}, "按序时推进", ("整体按序时推进",) * 2),
        (TOLD_TWICE, {A: "15", B: None}, "按序时推进", ("整体按序时推进",) * 2),
        # Each must reach it: the worst counts.
        (EACH, {A: "30", B: "15"}, "按序时推进", ("已完成", "按序时推进")),
        (EACH, {A: "30", B: "3"}, "推进缓慢", ("已完成", "推进缓慢")),
        (EACH, {A: "30", B: None}, "", ("已完成", "")),
        (EACH, {A: "3", B: None}, "推进缓慢", ("推进缓慢", "")),
    ],
)
def test_the_whole_and_its_units_are_judged(
    target: Target, stands: dict[str, str | None], whole: str, units: tuple[str, ...]
) -> None:
    known = {unit: None if f is None else Decimal(f) for unit, f in stands.items()}
    assert joint_verdict(target, known, Q2) == whole
    assert tuple(unit_verdict(target, u, f, whole, Q2) for u, f in known.items()) == units


@pytest.mark.parametrize(
    ("words", "whole", "units"),
    [
        (("已完成", "已完成，无遗漏"), "已完成", ("已完成", "已完成")),
        (("已完成", "推进缓慢"), "推进缓慢", ("已完成", "推进缓慢")),
        (("已完成", "正在摸底"), "", ("已完成", "")),
        (("已完成", None), "", ("已完成", "")),
    ],
)
def test_words_of_several_units_are_judged_one_by_one(
    words: tuple[str, str | None], whole: str, units: tuple[str, str]
) -> None:
    stands = dict(zip((A, B), words, strict=True))
    assert joint_verdict(WORDS, stands, Q2) == whole
    assert tuple(unit_verdict(WORDS, u, f, whole, Q2) for u, f in stands.items()) == units


@pytest.mark.parametrize(
    ("target", "expected"), [(SHARED, 9), (TOLD_TWICE, 5), (EACH, 4)], ids=["sum", "max", "each"]
)
def test_figures_make_one(target: Target, expected: int) -> None:
    assert joint_figure(target, [Decimal(4), Decimal(5), None]) == expected
    assert joint_figure(target, [None]) is None
