"""Summary → the figures that leaders ask for, each with its denominator, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .copies import CopyState
from .model import Item
from .problems import Grade
from .progress import NOT_DUE
from .summary import DetailRow, ItemClass, ItemRow, State, Summary
from .words import item_label

_LAGGING = (ItemClass.NOT_STARTED, ItemClass.SLOW)
# From worst to best, for what became better or worse; what nothing is known of is in neither.
_ORDER = (ItemClass.NOT_STARTED, ItemClass.SLOW, ItemClass.ON_SCHEDULE, ItemClass.DONE)


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure in large type: what was counted, how many, of how many or how they divide."""

    name: str
    count: str
    note: str


@dataclass(frozen=True, slots=True)
class Named:
    """What is said of whom: 全部未报（2 个）, by name; `measure` counts them.

    `brief` says all of them in few words.
    """

    name: str
    who: tuple[str, ...]
    measure: str
    joint: str = "；"
    brief: str = ""

    @property
    def text(self) -> str:
        return self.joint.join(self.who)


@dataclass(frozen=True, slots=True)
class RatedItem:
    """An item's lowest 完成率, and how it stands: its class, or 未到时限 where nothing is due."""

    number: int
    rate: Decimal | None
    stands: str


@dataclass(frozen=True, slots=True)
class LaggingItem:
    """A slow or unstarted item, by name, with figures and the unit's own words."""

    number: int
    name: str
    item_class: str
    unit: str
    figures: str
    words: str


def class_tiles(summary: Summary) -> tuple[Tile, ...]:
    """A tile for each class, also the empty ones: they add up to the number of items."""
    whole = len(summary.items)
    last = _last_classes(summary)
    before = Counter(last.values())
    return tuple(
        Tile(c.value, f"{summary.classes[c]} 件", _share(summary.classes[c], whole)
             + (f"，上期 {before[c]} 件" if last else ""))
        for c in ItemClass
    )  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"


def _last_classes(summary: Summary) -> Mapping[str, ItemClass]:
    """Each item's class of the period before; nothing where the year begins with this one."""
    return summary.course[-2].classes if len(summary.course) > 1 else {}


def done_remark(summary: Summary) -> str:
    """提前 and 超额, said beside 已完成; "" where there is neither."""
    done = [row for row in summary.items if row.item_class is ItemClass.DONE]
    counts = {"提前完成": sum(r.ahead for r in done), "超额完成": sum(r.beyond for r in done)}
    words = "，".join(f"{name} {count} 件" for name, count in counts.items() if count)
    return f"已完成的 {len(done)} 件中：{words}。" if words else ""


def return_tiles(summary: Summary) -> tuple[Tile, ...]:
    """What came back of what is asked for, what of it must come again."""
    every = (_duties(summary), _units(summary), _targets(summary), _problems(summary))
    return tuple(tile for tile in every if tile)


def _duties(summary: Summary) -> Tile:
    owed = [row for row in summary.details if row.owed]
    states = Counter(row.state for row in owed)
    answered = sum(row.answered for row in owed)
    parts = [(s.value, states[s]) for s in State if s is not State.REPORTED]
    return Tile("已报事项（事项×单位）", f"{answered}/{len(owed)} 项",
                _divide(parts) or "全部报送")  # fmt: skip


def _units(summary: Summary) -> Tile:
    owing = [row for row in summary.units if row.owed]
    whole = sum(row.answered >= row.owed for row in owing)
    some = sum(0 < row.answered < row.owed for row in owing)
    parts = [("部分报送", some), ("未报送", len(owing) - whole - some),
             ("逾期", sum(bool(row.late) for row in owing))]  # fmt: skip
    return Tile("全部报齐的单位", f"{whole}/{len(owing)} 个", _divide(parts) or "全部报齐")


def _targets(summary: Summary) -> Tile | None:
    # Of an item that was reported done before no figure is asked for.
    rows = [row for row in summary.targets if row.asked or row.figure is not None or row.written]
    if not rows:
        return None
    filled = sum(row.figure is not None or bool(row.written) for row in rows)
    # Explained or not: while no number can be read, none counts.
    unread = sum(r.figure is None and bool(r.written) and not r.target.goal.text for r in rows)
    parts = [("未填报", len(rows) - filled), ("数值待定", unread)]
    return Tile("已填指标（指标×单位）", f"{filled}/{len(rows)} 项", _divide(parts) or "全部填报")


def _problems(summary: Summary) -> Tile:
    total = summary.grades.total()
    sent_back = sum(row.sent_back for row in summary.units)
    parts = [*((grade.value, summary.grades[grade]) for grade in Grade), ("已退回", sent_back)]
    return Tile("待处理问题", f"{total} 条", _divide(parts) or "没有发现问题")


def _divide(parts: Iterable[tuple[str, int]]) -> str:
    """零报告 1，未报送 6: those that are not empty."""
    return "，".join(f"{name} {count}" for name, count in parts if count)


def lagging_items(summary: Summary) -> tuple[LaggingItem, ...]:
    """The unstarted and the slow items, in the order of the programme."""
    return tuple(_lagging(row) for row in summary.items if row.item_class in _LAGGING)


