"""A workspace's lock: one run at a time, and who it is that runs."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import filelock

from .problems import CannotStart
from .whole_file import write_whole


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """The lock in `.shishi/`: the operating system's, which dies with its process.

    :raises CannotStart: naming who is running and since when.
    """
    who = folder / "running.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / "lock", timeout=0)
        with _taken(lock):
            write_whole(who, json.dumps(_myself(), ensure_ascii=False).encode())
            yield
    except filelock.Timeout:
        raise CannotStart(f"另一次运行还没有结束：{_running(who)}。请等它结束后再试。") from None


def _taken(lock: filelock.BaseFileLock) -> AbstractContextManager[object]:
    """The lock, or why this disk has none: some network drives cannot lock."""
    try:
        return lock.acquire()
    except filelock.Timeout:
        raise
    except (OSError, NotImplementedError) as fault:
        if isinstance(fault, PermissionError) or getattr(fault, "errno", 0) == errno.EROFS:
            raise CannotStart(
                f"{Path(lock.lock_file).parent} 不能写入（没有权限，或磁盘是只读的）。"
                "请检查文件夹的权限后再运行。"
            ) from None
        raise CannotStart(
            f"工作文件夹所在的磁盘不能加锁（{fault}），多半是网络盘、同步盘。两个人同时运行会弄乱底账，"
            "所以没有运行。请把整个工作文件夹移到本机硬盘上再运行。"
        ) from None


def _myself() -> dict[str, object]:
    user = os.environ.get("USERNAME") or os.environ.get("USER") or ""
    return {
        "pid": os.getpid(),
        "user": user,
        "since": datetime.now().isoformat(" ", "seconds"),
        "command": " ".join(sys.argv[1:]),
    }


def _running(file: Path) -> str:
    try:
        known = json.loads(file.read_text("utf-8"))
        return f"{known['user']} 于 {known['since']} 开始，进程 {known['pid']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "开始时间不明"
