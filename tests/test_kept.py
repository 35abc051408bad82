"""What was read once is not read again, unless the file, the program or the clerk says so."""

import os
import pickle
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from shishi_xl.inbox import scan_inbox
from shishi_xl.kept import Kept, open_kept
from shishi_xl.reading import FileRead, thaw
from shishi_xl.reads import Effort, Reader
from shishi_xl.sheets import Book, Sheet

OLD = 1_690_000_000


def workbook(text: str) -> bytes:
    book, out = Workbook(), BytesIO()
    book.active.append([text])  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


class Shelf:
    """Some files in a folder, and how often each was opened."""

    def __init__(self, folder: Path, count: int = 3) -> None:
        self.folder = folder
        self.files = []
        self.opened: list[str] = []
        for number in range(count):
            content = workbook(f"第{number}份")
            digest = sha256(content).hexdigest()
            (folder / digest).write_bytes(content)
            self.files.append((f"{number}.xlsx", digest))

    def source(self, digest: str) -> Path:
        self.opened.append(digest)
        return self.folder / digest

    def read(self, verify: bool = False, effort: Effort = Effort()) -> list[FileRead]:
        with open_kept(self.folder, fresh=verify) as kept:
            reads = list(Reader(self.source, kept, effort=effort).read(self.files))
            kept.save()
        return reads


def test_a_second_run_opens_no_file(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    first = shelf.read()
    shelf.opened.clear()
    assert (shelf.read(), shelf.opened) == (first, [])


def test_only_a_new_file_is_opened(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    new, shelf.files = shelf.files[1], [shelf.files[0], shelf.files[2]]
    shelf.read()
    shelf.opened.clear()
    shelf.files.insert(1, new)
    assert [r.turn.path for r in shelf.read()] == ["0.xlsx", "1.xlsx", "2.xlsx"]
    assert shelf.opened == [new[1]]


def test_verify_opens_every_file(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    first = shelf.read()
    shelf.opened.clear()
    assert shelf.read(verify=True) == first
    assert shelf.opened == [digest for _, digest in shelf.files]


def test_what_a_run_did_not_come_across_is_forgotten(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.read()
    every, shelf.files = shelf.files, shelf.files[:1]
    shelf.read()
    shelf.files = every
    shelf.opened.clear()
    shelf.read()
    assert shelf.opened == [digest for _, digest in every[1:]]


def test_a_file_of_the_same_content_under_another_name_is_read_under_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 1)
    shelf.read()
    shelf.files = [("改名.et", shelf.files[0][1])]
    (read,) = shelf.read()
    assert isinstance(read.result, Book)
    assert read.result.unproven == "et"


@pytest.mark.parametrize(
    "body", [b"", b"no zlib", pickle.dumps(os.system)], ids=["", "raw", "call"]
)
def test_a_damaged_entry_is_read_again(tmp_path: Path, body: bytes) -> None:
    shelf = Shelf(tmp_path)
    first = shelf.read()
    with sqlite3.connect(tmp_path / "kept.sqlite") as db:
        db.execute("UPDATE said SET body = ?", (body,))
    assert shelf.read() == first


def test_a_damaged_cache_is_no_hindrance(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    (tmp_path / "kept.sqlite").write_bytes(b"no database" * 100)
    assert len(shelf.read()) == 3


def test_what_ran_out_of_time_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path, 1)
    with monkeypatch.context() as patch:
        patch.setattr("shishi_xl.reading.read_books.TIMEOUT", 0)
        patch.setattr(
            "shishi_xl.reading.read_books.read_files.__defaults__", (0.0, 2**29, None, False)
        )
        shelf.read()
    (read,) = shelf.read()
    assert isinstance(read.result, Book)


@pytest.mark.parametrize("jobs", [2, 3])
def test_more_workers_give_the_same_in_the_same_order(tmp_path: Path, jobs: int) -> None:
    shelf = Shelf(tmp_path, 5)
    one = shelf.read()
    assert shelf.read(verify=True, effort=Effort(jobs=jobs)) == one


def test_any_executor_reads(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 70)  # more than a batch
    one = shelf.read()
    with ThreadPoolExecutor(2) as executor:
        assert shelf.read(verify=True, effort=Effort(executor=executor)) == one


def test_a_file_as_it_was_is_not_hashed_again(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(b"1")
    os.utime(inbox / "a.xlsx", (OLD, OLD))
    seen: list[str] = []
    for _ in range(2):
        with open_kept(tmp_path) as kept:
            list(scan_inbox(inbox, kept, lambda sha, _: seen.append(sha)))
            kept.save()
    assert seen == [sha256(b"1").hexdigest()]


def test_a_file_of_another_time_is_hashed_again(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    contents = []
    for at, content in ((OLD, b"1"), (OLD + 2, b"2")):
        (inbox / "a.xlsx").write_bytes(content)
        os.utime(inbox / "a.xlsx", (at, at))
        with open_kept(tmp_path) as kept:
            contents += [f.sha256 for f in scan_inbox(inbox, kept)]
            kept.save()
    assert contents == [sha256(b"1").hexdigest(), sha256(b"2").hexdigest()]


def test_a_file_written_this_moment_is_not_trusted_by_its_time(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    contents = []
    for content in (b"1", b"2"):
        (inbox / "a.xlsx").write_bytes(content)
        at = (inbox / "a.xlsx").stat().st_mtime_ns
        contents.append(at)
        os.utime(inbox / "a.xlsx", ns=(contents[0], contents[0]))
        with open_kept(tmp_path) as kept:
            (found,) = scan_inbox(inbox, kept)
            kept.save()
    assert found.sha256 == sha256(b"2").hexdigest()


def test_a_command_that_writes_nothing_leaves_no_cache(tmp_path: Path) -> None:
    with open_kept(tmp_path, saves=False) as kept:
        kept.keep_content("a", 1, OLD, "0" * 64)
        kept.save()
    assert list(tmp_path.iterdir()) == []


def test_only_plain_reads_come_back_to_life() -> None:
    with pytest.raises(pickle.UnpicklingError, match=r"posix|nt"):
        thaw(pickle.dumps(os.system))


def test_a_sheet_comes_back_as_it_was() -> None:
    book = Book((Sheet("表", (("县妇联", 1, None),)),))
    assert thaw(pickle.dumps(book)) == book


def test_nothing_is_known_without_a_database() -> None:
    assert Kept().reads("0" * 64, "a.xlsx") == ()
