"""The two charts of 总览: native, and readable in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..layout import BODY_FONT
from .page import COLUMNS, WIDTH

_DARK, _LIGHT, _RULE = "#3F5F7F", "#A9BACB", "#D9D9D9"
_FONT = {"name": BODY_FONT, "size": 9, "bold": False}
_DATA = COLUMNS + 2  # hidden columns beside the page: what the second chart is drawn from
_COLUMN = {
    "fill": {"color": _LIGHT},
    "border": {"color": _DARK},
    "gap": 60,
    "data_labels": {"value": True, "num_format": "0%", "position": "inside_base", "font": _FONT},
}
_LINE = {
    "line": {"color": "#000000", "width": 1.5, "dash_type": "dash"},
    "marker": {"type": "square", "size": 3, "border": {"color": "#000000"},
               "fill": {"color": "#000000"}},
}  # fmt: skip
HIGHEST = Decimal("1.5")  # one slip of the pen (4000 %) must not flatten all the others


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
        return {"width": columns * int(7 * WIDTH + 5) - 8, "height": self.height * 4 / 3 - 6}


def insert_class_chart(book: Workbook, sheet: Worksheet, frame: Frame, classes: int) -> None:
    """Bars beside the table of classes, which begins below `frame.row` with the header."""
    chart = book.add_chart({"type": "bar"})
    first, last = frame.row + 1, frame.row + classes
    chart.add_series(
        {
            "name": "件数",
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, 2, last, 2],
            "fill": {"color": _DARK},
            "gap": 45,
            "data_labels": {"value": True, "font": _FONT},
        }
    )
    chart.set_title({"name": "各类实事件数", "name_font": _FONT | {"size": 10}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "major_tick_mark": "none"})
    _insert(sheet, chart, frame)


def insert_rate_chart(
    book: Workbook,
    sheet: Worksheet,
    frame: Frame,
    rates: Sequence[tuple[int, Decimal | None]],
    time_share: Fraction,
) -> None:
    """完成率 of each item as columns, 序时进度 as a dashed line across them."""
    _write_data(sheet, rates, time_share)
    last = len(rates) - 1
    ranges = [[sheet.name, 0, col, last, col] for col in (_DATA, _DATA + 1, _DATA + 2)]
    chart, line = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    chart.add_series({"name": "完成率", "categories": ranges[0], "values": ranges[1], **_COLUMN})
    line.add_series({"name": "序时进度", "categories": ranges[0], "values": ranges[2], **_LINE})
    chart.combine(line)
    chart.show_hidden_data()
    chart.set_legend({"position": "top", "font": _FONT})
    chart.set_x_axis({"num_font": _FONT, "label_position": "low", "major_tick_mark": "none"})
    chart.set_y_axis(_rate_axis([rate for _, rate in rates if rate is not None]))
    _insert(sheet, chart, frame)


def _write_data(
    sheet: Worksheet, rates: Sequence[tuple[int, Decimal | None]], time_share: Fraction
) -> None:
    for at, (number, rate) in enumerate(rates):
        sheet.write_number(at, _DATA, number)
        if rate is not None:
            sheet.write_number(at, _DATA + 1, float(rate))
        sheet.write_number(at, _DATA + 2, float(time_share))
    sheet.set_column(_DATA, _DATA + 2, None, None, {"hidden": True})


def _rate_axis(rates: Sequence[Decimal]) -> dict[str, object]:
    """From 0, where no level has fallen below its base, to `HIGHEST` at most."""
    axis: dict[str, object] = {
        "num_font": _FONT,
        "num_format": "0%",
        "major_gridlines": {"visible": True, "line": {"color": _RULE}},
        "line": {"none": True},
    }
    if min(rates) >= 0:
        axis["min"] = 0
    if max(rates) > HIGHEST:
        axis["max"] = float(HIGHEST)
    return axis


def _insert(sheet: Worksheet, chart: object, frame: Frame) -> None:
    place = {"x_offset": 4, "y_offset": 4, "object_position": 1}
    chart.set_size(frame.size)  # type: ignore[attr-defined]
    sheet.insert_chart(frame.row, frame.first, chart, place)
