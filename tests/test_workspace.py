"""The workspace: the lock, and outputs that are written whole."""

import errno
import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from shishi_xl.problems import CannotStart
from shishi_xl.workspace import Workspace

HOLD = """
import sys
from pathlib import Path
from shishi_xl.workspace import Workspace
with Workspace(Path(sys.argv[1])).lock():
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def test_a_second_run_says_who_is_running(workspace: Workspace) -> None:
    command = [sys.executable, "-c", HOLD, str(workspace.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(CannotStart, match=f"进程 {other.pid}"), workspace.lock():
            pass
        other.communicate()


def test_the_lock_dies_with_its_process(workspace: Workspace) -> None:
    command = [sys.executable, "-c", HOLD, str(workspace.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        other.kill()
    with workspace.lock():
        entered = True
    assert entered


def test_the_lock_is_free_after_a_run(workspace: Workspace) -> None:
    with workspace.lock():
        pass
    other = filelock.FileLock(workspace.root / ".shishi" / "lock", timeout=0)
    with other:
        assert other.is_locked


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (OSError(errno.ENOLCK, "No locks available"), "所在的磁盘不能加锁（[Errno 37] No locks"),
        (NotImplementedError("no flock"), "请把整个工作文件夹移到本机硬盘上再运行"),
        (
            PermissionError(errno.EACCES, "Permission denied"),
            "不能写入（没有权限，或磁盘是只读的）",
        ),
        (OSError(errno.EROFS, "Read-only file system"), "不能写入（没有权限，或磁盘是只读的）"),
    ],
    ids=["nfs", "no flock", "permission", "read-only"],
)
def test_a_disk_that_cannot_lock_is_said(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, fault: Exception, sentence: str
) -> None:
    def refuse(self: filelock.BaseFileLock) -> None:
        raise fault

    monkeypatch.setattr(filelock.FileLock, "_acquire", refuse)
    with pytest.raises(CannotStart) as said, workspace.lock():
        pass
    assert sentence in str(said.value)


def test_an_output_that_stands_unchanged_is_left_alone(workspace: Workspace) -> None:
    file = workspace.root / "outbox" / "a.xlsx"
    workspace.write_outputs({file: b"same"})
    before = file.stat().st_mtime_ns
    workspace.write_outputs({file: b"same"})
    assert file.stat().st_mtime_ns == before


def test_one_output_that_cannot_be_written_leaves_the_others(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, other = workspace.root / "outbox" / "a.xlsx", workspace.root / "outbox" / "b.xlsx"
    workspace.write_outputs({opened: b"old", other: b"old"})
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == opened:  # as Windows does while Excel has the file open
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    faults = workspace.write_outputs({opened: b"new", other: b"new"})
    assert faults == (
        "outbox/a.xlsx 没有写成（文件正被打开，或没有写入权限），旧文件未动。请处理后再运行一次。",
    )
    assert (opened.read_bytes(), other.read_bytes()) == (b"old", b"new")


def test_what_a_killed_run_left_is_cleared_away(workspace: Workspace) -> None:
    folder = workspace.root / "outbox"
    folder.mkdir()
    (folder / ".shishi-new-a.xlsx").write_bytes(b"half")
    workspace.write_outputs({folder / "a.xlsx": b"whole"})
    assert [f.name for f in folder.iterdir()] == ["a.xlsx"]


def test_an_office_s_own_template_goes_before_the_bundled_one(workspace: Workspace) -> None:
    own = workspace.root / "templates" / "forms" / "annex.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("columns: []", "utf-8")
    assert workspace.template("forms/annex.yaml") == own


def test_a_bundled_template_serves_where_there_is_no_own(workspace: Workspace) -> None:
    assert sorted(workspace.templates("forms")) == ["annex", "lead", "plan"]
