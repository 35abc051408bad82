"""The charts of 总览: native, with titles, axes and measures, and readable in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..figures import item_rates, unit_returns
from ..layout import HEAD_FONT, PLAIN_FONT, RULE
from ..period import Period
from ..progress import NOT_DUE
from ..summary import ItemClass, PeriodPoint, Summary
from .page import COLUMNS, WIDTH

_FONT = {"name": PLAIN_FONT, "size": 9, "bold": False}
_LEVEL = {**_FONT, "rotation": 360}  # 0 would leave it to the program, which turns many numbers
_TITLE = {"name": HEAD_FONT, "size": 10.5, "bold": False}
# Points around what is drawn: title, axis, legend. Left to themselves, programs differ widely.
_ABOVE, _BELOW, _BESIDE, _LEGEND, _RIGHT = 32.0, 36.0, 46.0, 88.0, 10.0
_MANY = 14  # columns, whose numbers are set smaller
_NAMES = 76.0  # for units' names, set aslant
_DATA = COLUMNS + 2  # hidden columns beside the page: what the charts are drawn from
HIGHEST = Decimal("1.5")  # one slip of the pen (4000 %) must not flatten all the others
_INK = "#1F3864"
# From what is done to what is not: each shade is told from its neighbours on a grey printer, and
# what is late is hatched.
_CLASS_FILLS: dict[ItemClass, dict[str, Any]] = {
    ItemClass.DONE: {"fill": {"color": "#1F3864"}},
    ItemClass.ON_SCHEDULE: {"fill": {"color": "#8EA9DB"}},
    ItemClass.SLOW: {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#C55A11",
                                 "bg_color": "#FFF2CC"}},
    ItemClass.NOT_STARTED: {"pattern": {"pattern": "large_check", "fg_color": "#833C0B",
                                        "bg_color": "#F8CBAD"}},
    ItemClass.UNMARKED: {"fill": {"color": "#D9D9D9"}},
    ItemClass.MISSING: {"fill": {"color": "#FFFFFF"}},
}  # fmt: skip
_RETURN_FILLS = {"已报": _CLASS_FILLS[ItemClass.ON_SCHEDULE], "未报": _CLASS_FILLS[ItemClass.SLOW]}
_RATE_FILLS: dict[str, dict[str, Any]] = {
    **{found.value: look for found, look in _CLASS_FILLS.items()},
    NOT_DUE: {"fill": {"color": "#FFFFFF"}},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart stands: its first row, the columns it covers, its height in points."""

    row: int
    first: int
    last: int
    height: float

    @property
    def size(self) -> dict[str, float]:
        """In pixels; a column of width w has 7 w + 5."""
        columns = self.last - self.first + 1
        return {
            "width": columns * (int(7 * WIDTH + 0.5) + 5) - 2,
            "height": self.height * 4 / 3 - 6,
        }


