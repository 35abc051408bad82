"""量化指标: a row for each target × reporting unit; what was not reported is empty, never 0."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ..plain_table import PlainColumn, write_plain_table
from ..progress import part_of, rate
from ..styles import Styles
from ..summary import Summary, TargetRow
from .links import FileLinks

_Columns = tuple[PlainColumn[TargetRow], ...]
_RATE, _DUE, _COURSE = "完成率", "序时进度", "各期走势"
_BAR = {"type": "data_bar", "bar_solid": True, "data_bar_2010": True, "min_type": "num",
        "min_value": 0, "max_type": "num", "max_value": 1, "bar_axis_position": "none"}  # fmt: skip

_BEFORE: _Columns = (
    PlainColumn("序号", 6, lambda row: row.item.number),
    PlainColumn("实事名称", 22, lambda row: row.item.name),
    PlainColumn("指标", 20, lambda row: row.target.name),
    PlainColumn("责任单位", 18, lambda row: row.unit),
    PlainColumn("年度目标", 11, lambda row: row.target.goal_label(row.unit), "plain_word"),
    PlainColumn("计量单位", 9, lambda row: row.target.measure, "plain_word"),
    PlainColumn("上期累计", 9.5, lambda row: row.last, "plain_number"),
    PlainColumn("本期累计", 9.5, lambda row: row.figure, "plain_number"),
)
_WRITTEN: PlainColumn[TargetRow] = PlainColumn("填报原文", 12, lambda row: row.written, grows=True)
_JUDGED: _Columns = (
    PlainColumn(_RATE, 11, lambda row: row.rate, "plain_percent"),
    PlainColumn("序时要求", 9.5, lambda row: row.requirement, "plain_number"),
    PlainColumn("评价", 11, lambda row: row.verdict, "plain_word"),
)


def write_targets(book: Workbook, styles: Styles, summary: Summary) -> None:
    """For the clerk: the targets in the order of their items, with what was written and where."""
    links = FileLinks(summary)
    after: _Columns = (
        PlainColumn("文中数字", 14, lambda row: row.in_text, grows=True),
        PlainColumn("来源文件", 18, lambda row: links.to(row.place.file), printed=False),
        PlainColumn("单元格", 8, lambda row: row.place.cell, printed=False),
    )
    columns = (*_BEFORE, _WRITTEN, *_JUDGED, *after)
    sheet = write_plain_table(book, styles, "量化指标", columns, summary.targets)
    _draw_bars(sheet, columns, len(summary.targets))


def write_leaders_targets(book: Workbook, styles: Styles, summary: Summary) -> None:
    """For the leadership: progress beside what is due by now, last period, the year's course."""
    rate_column, required, verdict = _JUDGED
    due: PlainColumn[TargetRow] = PlainColumn(_DUE, 11, _due, "plain_percent")
    course: _Columns = (PlainColumn(_COURSE, 12, lambda row: None),)
    several = len(summary.course) > 1
    columns = (*_BEFORE, required, rate_column, due, verdict, *(course if several else ()))
    sheet = write_plain_table(book, styles, "量化指标", columns, summary.targets)
    _draw_bars(sheet, columns, len(summary.targets))
    sheet.set_header(f'&C&"黑体,常规"&12 量化指标完成情况（{summary.period.label}）')
    if several:
        _draw_courses(sheet, summary, len(columns) - 1)


def _due(row: TargetRow) -> Decimal | None:
    """The part of the goal that is due by now."""
    if not isinstance(row.requirement, Decimal):
        return None
    return rate(part_of(row.target, row.unit), row.requirement)


def _draw_bars(sheet: Worksheet, columns: _Columns, rows: int) -> None:
    """完成率 dark and 序时进度 light, both from 0 to 100 %: side by side they show who lags."""
    for col, column in enumerate(columns):
        colour = {_RATE: "#B4C6E7", _DUE: "#D0CECE"}.get(column.header)
        if colour and rows:
            sheet.conditional_format(1, col, rows, col, {**_BAR, "bar_color": colour})


def _draw_courses(sheet: Worksheet, summary: Summary, col: int) -> None:
    """A small column for each period, from figures in hidden columns beside the table."""
    first = col + 2
    last = first + len(summary.course) - 1
    sheet.set_column(first, last, None, None, {"hidden": True})
    for at, row in enumerate(summary.targets, 1):
        key = (row.item.id, row.target.id, row.unit)
        figures = [point.figures.get(key) for point in summary.course[:-1]] + [row.figure]
        for place, figure in enumerate(figures, first):
            if figure is not None:
                sheet.write_number(at, place, float(figure))
        # As columns: LibreOffice 7.4 draws a line of hidden cells as dots.
        look: dict[str, Any] = {"type": "column", "show_hidden": True, "min": 0,
                                "series_color": "#8497B0"}  # fmt: skip
        area = f"'{sheet.name}'!{xl_range_abs(at, first, at, last)}"
        sheet.add_sparkline(at, col, {"range": area, **look})
