"""明细: a row for each item × unit, answers verbatim."""

from __future__ import annotations

from collections.abc import Callable

from xlsxwriter import Workbook

from ..form import Column
from ..plain_table import PlainColumn, write_plain_table
from ..styles import Styles
from ..summary import DetailRow, Summary
from ..words import cells_of, sheets_of
from .links import FileLinks

_Columns = tuple[PlainColumn[DetailRow], ...]


def _role(row: DetailRow) -> str:
    """责任单位; of a group's member, with the group: 责任单位（各镇（街道））."""
    label = row.duty.role.label
    return f"{label}（{row.duty.group}）" if row.duty.group else label


_BEFORE: _Columns = (
    PlainColumn("序号", 6, lambda row: row.duty.item.number),
    PlainColumn("实事名称", 26, lambda row: row.duty.item.name),
    PlainColumn("责任单位", 22, lambda row: row.duty.unit),
    PlainColumn("角色", 12, _role),
    PlainColumn("状态", 9, lambda row: row.state.value, "plain_word"),
)
_AFTER: _Columns = (
    PlainColumn("工作表", 18, lambda row: sheets_of(row.places), printed=False),
    PlainColumn("单元格", 10, lambda row: cells_of(row.places), printed=False),
    PlainColumn("完成时限（规范）", 13, lambda row: row.deadline, "plain_date", printed=False),
)


def write_details(book: Workbook, styles: Styles, summary: Summary) -> None:
    """One column for each answer column of the form stands between the fixed ones."""
    cycle = summary.programme.cycle
    answers = tuple(
        PlainColumn(c.title(cycle), 60 if c.answer == "text" else 16, _answer(c),
                    grows=c.answer == "text")
        for c in summary.form.annex.answers
    )  # fmt: skip
    links = FileLinks(summary)
    source: PlainColumn[DetailRow] = PlainColumn(
        "来源文件", 28, lambda row: links.to_all(row.places), printed=False
    )
    columns = (*_BEFORE, *answers, source, *_AFTER)
    write_plain_table(book, styles, "明细", columns, summary.details)


def _answer(column: Column) -> Callable[[DetailRow], str]:
    return lambda row: row.answers.get(column.key, "")
