"""Summary → the figures and names that a circular's template may speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..cells import clean_text
from ..figures import LaggingItem, changes, done_remark, lagging_items, unreturned_units
from ..kinds import plain
from ..summary import ItemClass, ItemRow, Summary, TargetRow
from ..words import item_label

_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Told:
    """One item with its figures: 3.实施儿童友好城市建设行动, 高品质儿童友好社区 2个（目标 2个）."""

    label: str
    figures: str


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one class; `number` is 一, 二 … among the classes that have any."""

    number: str
    name: str
    count: int
    share: str
    items: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of whom: 全部未报（2 个）, the names."""

    name: str
    who: str


def said_of(summary: Summary) -> Mapping[str, object]:
    """The words of the template; docs/templates.md lists them."""
    groups = tuple(_groups(summary))
    units = [row for row in summary.units if row.owed]
    lagging = tuple(_clean(item) for item in lagging_items(summary))
    return {
        "programme": summary.programme,
        "period": summary.period,
        "collector": summary.programme.collector,
        "day": _day(summary.today),
        "total": len(summary.items),
        "groups": groups,
        "overall": "；".join(f"{g.name}{g.count}件，占{g.share}" for g in groups),
        "done_remark": done_remark(summary).rstrip("。"),
        "time_share": f"{float(summary.period.time_share):.0%}",
        "units": len(units),
        "units_whole": sum(row.answered >= row.owed for row in units),
        "changes": tuple(Said(n.name, n.text) for n in changes(summary)),
        "lagging": lagging,
        "lagging_units": "、".join(dict.fromkeys(u for i in lagging for u in i.unit.split("、"))),
        "missing": tuple(Said(n.name, n.text) for n in unreturned_units(summary)),
        "corrections": len(summary.corrections),
    }


def _clean(item: LaggingItem) -> LaggingItem:
    """Without what XML does not allow; each unit's words on a line of their own."""
    return LaggingItem(
        item.number, clean_text(item.name), item.item_class, item.unit,
        clean_text(item.figures).replace("\n", "；"), clean_text(item.words),
    )  # fmt: skip


def _groups(summary: Summary) -> Iterator[Group]:
    present = [c for c in ItemClass if summary.classes[c]]
    for number, found in zip(_NUMBERS, present, strict=False):
        rows = [row for row in summary.items if row.item_class is found]
        told = tuple(Told(item_label(row.item), _figures(summary, row)) for row in rows)
        share = f"{len(rows) / len(summary.items):.1%}"
        yield Group(number, found.value, len(rows), share, told)


def _figures(summary: Summary, row: ItemRow) -> str:
    """Every figure that was reported of the item, with its goal."""
    rows = [t for t in summary.targets if t.item.id == row.item.id and t.figure is not None]
    return "；".join(_figure(t) for t in rows)


def _figure(row: TargetRow) -> str:
    measure = row.target.measure
    figure = plain(round(row.figure or Decimal(0), 2))
    named = f"{row.target.name}{figure}{measure}"
    if len(row.target.shares) > 1:
        named = f"{row.unit}{named}"
    goal = row.target.goal_label(row.unit)
    rated = f"，完成率{row.rate:.1%}" if row.rate is not None else ""
    return f"{named}（年度目标{goal}{measure if goal[-1:].isdigit() else ''}{rated}）"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
