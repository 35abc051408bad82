"""总览: the figures leaders ask for, the slow items by name and why, charts; one page of A4."""

from __future__ import annotations

from xlsxwriter import Workbook

from ..layout import A4, FOOTER, NARROW_HEIGHT, OVERVIEW_TITLE_SIZE, narrow_margins
from ..styles import Styles
from ..summary import Summary
from .charts import HIGHEST, Frame, insert_class_chart, insert_rate_chart
from .figures import (
    class_lines,
    done_remark,
    figures,
    item_rates,
    lagging_items,
    unreturned_items,
    unreturned_units,
)
from .page import COLUMNS, ROW, Cell, Page

_CHART_ROWS = 8
_SMALLEST = 0.75  # of its size: rather two pages than smaller print


def write_overview(book: Workbook, styles: Styles, summary: Summary) -> None:
    """What stands well, what lags, what has come back, what has not."""
    page = Page(book.add_worksheet("总览"), styles)
    _write_title(page, summary)
    _write_corrections(page, summary)
    _write_classes(book, page, summary)
    _write_lagging(page, summary)
    _write_rates(book, page, summary)
    _write_returns(page, summary)
    _write_unreturned(page, summary)
    _write_notes(page, summary)
    _set_page(page)


def _write_title(page: Page, summary: Summary) -> None:
    title = f"{summary.programme.name}工作进展情况总览"
    page.line(title, "overview_title", 36, size=OVERVIEW_TITLE_SIZE)
    collector = summary.programme.collector.name
    today = summary.today
    meta = (
        summary.period.label,
        f"汇总单位：{collector}" if collector else "",
        f"截至{today.year}年{today.month}月{today.day}日",
    )
    page.line("　　".join(filter(None, meta)), "meta_centre", 22)


def _write_corrections(page: Page, summary: Summary) -> None:
    """What is no longer as it was finalised, so that readers of that draft see it."""
    if not summary.corrections:
        return
    page.section(f"定稿后的更正（{len(summary.corrections)} 处）")
    page.line(f"与{summary.drafts[-1].label}相比：", "remark")
    page.head((1, "序号"), (2, "责任单位"), (2, "栏目、指标"), (3, "定稿时"), (3, "更正后"),
              (1, "来源文件"))  # fmt: skip
    for c in summary.corrections:
        page.row([Cell(1, c.number, "fact_centre"), Cell(2, c.unit), Cell(2, c.label),
                  Cell(3, c.old or "未报送"), Cell(3, c.new or "不再计入"),
                  Cell(1, c.file)])  # fmt: skip


def _write_classes(book: Workbook, page: Page, summary: Summary) -> None:
    lines, count = class_lines(summary), len(summary.items)
    page.section(f"实事进展（共 {count} 件）")
    top = page.at
    page.head((2, "类别"), (2, "件数"), (2, "占比"))
    for line in lines:
        page.row([Cell(2, line.name, "fact_centre"), Cell(2, line.count, "fact_centre"),
                  Cell(2, line.share, "fact_percent")])  # fmt: skip
    page.row([Cell(2, "合计", "fact_head"), Cell(2, count, "fact_head"),
              Cell(2, sum(line.share for line in lines), "fact_percent")])  # fmt: skip
    frame = Frame(top, COLUMNS // 2, COLUMNS - 1, (len(lines) + 2) * ROW)
    insert_class_chart(book, page.sheet, frame, len(lines))
    if remark := done_remark(summary):
        page.line(remark, "remark")


def _write_lagging(page: Page, summary: Summary) -> None:
    items = lagging_items(summary)
    page.section(f"推进缓慢和未启动的实事（{len(items)} 件）")
    if not items:
        page.line("没有。", "remark")
        return
    page.head((1, "序号"), (3, "实事名称"), (1, "进展"), (2, "责任单位"), (5, "原因和存在问题"))
    for item in items:
        page.row([Cell(1, item.number, "fact_centre"), Cell(3, item.name),
                  Cell(1, item.item_class, "fact_centre"), Cell(2, item.unit),
                  Cell(5, item.why)])  # fmt: skip


def _write_rates(book: Workbook, page: Page, summary: Summary) -> None:
    rates = item_rates(summary)
    known = [rate for _, rate in rates if rate is not None]
    if not known:
        return
    share = summary.period.time_share
    page.section("量化指标完成率")
    remark = f"横轴为实事序号，每件取各项指标中最低的完成率；虚线为序时进度 {float(share):.0%}。"
    if max(known) > HIGHEST:
        remark += f"高于 {HIGHEST:.0%} 的只画到 {HIGHEST:.0%}。"
    page.line(remark, "remark")
    frame = Frame(page.at, 0, COLUMNS - 1, _CHART_ROWS * ROW)
    for _ in range(_CHART_ROWS):
        page.space(ROW)
    insert_rate_chart(book, page.sheet, frame, rates, share)


def _write_returns(page: Page, summary: Summary) -> None:
    page.section("报送情况")
    page.head((3, "项目"), (2, "总数"), (7, "其中"))
    for figure in figures(summary):
        page.row([Cell(3, figure.name), Cell(2, figure.total, "fact_centre"),
                  Cell(7, figure.among)])  # fmt: skip


def _write_unreturned(page: Page, summary: Summary) -> None:
    units = tuple(unreturned_units(summary))
    if not units:
        return
    page.section(f"未报送的单位和事项（{len(units)} 个单位）")
    if items := unreturned_items(summary):
        page.line(f"没有任何单位报送的实事（{len(items)} 件）：{'；'.join(items)}。", "remark")
    page.head((3, "责任单位"), (9, "未报送事项"))
    for unit, missing in units:
        page.row([Cell(3, unit), Cell(9, missing)])


def _write_notes(page: Page, summary: Summary) -> None:
    if summary.notes:
        page.section("说明")
        for note in summary.notes:
            page.line(note, "remark")


def _set_page(page: Page) -> None:
    sheet = page.sheet
    sheet.hide_gridlines(2)
    sheet.set_paper(A4)
    sheet.set_margins(**narrow_margins())
    sheet.fit_to_pages(1, 1 if page.height <= NARROW_HEIGHT / _SMALLEST else 0)
    sheet.center_horizontally()
    sheet.print_area(0, 0, page.at - 1, COLUMNS - 1)
    sheet.set_footer(FOOTER)
