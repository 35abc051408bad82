"""登记.xlsx in the clerk's hands: opened with openpyxl, written in by header, saved."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

HEAD = 1  # the row of the headers, as made
Cell = str | int | date | datetime | None


class RegisterBook:
    """The clerk's book, opened and saved at each touch."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def decides(self, file: str, **says: Cell) -> str:
        """Fill in the prepared row of a file, or a new one; the row's last address, as G7."""
        columns = {"unit": "认定单位", "period": "认定期次", "arrival": "收到时间", "handling": "处理",
                   "note": "说明", "sha256": "SHA-256"}  # fmt: skip
        return self.writes("登记", {columns[k]: v for k, v in says.items()}, ("文件", file))

    def notes(self, unit: str, **says: Cell) -> str:
        """A new row of 单位说明; the address of its last cell."""
        columns = {"period": "期次", "topic": "类别", "items": "事项", "code": "问题代码", "until": "延至",
                   "told": "告知日期", "text": "说明"}  # fmt: skip
        words = {columns[k]: v for k, v in says.items()}
        return self.writes("单位说明", {"责任单位": unit, **words})

    def writes(
        self, name: str, words: Mapping[str, Cell], known: tuple[str, str] | None = None
    ) -> str:
        """Words by header into the row that is known by a cell, else into a new last row."""
        book = load_workbook(self.file)
        sheet: Any = book[name]
        columns = {str(c.value): c.column for c in sheet[HEAD] if c.value}
        row = self._row(sheet, columns, known)
        cell = ""
        for header, value in ({known[0]: known[1], **words} if known else words).items():
            at = sheet.cell(row, columns[header])
            if not at.has_style:  # what is typed looks as the column does
                column = sheet.column_dimensions[get_column_letter(columns[header])]
                at._style = copy(column._style)
            at.value = value
            if isinstance(value, str):
                at.data_type = "s"  # as typed into a cell of text
            cell = at.coordinate
        book.save(self.file)
        return cell

    @staticmethod
    def _row(sheet: Any, columns: Mapping[str, int], known: tuple[str, str] | None) -> int:
        filled = [r for r in range(HEAD + 1, sheet.max_row + 1) if any(c.value for c in sheet[r])]
        for row in filled:
            if known and sheet.cell(row, columns[known[0]]).value == known[1]:
                return row
        return max(filled, default=HEAD) + 1

    def rows(self, name: str = "登记") -> list[dict[str, object]]:
        """The rows below the header: header → value, empty cells left out."""
        book = load_workbook(self.file)
        headers = [str(c.value) for c in book[name][HEAD]]
        found: list[dict[str, object]] = []
        for row in book[name].iter_rows(min_row=HEAD + 1, values_only=True):
            cells: dict[str, object] = {
                h: v for h, v in zip(headers, row, strict=True) if v not in (None, "")
            }
            found += [cells] if cells else []
        return found
