"""checks: in items.yaml → RuleSettings, or faults: an unknown code, a limit that the rule has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..catalogue import RULES
from ..problems import Grade, Rule, RuleSetting
from .fault import Fault
from .figures import read_figure
from .node import Node
from .survey import Survey

_OFF = "关闭"


def check_settings(survey: Survey) -> Iterator[Fault]:
    """Codes that exist and may be changed, limits that they have, in numbers."""
    settings = survey.root["checks"]
    for code, node in settings.entries.items():
        rule = RULES.get(code)
        if rule is None:
            yield Fault(*settings.keys[code], f"没有“{code}”这个问题代码；代码见 docs/problems.md")
        elif rule.asks:
            message = f"{code}（{rule.title}）须由人认定，级别不能改，也不能关闭；请删去这一条"
            yield Fault(*settings.keys[code], message)
        else:
            yield from _check_limits(code, rule, node)


def _check_limits(code: str, rule: Rule, node: Node) -> Iterator[Fault]:
    for name, value in node.entries.items():
        if name == "grade":
            continue
        if name not in rule.limits:
            known = "、".join(("grade", *rule.limits))
            yield Fault(*node.keys[name], f"{code} 没有“{name}”这个界限；这里可写：{known}")
        elif (figure := read_figure(value)) is None or figure < 0:
            yield Fault(*value.place, f"“{value.text}”读不出数字；应写成不小于 0 的数字，如 8")


def rule_settings(node: Node) -> Mapping[str, RuleSetting]:
    """The settings by code, of a tree without faults."""
    return {code: _setting(entry) for code, entry in node.entries.items()}


def _setting(node: Node) -> RuleSetting:
    word = node["grade"].text if node.entries else node.text
    limits = {name: read_figure(n) for name, n in node.entries.items() if name != "grade"}
    return RuleSetting(
        grade=Grade(word) if word and word != _OFF else None,
        limits={name: value for name, value in limits.items() if isinstance(value, Decimal)},
        off=word == _OFF,
    )
