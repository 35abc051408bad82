"""The command line: options in, sentences and exit status out."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from contextlib import nullcontext, redirect_stdout
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import __version__
from .chinese_click import ChineseCommand, ChineseGroup

if TYPE_CHECKING:
    from .workspace import Workspace

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _day(_: click.Context, __: click.Parameter, text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"“{text}”不是日期，请写成 2023-07-05 这样。") from None


# New values before Python looks for dead cycles: nearly all live to the end of the run, and looking
# through them every 700, as is usual, is a tenth of its time.
_LIVING = 100_000

_today = click.option(
    "--today", metavar="DATE", callback=_day, help="以这一天为运行日期，如 2023-07-05；默认今天。"
)
_period = click.argument("period", metavar="[PERIOD]", required=False)


@click.group(cls=ChineseGroup, context_settings=_HELP)
@click.option(
    "-w", "--workspace", "folder", type=click.Path(path_type=Path, file_okay=False), default=".",
    metavar="DIR", help="工作文件夹；默认当前文件夹。",
)  # fmt: skip
@click.version_option(__version__, message="shishi-xl %(version)s", help="显示版本号。")
@click.pass_context
def main(ctx: click.Context, folder: Path) -> None:
    """实事工作进展情况报表：下发、收回、审核、汇总。

    PERIOD 写成 2023Q2、2023H1、2023-05 或 2023年第二季度；不写则取最近一期。
    """
    ctx.obj = folder


def _workspace(ctx: click.Context) -> Workspace:
    from .workspace import Workspace

    return Workspace(ctx.obj.resolve())


@main.command("init", cls=ChineseCommand)
@click.argument("folder", metavar="DIR", required=False, type=click.Path(path_type=Path))
@click.option("--example", metavar="NAME", help="以哪个示例方案为底稿。")
@click.option(
    "--from", "other", metavar="OTHER", type=click.Path(path_type=Path),
    help="从上一年的工作文件夹带来单位、别名、联系人、单位组和报表式样；事项另写。",
)  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="列出示例方案。")
def init_command(
    folder: Path | None, example: str | None, other: Path | None, listing: bool
) -> None:
    """新建工作文件夹。"""
    from .init import examples, init, init_from
    from .workspace import Workspace

    if listing:
        for name, file in examples().items():
            click.echo(f"{name:<14}{_programme_name(file)}")
        return
    if folder is None or (example is None) == (other is None):
        from .problems import CannotStart

        raise CannotStart(
            "请写明文件夹，以及示例或上一年的文件夹（二者写其一），如："
            "shishi-xl init 2023年实事 --example gaoqing-2023；"
            "shishi-xl init 2024年实事 --from 2023年实事"
        )
    if other:
        workspace = init_from(folder, Workspace(other.resolve()))
        click.echo(
            f"已建好 {workspace.root}。单位、别名、联系人、单位组和报表式样已从 {other} 带来；"
            "上一年的事项列在 items 下面供对照，行首都有 #。"
        )
    else:
        workspace = init(folder, example or "")
        click.echo(f"已建好 {workspace.root}。")
    click.echo(
        "下一步：修改其中的 items.yaml，运行 shishi-xl check 检查，再运行 generate 下发报表。"
    )


def _programme_name(file: Path) -> str:
    lines = file.read_text("utf-8").splitlines()
    return next(x.partition(":")[2].strip() for x in lines if x.startswith("programme:"))


@main.command("check", cls=ChineseCommand)
@click.pass_context
def check_command(ctx: click.Context) -> None:
    """检查 items.yaml 和报表定义，列出所有错误。"""
    from .office import load_office

    office = load_office(_workspace(ctx))
    for note in office.edition.notes:
        click.secho(f"注意：{note}", fg="yellow")
    programme = office.at(office.programme.first).programme
    duties, holders = programme.duties(programme.first), programme.form_holders(programme.first)
    targets = sum(len(item.targets) for item in programme.items)
    later = len(office.programme.items) - len(programme.items_in(programme.first))
    more = f"（其中 {later} 件不在{programme.first.label}）" if later else ""
    click.echo(
        f"items.yaml 没有错误：{programme.name}，{len(office.programme.items)} 件实事{more}，"
        f"{len(holders)} 份报表，{len(duties)} 项（事项 × 单位），{targets} 个量化指标。"
    )
    written_to = (programme.addressee(name) for name in holders if programme.gets_letters(name))
    silent = [name for name in dict.fromkeys(written_to) if not programme.unit(name).email]
    if silent:
        click.echo(
            f"提示：{len(silent)} 个单位没有写邮箱（items.yaml 的 units → email），"
            f"给它们的函件收件人留空，发送时再填：{'、'.join(silent)}。"
        )


@main.command("generate", cls=ChineseCommand)
@_period
@click.option("--unit", metavar="UNIT", help="只生成这个单位的报表。")
@click.option("--renew", is_flag=True, help="过去的期次也照现在的 items.yaml；默认照当时的。")
@_today
@click.pass_context
def generate_command(
    ctx: click.Context, period: str | None, unit: str | None, renew: bool, today: date
) -> None:
    """生成各单位的报表，放在 outbox/PERIOD/下发/。"""
    from .generate import generate

    workspace = _workspace(ctx)
    made = generate(workspace, period, unit, today, renew)
    for note in made.notes:
        click.secho(f"注意：{note}", fg="yellow")
    for name, file in made.files.items():
        click.echo(f"  {file.relative_to(workspace.root).as_posix()}  {name}")
    click.echo(f"{made.period.label}：{len(made.files)} 份报表。")
    _finish(made.faults, 0)


@main.command("consolidate", cls=ChineseCommand)
@_period
@_today
@click.option(
    "--jobs", metavar="N", type=click.IntRange(1), default=1, help="用几个进程读文件；默认 1 个。"
)
@click.option("--verify", is_flag=True, help="每个文件都重新读一遍，不用上次读过的结果。")
@click.option("--scheduler", metavar="URL", help="用 Dask 集群读文件，如 tcp://10.0.0.1:8786。")
@click.pass_context
def consolidate_command(
    ctx: click.Context,
    period: str | None,
    today: date,
    jobs: int,
    verify: bool,
    scheduler: str | None,
) -> None:
    """汇总 inbox/ 里的全部报表，写出 outbox/PERIOD/。"""
    from .unchanged import keep_run, last_run

    workspace = _workspace(ctx)
    if not verify and (last := last_run(workspace, period, today)):
        status, shown = last
        click.echo(f"{shown}与上次运行相比没有任何变化，结果如上。")
        sys.exit(status)
    from .cluster import cluster_executor
    from .consolidate import consolidate
    from .reads import Effort
    from .screen import Screen, progress_bar, show_summary, show_written

    gc.set_threshold(_LIVING)
    with cluster_executor(scheduler) if scheduler else nullcontext() as executor:
        effort = Effort(jobs, executor, verify, progress_bar)
        done = consolidate(workspace, period, today, effort)
    with redirect_stdout(Screen()) as screen:
        show_summary(done.summary)
        show_written(workspace, done.written)
    keep_run(workspace, done.stamp, int(done.summary.open), screen.getvalue())
    click.echo(screen.getvalue(), nl=False)
    _finish(done.faults, int(done.summary.open))


@main.command("finalise", cls=ChineseCommand)
@click.argument("period", metavar="PERIOD")
@_today
@click.pass_context
def finalise_command(ctx: click.Context, period: str, today: date) -> None:
    """定稿：把上报的呈报表存进 outbox/PERIOD/定稿/，编号、注明日期，以后不再改动。"""
    from .finalise import finalise
    from .screen import open_matters

    workspace = _workspace(ctx)
    done = finalise(workspace, period, today)
    shown = done.file.relative_to(workspace.root).as_posix()
    if done.again:
        click.echo(f"与{done.draft.label}内容相同，没有另存新稿：{shown}")
    else:
        click.echo(f"已定稿：{shown}（{done.draft.as_of} 汇总）")
    if done.summary.open:
        click.secho(f"注意：定稿时还有没办完的：{open_matters(done.summary)}。", fg="yellow")
    sys.exit(int(done.summary.open))


@main.command("status", cls=ChineseCommand)
@_period
@_today
@click.option("--json", "as_program", is_flag=True, help="输出 JSON，供程序读取。")
@click.pass_context
def status_command(ctx: click.Context, period: str | None, today: date, as_program: bool) -> None:
    """查看谁报了、谁没报、有什么问题；不写任何文件。"""
    from .as_json import as_json
    from .screen import show_summary
    from .status import read_status

    summary = read_status(_workspace(ctx), period, today)
    if as_program:
        # Programs get UTF-8, whatever the console speaks.
        import json

        click.echo(json.dumps(as_json(summary), ensure_ascii=False, indent=2).encode())
    else:
        show_summary(summary)
    sys.exit(int(summary.open))


@main.command("demo", cls=ChineseCommand)
@click.argument(
    "folder", metavar="[DIR]", required=False, default="demo", type=click.Path(path_type=Path)
)
def demo_command(folder: Path) -> None:
    """演示：高青县 2023 年第二、第三季度，下发、报回、汇总。

    放在 DIR（默认 demo）里，该文件夹应不存在或为空。
    """
    from .demo import play_demo

    play_demo(folder, click.echo)


def _finish(faults: Iterable[str], status: int) -> None:
    """Say what could not be written; that is exit status 2."""
    for fault in faults:
        click.secho(fault, err=True, fg="red")
        status = 2
    sys.exit(status)
