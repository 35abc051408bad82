"""总览: the facts that leaders ask for on one page of A4, and charts; what is abridged follows whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook

from ..figures import (
    LaggingItem,
    Tile,
    changes,
    class_tiles,
    done_remark,
    item_rates,
    lagging_items,
    return_tiles,
    unit_returns,
    unreturned_items,
    unreturned_units,
)
from ..layout import OVERVIEW_TITLE_SIZE
from ..paper import set_plain_page
from ..styles import Styles, shade
from ..summary import Summary
from ..titles import title_lines
from ..wrap import LINE
from .charts import HIGHEST, Drawing, Frame
from .flow import Value
from .page import (
    COLUMNS,
    HEIGHT,
    WIDTH,
    Cell,
    Line,
    head,
    height,
    line,
    row,
    sections,
    space,
    write_lines,
)
from .shorten import shorten

_CHARTS, _RETURNS_CHART = 160.0, 140.0
_CHANGE_SHADES = {"新完": "已完成", "好转": "按序时推进", "变差": "推进缓慢"}
_SMALLEST = 70  # percent
_ELSEWHERE = "……"  # the whole text stands in 汇总表
_MOST_UNITS = 24  # more bars have no room for their names


@dataclass(frozen=True, slots=True)
class Detail:
    """How much stands on the first page. `lines`: of the units' words on each slow item."""

    lines: int
    charts: bool = True
    returns: bool = True


# The first that fits on one page is taken: words before charts.
_DETAILS = (
    *(Detail(lines) for lines in (12, 6, 4, 3)),
    *(Detail(lines, returns=False) for lines in (6, 4, 3, 2)),
    *(Detail(lines, charts=False, returns=False) for lines in (4, 3, 2, 1)),
)


def write_overview(book: Workbook, styles: Styles, summary: Summary) -> None:
    """What stands well, what lags, what changed, what has come back; then charts."""
    sheet = book.add_worksheet("总览")
    detail, first = _first_page(summary)
    lines = [*first, *_second_page(summary, detail)]
    anchors = write_lines(sheet, styles, lines)
    _draw(Drawing(book, sheet), summary, anchors)
    sheet.hide_gridlines(2)
    set_plain_page(sheet, "portrait")
    if height(first) > HEIGHT:  # the slow ones of a bad period: rather smaller than on two pages
        sheet.set_print_scale(max(_SMALLEST, int(HEIGHT / height(first) * 100)))
        sheet.center_horizontally()
    if len(lines) > len(first):
        sheet.set_h_pagebreaks([len(first)])
    sheet.print_area(0, 0, anchors["end"], COLUMNS - 1)


def _first_page(summary: Summary) -> tuple[Detail, list[Line]]:
    for detail in _DETAILS:
        lines = _compose(summary, detail)
        if height(lines) <= HEIGHT:
            return detail, lines
    return detail, lines


def _compose(summary: Summary, detail: Detail) -> list[Line]:
    items = lagging_items(summary)
    share = f"序时进度 {float(summary.period.time_share):.0%}"
    near = summary.programme.on_schedule
    standard = f"，合计数达到序时要求的 {near:.0%} 为按序时推进" if near < 1 else ""
    parts = [
        (f"实事进展（共 {len(summary.items)} 件{standard}）", _classes(summary)),
        (
            f"推进缓慢和未启动的实事（{len(items)} 件，{share}）",
            tuple(_lagging(summary, items, detail)),
        ),
        ("与上期相比", tuple(_changes(summary))),
        (f"定稿后的更正（{len(summary.corrections)} 处）", tuple(_corrections(summary, detail))),
        ("报送情况", tuple(_returns(summary))),
        ("说明", tuple(one for note in summary.notes for one in line(note, "remark"))),
    ]
    charts = tuple(_charts(summary, detail)) if detail.charts else ()
    return [*_title(summary), *sections(parts), *charts]


def _title(summary: Summary) -> Iterator[Line]:
    whole = COLUMNS * (WIDTH + 0.7)
    title = title_lines(f"{summary.programme.name}工作进展情况总览", whole, OVERVIEW_TITLE_SIZE)
    count = title.count("\n") + 1
    yield Line((Cell(COLUMNS, title, "overview_title"),), count * LINE * OVERVIEW_TITLE_SIZE + 6)
    collector = summary.programme.collector.name
    today = summary.today
    meta = (
        summary.period.label,
        f"汇总单位：{collector}" if collector else "",
        f"截至{today.year}年{today.month}月{today.day}日",
    )
    yield Line((Cell(COLUMNS, "　　".join(filter(None, meta)), "meta_centre"),), 22)


def _classes(summary: Summary) -> tuple[Line, ...]:
    remark = done_remark(summary)
    return (*_tiles(class_tiles(summary), 4), *(line(remark, "remark") if remark else ()))