def _lagging(row: ItemRow) -> LaggingItem:
    words = "\n".join(f"{unit}：{text}" for unit, text in row.obstacles)
    return LaggingItem(row.item.number, row.item.name, row.item_class.value, "、".join(row.behind),
                       _reasons(row), words)  # fmt: skip


def _reasons(row: ItemRow) -> str:
    """The figures that are behind, each with its unit where the item waits for several."""
    several = len(row.behind) > 1
    return "\n".join(f"{'、'.join(r.units)}：{r.text}" if several else r.text for r in row.reasons)


def unreturned_units(summary: Summary) -> tuple[Named, ...]:
    """Who has returned nothing, then who has left something out."""
    by_unit: dict[str, list[DetailRow]] = {}
    for row in summary.details:
        if row.owed:
            by_unit.setdefault(row.duty.unit, []).append(row)
    nothing: dict[str, str] = {}
    some: dict[str, tuple[str, str]] = {}
    for unit, rows in by_unit.items():
        missing = [item_label(r.duty.item) for r in rows if r.state is State.MISSING]
        if missing and len(missing) == len(rows):
            nothing[unit] = f"{unit}（{len(rows)} 项）"
        elif missing:
            lack = f"{len(rows)} 项中缺 {len(missing)} 项"
            some[unit] = (f"{unit}（{lack}：{'；'.join(missing)}）", f"{unit}（{lack}）")
    groups = (
        ("全部未报", tuple(nothing.values()), "、".join(nothing)),
        ("部分未报", tuple(w for w, _ in some.values()), "、".join(b for _, b in some.values())),
    )
    return tuple(Named(f"{n}（{len(who)} 个）", who, "个", "、", b) for n, who, b in groups if who)


def unstamped_units(summary: Summary) -> tuple[Named, ...]:
    """Whose stamped copy is asked for once more: it has not come, or has no seal."""
    chased = [(u.stamped.chased, u.unit) for u in summary.units if u.stamped.chased]
    groups = ((s, tuple(unit for state, unit in chased if state is s)) for s in CopyState)
    return tuple(Named(f"盖章件{s}（{len(who)} 个）", who, "个", "、") for s, who in groups if who)


def unreturned_items(summary: Summary) -> Named | None:
    """The items of which no unit has returned anything though it is due."""
    states: dict[str, set[State]] = {}
    items = {row.duty.item.id: row.duty.item for row in summary.details if row.owed}
    for row in summary.details:
        if row.owed:
            states.setdefault(row.duty.item.id, set()).add(row.state)
    found = [item for key, item in items.items() if states[key] == {State.MISSING}]
    labels = tuple(item_label(item) for item in found)
    name = f"无单位报送（{len(found)} 件）"
    return Named(name, labels, "件", brief=_numbers(found)) if found else None


def item_rates(summary: Summary) -> tuple[RatedItem, ...]:
    """Each item that has targets with the lowest 完成率 of those that are due by now.

    Where none is due it is said: a kindergarten to be finished in December lags nothing in June.
    """
    rates: dict[str, list[tuple[bool, Decimal]]] = {}
    for row in summary.targets:
        known = rates.setdefault(row.item.id, [])
        if row.rate is not None:
            known.append((row.verdict == NOT_DUE, row.rate))
    rows = (row for row in summary.items if row.item.id in rates)
    return tuple(_rated(row, rates[row.item.id]) for row in rows)


def _rated(row: ItemRow, rates: Sequence[tuple[bool, Decimal]]) -> RatedItem:
    waiting, rate = min(rates, default=(False, None))
    return RatedItem(row.item.number, rate, NOT_DUE if waiting else row.item_class.value)


def unit_returns(summary: Summary) -> tuple[tuple[str, int, int], ...]:
    """Each unit that owes something: items returned, items owed."""
    return tuple((row.unit, row.answered, row.owed) for row in summary.units if row.owed)


def changes(summary: Summary) -> tuple[Named, ...]:
    """What became of items since the period before, the good news first."""
    last = _last_classes(summary)
    moved: dict[str, list[tuple[Item, str]]] = {"新完成": [], "好转": [], "变差": []}
    for row in summary.items:
        before, now = last.get(row.item.id), row.item_class
        if before not in _ORDER or now not in _ORDER or before is now:
            continue
        better = _ORDER.index(now) > _ORDER.index(before)
        name = "新完成" if now is ItemClass.DONE else "好转" if better else "变差"
        moved[name].append((row.item, "" if name == "新完成" else f"（{before}→{now}）"))
    return tuple(_moved(name, m) for name, m in moved.items() if m)


def _moved(name: str, items: Sequence[tuple[Item, str]]) -> Named:
    """By name and from what to what."""
    who = tuple(item_label(item) + how for item, how in items)
    return Named(f"{name}（{len(items)} 件）", who, "件", brief=_numbers([i for i, _ in items]))


def _numbers(items: Iterable[Item]) -> str:
    """第1、3、5至9件实事."""
    runs: list[list[int]] = []
    for number in sorted(item.number for item in items):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = (f"{r[0]}至{r[-1]}" if len(r) > 2 else "、".join(map(str, r)) for r in runs)
    return f"第{'、'.join(told)}件实事"
