"""The demo: two quarters of gaoqing-2023 played in a new folder, forms out, returns in, summaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from ..consolidate import consolidate
from ..generate import generate
from ..init import init
from ..problems import CannotStart
from ..screen import show_summary
from ..workspace import Workspace
from .report import Mail
from .second_quarter import BROKEN, NAMELESS, send_second_quarter
from .third_quarter import send_third_quarter

Say = Callable[[str], None]

PROGRAMME, SECOND, THIRD = "gaoqing-2023", "2023Q2", "2023Q3"


def play_demo(folder: Path, say: Say) -> Path:
    """Play it; returns the summary workbook to open.

    :raises CannotStart: where the folder holds anything already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotStart(
            f"{folder} 已经有内容，未作改动。请先删除它，或另写一个文件夹，如：shishi-xl demo 演示2"
        )
    workspace = init(folder, PROGRAMME)
    say(f"新建工作文件夹 {folder}：高青县 2023 年为全县妇女儿童办实事，10 件实事，14 个责任单位。")

    forms = _send_forms(workspace, SECOND, date(2023, 6, 20), say)
    send_second_quarter(Mail(forms, workspace.inbox))
    _consolidate(workspace, SECOND, date(2023, 7, 5), say)
    _sort_out(workspace, say)
    _consolidate(workspace, SECOND, date(2023, 7, 6), say)

    _empty_inbox(workspace, say)
    later = _send_forms(workspace, THIRD, date(2023, 9, 20), say)
    send_third_quarter(Mail(later, workspace.inbox), forms)
    _consolidate(workspace, THIRD, date(2023, 10, 9), say)
    return _say_what_to_open(folder, say)


def _send_forms(workspace: Workspace, period: str, today: date, say: Say) -> Mapping[str, Path]:
    made = generate(workspace, period, None, today)
    _stop_on(made.faults)
    say(f"\n{_day(today)}，下发{made.period.label}报表 {len(made.files)} 份。")
    return made.files


def _consolidate(workspace: Workspace, period: str, today: date, say: Say) -> None:
    count = sum(1 for file in workspace.inbox.rglob("*") if file.is_file())
    say(f"\n{_day(today)}，收件箱里有 {count} 个文件，汇总：\n")
    done = consolidate(workspace, period, today)
    _stop_on(done.faults)
    show_summary(done.summary)


def _sort_out(workspace: Workspace, say: Say) -> None:
    """The clerk has telephoned: folders say whose a file is, and which does not count."""
    say(
        f"\n打电话问清楚：“{NAMELESS}”是县科协的，放进 inbox/县科协/2023Q2/；{BROKEN} 打不开，移进 inbox/作废/。"
    )
    for name, folder in ((NAMELESS, "县科协/2023Q2"), (BROKEN, "作废")):
        (workspace.inbox / folder).mkdir(parents=True)
        (workspace.inbox / name).rename(workspace.inbox / folder / name)


def _empty_inbox(workspace: Workspace, say: Say) -> None:
    """The clerk clears up: what was received lies in the ledger."""
    for file in sorted(workspace.inbox.rglob("*")):
        if file.is_file():
            file.unlink()
    say("\n第二季度报送结束，清空收件箱（收到过的文件都已存底）。")


def _say_what_to_open(folder: Path, say: Say) -> Path:
    outbox = folder / "outbox" / THIRD
    summary = outbox / f"汇总_{THIRD}.xlsx"
    say("\n演示完毕。可以打开看看：")
    say(f"  {summary}  汇总表、问题清单、收件清单，经办人用")
    say(f"  {outbox / f'呈报_{THIRD}.xlsx'}  呈领导")
    say(f"  {outbox / f'通报_{THIRD}.docx'}  通报草稿，核校后印发")
    say(f"  {outbox / '退回'}  标注了问题的报表和退回函，双击 .eml 即可发给单位")
    say(f"  {outbox / '催报'}  没有报送、没有盖章件的单位的函和报表")
    say(f"  {outbox / f'盖章件_{THIRD}.xlsx'}  盖章件一页一图，要看的排在前面")
    say(f"  {outbox / '联系清单.xlsx'}  打电话用：找谁、电话、什么事")
    say(f"  {outbox / '下发'}  各单位的空白报表和下发函，上一季度填报的内容已带出")
    say(f"  {folder / 'inbox'}  各单位报回来的文件")
    say(f"想自己试：修改 inbox 里的文件，再运行 shishi-xl -w {folder} consolidate {THIRD}")
    return summary


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _stop_on(faults: tuple[str, ...]) -> None:
    if faults:
        raise CannotStart("\n".join(faults))
