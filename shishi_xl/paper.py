"""A new workbook and the pages of its sheets: A4, margins, page numbers as in GB/T 9704—2012."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from .cells import cell_text
from .form import Orientation
from .layout import A4, DEFAULT_FONT, NARROW, OFFICIAL

# 四号 half-width 宋体 digits between dashes, 7 mm below the text block, one character in from
# the side: right on odd pages, left on even ones.
_NUMBER = '&"宋体,常规"&14— &P —'
_BELOW_TEXT = 13  # mm from the text block's foot to the footer's
_Margins = tuple[float, float, float, float]


class NumberedSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose even pages have a footer of their own, which xlsxwriter does not offer."""

    even_footer = ""

    def _write_header_footer(self) -> None:
        if not self.even_footer:
            super()._write_header_footer()
            return
        self._xml_start_tag("headerFooter", [("differentOddEven", 1), ("scaleWithDoc", 0)])
        self._xml_data_element("oddFooter", self.footer)
        self._xml_data_element("evenFooter", self.even_footer)
        self._xml_end_tag("headerFooter")


def new_book(out: BinaryIO, title: str, created: datetime) -> Workbook:
    """A workbook whose bytes depend on what is written alone: its date is given."""
    # xlsxwriter writes into the properties that it is given: the next book would differ.
    book = Workbook(out, {"in_memory": True, "default_format_properties": dict(DEFAULT_FONT)})
    book.worksheet_class = NumberedSheet
    book.set_properties({"title": cell_text(title)[:255], "created": created})
    return book


def set_official_page(sheet: Worksheet, orientation: Orientation, note: str = "") -> None:
    """A sheet that prints like an official document; `note` stands small beside the number."""
    _set_page(sheet, orientation, OFFICIAL[orientation])
    sheet.center_horizontally()
    # The space keeps a digit of the note out of the size of its type.
    small = f"&8 {note}" if note else ""
    height = (OFFICIAL[orientation][3] - _BELOW_TEXT) / 25.4
    sheet.set_footer(f"{small and '&L'}{small}&R{_NUMBER}　", margin=height)
    sheet.even_footer = f"&L　{_NUMBER}{small and '&R'}{small}"


def set_plain_page(sheet: Worksheet, orientation: Orientation = "landscape") -> None:
    """A sheet that is worked with: narrow margins, number in the middle."""
    _set_page(sheet, orientation, NARROW)
    sheet.set_footer(f"&C{_NUMBER}", margin=10 / 25.4)


def _set_page(sheet: Worksheet, orientation: Orientation, margins: _Margins) -> None:
    if orientation == "landscape":
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(*(mm / 25.4 for mm in margins))
    sheet.fit_to_pages(1, 0)
