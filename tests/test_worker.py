"""A file that kills, stops or bloats its worker costs itself; the rest is read in order."""

import hashlib
import io
import os
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterable
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from functools import cache
from pathlib import Path

import psutil
import pytest

from shishi_xl.problems import CannotStart
from shishi_xl.reading import child as child_module
from shishi_xl.reading.child import Child
from shishi_xl.reading.file_type import FileType
from shishi_xl.reading.job import OUT_OF_MEMORY, TIMED_OUT, Result
from shishi_xl.reading.read_books import FileRead, read_books, read_files, start_worker
from shishi_xl.reading.refuse import refuse
from shishi_xl.sheets import Book, Mail, Refusal, Scan

from .hostile import (
    Entry,
    amplified_workbook,
    panicking_workbook,
    raw_zip,
    slow_workbook,
    with_cells,
    workbook,
)

ROOT = Path(__file__).parent.parent
FAR = with_cells(
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)


@cache
def slow() -> bytes:
    return slow_workbook()


@cache
def fat() -> bytes:
    return amplified_workbook()


def said(result: Result) -> str:
    """What was read, in a word: the book's A1, or the refusal's reason."""
    if isinstance(result, Book):
        return str(result.sheets[0].rows[0][0])
    assert not isinstance(result, Scan)
    return "opened" if result is None else dict(result.details).get("reason", result.outcome)


def outcomes(reads: Iterable[FileRead]) -> list[tuple[str, str]]:
    return [(r.turn.path, said(r.result)) for r in reads]


def zip_of(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.xlsx" if content.startswith(b"PK") else name, content)
    return out.getvalue()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_far_cell_really_aborts_calamine() -> None:
    code = (
        "import sys, io, python_calamine as c;"
        "c.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], input=FAR, stderr=subprocess.DEVNULL, check=False
    )
    assert run.returncode == -signal.SIGABRT


def test_after_a_panic_the_rest_is_read_by_another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUST_BACKTRACE", "1")  # printing it takes memory that does not come back
    jobs = [("1.xlsx", workbook("1")), ("2.xlsb", panicking_workbook()), ("3.xlsx", workbook("3"))]
    inside = ("4.zip", zip_of(a=panicking_workbook(), b=workbook("5")))
    assert outcomes(read_files([*jobs, inside])) == [
        ("1.xlsx", "1"), ("2.xlsb", "读取时程序崩溃"), ("3.xlsx", "3"),
        ("4.zip/a.xlsx", "读取时程序崩溃"), ("4.zip/b.xlsx", "5"), ("4.zip", "opened"),
    ]  # fmt: skip


def test_what_was_too_much_for_a_worn_worker_gets_one_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started = []
    start = Child.__init__

    def count(child: Child, memory: int) -> None:
        started.append(memory)
        start(child, memory)

    monkeypatch.setattr(Child, "__init__", count)
    jobs = [("1.xlsx", workbook("1")), ("2.xlsx", fat()), ("3.xlsx", workbook("3"))]
    assert outcomes(read_files(jobs))[1:] == [("2.xlsx", "读取时占用内存过多"), ("3.xlsx", "3")]
    assert len(started) == 3


def test_books_come_in_the_order_of_the_jobs() -> None:
    jobs = [(f"{n}.xlsx", workbook(str(n))) for n in range(20)]
    assert [said(b) for b in read_books(jobs)] == [str(n) for n in range(20)]


def test_a_file_may_be_named_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook("一"))
    jobs = [("a.xlsx", tmp_path / "a.xlsx"), ("b.xlsx", tmp_path / "b.xlsx")]
    missing = f"打不开（{os.strerror(2)}）"
    assert outcomes(read_files(jobs)) == [("a.xlsx", "一"), ("b.xlsx", missing)]


def test_no_jobs_start_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    assert list(read_books([])) == []


def test_a_file_that_aborts_its_worker_costs_itself() -> None:
    jobs = [("1", workbook("一")), ("2", fat()), ("3", workbook("三")), ("4", fat()), ("5", FAR)]
    assert [said(b) for b in read_books(jobs)] == [
        "一", "读取时占用内存过多", "三", "读取时占用内存过多", "无法读取",
    ]  # fmt: skip


def test_a_file_that_does_not_end_costs_itself() -> None:
    jobs = [("1", workbook("一")), ("2", slow()), ("3", workbook("三"))]
    results = list(read_books(jobs, timeout=0.7))
    assert [said(b) for b in results] == ["一", "读取时超时", "三"]
    assert results[1] == TIMED_OUT


def test_a_busy_caller_is_no_reason_to_time_out() -> None:
    seen = []
    for read in read_files([(str(n), workbook(str(n))) for n in range(5)], timeout=0.7):
        seen.append(said(read.result))
        time.sleep(1.0 if len(seen) == 2 else 0)
    assert seen == ["0", "1", "2", "3", "4"]


def test_memory_is_watched_from_outside_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Child, "used", lambda _: 2**40)
    results = list(read_books([("1", slow()), ("2", workbook("二"))]))
    assert results[0] == OUT_OF_MEMORY
    assert said(results[1]) == "二"


def test_a_worker_that_is_killed_is_replaced() -> None:
    def jobs() -> Iterable[tuple[str, bytes]]:
        yield "1", workbook("一")
        for process in psutil.Process().children():
            process.kill()
            process.wait()
        yield "2", workbook("二")

    assert [said(b) for b in read_books(jobs())] == ["一", "二"]


def test_a_worker_that_cannot_start_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "_FLAGS", ("--no-such-flag",))
    with pytest.raises(CannotStart, match=r"^读取文件的子进程无法启动：.+"):
        list(read_books([("1", workbook())]))


