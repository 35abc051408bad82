"""Summary → the parts of 总览 as lines, told at more or less length so that they fit on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..figures import (
    LaggingItem,
    Named,
    Tile,
    changes,
    class_tiles,
    done_remark,
    lagging_items,
    return_tiles,
    unreturned_items,
    unreturned_units,
    unstamped_units,
)
from ..layout import FACT_SIZE, NOTE_SIZE, OVERVIEW_TITLE_SIZE, SMALL_SIZE
from ..styles import shade
from ..summary import Summary
from ..titles import title_lines
from ..wrap import LINE
from .flow import Value
from .page import COLUMNS, Cell, Line, breadth, head, line, row, sections
from .shorten import MORE, name_some, shorten

ALL = 1_000
_NUMBER, _NAME, _CLASS, _UNIT, _WORDS = 2, 6, 3, 4, 9  # columns of the table of what lags
_CORRECTED = (2, 4, 4, 5, 5, 4)
_LABEL = 6
_CHANGE_SHADES = {"新完": "已完成", "好转": "按序时推进", "变差": "推进缓慢"}
_TITLE_LINES, _REST_LINES = 3, 18
_BRIEF = 16  # characters of a name among many


@dataclass(frozen=True, slots=True)
class Detail:
    """At what length the page tells things.

    `words`: lines of the units' words on each item that lags; `rows`: items that have a row of
    their own, the others are named; `named`: lines of names; `corrections`: how many have a row;
    `tiles`: whether what came back is said in large figures; `size`: of the type.
    """

    words: int
    rows: int = ALL
    named: int = ALL
    corrections: int = ALL
    tiles: bool = True
    size: float = FACT_SIZE

    @property
    def name_lines(self) -> int:
        """Lines that an item's name and its units may take."""
        return max(self.words, 2)


def facts(summary: Summary, detail: Detail) -> Iterator[Line]:
    """Title and parts, from top to bottom."""
    items = lagging_items(summary)
    share = f"序时进度 {float(summary.period.time_share):.0%}"
    near = summary.programme.on_schedule
    standard = f"，合计数达到序时要求的 {near:.0%} 为按序时推进" if near < 1 else ""
    yield from _title(summary)
    yield from sections([
        (f"实事进展（共 {len(summary.items)} 件{standard}）", _classes(summary)),
        (f"推进缓慢和未启动的实事（{len(items)} 件，{share}）", tuple(_lagging(items, detail))),
        ("与上期相比", tuple(_changes(summary, detail))),
        (f"定稿后的更正（{len(summary.corrections)} 处）", tuple(_corrections(summary, detail))),
        ("报送情况", tuple(_returns(summary, detail))),
        ("说明", tuple(_notes(summary, detail))),
    ])  # fmt: skip


def abridged_items(summary: Summary, detail: Detail) -> frozenset[int]:
    """The numbers of the items whose 存在问题 the page does not tell in full."""
    items = lagging_items(summary)
    whole = {i.number for i in items[: _rows(items, detail)] if _words(i, detail) == _said(i)}
    return frozenset(i.number for i in items if i.words and i.number not in whole)


def _title(summary: Summary) -> Iterator[Line]:
    whole = breadth(COLUMNS)
    name = shorten(f"{summary.programme.name}工作进展情况总览", whole, _TITLE_LINES,
                   OVERVIEW_TITLE_SIZE)  # fmt: skip
    title = title_lines(name, whole, OVERVIEW_TITLE_SIZE)
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
    return (Line(tuple(names), 20), Line(tuple(counts), 34), *row(notes, 16, NOTE_SIZE))


def _lagging(items: Sequence[LaggingItem], detail: Detail) -> Iterator[Line]:
    if not items:
        yield from line("没有。", "remark")
        return
    spans = (_NUMBER, _NAME, _CLASS, _UNIT, _WORDS)
    names = ("序号", "实事名称", "进展", "责任单位", "指标进度和存在问题")
    shown = items[: _rows(items, detail)]
    if shown:
        yield from head(*zip(spans, names, strict=True), size=detail.size)
    for item in shown:
        yield from row(_lagging_cells(item, detail), 18, detail.size)
    if rest := items[len(shown) :]:
        yield from _rest(rest, detail)
    if rest or any(_words(item, detail) != _said(item) for item in shown):
        yield from line("有省略的，全文见汇总表。", "remark", size=SMALL_SIZE)


def _rows(items: Sequence[LaggingItem], detail: Detail) -> int:
    """How many have a row of their own: one that is left would take no less room by its name."""
    return len(items) if len(items) <= detail.rows + 1 else detail.rows


def _lagging_cells(item: LaggingItem, detail: Detail) -> tuple[Cell, ...]:
    lines, size = detail.name_lines, detail.size
    units = name_some(item.unit.split("、"), "、", "等", breadth(_UNIT), lines, size)
    return (
        Cell(_NUMBER, item.number, "fact_centre"),
        Cell(_NAME, shorten(item.name, breadth(_NAME), lines, size)),
        Cell(_CLASS, item.item_class, "fact_centre", shade(item.item_class)),
        Cell(_UNIT, units.replace("、等", "等")),
        Cell(_WORDS, _words(item, detail)),
    )


