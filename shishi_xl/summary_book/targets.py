"""量化指标: a row for each target × reporting unit; what was not reported is empty, never 0."""

from __future__ import annotations

from xlsxwriter import Workbook

from ..plain_table import PlainColumn, write_plain_table
from ..styles import Styles
from ..summary import Summary, TargetRow

_COLUMNS: tuple[PlainColumn[TargetRow], ...] = (
    PlainColumn("序号", 6, lambda row: row.item.number),
    PlainColumn("实事名称", 22, lambda row: row.item.name),
    PlainColumn("指标", 20, lambda row: row.target.name),
    PlainColumn("责任单位", 18, lambda row: row.unit),
    PlainColumn("年度目标", 11, lambda row: row.target.goal_label(row.unit)),
    PlainColumn("计量单位", 9, lambda row: row.target.measure),
    PlainColumn("上期累计", 9.5, lambda row: row.last, "plain_number"),
    PlainColumn("本期累计", 9.5, lambda row: row.figure, "plain_number"),
    PlainColumn("填报原文", 12, lambda row: row.written),
    PlainColumn("完成率", 9, lambda row: row.rate, "plain_percent"),
    PlainColumn("序时要求", 9.5, lambda row: row.requirement, "plain_number"),
    PlainColumn("评价", 11, lambda row: row.verdict),
    PlainColumn("文中数字", 14, lambda row: row.in_text),
    PlainColumn("来源文件", 18, lambda row: row.place.file),
    PlainColumn("单元格", 8, lambda row: row.place.cell),
)


def write_targets(book: Workbook, styles: Styles, summary: Summary) -> None:
    """The targets in the order of their items."""
    write_plain_table(book, styles, "量化指标", _COLUMNS, summary.targets)
