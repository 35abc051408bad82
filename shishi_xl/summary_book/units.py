"""报送情况: a row for each unit that holds a form."""

from __future__ import annotations

from collections.abc import Callable

from xlsxwriter import Workbook

from ..plain_table import PlainColumn, write_plain_table
from ..problems import Grade
from ..styles import Styles
from ..summary import Summary, UnitRow


def _count(grade: Grade) -> Callable[[UnitRow], int]:
    return lambda row: row.problems.get(grade, 0)


_LATE = {True: "是", False: "否", None: ""}

_COLUMNS: tuple[PlainColumn[UnitRow], ...] = (
    PlainColumn("责任单位", 26, lambda row: row.unit),
    PlainColumn("应报事项", 9, lambda row: row.owed),
    PlainColumn("已报事项", 9, lambda row: row.answered),
    PlainColumn("状态", 10, lambda row: row.state, "plain_word"),
    PlainColumn("电子版", 8, lambda row: row.electronic, "plain_word"),
    PlainColumn("盖章PDF", 26, lambda row: row.stamped.words, "plain_word"),
    PlainColumn("首报时间", 21, lambda row: row.first_arrival, "plain_time"),
    PlainColumn("收到时间", 21, lambda row: row.arrival, "plain_time"),
    PlainColumn("是否逾期", 9, lambda row: _LATE[row.late], "plain_word"),
    PlainColumn("版本数", 8, lambda row: row.versions),
    PlainColumn("退回次数", 9, lambda row: row.sent_back),
    *(PlainColumn(grade.value, 7, _count(grade)) for grade in Grade),
    PlainColumn("填报人", 12, lambda row: row.person),
    PlainColumn("联系电话", 16, lambda row: row.phone),
)


def write_units(book: Workbook, styles: Styles, summary: Summary) -> None:
    """The units in the order of their first item."""
    write_plain_table(book, styles, "报送情况", _COLUMNS, summary.units)
