"""收件清单: a row for each file in inbox/, none passed over."""

from __future__ import annotations

from xlsxwriter import Workbook

from ..plain_table import PlainColumn, write_plain_table
from ..styles import Styles
from ..summary import ReceiptRow, Summary
from ..words import moment
from .links import FileLinks


def _arrival(row: ReceiptRow) -> str:
    """When it came, and by which clock: 2023-06-30 09:12（文件时间）."""
    if row.arrival is None:
        return ""
    return f"{moment(row.arrival)}（{row.clock}）" if row.clock else moment(row.arrival)


_COLUMNS: tuple[PlainColumn[ReceiptRow], ...] = (
    PlainColumn("大小", 9, lambda row: row.size, "plain_number"),
    PlainColumn("SHA-256", 36, lambda row: row.sha256),
    PlainColumn("收到时间", 18, _arrival),
    PlainColumn("认定单位", 18, lambda row: "、".join(row.units)),
    PlainColumn("认定期次", 10, lambda row: "、".join(row.periods)),
    PlainColumn("认定依据", 40, lambda row: row.basis, grows=True),
    PlainColumn("处理结果", 10, lambda row: row.outcome.value, "plain_word"),
    PlainColumn("说明", 34, lambda row: row.remark, grows=True),
)


def write_receipts(book: Workbook, styles: Styles, summary: Summary) -> None:
    """The files in the order of the summary: those that are gone come last."""
    links = FileLinks(summary)
    file: PlainColumn[ReceiptRow] = PlainColumn(
        "文件", 30, lambda row: links.to(row.path), grows=True
    )
    write_plain_table(book, styles, "收件清单", (file, *_COLUMNS), summary.receipts)
