"""Named cell styles, one place for forms, summaries and marked returns alike."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from .layout import (
    ANSWER_FILL,
    BODY_FONT,
    BODY_SIZE,
    FACT_SIZE,
    GREY,
    HEAD_FONT,
    HEAD_SIZE,
    OVERVIEW_TITLE_SIZE,
    PALE,
    SMALL_SIZE,
    TITLE_FONT,
    TITLE_SIZE,
)

_BODY = {"font_name": BODY_FONT, "font_size": BODY_SIZE, "valign": "vcenter", "text_wrap": True}
_HEAD = {"font_name": HEAD_FONT, "font_size": HEAD_SIZE, "valign": "vcenter", "text_wrap": True}
_GRID = {"border": 1}
_SMALL = {"font_name": "宋体", "font_size": 10.0, "valign": "vcenter", "text_wrap": True}

STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": TITLE_FONT, "font_size": TITLE_SIZE, "align": "center",
              "valign": "vcenter", "text_wrap": True},
    "subtitle": {**_HEAD, "font_size": 16.0, "align": "center"},
    "meta": {**_BODY, "text_wrap": False},
    "meta_right": {**_BODY, "text_wrap": False, "align": "right"},
    "meta_centre": {**_BODY, "text_wrap": False, "align": "center"},
    "code": {"font_name": "Consolas", "font_size": SMALL_SIZE, "font_color": GREY,
             "align": "right", "valign": "vcenter"},
    "head": {**_HEAD, **_GRID, "align": "center", "bg_color": PALE},
    "text": {**_BODY, **_GRID, "align": "left"},
    "centre": {**_BODY, **_GRID, "align": "center"},
    "number": {**_BODY, **_GRID, "align": "center"},
    "percent": {**_BODY, **_GRID, "align": "center", "num_format": "0.0%"},
    # Text format for short answers: typed 1-2, 85% or 2023.12 stay as typed. Long answers are
    # General, because Excel shows #### for text-formatted cells of more than 255 characters.
    "answer": {**_BODY, **_GRID, "align": "left", "valign": "top", "bg_color": ANSWER_FILL,
               "locked": False},
    "answer_short": {**_BODY, **_GRID, "align": "center", "bg_color": ANSWER_FILL,
                     "locked": False, "num_format": "@"},
    "label": {**_BODY, "align": "right", "text_wrap": False},
    "sign": {**_BODY, "bottom": 1, "align": "left", "locked": False, "num_format": "@"},
    "seal": {**_BODY, "align": "center", "font_color": GREY},
    "mark": {"font_size": 8.0, "font_color": GREY},
    "guide": {**_BODY, "valign": "top"},
    "plain": {**_SMALL, **_GRID, "valign": "top"},
    "plain_head": {**_SMALL, **_GRID, "bold": True, "align": "center", "bg_color": PALE},
    "plain_hint": {**_SMALL, "text_wrap": False, "font_color": GREY},
    "plain_number": {**_SMALL, **_GRID, "valign": "top"},
    "plain_percent": {**_SMALL, **_GRID, "valign": "top", "num_format": "0.0%"},
    "plain_link": {**_SMALL, **_GRID, "valign": "top", "font_color": "#0563C1", "underline": 1},
    "plain_date": {**_SMALL, **_GRID, "valign": "top", "align": "left",
                   "num_format": "yyyy-mm-dd"},
    "plain_time": {**_SMALL, **_GRID, "valign": "top", "align": "left",
                   "num_format": "yyyy-mm-dd hh:mm"},
    "overview_title": {"font_name": TITLE_FONT, "font_size": OVERVIEW_TITLE_SIZE,
                       "align": "center", "valign": "vcenter", "text_wrap": True},
    "section": {**_HEAD, "text_wrap": False},
    "fact": {**_BODY, **_GRID, "font_size": FACT_SIZE, "align": "left"},
    "fact_centre": {**_BODY, **_GRID, "font_size": FACT_SIZE, "align": "center"},
    "fact_percent": {**_BODY, **_GRID, "font_size": FACT_SIZE, "align": "center",
                     "num_format": "0.0%"},
    "fact_head": {**_HEAD, **_GRID, "font_size": FACT_SIZE, "align": "center", "bg_color": PALE},
    "remark": {**_BODY, "font_size": FACT_SIZE, "align": "left"},
}  # fmt: skip


class Styles:
    """The styles of one workbook, made when first asked for; `add` overlays properties."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def __call__(self, name: str, **add: Any) -> Format:
        key = f"{name}{sorted(add.items())}"
        if key not in self._made:
            self._made[key] = self._book.add_format({**STYLES[name], **add})
        return self._made[key]
