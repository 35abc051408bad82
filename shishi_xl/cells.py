"""Text → a cell: what XML or Excel refuses never reaches xlsxwriter, and nothing is a formula."""

from __future__ import annotations

import re

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .layout import MAX_TEXT
from .sheets import Area

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """`text` without what XML does not allow, its line breaks as Excel has them."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cell_text(text: str) -> str:
    """`text` as a cell can hold it; of one that is too long, the last line says how much is cut."""
    clean = clean_text(text)
    if 2 * len(clean) <= MAX_TEXT or _units(clean) <= MAX_TEXT:
        return clean
    kept = clean.encode("utf-16-le")[: 2 * (MAX_TEXT - 40)].decode("utf-16-le", "ignore")
    return f"{kept}\n……（超出单元格上限，另有 {len(clean) - len(kept)} 字见来源文件）"


def write_text(sheet: Worksheet, row: int, col: int, text: str, style: Format) -> None:
    """Write text as text, whatever it begins with; an empty one as a blank with its style."""
    clean = cell_text(text)
    if not clean:
        sheet.write_blank(row, col, None, style)
    elif clean.startswith("<r>") and clean.endswith("</r>"):
        # xlsxwriter takes such a string for rich text made by itself, and does not escape it.
        sheet.write_rich_string(row, col, clean[0], style, clean[1:], style)
    else:
        sheet.write_string(row, col, clean, style)


def write_across(
    sheet: Worksheet, row: int, first: int, last: int, text: str, style: Format
) -> None:
    """Write text into the columns `first` to `last` of a row, merged where they are several."""
    write_over(sheet, (row, first, row, last), text, style)


def write_over(sheet: Worksheet, area: Area, text: str, style: Format) -> None:
    """Write text into an area, merged where it is more than a cell."""
    first, left, last, right = area
    if (first, left) != (last, right):
        # merge_range would make a formula of a text that begins with =.
        sheet.merge_range(first, left, last, right, "", style)
    write_text(sheet, first, left, text, style)


def _units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)
