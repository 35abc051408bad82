"""click in Chinese: help pages, and what is said of a wrong call and of what cannot be done."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any

import click


class ChineseCommand(click.Command):
    """A command whose help page is in Chinese; what cannot be done is one sentence and status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; only faults of the program itself leave a traceback."""
        try:
            return super().invoke(ctx)
        except Exception as fault:
            from .problems import CannotStart  # not at the start: --help needs nothing of it

            if not isinstance(fault, CannotStart | OSError):
                raise
            click.secho(_sentence(fault), err=True, fg="red")
            sys.exit(2)
        except KeyboardInterrupt:
            # At once: workers end with their parent, and what is written is written whole.
            click.echo("\n已中断。已有的文件都完好，再运行一次即可。", err=True)
            sys.stderr.flush()
            os._exit(2)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """用法：shishi-xl check [选项]."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[选项]")
        formatter.write_usage(
            ctx.command_path, pieces.replace("COMMAND [ARGS]...", "命令 …"), "用法："
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, without the arguments, which the text above them explains."""
        options = (p for p in self.get_params(ctx) if isinstance(p, click.Option))
        rows = [r for p in options if (r := p.get_help_record(ctx)) is not None]
        with formatter.section("选项"):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """-h, --help with its own explanation in Chinese."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示本说明。"
        return option


class ChineseGroup(ChineseCommand, click.Group):
    """The same for the command with its subcommands, in the order of a year's work."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were declared."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        with formatter.section("命令"):
            formatter.write_dl([(n, c.get_short_help_str(60)) for n, c in self.commands.items()])

    def main(self, args: Sequence[str] | None = None, **more: Any) -> Any:  # type: ignore[override]
        """Run; a wrong call is one sentence in Chinese and exit status 2, Ctrl-C is 130."""
        # click's own signature has its keywords spelled out, all of which are passed on.
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # a console of cp936 has no sign for everything
                stream.reconfigure(errors="replace")
        if not more.pop("standalone_mode", True):
            return super().main(args, standalone_mode=False, **more)
        try:
            status = super().main(args, standalone_mode=False, **more)
        except click.exceptions.NoArgsIsHelpError as page:
            click.echo(page.message)
            sys.exit(0)
        except click.UsageError as error:
            help_line = f"\n用 {error.ctx.command_path} --help 查看用法。" if error.ctx else ""
            click.secho(_in_chinese(error) + help_line, err=True, fg="red")
            sys.exit(2)
        except click.Abort:
            click.echo("\n已中断。", err=True)
            sys.exit(130)
        sys.exit(status if isinstance(status, int) else 0)


def _sentence(fault: Exception) -> str:
    if isinstance(fault, OSError):
        return f"{fault.filename or '文件'} 读写不成（{fault.strerror}），没有做完。请处理后再运行一次。"
    return str(fault)


def _in_chinese(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else "。"
            return f"没有 {error.option_name} 这个选项{near}"
        case click.MissingParameter():
            name = error.param.metavar if error.param else "参数"
            return f"缺少{'期次，如 2023Q2' if name == 'PERIOD' else ' ' + str(name)}。"
        case click.BadParameter():
            return error.message
        case _ if error.ctx and isinstance(error.ctx.command, click.Group):
            names = "、".join(error.ctx.command.commands)
            return f"没有这个命令；可用的命令：{names}。"
    if "extra argument" in error.message:
        return f"多出了参数：{error.message.partition('(')[2].rstrip(')')}。"
    return f"命令写得不对：{error.message}"
