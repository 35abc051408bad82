"""A unit's contact as a program: opens the form it was sent, edits it as people do, saves it.

It knows what stands on the sheets and nothing of the program that wrote them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.utils import get_column_letter

from .rearrange import (
    column_widths,
    copy_format,
    deletion,
    insertion,
    permutation,
    rearrange,
    write,
)
from .saving import save
from .table import SheetTable, cell_at, find_table, find_text, text_of

PROGRESS, DEADLINE, FIGURE = "具体措施", "完成时限", "本期累计"
_USUAL_DAY = datetime(2023, 6, 28, 9, 30)

Typed = str | int | float | date


class Unit:
    """One workbook in the hands of a unit. Items and targets are called by their names."""

    def __init__(self, form: Path | Workbook) -> None:
        self.book = form if isinstance(form, Workbook) else load_workbook(form)

    @property
    def annex(self) -> SheetTable:
        """The first table in the workbook: the annex, wherever it was moved to."""
        for sheet in self.book.worksheets:
            try:
                return find_table(sheet)
            except LookupError:
                continue
        raise LookupError("no table in the workbook")

    @property
    def items(self) -> tuple[str, ...]:
        """The names of the annex's items from top to bottom."""
        return self.annex.names

    def item(self, number: int) -> str:
        """The name of the item with this 序号."""
        table = self.annex
        found = (
            r for r in table.rows if text_of(table.sheet, r, table.column("序号")) == str(number)
        )
        return table.name(next(found))

    @property
    def answers(self) -> Mapping[int, tuple[str, str]]:
        """The annex as it reads now: 序号 → progress and deadline."""
        table = self.annex
        return {
            int(text_of(table.sheet, row, table.column("序号"))): (
                text_of(table.sheet, row, table.column(PROGRESS)),
                text_of(table.sheet, row, table.column(DEADLINE)),
            )
            for row in table.rows
        }

    @property
    def targets(self) -> tuple[tuple[str, str], ...]:
        """Item and target of each row of 量化指标; none where the form has no such sheet."""
        if "量化指标" not in self.book.sheetnames:
            return ()
        table = find_table(self.book["量化指标"])
        names = (str(table.cell(row, "指标").value) for row in table.rows)
        return tuple(zip(table.names, names, strict=True))

    @property
    def reporting(self) -> tuple[str, ...]:
        """The items whose status the unit is asked for."""
        sheets = [self.book[name] for name in self.book.sheetnames if name == "进展状态"]
        return find_table(sheets[0]).names if sheets else ()

    def measure(self, target: str, item: str = "") -> str:
        """What a target is counted in."""
        table = find_table(self.book["量化指标"])
        return str(table.cell(table.row(item, target), "计量单位").value or "")

    # What is asked for.

    def fills(
        self, item: str, progress: Typed | None = None, deadline: Typed | None = None
    ) -> None:
        """Type the two answers; one that is None is left as it is."""
        table, row = self.annex, self.annex.row(item)
        for words, typed in ((PROGRESS, progress), (DEADLINE, deadline)):
            if typed is not None:
                write(table.cell(row, words), typed)

    def fills_all(self, texts: Mapping[str, str], deadline: Typed | None = "2023年12月底") -> None:
        """Type the progress of several items, with one deadline for all."""
        for item, text in texts.items():
            self.fills(item, text, deadline)

    def reports(self, target: str, figure: Typed, item: str = "") -> None:
        """Type a figure on 量化指标; `item` where two items have a target of that name."""
        table = find_table(self.book["量化指标"])
        write(table.cell(table.row(item, target), FIGURE), figure)

    def says_status(self, item: str, status: str, obstacle: str = "") -> None:
        table = find_table(self.book["进展状态"])
        row = table.row(item)
        for words, text in (("状态", status), ("存在问题", obstacle)):
            if text:
                write(table.cell(row, words), text)

    def signs(self, **lines: str) -> None:
        """Fill the lines under the table: signs(填报人="…", 联系电话="…")."""
        sheet = self.annex.sheet
        for label, text in lines.items():
            row, column = find_text(sheet, f"{label}：")
            areas = (
                a for a in sheet.merged_cells.ranges if (a.min_row, a.min_col) == (row, column)
            )
            right = next((area.max_col for area in areas), column)
            write(cell_at(sheet, row, right + 1), text)

    # What else people do to a sheet.

    def inserts_row(self, above: str, text: str = "") -> int:
        """An empty row, or one with `text` where the progress stands; returns its number."""
        table, row = self.annex, self.annex.row(above)
        rearrange(table.sheet, row=insertion(row))
        copy_format(table.sheet, row - 1 if row - 1 > table.head else row + 1, row)
        if text:
            write(table.cell(row, PROGRESS), text)
        return row

    def inserts_title_row(self, text: str) -> None:
        """A second title above everything."""
        sheet = self.annex.sheet
        rearrange(sheet, row=insertion(1))
        write(cell_at(sheet, 1, 1), text)

    def deletes_row(self, item: str) -> None:
        rearrange(self.annex.sheet, row=deletion(self.annex.row(item)))

    def keeps_only(self, *items: str) -> None:
        """Delete every other item's row."""
        for item in self.items:
            if item not in items:
                self.deletes_row(item)

    def sorts_rows(self, by: str, *, downwards: bool = False) -> None:
        """Sort the items' whole rows, hidden columns too, by the texts under a header."""
        table = self.annex
        key: Callable[[int], str] = lambda row: str(table.cell(row, by).value or "")  # noqa: E731
        after = sorted(table.rows, key=key, reverse=downwards)
        rearrange(table.sheet, row=permutation(table.rows, after))

    def renumbers_from_1(self) -> None:
        table = self.annex
        for number, row in enumerate(table.rows, 1):
            write(table.cell(row, "序号"), number)

    def moves_table(self, down: int = 0, right: int = 0) -> None:
        """Put empty rows above everything and empty columns before it."""
        rearrange(self.annex.sheet, insertion(1, down), insertion(1, right))

    def adds_column(self, header: str, before: str, texts: Mapping[str, str] | None = None) -> None:
        """A column of its own in the table, with texts by item."""
        column = self.annex.column(before)
        rearrange(self.annex.sheet, column=insertion(column))
        write(cell_at(self.annex.sheet, self.annex.top, column), header)
        for item, text in (texts or {}).items():
            write(cell_at(self.annex.sheet, self.annex.row(item), column), text)

    def deletes_column(self, header: str) -> None:
        rearrange(self.annex.sheet, column=deletion(self.annex.column(header)))

    def rewords(self, header: str, text: str) -> None:
        """Type another text over a header."""
        table = self.annex
        write(cell_at(table.sheet, table.top, table.column(header)), text)

    def merges_answers(self, first: str, last: str) -> str:
        """One progress cell for all items from `first` to `last`; returns its address."""
        table = self.annex
        at = get_column_letter(table.column(PROGRESS))
        area = f"{at}{table.row(first)}:{at}{table.row(last)}"
        table.sheet.protection.disable()
        table.sheet.merge_cells(area)
        return area

    def writes_below(self, text: str) -> None:
        """A line of its own under everything."""
        sheet = self.annex.sheet
        write(sheet.cell(sheet.max_row + 2, 1), text)

    # What people do to the workbook.

    def renames_sheet(self, name: str) -> None:
        self.annex.sheet.title = name

    def adds_sheet_before(self, name: str, text: str = "") -> None:
        sheet = self.book.create_sheet(name, 0)
        if text:
            write(cell_at(sheet, 1, 1), text)

    def copies_sheet_into_new_book(self) -> None:
        """The annex as it stands, alone in a book without the document's properties."""
        kept = self.annex.sheet
        for sheet in self.book.worksheets:
            if sheet is not kept:
                self.book.remove(sheet)
        self.book.custom_doc_props = CustomPropertyList()  # type: ignore[attr-defined] # stubs

    def pastes_into_new_book(self, *, hidden: bool, title: bool = True) -> None:
        """The annex's values alone in a new book: all columns, or those that can be seen.

        Without `title` the copy begins with the header.
        """
        table, book = self.annex, Workbook()
        assert book.active is not None
        sheet = book.worksheets[0]
        sheet.title = "Sheet1"
        veiled = {c for c, (_, unseen) in column_widths(table.sheet).items() if unseen}
        seen = [c for c in range(1, table.sheet.max_column + 1) if hidden or c not in veiled]
        first = 1 if title else table.top
        for to_row, row in enumerate(range(first, table.sheet.max_row + 1), 1):
            for to_column, column in enumerate(seen, 1):
                value = table.sheet.cell(row, column).value
                if value is not None:
                    write(sheet.cell(to_row, to_column), value)
        self.book = book

    def saves_as(
        self, path: Path, saved: datetime = _USUAL_DAY, arrives: datetime | None = None
    ) -> Path:
        """Save as of `saved`, China's time; the file arrives then, or later."""
        save(self.book, path, saved, arrives)
        return path
