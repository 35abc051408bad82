"""Summary → the figures that leaders ask for, each with its denominator, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..problems import Grade
from ..summary import DetailRow, ItemClass, ItemRow, State, Summary, TargetRow, UnitRow
from .words import item_label

_LAGGING = (ItemClass.SLOW, ItemClass.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class of items; the shares are of all items and add up to 1."""

    name: str
    count: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of 报送情况: what was counted, how many there are, how they divide."""

    name: str
    total: str
    among: str


@dataclass(frozen=True, slots=True)
class LaggingItem:
    """A slow or unstarted item, by name and with the reason."""

    number: int
    name: str
    item_class: str
    unit: str
    why: str


def class_lines(summary: Summary) -> tuple[ClassLine, ...]:
    """A line for each class, also the empty ones."""
    whole = len(summary.items) or 1
    return tuple(
        ClassLine(c.value, summary.classes[c], Fraction(summary.classes[c], whole))
        for c in ItemClass
    )


def done_remark(summary: Summary) -> str:
    """提前 and 超额, said beside 已完成; "" where there is neither."""
    done = [row for row in summary.items if row.item_class is ItemClass.DONE]
    counts = {"提前完成": sum(r.ahead for r in done), "超额完成": sum(r.beyond for r in done)}
    words = "，".join(f"{name} {count} 件" for name, count in counts.items() if count)
    return f"已完成的 {len(done)} 件中：{words}。" if words else ""


def figures(summary: Summary) -> tuple[Figure, ...]:
    """What came back of what is asked for."""
    owed = [row for row in summary.details if row.owed]
    every = (_duties(owed), _units(summary.units), _targets(summary.targets), _problems(summary))
    return tuple(f for f in every if f)


def _duties(owed: Iterable[DetailRow]) -> Figure:
    states = Counter(row.state for row in owed)
    parts = [
        (s.value, states[s]) for s in State if states[s] or s in (State.REPORTED, State.MISSING)
    ]
    return Figure(
        "应报事项（事项×单位）", f"{states.total()} 项", _divide(parts, "项", states.total())
    )


def _units(units: Iterable[UnitRow]) -> Figure:
    owing = [row for row in units if row.owed]
    whole = sum(row.answered >= row.owed for row in owing)
    some = sum(0 < row.answered < row.owed for row in owing)
    parts = [("全部报送", whole), ("部分报送", some), ("没有报送", len(owing) - whole - some)]
    return Figure("责任单位", f"{len(owing)} 个", _divide(parts, "个", len(owing)))


def _targets(targets: tuple[TargetRow, ...]) -> Figure | None:
    if not targets:
        return None
    filled = sum(row.figure is not None or bool(row.written) for row in targets)
    parts = [("已填报", filled), ("未填报", len(targets) - filled)]
    return Figure("量化指标（指标×单位）", f"{len(targets)} 项", _divide(parts, "项", len(targets)))


def _problems(summary: Summary) -> Figure:
    total = summary.grades.total()
    parts = [(grade.value, summary.grades[grade]) for grade in Grade]
    return Figure("审核问题", f"{total} 条", _divide(parts, "条") if total else "没有发现问题")


def _divide(parts: Iterable[tuple[str, int]], measure: str, whole: int = 0) -> str:
    """已报送 20 项（76.9%），未报送 6 项（23.1%）; without shares where `whole` is 0.

    The first part is always said, of the others those that are not empty.
    """
    return "，".join(
        f"{name} {count} {measure}" + (f"（{count / whole:.1%}）" if whole else "")
        for at, (name, count) in enumerate(parts)
        if count or at == 0
    )


def lagging_items(summary: Summary) -> tuple[LaggingItem, ...]:
    """The slow and the unstarted items, in the order of the programme."""
    return tuple(
        LaggingItem(
            row.item.number, row.item.name, row.item_class.value, "、".join(row.behind), _why(row)
        )
        for row in summary.items
        if row.item_class in _LAGGING
    )


def _why(row: ItemRow) -> str:
    """The figures that are behind, then each unit's own words."""
    several = len(row.behind) > 1
    reasons = (f"{'、'.join(r.units)}：{r.text}" if several else r.text for r in row.reasons)
    obstacles = (f"{unit}：{text}" for unit, text in row.obstacles)
    return "\n".join((*reasons, *obstacles)) or "未说明原因"


def unreturned_units(summary: Summary) -> Iterator[tuple[str, str]]:
    """Each unit that owes items still, with their names."""
    for unit in summary.units:
        owed = [r for r in summary.details if r.duty.unit == unit.unit and r.owed]
        missing = [item_label(r.duty.item) for r in owed if r.state is State.MISSING]
        if missing:
            count = "全部" if len(missing) == len(owed) else f"{len(owed)} 项中的"
            yield unit.unit, f"{count} {len(missing)} 项：{'；'.join(missing)}"


def unreturned_items(summary: Summary) -> tuple[str, ...]:
    """The items of which no unit has returned anything though it is due."""
    states: dict[str, set[State]] = {}
    for row in summary.details:
        if row.owed:
            states.setdefault(item_label(row.duty.item), set()).add(row.state)
    return tuple(label for label, found in states.items() if found == {State.MISSING})


def item_rates(summary: Summary) -> tuple[tuple[int, Decimal | None], ...]:
    """Each item that has targets with the lowest 完成率 among them; None where none is known."""
    rates: dict[int, list[Decimal]] = {}
    for row in summary.targets:
        known = rates.setdefault(row.item.number, [])
        if row.rate is not None:
            known.append(row.rate)
    return tuple((number, min(found, default=None)) for number, found in sorted(rates.items()))
