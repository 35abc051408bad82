"""Stamped pages → 盖章件_PERIOD.xlsx: pictures to look through, the doubtful first; hints, no proof."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..cells import write_across, write_text
from ..layout import FACT_SIZE, SMALL_SIZE
from ..paper import new_book, set_plain_page
from ..plain_table import Link, PlainColumn, write_plain_table
from ..styles import Styles, shade
from ..summary import Summary
from ..wrap import row_height
from .links import FileLinks
from .page_cards import Card, cards_of, missing_units

_ACROSS, _WIDTH, _GAP = 6, 26.0, 1.0  # cards side by side; widths of a card and of what parts two
_BOX = (170.0, 190.0)  # pixels that a picture may take: a seal is 25 of them wide
# Heights in points of a card's rows, and of what stands above them.
_PICTURE, _UNIT, _STATE, _LINK, _SPACE, _HEAD = 148.0, 20.0, 18.0, 16.0, 10.0, 26.0
_LAST = _ACROSS * 2 - 2
_PAGE = 580.0  # points of rows on a page, which is made as wide as the cards
_HINT = (
    "印章、编码、与电子版的比较都由程序识别，只供查看时参考，不是凭据；以原件为准。"
    "看过没有问题的，在 登记.xlsx 的“单位说明”记“盖章件已收”，就不再催要。"
)


def write_stamped_pages(summary: Summary) -> bytes | None:
    """The workbook; None where no stamped page has come. The same summary gives the same bytes."""
    cards = cards_of(summary)
    if not cards:
        return None
    out = BytesIO()
    title = f"{summary.period.label}盖章件"
    book = new_book(out, title, datetime.combine(summary.today, time()))
    styles, links = Styles(book), FileLinks(summary)
    sheet = book.add_worksheet("盖章件")
    _write_cards(sheet, styles, links, cards, _write_top(sheet, styles, summary, title))
    _write_list(book, styles, links, cards)
    book.close()
    return out.getvalue()


def _write_top(sheet: Worksheet, styles: Styles, summary: Summary, title: str) -> list[float]:
    """The title, what the pictures are good for, and whose copy has not come; the rows' heights."""
    for col in range(_LAST + 1):
        sheet.set_column(col, col, _GAP if col % 2 else _WIDTH)
    lines = [_HINT]
    if missing := missing_units(summary):
        lines.append(f"盖章PDF未收（{len(missing)} 个）：{'、'.join(missing)}")
    write_across(sheet, 0, 0, _LAST, title, styles("overview_title"))
    heights = [34.0, *(row_height([(x, _WIDTH * _ACROSS)], FACT_SIZE, 20) for x in lines)]
    for at, text in enumerate(lines, 1):
        write_across(sheet, at, 0, _LAST, text, styles("remark"))
    for at, height in enumerate(heights):
        sheet.set_row(at, height)
    sheet.freeze_panes(1, 0)
    sheet.hide_gridlines(2)
    set_plain_page(sheet)
    return heights


def _write_cards(
    sheet: Worksheet, styles: Styles, links: FileLinks, cards: Sequence[Card], above: list[float]
) -> None:
    """The doubtful ones, then the others, in rows of cards that no page's end cuts through.

    `above`: the heights of the rows that stand above them.
    """
    at, used = len(above), sum(above)
    breaks = []
    for name, group in (
        ("请先看这些", [card for card in cards if card.doubtful]),
        ("其余", [card for card in cards if not card.doubtful]),
    ):
        for first in range(0, len(group), _ACROSS):
            band = group[first : first + _ACROSS]
            heights = [_PICTURE, _UNIT, _STATE, _notes_height(band), _LINK, _SPACE]
            head = _HEAD if first == 0 else 0.0
            if used + head + sum(heights) > _PAGE:
                breaks.append(at)
                used = 0.0
            if head:
                words = f"{name}（{len(group)} 页）"
                write_across(sheet, at, 0, _LAST, words, styles("section"))
                sheet.set_row(at, head)
                at += 1
            for row, height in enumerate(heights, at):
                sheet.set_row(row, height)
            for col, card in enumerate(band):
                _write_card(sheet, styles, links, card, (at, col * 2))
            at, used = at + len(heights), used + head + sum(heights)
    sheet.set_h_pagebreaks(breaks)


def _notes_height(band: Sequence[Card]) -> float:
    return row_height(((card.found, _WIDTH) for card in band), SMALL_SIZE)


def _write_card(
    sheet: Worksheet, styles: Styles, links: FileLinks, card: Card, at: tuple[int, int]
) -> None:
    row, col = at
    if card.page.picture:
        _insert(sheet, row, col, card.page.picture)
    else:
        write_text(sheet, row, col, card.page.remark or "没有图", styles("card_note"))
    write_text(sheet, row + 1, col, card.unit, styles("card_unit"))
    write_text(sheet, row + 2, col, card.words, styles("card_word", **shade(card.words)))
    write_text(sheet, row + 3, col, card.found, styles("card_note"))
    link = links.to(card.page.path)
    # LibreOffice does not break a link's text into lines: it is kept short.
    words = f"打开（第{card.page.number}页）"
    if not isinstance(link, Link) or sheet.write_url(
        row + 4, col, link.url, styles("card_link"), words
    ):
        write_text(sheet, row + 4, col, words[3:-1], styles("card_end"))


def _insert(sheet: Worksheet, row: int, col: int, picture: bytes) -> None:
    """The picture as large as its box lets it be, in the middle."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as image:
        width, height = image.size
        dots = image.info.get("dpi", (96, 96))
    scale = min(_BOX[0] / width, _BOX[1] / height)
    aside = (_WIDTH * 7 + 5 - width * scale) / 2
    sheet.insert_image(row, col, "page.jpg", {
        "image_data": BytesIO(picture), "object_position": 2,
        "x_scale": scale * dots[0] / 96, "y_scale": scale * dots[1] / 96,
        "x_offset": max(0, round(aside)), "y_offset": 3,
    })  # fmt: skip


def _write_list(book: Workbook, styles: Styles, links: FileLinks, cards: Sequence[Card]) -> None:
    """The same pages in a table that can be filtered."""
    columns: tuple[PlainColumn[Card], ...] = (
        PlainColumn("结论", 18, lambda c: c.words, "plain_word"),
        PlainColumn("责任单位", 24, lambda c: c.unit),
        PlainColumn("文件", 34, lambda c: links.to(c.page.path)),
        PlainColumn("页", 6, lambda c: c.page.number),
        PlainColumn("表单编码", 25, lambda c: c.code),
        PlainColumn("本页印章", 10, lambda c: c.page.seal.value),
        PlainColumn("与电子版", 30, lambda c: c.differs),
        PlainColumn("认定依据", 34, lambda c: c.page.basis),
        PlainColumn("说明", 34, lambda c: c.page.remark),
    )
    write_plain_table(book, styles, "逐页清单", columns, cards)
