"""What the ledger learns from inbox/: arrivals, copies, 作废."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from shishi_xl.arrivals import arrivals
from shishi_xl.inbox import InboxFile, scan_inbox
from shishi_xl.ledger import Content

TODAY = date(2023, 7, 5)
SHA = "ab" * 32


def file(path: str, modified: datetime = datetime(2023, 6, 30, 9, 12)) -> InboxFile:
    return InboxFile(path, 5, modified, SHA)


def mailed(path: str) -> InboxFile:
    return InboxFile(path, 5, datetime(2023, 6, 30, 9, 12), SHA, "", "邮件时间", "a.eml")


def void(*paths: str, known: bool | None = None) -> bool:
    """Whether the content counts as void after these files were seen."""
    before = (
        {} if known is None else {SHA: Content(SHA, 5, datetime(2023, 6, 1), "文件时间", known)}
    )
    return arrivals([file(p) for p in paths], before, TODAY)[SHA].void


def test_the_arrival_is_the_file_s_own_time() -> None:
    (content,) = arrivals([file("a.xlsx")], {}, TODAY).values()
    assert (content.arrival, content.clock) == (datetime(2023, 6, 30, 9, 12), "文件时间")


def test_the_arrival_is_never_later_than_the_run() -> None:
    (content,) = arrivals([file("a.xlsx", datetime(2026, 1, 1))], {}, TODAY).values()
    assert (content.arrival, content.clock) == (datetime(2023, 7, 5, 23, 59), "首次运行")


def test_the_arrival_of_an_attachment_is_its_mail_s_time() -> None:
    (content,) = arrivals([mailed("a.eml/a.xlsx")], {}, TODAY).values()
    assert (content.arrival, content.clock) == (datetime(2023, 6, 30, 9, 12), "邮件时间")


def test_a_content_that_also_came_by_itself_is_not_only_in_archives() -> None:
    first = arrivals([mailed("a.eml/a.xlsx")], {}, TODAY)
    again = arrivals([mailed("a.eml/a.xlsx"), file("a.xlsx")], first, TODAY)
    assert (first[SHA].inside, again[SHA].inside) == (True, False)


def test_the_first_arrival_stays_when_the_file_is_saved_anew_with_the_same_bytes() -> None:
    first = arrivals([file("a.xlsx")], {}, TODAY)
    again = arrivals([file("b.xlsx", datetime(2023, 7, 4))], first, TODAY)
    assert (again[SHA].arrival, again[SHA].paths) == (first[SHA].arrival, ("b.xlsx", "a.xlsx"))


def test_of_two_copies_the_earlier_is_the_arrival() -> None:
    copies = [file("a.xlsx", datetime(2023, 7, 2)), file("b.xlsx", datetime(2023, 7, 1))]
    assert arrivals(copies, {}, TODAY)[SHA].arrival == datetime(2023, 7, 1)


@pytest.mark.parametrize(
    ("paths", "known", "expected"),
    [
        (["a.xlsx"], None, False),
        (["作废/a.xlsx"], None, True),
        (["县妇联/作废/a.xlsx"], None, True),
        (["作废.xlsx"], None, False),
        (["a.xlsx", "作废/b.xlsx"], None, True),
        (["a.xlsx"], True, False),  # moved out again
        (["作废/a.xlsx"], False, True),
    ],
)
def test_a_file_is_void_while_a_copy_lies_in_the_void_folder(
    paths: list[str], known: bool | None, expected: bool
) -> None:
    assert void(*paths, known=known) is expected


def test_where_a_clerk_put_a_file_last_is_what_is_remembered() -> None:
    first = arrivals([file("a.xlsx")], {}, TODAY)
    moved = arrivals([file("县妇联/2023Q2/a.xlsx")], first, TODAY)
    assert moved[SHA].paths[0] == "县妇联/2023Q2/a.xlsx"


def test_of_two_copies_the_one_in_the_unit_s_folder_goes_first() -> None:
    copies = arrivals([file("a.xlsx"), file("县妇联/a.xlsx")], {}, TODAY)
    assert copies[SHA].paths == ("县妇联/a.xlsx", "a.xlsx")


def test_a_folder_inside_an_archive_voids_nothing() -> None:
    packed = InboxFile("r.zip/作废/a.xlsx", 5, datetime(2023, 6, 30), SHA, container="r.zip")
    assert arrivals([file("a.xlsx"), packed], {}, TODAY)[SHA].void is False


@pytest.mark.parametrize("known", [True, False])
def test_a_deleted_file_stays_what_it_was(known: bool) -> None:
    before = {SHA: Content(SHA, 5, datetime(2023, 6, 1), "文件时间", known)}
    assert arrivals([], before, TODAY)[SHA].void is known


def test_the_inbox_is_read_at_any_depth_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "县妇联" / "二").mkdir(parents=True)
    (tmp_path / "县妇联" / "二" / "a.xlsx").write_bytes(b"1")
    (tmp_path / "b.xlsx").write_bytes(b"2")
    (tmp_path / "link").symlink_to(tmp_path / "b.xlsx")
    (tmp_path / "folder").symlink_to(tmp_path / "县妇联")
    found = {f.path: f.fault for f in scan_inbox(tmp_path)}
    link = "是链接或特殊文件，不读取；请把文件本身复制进来"
    assert found == {"b.xlsx": "", "link": link, "folder": link, "县妇联/二/a.xlsx": ""}


@pytest.mark.skipif(os.name == "nt", reason="Windows 的文件名总是 Unicode")
def test_a_name_in_gbk_is_read(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "县妇联.xlsx".encode("gbk"))).write_bytes(b"1")
    assert [f.path for f in scan_inbox(tmp_path)] == ["县妇联.xlsx"]


def test_every_file_is_given_to_be_kept(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"1")
    kept: dict[str, bytes] = {}
    (found,) = scan_inbox(tmp_path, kept.__setitem__)
    assert kept == {found.sha256: b"1"}


def test_a_mail_found_later_says_better_when_a_file_came() -> None:
    first = arrivals([file("a.xlsx", datetime(2023, 7, 5))], {}, TODAY)
    again = arrivals([file("a.xlsx", datetime(2023, 7, 5)), mailed("a.eml/a.xlsx")], first, TODAY)
    assert (again[SHA].arrival, again[SHA].clock) == (datetime(2023, 6, 30, 9, 12), "邮件时间")


def test_a_file_s_time_never_replaces_a_mail_s() -> None:
    first = arrivals([mailed("a.eml/a.xlsx")], {}, TODAY)
    again = arrivals([file("a.xlsx", datetime(2023, 6, 1))], first, TODAY)
    assert (again[SHA].arrival, again[SHA].clock) == (datetime(2023, 6, 30, 9, 12), "邮件时间")