def _rest(items: Sequence[LaggingItem], detail: Detail) -> Iterator[Line]:
    """Those without a row of their own, named under their class."""
    width = breadth(COLUMNS - _LABEL)
    classes = tuple(dict.fromkeys(item.item_class for item in items))
    for found in classes:
        names = [_brief(i) for i in items if i.item_class == found]
        text = name_some(names, "；", "另有 {} 件", width, _REST_LINES // len(classes), detail.size)
        more = "另有 " if detail.rows else ""
        label = Cell(_LABEL, f"{found}（{more}{len(names)} 件）", "fact_centre", shade(found))
        yield from row([label, Cell(COLUMNS - _LABEL, text)], 18, detail.size)


def _brief(item: LaggingItem) -> str:
    name = item.name
    return f"{item.number}.{name if len(name) <= _BRIEF else name[: _BRIEF - 2] + MORE}"


def _words(item: LaggingItem, detail: Detail) -> str:
    """The figures and the units' words in the lines that there are, in each part the beginning."""
    said, width = _said(item), breadth(_WORDS)
    if not (item.figures and item.words) or detail.words < 2:
        return shorten(said, width, detail.words, detail.size)
    if shorten(said, width, detail.words, detail.size) == said:
        return said
    figures = shorten(item.figures, width, max(1, detail.words // 2), detail.size)
    left = detail.words - figures.count("\n") - 1
    return f"{figures}\n{shorten(item.words, width, max(1, left), detail.size)}"


def _said(item: LaggingItem) -> str:
    return "\n".join(filter(None, (item.figures, item.words))) or "单位未说明原因"


def _changes(summary: Summary, detail: Detail) -> Iterator[Line]:
    for named in changes(summary):
        yield from _named(named, _CHANGE_SHADES.get(named.name[:2], ""), detail)


def _corrections(summary: Summary, detail: Detail) -> Iterator[Line]:
    """What is no longer as it was finalised, so that readers of that draft see it."""
    if not summary.corrections:
        return
    yield from line(f"与{summary.drafts[-1].label}相比：", "remark")
    names = ("序号", "责任单位", "栏目、指标", "定稿时", "更正后", "来源文件")
    yield from head(*zip(_CORRECTED, names, strict=True), size=detail.size)
    shown = summary.corrections[: detail.corrections]
    for c in shown:
        values: tuple[Value, ...] = (
            c.number, c.unit, c.label, c.old or "未报送", c.new or "不再计入", c.file
        )  # fmt: skip
        cells = [
            Cell(n, shorten(v, breadth(n), detail.words, detail.size) if isinstance(v, str) else v)
            for n, v in zip(_CORRECTED, values, strict=True)
        ]
        yield from row(cells, 18, detail.size)
    if rest := len(summary.corrections) - len(shown):
        yield from line(f"另有 {rest} 处更正，更正后的内容见汇总表、量化指标。", "remark")


def _returns(summary: Summary, detail: Detail) -> Iterator[Line]:
    tiles = return_tiles(summary)
    span = COLUMNS // len(tiles)
    if detail.tiles:
        yield from _tiles(tiles, span)
    else:
        yield from head(*((span, tile.name) for tile in tiles), size=detail.size)
        told = [Cell(span, f"{t.count}（{t.note}）", "fact_centre") for t in tiles]
        yield from row(told, 18, detail.size)
    for named in unreturned_units(summary):
        yield from _named(named, "未报送", detail)
    for named in unstamped_units(summary):
        yield from _named(named, "未见印章", detail)
    if items := unreturned_items(summary):
        yield from _named(items, "未报送", detail)


def _named(named: Named, word: str, detail: Detail) -> tuple[Line, ...]:
    """What is said of whom, the first shaded as `word` is."""
    who = _who(named, detail)
    cells = [Cell(_LABEL, named.name, "fact_centre", shade(word)), Cell(COLUMNS - _LABEL, who)]
    return row(cells, 18, detail.size)


def _who(named: Named, detail: Detail) -> str:
    """Everybody by name, where there is no room in brief, where there is none for that some."""
    width = breadth(COLUMNS - _LABEL)
    for text in (named.text, named.brief):
        if text and shorten(text, width, detail.named, detail.size) == text:
            return text
    more = f"另有 {{}} {named.measure}，见汇总表"
    return name_some(named.who, named.joint, more, width, detail.named, detail.size)


def _notes(summary: Summary, detail: Detail) -> Iterable[Line]:
    notes = [shorten(n, breadth(COLUMNS), detail.named, FACT_SIZE) for n in summary.notes]
    return (one for note in notes for one in line(note, "remark"))