def _tiles(tiles: Sequence[Tile], span: int) -> tuple[Line, ...]:
    """Name, figure and note below one another; the name of what there is is shaded by its word."""
    looks = [{} if tile.count.startswith("0") else shade(tile.name) for tile in tiles]
    names = [Cell(span, t.name, "tile_name", look) for t, look in zip(tiles, looks, strict=True)]
    counts = [Cell(span, t.count, "tile_count") for t in tiles]
    notes = [Cell(span, t.note, "tile_note") for t in tiles]
    return (*row(names, 20), Line(tuple(counts), 34), *row(notes, 17, size=9))


def _lagging(summary: Summary, items: Sequence[LaggingItem], detail: Detail) -> Iterator[Line]:
    if not items:
        yield from line("没有。", "remark")
        return
    yield from head((2, "序号"), (6, "实事名称"), (3, "进展"), (4, "责任单位"),
                    (9, "指标进度和存在问题"))  # fmt: skip
    for item in items:
        words = shorten(_said(item), 9 * (WIDTH + 0.7), detail.lines)
        yield from row([
            Cell(2, item.number, "fact_centre"), Cell(6, item.name),
            Cell(3, item.item_class, "fact_centre", shade(item.item_class)),
            Cell(4, item.unit), Cell(9, words),
        ], 20)  # fmt: skip


def _said(item: LaggingItem) -> str:
    return "\n".join(filter(None, (item.figures, item.words))) or "单位未说明原因"


def _changes(summary: Summary) -> Iterator[Line]:
    for name, items in changes(summary):
        yield from _named(name, items, _CHANGE_SHADES.get(name[:2], ""))


def _corrections(summary: Summary, detail: Detail) -> Iterator[Line]:
    """What is no longer as it was finalised, so that readers of that draft see it."""
    if not summary.corrections:
        return
    yield from line(f"与{summary.drafts[-1].label}相比：", "remark")
    spans = (2, 4, 4, 5, 5, 4)
    names = ("序号", "责任单位", "栏目、指标", "定稿时", "更正后", "来源文件")
    yield from head(*zip(spans, names, strict=True))
    for c in summary.corrections:
        old, new = (
            shorten(text, 5 * (WIDTH + 0.7), detail.lines, _ELSEWHERE)
            for text in (c.old or "未报送", c.new or "不再计入")
        )
        values: tuple[Value, ...] = (c.number, c.unit, c.label, old, new, c.file)
        yield from row([Cell(n, v) for n, v in zip(spans, values, strict=True)], 20)


def _returns(summary: Summary) -> Iterator[Line]:
    tiles = return_tiles(summary)
    yield from _tiles(tiles, COLUMNS // len(tiles))
    for name, units in unreturned_units(summary):
        yield from _named(name, units, "未报送")
    if items := unreturned_items(summary):
        yield from _named(f"无单位报送（{len(items)} 件）", "；".join(items), "未报送")


def _named(name: str, who: str, word: str) -> tuple[Line, ...]:
    """What is said of whom, the first shaded as `word` is."""
    return row([Cell(5, name, "fact_centre", shade(word)), Cell(COLUMNS - 5, who)], 20)


def _charts(summary: Summary, detail: Detail) -> Iterator[Line]:
    yield from space(6)
    yield from space(_CHARTS, "charts")
    if over := [r for _, r in item_rates(summary) if r is not None and r > HIGHEST]:
        yield from line(
            f"有 {len(over)} 件完成率高于 {HIGHEST:.0%}，图上只画到 {HIGHEST:.0%}。", "remark"
        )
    if detail.returns and len(unit_returns(summary)) <= _MOST_UNITS:
        yield from space(_RETURNS_CHART, "returns")


def _draw(drawing: Drawing, summary: Summary, anchors: dict[str, int]) -> None:
    rated = any(rate is not None for _, rate in item_rates(summary))
    if "charts" in anchors:
        if rated:
            drawing.rates(summary, Frame(anchors["charts"], 0, 13, _CHARTS))
        first = 14 if rated else 0
        drawing.course(summary.course, Frame(anchors["charts"], first, COLUMNS - 1, _CHARTS))
    if "returns" in anchors:
        drawing.returns(summary, Frame(anchors["returns"], 0, COLUMNS - 1, _RETURNS_CHART))


def _second_page(summary: Summary, detail: Detail) -> Iterator[Line]:
    """What the first page abridges, whole; charts for which it has no room."""
    items = [i for i in lagging_items(summary)
             if shorten(_said(i), 9 * (WIDTH + 0.7), detail.lines) != _said(i)]  # fmt: skip
    if items:
        yield from line("附：存在问题原文", "section", 26)
        yield from head((2, "序号"), (6, "实事名称"), (16, "指标进度和存在问题"))
        for item in items:
            yield from row([Cell(2, item.number, "fact_centre"), Cell(6, item.name),
                            Cell(16, _said(item))], 20)  # fmt: skip
    if not detail.charts:
        yield from _charts(summary, detail)
