"""What the terminal shows of a run; colour only repeats what the words say."""

from __future__ import annotations

import io
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from .causes import Cause, causes
from .problems import Grade, Problem
from .register import REGISTER_FILE
from .summary import Outcome, ReceiptRow, State, Summary, UnitRow
from .workspace import Workspace
from .wrap import text_width

_COLOURS = {
    "已报送": "green", "零报告": "green", "部分报送": "yellow", "待更正": "red",
    "待确认": "magenta", "未报送": "red", "未到期": "cyan", "免报": "cyan",
    "已收": "green", "未收": "red", "未见印章": "red", "不能判断": "yellow",
    "与电子版不一致": "yellow", "强制": "red", "核实": "yellow", "提示": "cyan",
}  # fmt: skip
_SHORT = 30  # characters of a text that is only called to mind
_MOST = 4  # lines for one unit; a whole column left empty would push the rest off the screen
_ASKED = (Outcome.ASKED, Outcome.UNREADABLE, Outcome.UNRECOGNISED)


def show_summary(summary: Summary) -> None:
    """The units in a table, then files to decide about, then the problems by grade."""
    click.echo(f"{summary.programme.title}  {summary.period.label}  截至 {summary.today:%Y-%m-%d}")
    for note in summary.notes:
        click.secho(f"注意：{note}", fg="yellow")
    click.echo()
    stamped = summary.programme.stamped
    _show_table(
        ("责任单位", "状态", "已报/应报", *(["盖章PDF"] if stamped else []), "收到时间", "强制",
         "核实", "提示", "填报人", "联系电话"),
        [_unit_cells(row, stamped) for row in summary.units],
    )  # fmt: skip
    asked = [r for r in summary.receipts if r.outcome in _ASKED]
    if asked:
        click.echo(f"\n需要人来处理的文件（{len(asked)} 个）：")
        for row in asked:
            _show_file(row)
        click.echo(f"  也可以在 {REGISTER_FILE} 里填写是哪个单位、哪一期的，或作废，再运行一次。")
    _show_register(summary)
    _show_problems(summary)
    _show_corrections(summary)
    _show_totals(summary)


def open_matters(summary: Summary) -> str:
    """What is left to chase, in words: 未报送 3 项，待确认 1 项，要人处理的文件 2 个."""
    owed = Counter(row.state for row in summary.details if row.duty.owed)
    chased = (State.MISSING, State.CORRECT, State.DECIDE)
    words = [f"{state} {owed[state]} 项" for state in chased if owed[state]]
    files = sum(r.outcome in _ASKED for r in summary.receipts)
    unsealed = sum(row.stamped.chased is not None for row in summary.units)
    also = ((files, "要人处理的文件 {} 个"), (unsealed, "盖章PDF未收、未见印章 {} 个单位"))
    return "，".join((*words, *(word.format(count) for count, word in also if count)))


def _unit_cells(row: UnitRow, stamped: bool) -> tuple[str, ...]:
    arrival = f"{row.arrival:%m-%d %H:%M}" if row.arrival else ""
    late = "（逾期）" if row.late else ""
    counts = (str(row.problems.get(grade, 0) or "") for grade in Grade)
    copy = ["，".join(row.stamped.states)] if stamped else []
    return (row.unit, str(row.state), f"{row.answered}/{row.owed}", *copy, arrival + late,
            *counts, row.person, row.phone)  # fmt: skip


