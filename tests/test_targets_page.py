"""docs/targets.md: every line of its worked examples is what the program says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from shishi_xl.items_yaml import load_programme
from shishi_xl.joint import joint_figure, joint_verdict, unit_verdict
from shishi_xl.kinds import plain
from shishi_xl.period import Period, parse_period
from shishi_xl.progress import Stand, due, part_of, rate, requirement, shown, whole
from shishi_xl.target import Combine, Pace, Target

ROOT = Path(__file__).parent.parent
UNITS = ("县卫生健康局", "县总工会")
WHOLE = "整体"
_EXAMPLE = re.compile(r"```yaml\n(.*)\n```\n\n((?:\|.*\|\n)+)")

Line = Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """A target as items.yaml writes it, and the table under it."""

    written: str
    lines: tuple[Line, ...]

    @property
    def target(self) -> Target:
        source = (
            "id: demo\nprogramme: 实事\nyear: 2023\ncycle: quarter\nitems:\n  - name: 实施友好行动\n"
            f"    responsible: [{', '.join(UNITS)}]\n    targets:\n      - {self.written}\n"
        )
        programme, faults = load_programme(source.encode(), {})
        assert programme, faults
        return programme.items[0].targets[0]


def _examples() -> Iterator[Example]:
    text = (ROOT / "docs" / "targets.md").read_text("utf-8")
    for written, table in _EXAMPLE.findall(text):
        head, _, *rows = (_cells(line) for line in table.strip().split("\n"))
        yield Example(written, tuple(dict(zip(head, row, strict=True)) for row in rows))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")[1:-1]]


EXAMPLES = tuple(_examples())


def _stand(target: Target, written: str) -> Stand:
    return written if target.goal.text else Decimal(written)


def _said(target: Target, unit: str, stands: Mapping[str, Stand], period: Period) -> Line:
    """The columns that the program computes, as the page prints them."""
    joint = joint_verdict(target, stands, period)
    if unit == WHOLE:
        part, label = whole(target), target.goal.label
        stand: Stand = joint_figure(target, stands.values())
        wanted = due(part, period)
        required = "" if wanted is None else shown(wanted)
        verdict = joint
    else:
        part, label = part_of(target, unit), target.goal_label(unit)
        stand = stands[unit]
        required = requirement(target, unit, period) or ""
        verdict = unit_verdict(target, unit, stand, joint, period)
    pooled = unit != WHOLE and target.is_pooled(unit)
    ratio = rate(part, stand) if isinstance(stand, Decimal) and not pooled else None
    return {
        "年度目标": label,
        "序时要求": required if isinstance(required, str) else plain(required),
        "完成率": "" if ratio is None else f"{ratio:.1%}",
        "评价": verdict,
    }


def _rate(text: str) -> str:
    return f"{text.removesuffix('%')}.0%" if text and "." not in text else text


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.written)
def test_every_line_of_an_example_is_what_the_program_says(example: Example) -> None:
    target = example.target
    reporting = next(iter(target.shares))
    for line in example.lines:
        period = parse_period(line["期次"])
        assert period
        if "单位" in line:
            stands = {
                other["单位"]: _stand(target, other["本期累计"])
                for other in example.lines
                if other["期次"] == line["期次"] and other["单位"] != WHOLE
            }
            unit = line["单位"]
        else:
            stands, unit = {reporting: _stand(target, line["本期累计"])}, reporting
        said = _said(target, unit, stands, period)
        expected = {
            key: _rate(line[key]) if key == "完成率" else line[key] for key in said if key in line
        }
        assert {key: said[key] for key in expected} == expected, line


def test_the_page_has_an_example_of_every_kind() -> None:
    targets = [e.target for e in EXAMPLES]
    goals = [t.goal for t in targets]
    assert {t.kind.value for t in targets} == {"sum", "level"}
    assert {t.pace for t in targets} == set(Pace)
    assert {t.combine for t in targets if len(t.shares) > 1} == set(Combine)
    assert any(g.text for g in goals)
    assert any(g.about for g in goals)
    assert any(g.minimum is None and g.maximum is not None for g in goals)
    assert any(g.minimum is not None and g.maximum is not None for g in goals)
    assert any(s.text for t in targets for s in t.milestones.values())
