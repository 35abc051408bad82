"""Summary → the figures and names that a circular's template may speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..cells import clean_text
from ..figures import (
    LaggingItem,
    Named,
    changes,
    done_remark,
    lagging_items,
    unreturned_units,
)
from ..kinds import plain
from ..layout import TITLE_SIZE
from ..summary import ItemClass, ItemRow, Summary, TargetRow
from ..titles import title_lines
from ..words import item_label

_NUMBERS = "一二三四五六七八九十"
LAGGING = (ItemClass.SLOW, ItemClass.NOT_STARTED)
_MOST_WORDS = 300  # of a unit, quoted in the draft
_TITLE_WIDTH = 86.0  # columns that 20 characters of 二号 take


@dataclass(frozen=True, slots=True)
class Told:
    """One item with its figures: 3.实施儿童友好城市建设行动, 高品质儿童友好社区2个（目标2个）."""

    label: str
    figures: str


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one class; `number` is 一, 二 … among the classes that have any.

    `named`: all of them by name; `lags`: told of under what lags; `silent`: nothing came of them.
    """

    number: str
    name: str
    count: int
    share: str
    items: tuple[Told, ...]

    @property
    def named(self) -> str:
        return "；".join(item.label for item in self.items)

    @property
    def numbers(self) -> str:
        return "第" + "、".join(item.label.partition(".")[0] for item in self.items) + "件"

    @property
    def lags(self) -> bool:
        return self.name in LAGGING

    @property
    def silent(self) -> bool:
        return self.name == ItemClass.MISSING


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of whom: 全部未报（2个）, the names; `word` and `count` are 全部未报, 2."""

    name: str
    who: str

    @property
    def word(self) -> str:
        return self.name.partition("（")[0]

    @property
    def count(self) -> str:
        return "".join(c for c in self.name.partition("（")[2] if c.isdigit())


def said_of(summary: Summary) -> Mapping[str, object]:
    """The words of the template; docs/templates.md lists them."""
    groups = tuple(_groups(summary))
    units = [row for row in summary.units if row.owed]
    lagging = tuple(_clean(item) for item in lagging_items(summary))
    missing = tuple(_said(named) for named in unreturned_units(summary))
    return {
        "programme": summary.programme,
        "period": summary.period,
        "when": _when(summary),
        "title": _title(summary),
        "collector": summary.programme.collector,
        "day": _day(summary.today),
        "total": len(summary.items),
        "groups": groups,
        "overall": "；".join(f"{g.name}{g.count}件，占{g.share}" for g in groups),
        "done_remark": _tight(done_remark(summary)).rstrip("。"),
        "time_share": f"{float(summary.period.time_share):.0%}",
        "year_over": summary.period.time_share == 1,
        "units": len(units),
        "units_whole": sum(row.answered >= row.owed for row in units),
        "changes": tuple(
            Said(_tight(n.name), n.brief.removesuffix("实事")) for n in changes(summary)
        ),
        "lagging": lagging,
        "lagging_units": "、".join(dict.fromkeys(u for i in lagging for u in i.unit.split("、"))),
        "missing": missing,
        "last_number": _NUMBERS[bool(lagging) + bool(missing)] if lagging or missing else "",
        "corrections": len(summary.corrections),
    }


def _when(summary: Summary) -> str:
    """The period; without its year where the programme's name has it."""
    label, year = summary.period.label, f"{summary.period.year}年"
    return label.removeprefix(year) if year in summary.programme.name else label


def _title(summary: Summary) -> str:
    """In lines that break where the sense allows, 20 characters of 二号 at most."""
    whole = f"关于{summary.programme.name}{_when(summary)}进展情况的通报"
    return title_lines(whole, _TITLE_WIDTH, TITLE_SIZE)


def _said(named: Named) -> Said:
    return Said(_tight(named.name), _tight(named.text))


def _tight(text: str) -> str:
    """Our own words as a document has them: 2 项 is 2项."""
    return re.sub("(?<=[0-9]) (?=[一-龥])|(?<=[一-龥]) (?=[0-9])", "", text)


def _clean(item: LaggingItem) -> LaggingItem:
    """Without what XML does not allow, each unit's words after the other's; long ones begun."""
    words = _one_line(clean_text(item.words))
    if len(words) > _MOST_WORDS:
        words = words[:_MOST_WORDS].rstrip("，、；。") + "……（全文见呈报表）"
    return LaggingItem(
        item.number, clean_text(item.name), item.item_class, item.unit,
        _one_line(clean_text(item.figures)), words.rstrip("。；"),
    )  # fmt: skip


def _one_line(text: str) -> str:
    """The lines after one another; where a line ends without a mark, with a ；."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    ended = (line if line[-1] in "。；，、：！？" else f"{line}；" for line in lines)
    return "".join(ended).rstrip("；")


def _groups(summary: Summary) -> Iterator[Group]:
    present = [c for c in ItemClass if summary.classes[c]]
    for number, found in zip(_NUMBERS, present, strict=False):
        rows = [row for row in summary.items if row.item_class is found]
        told = tuple(Told(item_label(row.item), _figures(summary, row)) for row in rows)
        share = f"{len(rows) / len(summary.items):.1%}".replace(".0%", "%")
        yield Group(number, found.value, len(rows), share, told)


def _figures(summary: Summary, row: ItemRow) -> str:
    """Every figure that was reported of the item, with its goal."""
    rows = [t for t in summary.targets if t.item.id == row.item.id]
    told = "；".join(_figure(t) for t in rows if t.figure is not None)
    return told or ("本期未填报量化指标" if any(t.asked for t in rows) else "")


def _figure(row: TargetRow) -> str:
    measure = row.target.measure
    figure = plain(round(row.figure or Decimal(0), 2))
    named = f"{row.target.name}{figure}{measure}"
    if len(row.target.shares) > 1:
        named = f"{row.unit}{named}"
    goal = row.target.goal_label(row.unit)
    rated = f"，完成率{row.rate:.1%}".replace(".0%", "%") if row.rate is not None else ""
    return f"{named}（年度目标{goal}{measure if goal[-1:].isdigit() else ''}{rated}）"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
