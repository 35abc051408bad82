"""A Dask cluster reads what one process reads: the same bytes come out."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from shishi_xl.cluster import cluster_executor
from shishi_xl.consolidate import consolidate
from shishi_xl.problems import CannotStart
from shishi_xl.reads import Effort
from shishi_xl.workspace import Workspace

from .clerk import Clerk
from .hostile import with_cells


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a scheduler with two worker processes on this machine."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as running:
        yield running.scheduler_address


def _outputs(root: Path) -> dict[str, bytes]:
    files = (f for f in sorted((root / "outbox").rglob("*")) if f.is_file())
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in files}


def test_a_cluster_gives_the_bytes_of_one_process(
    tmp_path: Path, clerk_of: Callable[[str], Clerk], cluster: str
) -> None:
    clerk = clerk_of("gaoqing-2023")
    for unit in list(clerk.forms())[:5]:
        clerk.receives(clerk.filled(unit), f"{unit}.xlsx")
    clerk.receives(with_cells(b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>'), "坏的.xlsx")
    copy = tmp_path / "copy"
    shutil.copytree(clerk.workspace.root, copy)
    clerk.consolidates()
    with cluster_executor(cluster) as executor:
        consolidate(Workspace(copy), clerk.period, clerk.today, Effort(executor=executor))
    assert _outputs(copy) == _outputs(clerk.workspace.root)


def test_nobody_at_the_address_is_a_sentence() -> None:
    with (
        pytest.raises(CannotStart, match="连不上"),
        cluster_executor("tcp://127.0.0.1:1"),
    ):
        pass