class Drawing:
    """The charts of one sheet, with the columns of figures that they are drawn from."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._book, self._sheet, self._next = book, sheet, _DATA

    def _column(self, heading: str, values: Sequence[Any]) -> list[Any]:
        """Write figures into the next hidden column; the range that they stand in."""
        col = self._next
        self._next += 1
        self._sheet.set_column(col, col, None, None, {"hidden": True})
        self._sheet.write(0, col, heading)
        for row, value in enumerate(values, 1):
            if value is not None:
                self._sheet.write(row, col, float(value) if isinstance(value, Decimal) else value)
        return [self._sheet.name, 1, col, len(values), col]

    def rates(self, summary: Summary, frame: Frame) -> None:
        """完成率 of each item as a column that looks like its class, 序时进度 as a line across."""
        rates = item_rates(summary)
        names = self._column("实事序号", [one.number for one in rates])
        due = self._column("序时进度", [float(summary.period.time_share)] * len(rates))
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        line = self._book.add_chart({"type": "line"})
        for word, look in _RATE_FILLS.items():
            if any(one.stands == word and one.rate is not None for one in rates):
                shown = [one.rate if one.stands == word else None for one in rates]
                values = self._column(word, shown)
                chart.add_series({"name": word, "categories": names, "values": values, "gap": _gap(len(rates)),
                                  "border": {"color": "#404040"}, **look})  # fmt: skip
        line.add_series({"name": "序时进度", "categories": names, "values": due,
                         "line": {"color": "#000000", "width": 1.75, "dash_type": "dash"}})  # fmt: skip
        chart.combine(line)
        # LibreOffice's legend of columns with a line takes half the chart: the title tells what
        # the line is, and the chart beside this one what each shade is.
        _title(chart, "各件实事指标完成率（虚线为序时进度）")
        size = 9 if len(rates) <= _MANY else 7
        chart.set_x_axis(
            _axis("实事序号（颜色同右图）", label_position="low", num_font={**_LEVEL, "size": size})
        )
        chart.set_y_axis(_rate_axis([one.rate for one in rates if one.rate is not None]))
        self._insert(chart, frame, legend=False)

    def course(self, course: Sequence[PeriodPoint], frame: Frame) -> None:
        """How many items stood in which class at each period's end."""
        names = self._column("期次", [short_label(point.period) for point in course])
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        for found in ItemClass:
            counts = [list(point.classes.values()).count(found) for point in course]
            if any(counts):
                values = self._column(found.value, [count or None for count in counts])
                chart.add_series({"name": found.value, "categories": names, "values": values,
                                  "gap": 70, "border": {"color": "#404040"},
                                  "data_labels": _inside(found), **_CLASS_FILLS[found]})  # fmt: skip
        _title(chart, "各期实事进展")
        chart.set_x_axis(_axis("期次"))
        most = max(len(point.classes) for point in course)
        chart.set_y_axis(_axis("件数（件）", **_whole_numbers(most), major_gridlines=_LINES))
        self._insert(chart, frame)

    def returns(self, summary: Summary, frame: Frame) -> None:
        """Of each unit the items returned, and those still out."""
        units = unit_returns(summary)
        names = self._column("责任单位", [unit for unit, _, _ in units])
        done = [answered or None for _, answered, _ in units]
        out = [owed - answered or None for _, answered, owed in units]
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        for word, counts in (("已报", done), ("未报", out)):
            if any(counts):
                values = self._column(word, counts)
                chart.add_series({"name": word, "categories": names, "values": values, "gap": _gap(len(units)),
                                  "border": {"color": "#404040"}, **_RETURN_FILLS[word]})  # fmt: skip
        _title(chart, "各单位报送事项")
        chart.set_x_axis(_axis("责任单位", num_font={**_FONT, "size": 8, "rotation": -45}))
        most = max(owed for _, _, owed in units)
        chart.set_y_axis(_axis("事项（项）", **_whole_numbers(most), major_gridlines=_LINES))
        self._insert(chart, frame, _NAMES)

    def _insert(self, chart: Any, frame: Frame, below: float = _BELOW, legend: bool = True) -> None:
        """`below`: points for the names under the axis."""
        width, height = frame.size["width"] * 0.75, frame.size["height"] * 0.75
        right = _LEGEND if legend else _RIGHT
        chart.set_plotarea({"layout": {
            "x": _BESIDE / width, "y": _ABOVE / height, "width": (width - _BESIDE - right) / width,
            "height": (height - _ABOVE - below) / height,
        }})  # fmt: skip
        chart.set_legend({"position": "right", "font": _FONT} if legend else {"none": True})
        chart.set_chartarea({"border": {"color": RULE}})
        chart.show_hidden_data()
        chart.show_blanks_as("gap")
        chart.set_size(frame.size)
        place = {"x_offset": 1, "y_offset": 3, "object_position": 1,
                 "description": chart.title.name}  # fmt: skip
        self._sheet.insert_chart(frame.row, frame.first, chart, place)


_LINES = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}


def short_label(period: Period) -> str:
    """A period without its year: 二季度, 上半年, 5月."""
    return period.label.partition("年")[2].removeprefix("第")


def _gap(columns: int) -> int:
    """Percent of a column's breadth between two: few are not to be broad as walls."""
    return 60 if columns > 6 else 250


def _title(chart: Any, text: str) -> None:
    chart.set_title({"name": text, "name_font": _TITLE, "overlay": False})


def _axis(name: str, **more: Any) -> dict[str, Any]:
    named = {"name": name, "name_font": _FONT} if name else {}
    return {"num_font": _FONT, "major_tick_mark": "none", "line": {"color": "#404040"},
            "major_gridlines": {"visible": False}, **named, **more}  # fmt: skip


def _whole_numbers(most: int) -> dict[str, Any]:
    """An axis from 0 to just above `most`, in steps of whole things."""
    step = next(
        n for n in (1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000) if most <= 5 * n or n == 5000
    )
    return {"min": 0, "max": (most // step + 1) * step, "major_unit": step, "num_format": "0"}


def _rate_axis(rates: Sequence[Decimal]) -> dict[str, Any]:
    """From 0, where no level has fallen below its base, to `HIGHEST` at most."""
    more: dict[str, Any] = {"num_format": "0%", "major_gridlines": _LINES}
    if min(rates) >= 0:
        more["min"] = 0
    top = max(*rates, Decimal(1))
    more["max"] = float(HIGHEST if top > Decimal("1.2") else Decimal("1.25"))
    return _axis("完成率（%）", major_unit=0.5 if top > Decimal("1.2") else 0.25, **more)


def _inside(found: ItemClass) -> dict[str, Any]:
    dark = found is ItemClass.DONE
    colour = "#FFFFFF" if dark else "#000000"
    return {"value": True, "position": "center", "font": {**_FONT, "color": colour}}