def test_a_worker_may_be_started_before_its_jobs_are_known() -> None:
    worker = start_worker()
    assert outcomes(read_files([("a", workbook("一"))], worker=worker)) == [("a", "一")]
    assert not worker.alive


def test_what_the_worker_prints_does_not_disturb_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONVERBOSE", "1")
    assert [said(b) for b in read_books([("1", workbook("一"))])] == ["一"]


# Archives and mails


def test_everything_in_an_archive_is_read_and_the_archive_comes_last() -> None:
    inner = zip_of(a=workbook("一"), b=workbook("二"))
    jobs = [("x.zip", raw_zip([Entry(b"c.zip", inner), Entry(b"d.pdf", b"%PDF-1")])), ("y", b"")]
    assert outcomes(read_files(jobs)) == [
        ("x.zip/c.zip/a.xlsx", "一"), ("x.zip/c.zip/b.xlsx", "二"), ("x.zip/c.zip", "opened"),
        ("x.zip/d.pdf", "附件"), ("x.zip", "opened"), ("y", "无法读取"),
    ]  # fmt: skip


def test_a_member_comes_with_its_content_and_its_mail() -> None:
    message = MIMEMultipart()
    message["From"], message["Subject"], message["Message-ID"] = "fl@x.cn", "报表", "<1@x>"
    message.attach(MIMEApplication(zip_of(a=workbook("一")), name="附.zip"))
    first, *_ = read_files([("a.eml", message.as_bytes())])
    assert first.turn.path == "a.eml/附.zip/a.xlsx"
    assert first.turn.sha256 == hashlib.sha256(workbook("一")).hexdigest()
    assert first.turn.mail == Mail("fl@x.cn", "报表")


def test_books_alone_leave_archives_closed() -> None:
    assert list(read_books([("x.zip", zip_of(a=workbook()))])) == [refuse(FileType.ZIP)]


def test_a_member_that_aborts_the_worker_costs_itself() -> None:
    inner = zip_of(a=workbook("一"), b=fat(), c=workbook("三"))
    jobs = [("x.zip", zip_of(i=inner, j=workbook("四"))), ("y.xlsx", workbook("五"))]
    assert outcomes(read_files(jobs)) == [
        ("x.zip/i.xlsx/a.xlsx", "一"), ("x.zip/i.xlsx/b.xlsx", "读取时占用内存过多"),
        ("x.zip/i.xlsx/c.xlsx", "三"), ("x.zip/i.xlsx", "opened"),
        ("x.zip/j.xlsx", "四"), ("x.zip", "opened"), ("y.xlsx", "五"),
    ]  # fmt: skip


def test_what_can_be_read_of_a_damaged_archive_is_read() -> None:
    jobs = [("x.zip", raw_zip([Entry(b"a", b"x", crc=1), Entry(b"b.xlsx", workbook("二"))]))]
    reason = "其中的“a”已损坏，解不开"
    assert outcomes(read_files(jobs)) == [("x.zip/b.xlsx", "二"), ("x.zip", reason)]


def nested(depth: int) -> bytes:
    content = workbook("深")
    for _ in range(depth):
        content = raw_zip([Entry(b"z", content)])
    return content


def test_archives_are_opened_five_deep() -> None:
    reads = list(read_files([("z", nested(5)), ("y", nested(6))]))
    assert (reads[0].turn.path, said(reads[0].result)) == ("z/z/z/z/z/z", "深")
    assert (reads[6].turn.path, reads[6].result) == (
        "y/z/z/z/z/z",
        Refusal("F02", "无法读取", (
            ("what", f"套叠超过 5 层的{FileType.ZIP}"),
            ("todo", "请把最里面的文件解开，放进 inbox/ 后再运行一次。"),
        )),
    )  # fmt: skip


def test_archives_in_an_archive_share_one_budget() -> None:
    inner = raw_zip(Entry(b"%d" % n) for n in range(2_600))
    reads = list(read_files([("x", raw_zip([Entry(b"a", inner), Entry(b"b", inner)]))]))
    assert len(reads) == 2_600 + 3
    assert reads[-3].result is None
    assert isinstance(reads[-2].result, Refusal)
    assert reads[-2].result.details[0] == ("what", f"内含超过 5000 个文件的{FileType.ZIP}")


def test_a_device_in_a_tar_is_not_read() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link, file = tarfile.TarInfo("l"), tarfile.TarInfo("a.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        archive.addfile(file)
    assert outcomes(read_files([("x.tar", out.getvalue())])) == [
        ("x.tar/a.csv", "无法读取"), ("x.tar", "opened"),
    ]  # fmt: skip


# The run itself


SCRIPT = """
import signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background inherit none
from shishi_xl.reading.read_books import read_books
jobs = [("slow", Path(sys.argv[1]))] * 3
print("begun", flush=True)
for book in read_books(jobs):
    print("read", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_ends_at_once_and_leaves_no_worker(tmp_path: Path) -> None:
    (tmp_path / "slow.xlsx").write_bytes(slow())
    run = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "slow.xlsx")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert run.stdout and run.stdout.readline() == b"begun\n"
    while not (workers := psutil.Process(run.pid).children()):
        time.sleep(0.01)
    time.sleep(0.6)
    run.send_signal(signal.SIGINT)
    run.wait(60)
    _, alive = psutil.wait_procs(workers, timeout=60)
    # Had it waited for the file, it would have said that it was read.
    assert (alive, run.stdout.read()) == ([], b"")
