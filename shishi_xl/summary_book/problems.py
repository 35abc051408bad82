"""问题清单: a row for each cause, gravest first, with a link to its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter import Workbook

from ..causes import Cause, causes
from ..model import Item
from ..plain_table import PlainColumn, write_plain_table
from ..problems import Place
from ..styles import Styles
from ..summary import ProblemRow, Summary
from ..words import item_label
from .links import FileLinks


def write_problems(book: Workbook, styles: Styles, summary: Summary) -> None:
    """A line for each cause, by grade, then unit and item in the programme's order, then place."""
    known, links = _Known(summary), FileLinks(summary)
    columns: tuple[PlainColumn[Cause], ...] = (
        PlainColumn("级别", 7, lambda row: row.problem.grade.value, "plain_word"),
        PlainColumn("代码", 6, lambda row: row.problem.code, "plain_word"),
        PlainColumn("责任单位", 16, lambda row: row.problem.unit),
        PlainColumn("事项", 20, known.label),
        PlainColumn("文件", 20, lambda row: links.to_problem(row.problem)),
        PlainColumn("工作表", 12, lambda row: row.problem.place.sheet),
        PlainColumn("单元格", 8, lambda row: row.cells),
        PlainColumn("填报内容", 24, lambda row: row.found, grows=True),
        PlainColumn("问题", 30, lambda row: row.message, grows=True),
        PlainColumn("建议", 30, lambda row: row.advice, grows=True),
        PlainColumn("单位说明", 18, lambda row: row.first.explanation, grows=True),
        PlainColumn("处理状态", 9, lambda row: row.first.state, "plain_word"),
        PlainColumn("首次发现", 12, lambda row: row.first_found, "plain_date"),
    )
    rows = sorted(summary.problems, key=known.order)
    write_plain_table(book, styles, "问题清单", columns, causes(rows))


@dataclass(frozen=True)
class _Known:
    """What the summary knows of a problem's item, unit and file."""

    summary: Summary

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.summary.programme.items}

    @cached_property
    def _units(self) -> Mapping[str, int]:
        return {row.unit: at for at, row in enumerate(self.summary.units)}

    def label(self, cause: Cause) -> str:
        """The item as 序号 and name; of several, their numbers."""
        items = [self._items[i] for i in cause.items if i in self._items]
        if len(items) > 1:
            return f"第 {'、'.join(str(i.number) for i in items)} 件"
        return item_label(items[0]) if items else cause.problem.item

    def order(self, row: ProblemRow) -> tuple[bool, int, int, str, int, Place, str, str]:
        """What still stands first; files of unknown units come first in their grade."""
        problem = row.problem
        item = self._items.get(problem.item)
        unit = self._units.get(problem.unit, len(self._units) if problem.unit else -1)
        number = item.number if item else 0
        return (
            not row.open, problem.grade.rank, unit, problem.unit, number, problem.place, problem.code,
            problem.found,
        )  # fmt: skip
