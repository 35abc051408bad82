"""A Dask scheduler's address → an executor whose workers read files (optional: shishi-xl[cluster])."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from .problems import CannotStart


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """The cluster's executor, while the run goes on. Its workers see the inbox's file system.

    :raises CannotStart: where Dask is not installed, or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise CannotStart(
            '用 --scheduler 需要先安装：在程序的文件夹里运行 pip install ".[cluster]"。'
        ) from None
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as fault:
        raise CannotStart(
            f"连不上 {address}（{fault}）。请核对地址，并确认调度器已启动。"
        ) from None
    with client:
        yield client.get_executor()
