"""总览: the facts that leaders ask for, and charts, on one page of A4 whatever comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter import Workbook

from ..figures import item_rates, unit_returns
from ..layout import SMALL_SIZE
from ..paper import set_plain_page
from ..progress import NOT_DUE
from ..styles import Styles
from ..summary import Summary
from .charts import HIGHEST, Drawing, Frame
from .facts import ALL, Detail, abridged_items, facts
from .page import COLUMNS, HEIGHT, Line, height, line, space, write_lines

_LOWEST, _RETURNS, _HIGHEST = 106.0, 150.0, 200.0  # points of a row of charts
_GAP = 6.0
_FEWEST_UNITS, _MOST_UNITS = 3, 24  # more columns have no room for their names
_RATES_LAST = 14  # the last column under the chart of rates

# From the fullest to the barest; the first that fits on the page is taken. Each item that lags
# by name goes before the units' words on it, and some words before the chart of returns.
_DETAILS = (
    *(Detail(words) for words in (12, 6, 4, 3)),
    Detail(3, named=4),
    Detail(2, named=3, corrections=8),
    Detail(2, named=3, corrections=8, tiles=False),
    Detail(2, named=3, corrections=5, tiles=False, size=SMALL_SIZE),
    *(
        Detail(1, rows, 2, max(1, min(5, rows // 3)), tiles=False, size=SMALL_SIZE)
        for rows in (ALL, *range(16, -1, -1))
    ),
)


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on the page, and how much room is left below it for charts."""

    detail: Detail
    lines: tuple[Line, ...]
    returns: bool

    @property
    def room(self) -> float:
        return HEIGHT - height(self.lines)


def write_overview(book: Workbook, styles: Styles, summary: Summary) -> None:
    """What stands well, what lags, what changed, what has come back; then charts."""
    sheet = book.add_worksheet("总览")
    page = _compose(summary)
    lines = [*page.lines, *_charts(summary, page)]
    anchors = write_lines(sheet, styles, lines)
    _draw(Drawing(book, sheet), summary, anchors, lines)
    sheet.hide_gridlines(2)
    set_plain_page(sheet, "portrait")
    sheet.fit_to_pages(1, 1)  # whatever program prints it
    sheet.center_horizontally()
    sheet.print_area(0, 0, anchors["end"], COLUMNS - 1)


def abridged(summary: Summary) -> frozenset[int]:
    """The numbers of the items whose 存在问题 总览 has no room for."""
    return abridged_items(summary, _compose(summary).detail)


def _compose(summary: Summary) -> _Page:
    returns = _FEWEST_UNITS <= len(unit_returns(summary)) <= _MOST_UNITS
    remark = height(_remark(summary))
    pages = []
    for detail in _DETAILS:
        page = _Page(detail, tuple(facts(summary, detail)), False)
        pages.append(page)
        room = page.room - remark - _GAP
        if returns and detail.tiles and room >= _LOWEST + _RETURNS:
            return _Page(detail, page.lines, returns)
        if room >= _LOWEST and (detail.words < 6 or not returns):
            return page
    return next((page for page in pages if page.room >= 0), pages[-1])  # without charts


def _remark(summary: Summary) -> tuple[Line, ...]:
    """What must be said of the chart of rates."""
    rated = [r for r in item_rates(summary) if r.rate is not None]
    over = sum(r.rate is not None and r.rate > HIGHEST for r in rated)
    waiting = "、".join(str(r.number) for r in rated if r.stands == NOT_DUE)
    text = f"图上空心的第 {waiting} 件，指标未到时限。" if waiting else ""
    if over:
        text += f"有 {over} 件完成率高于 {HIGHEST:.0%}，图上只画到 {HIGHEST:.0%}。"
    return line(text, "remark", size=SMALL_SIZE) if text else ()


def _charts(summary: Summary, page: _Page) -> Iterator[Line]:
    """Rows for one or two rows of charts, as high as the page has room; none without any."""
    remark = _remark(summary)
    room = page.room - _GAP - height(remark)
    if room < _LOWEST:
        return
    yield from space(_GAP)
    lower = min(_HIGHEST, max(room / 2, _RETURNS)) if page.returns else 0.0
    yield from space(min(_HIGHEST, room - lower), "charts")
    yield from remark
    if page.returns:
        yield from space(lower, "returns")


def _draw(drawing: Drawing, summary: Summary, anchors: dict[str, int], lines: list[Line]) -> None:
    if "charts" in anchors:
        at = anchors["charts"]
        rated = any(r.rate is not None for r in item_rates(summary))
        if rated:
            drawing.rates(summary, Frame(at, 0, _RATES_LAST - 1, lines[at].height))
        first = _RATES_LAST if rated else 0
        drawing.course(summary.course, Frame(at, first, COLUMNS - 1, lines[at].height))
    if "returns" in anchors:
        at = anchors["returns"]
        drawing.returns(summary, Frame(at, 0, COLUMNS - 1, lines[at].height))