def _show_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = [tuple(heads), *map(tuple, rows)]
    widths = [max(text_width(line[i]) for line in lines) for i in range(len(heads))]
    for index, line in enumerate(lines):
        cells = (_padded(text, width) for text, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
        if index == 0:
            click.echo("  ".join("─" * width for width in widths))


def _padded(text: str, width: int) -> str:
    space = " " * (width - text_width(text))
    return (click.style(text, fg=_COLOURS[text]) if text in _COLOURS else text) + space


def _show_file(row: ReceiptRow) -> None:
    click.echo(f"  {click.style(str(row.outcome), fg='magenta')}  {row.path}")
    if row.remark:
        click.echo(f"        {row.remark}")


def _show_register(summary: Summary) -> None:
    """What the clerk has to mend in 登记.xlsx."""
    rows = [r.problem for r in summary.problems if r.problem.for_clerk]
    rows = [p for p in rows if p.grade is not Grade.NOTE]
    if rows:
        click.echo(f"\n{REGISTER_FILE} 里要改的（{len(rows)} 处）：")
    for p in rows:
        where = f"“{p.place.sheet}”{p.place.cell}：" if p.place.sheet else ""
        grade = click.style(p.grade, fg=_COLOURS[p.grade])
        click.echo(f"    {grade} {p.code} {where}{p.message}。{p.advice}")


def _show_problems(summary: Summary) -> None:
    """强制 and 核实 by unit, a line for each cause; the rest is in the workbook."""
    rows = [r for r in summary.problems if r.open and r.problem.grade is not Grade.NOTE]
    found = [c for c in causes(rows) if _is_for_unit(c.problem)]
    if not found:
        return
    click.echo(f"\n要向单位核实或请其更正的（{len(found)} 处）：")
    numbers = {i.item.id: i.item.number for i in summary.items}
    for unit in dict.fromkeys(c.problem.unit for c in found):
        click.echo(f"  {unit or '（单位待定）'}")
        own = [c for c in found if c.problem.unit == unit]
        for cause in sorted(own, key=lambda c: c.problem.grade.rank)[:_MOST]:
            _show_cause(cause, numbers)
        if len(own) > _MOST:
            click.echo(f"    …… 另有 {len(own) - _MOST} 处，见问题清单")
    _show_rules(found)


def _is_for_unit(problem: Problem) -> bool:
    asked_of_clerk = problem.for_clerk or (problem.rule.asks and not problem.unit)
    return bool(problem.place.cell) and not asked_of_clerk


def _show_cause(cause: Cause, numbers: Mapping[str, int]) -> None:
    place = cause.problem.place
    grade = click.style(cause.problem.grade, fg=_COLOURS[cause.problem.grade])
    items = "、".join(str(numbers[i]) for i in cause.items if i in numbers)
    where = f"{place.file} “{place.sheet}”{cause.cells}"
    said = f"第 {items} 件 " if items else ""
    click.echo(f"    {grade} {cause.problem.code} {said}{where}：{cause.message}")


def _show_rules(found: Sequence[Cause]) -> None:
    """How often each rule was broken, the gravest and most frequent first."""
    count = Counter((c.problem.grade.rank, c.problem.code, c.problem.rule.title) for c in found)
    ranked = sorted(count.items(), key=lambda c: (c[0][0], -c[1], c[0][1]))
    words = "，".join(f"{code} {title} {n}" for (_, code, title), n in ranked)
    click.echo(f"  按规则：{words}")


def _show_corrections(summary: Summary) -> None:
    if not summary.drafts:
        return
    count = len(summary.corrections)
    said = f"以后的更正（{count} 处）：" if count else "以后没有更正。"
    click.echo(f"\n{summary.drafts[-1].label}{said}")
    for c in summary.corrections:
        old, new = _short(c.old) or "未报送", _short(c.new) or "不再计入"
        click.echo(f"  第 {c.number} 件 {c.unit} {c.label}：{old} → {new}（{c.file}）")


def _short(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}……"


def _show_totals(summary: Summary) -> None:
    states = "，".join(f"{state} {count}" for state, count in summary.states.items())
    grades = "，".join(f"{g} {summary.grades[g]}" for g in Grade)
    click.echo(f"\n事项 × 单位 {len(summary.details)} 项：{states}。问题：{grades}。")


class Screen(io.StringIO):
    """What is to be shown, colours included; the real screen drops them where it has none."""

    def isatty(self) -> bool:
        return True


def show_written(workspace: Workspace, files: Iterable[Path]) -> None:
    """What was written: the workbooks by name, the replies by how many units they go to."""
    replies: dict[str, set[str]] = {}
    for file in files:
        shown = file.relative_to(workspace.root).as_posix()
        if file.parent.name in ("退回", "催报"):
            replies.setdefault(shown.rpartition("/")[0], set()).add(file.stem)
        else:
            click.echo(f"  {shown}")
    for folder, units in replies.items():
        click.echo(f"  {folder}/  {len(units)} 个单位，双击 .eml 即可发送")


def progress_bar(files: Sequence[Any]) -> Iterable[Any]:
    """Count, rate and time left, on a terminal."""
    if not sys.stderr.isatty():
        yield from files
        return
    start, rate = time.monotonic(), ""
    with click.progressbar(
        files, label="读取报表", show_pos=True, file=sys.stderr, item_show_func=lambda _: rate
    ) as bar:
        for done, file in enumerate(bar, 1):
            yield file
            rate = f"{done / (time.monotonic() - start):.0f} 个/秒"
