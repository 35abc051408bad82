"""Figures and goals as people write them → Decimal and Goal, or the sentence that says why not."""

from __future__ import annotations

import re
from decimal import Decimal

from ..kinds import parse_goal_number
from ..target import Goal
from .node import Node

_RANGE = re.compile(
    r"\s*([^-~～—–－至到]+?)\s*(?:-|~|～|—{1,2}|–|－|至|到)\s*([^-~～—–－至到]+?)\s*"
)
_ROUGH = re.compile(r"约|左右|大约|余|多")
_CEILING = re.compile(r"不超过|不高于|以下|以内|≤|<")
_DIGITS = re.compile(r"[0-9０-９][0-9０-９.,．]*[万亿]?[%％]?")


def read_figure(node: Node) -> Decimal | None:
    """The number of a figure; None where it is none."""
    return parse_goal_number(node.text)


def read_goal(node: Node) -> tuple[Goal | None, str]:
    """The goal, or None and the sentence that says what is wrong with it."""
    if node.entries:
        return _read_mapping(node)
    number = parse_goal_number(node.text)
    if number is not None:
        return Goal(minimum=number), ""
    low, high = _bounds(node.text)
    if low is None or high is None:
        return None, f"“{node.text}”读不出数字；{_advice(node.text)}"
    return _range(low, high)


def _bounds(text: str) -> tuple[Decimal | None, Decimal | None]:
    """The two numbers of 1-2; a 万 or % that stands only after the second counts for both."""
    match = _RANGE.fullmatch(text)
    if not match:
        return None, None
    low, high = match.groups()
    scale = re.search(r"[万亿%％]*$", high)
    if scale and low[-1:].isdigit():
        low += scale[0]
    return parse_goal_number(low), parse_goal_number(high)


def is_percentage(node: Node) -> bool:
    """Whether a goal or any bound of it is written with a percent sign."""
    parts = (node, *node.entries.values())
    return any(p.text.rstrip().endswith(("%", "％")) for p in parts)


def _read_mapping(node: Node) -> tuple[Goal | None, str]:
    keys = sorted(node.entries)
    if keys not in (["text"], ["about"], ["min"], ["max"], ["max", "min"]):
        what = "、".join(keys)
        return None, f"{what} 不能写在一起；应只写 text、about，或 min 和 max"
    if keys == ["text"]:
        return Goal(text=node["text"].text), ""
    numbers = {key: parse_goal_number(node[key].text) for key in keys}
    for key, number in numbers.items():
        if number is None:
            return None, f"“{node[key].text}”读不出数字；应写成 {key}: 30 或 {key}: 1.5万"
    if "about" in numbers:
        return Goal(minimum=numbers["about"], about=True), ""
    low, high = numbers.get("min"), numbers.get("max")
    if low is not None and high is not None:
        return _range(low, high)
    return Goal(minimum=low, maximum=high), ""


def _range(low: Decimal, high: Decimal) -> tuple[Goal | None, str]:
    if low > high:
        return None, f"下限 {low} 大于上限 {high}；请对调或更正"
    return Goal(minimum=low, maximum=high), ""


def _advice(text: str) -> str:
    """What to write for a goal in words, with its own figure where it has one."""
    found = _DIGITS.findall(text)
    if len(found) == 1:
        figure = found[0]
        if _CEILING.search(text):
            return f"上限应写成 {{max: {figure}}}"
        if _ROUGH.search(text):
            return f"约数应写成 {{about: {figure}}}"
        return f"应只写数字 {figure}（表示不少于，计量单位写在 measure），或 {{text: {text}}}"
    return f"应写成数字，如 30、1.5万、1-2，没有数字的目标写成 {{text: {text}}}"
