"""Named cell styles, one place for forms, summaries and marked returns alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from .layout import (
    ANSWER_FILL,
    BODY_FONT,
    BODY_SIZE,
    FACT_SIZE,
    FALLBACK,
    GREY,
    HEAD_FONT,
    HEAD_SIZE,
    NOTE_SIZE,
    OVERVIEW_TITLE_SIZE,
    PALE,
    PLAIN_FONT,
    PLAIN_SIZE,
    RULE,
    SMALL_SIZE,
    TITLE_FONT,
    TITLE_SIZE,
)

_ALL = {**FALLBACK, "valign": "vcenter", "text_wrap": True}
_TITLE = {**_ALL, "font_name": TITLE_FONT, "font_size": TITLE_SIZE, "align": "center"}
_BODY = {**_ALL, "font_name": BODY_FONT, "font_size": BODY_SIZE}
_HEAD = {**_ALL, "font_name": HEAD_FONT, "font_size": HEAD_SIZE}
_FACT = {**_BODY, "font_size": FACT_SIZE}
_PLAIN = {**_ALL, "font_name": PLAIN_FONT, "font_size": PLAIN_SIZE, "valign": "top"}
_GRID = {"border": 1}
_LIGHT = {"border": 1, "border_color": RULE}  # tables to work with: the words stand out
_ONE_LINE = {"text_wrap": False}
_NEVER_HASHES = {
    "text_wrap": False,
    "shrink": True,
}  # what is too long for its cell is set smaller

STYLES: dict[str, dict[str, Any]] = {
    "title": _TITLE,
    "overview_title": {**_TITLE, "font_size": OVERVIEW_TITLE_SIZE},
    "subtitle": {**_HEAD, "font_size": 16.0, "align": "center"},
    "meta": _BODY,
    "meta_right": {**_BODY, "align": "right"},
    "meta_centre": {**_BODY, **_ONE_LINE, "align": "center"},
    # Black, and not small: it is read off scans.
    "code": {"font_name": "Consolas", "font_size": FACT_SIZE, "align": "right",
             "valign": "vcenter"},
    "code_line": {**_FACT, **_ONE_LINE, "align": "left"},
    "head": {**_HEAD, **_GRID, "align": "center"},
    "text": {**_BODY, **_GRID, "align": "left"},
    "centre": {**_BODY, **_GRID, "align": "center"},
    "number": {**_BODY, **_GRID, **_NEVER_HASHES, "align": "center"},
    "percent": {**_BODY, **_GRID, **_NEVER_HASHES, "align": "center", "num_format": "0.0%"},
    # Text format for short answers: typed 1-2, 85% or 2023.12 stay as typed. Long answers are
    # General, because Excel shows #### for text-formatted cells of more than 255 characters.
    "answer": {**_BODY, **_GRID, "align": "left", "valign": "top", "bg_color": ANSWER_FILL,
               "locked": False},
    "answer_short": {**_BODY, **_GRID, "align": "center", "bg_color": ANSWER_FILL,
                     "locked": False, "num_format": "@"},
    "label": {**_BODY, **_ONE_LINE, "align": "right"},
    "sign": {**_BODY, "bottom": 1, "align": "left", "locked": False, "num_format": "@",
             "bg_color": ANSWER_FILL},
    # On top: where a page ends among the lines to sign, the words are not cut.
    "seal": {**_BODY, **_NEVER_HASHES, "align": "center", "valign": "top", "font_color": GREY},
    "mark": {"font_size": 8.0, "font_color": GREY},
    "guide": {**_BODY, "valign": "top"},
    "plain": {**_PLAIN, **_LIGHT},
    "plain_word": {**_PLAIN, **_LIGHT, "align": "center"},
    "plain_head": {**_PLAIN, **_LIGHT, "font_name": HEAD_FONT, "align": "center",
                   "valign": "vcenter", "bg_color": PALE},
    "plain_number": {**_PLAIN, **_LIGHT, **_NEVER_HASHES, "align": "right"},
    "plain_percent": {**_PLAIN, **_LIGHT, **_NEVER_HASHES, "num_format": "0.0%", "align": "right"},
    # LibreOffice never wraps a link: it has a line of its own, set smaller where it is too long.
    "plain_link": {**_PLAIN, **_LIGHT, **_NEVER_HASHES, "font_color": "#0563C1", "underline": 1},
    "plain_date": {**_PLAIN, **_LIGHT, **_NEVER_HASHES, "align": "left", "num_format": "yyyy-mm-dd"},
    "plain_time": {**_PLAIN, **_LIGHT, **_NEVER_HASHES, "align": "left", "num_format": "yyyy-mm-dd hh:mm"},
    "section": {**_HEAD, **_ONE_LINE},
    "fact": {**_FACT, **_LIGHT, "align": "left"},
    "fact_centre": {**_FACT, **_LIGHT, "align": "center"},
    "fact_head": {**_HEAD, **_LIGHT, "font_size": FACT_SIZE, "align": "center", "bg_color": PALE},
    "remark": {**_FACT, "align": "left"},
    "card_unit": {**_HEAD, "font_size": FACT_SIZE, "align": "center", "top": 1, "left": 1,
                  "right": 1, "border_color": RULE},
    "card_word": {**_FACT, "align": "center", "left": 1, "right": 1, "border_color": RULE},
    "card_note": {**_FACT, "font_size": SMALL_SIZE, "align": "center", "valign": "top",
                  "left": 1, "right": 1, "border_color": RULE},
    "card_end": {**_FACT, "font_size": SMALL_SIZE, "align": "center", "left": 1, "right": 1,
                 "bottom": 1, "border_color": RULE},
    "card_link": {**_FACT, "font_size": SMALL_SIZE, "align": "center", "left": 1, "right": 1,
                  "bottom": 1, "border_color": RULE, "font_color": "#0563C1", "underline": 1},
    "tile_name": {**_HEAD, "font_size": FACT_SIZE, "align": "center", "top": 1, "left": 1,
                  "right": 1, "border_color": RULE},
    "tile_count": {**_HEAD, "font_size": 24.0, "align": "center", "left": 1, "right": 1,
                   "border_color": RULE},
    "tile_note": {**_FACT, "font_size": NOTE_SIZE, "align": "center", "bottom": 1, "left": 1,
                  "right": 1, "border_color": RULE},
}  # fmt: skip

# Words whose cell is shaded: the deeper the shade on a grey printer, the more there is to do.
# The word itself always stands in the cell.
# (Lightness 247, 238, 221, 203, 173: a step that the eye tells.)
_NONE, _GOOD, _FAIR, _WARN, _BAD = "#F7F7F7", "#E8F3E1", "#CFE0F3", "#FFC94A", "#F09A5E"
SHADES: Mapping[str, str] = {
    "已完成": _GOOD, "已达到": _GOOD, "按序时推进": _FAIR, "未到时限": _FAIR,
    "推进缓慢": _WARN, "未启动": _BAD, "未报送": _BAD, "未标明": _NONE,
    "已报送": _GOOD, "部分报送": _WARN, "零报告": _FAIR, "待更正": _WARN, "待确认": _WARN,
    "未到期": _NONE, "免报": _NONE,
    "强制": _BAD, "核实": _WARN, "提示": _NONE,
    "待处理": _WARN, "已说明": _FAIR, "已采信": _FAIR, "已更正": _GOOD,
    "已收": _GOOD, "未收": _BAD, "未见印章": _BAD, "不能判断": _WARN, "与电子版不一致": _WARN,
    "采用": _GOOD, "部分采用": _WARN, "无法识别": _BAD, "无法读取": _BAD, "作废": _NONE,
}  # fmt: skip


_FIRST_WORD = re.compile("[，（].*", re.S)


def shade(word: str) -> dict[str, str]:
    """What a style adds for a cell that says this word; 整体推进缓慢 is 推进缓慢 of several units,
    未见印章（a.pdf 第1页） is 未见印章 and says where."""
    word = _FIRST_WORD.sub("", word.removeprefix("整体"))
    return {"bg_color": SHADES[word]} if word in SHADES else {}


class Styles:
    """The styles of one workbook, made when first asked for; `add` overlays properties."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def __call__(self, name: str, **add: Any) -> Format:
        key = f"{name}{sorted(add.items())}" if add else name
        if key not in self._made:
            self._made[key] = self._book.add_format({**STYLES[name], **add})
        return self._made[key]
