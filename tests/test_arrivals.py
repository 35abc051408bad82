"""What the ledger learns from inbox/: arrivals, copies, 作废."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from shishi_xl.arrivals import arrivals
from shishi_xl.inbox import InboxFile, scan_inbox
from shishi_xl.kept import Kept
from shishi_xl.ledger_state import Content, LedgerState

TODAY = date(2023, 7, 5)
SHA = "ab" * 32
NEW = LedgerState()


def file(path: str, modified: datetime = datetime(2023, 6, 30, 9, 12)) -> InboxFile:
    return InboxFile(path, 5, modified, SHA)


def mailed(path: str) -> InboxFile:
    return InboxFile(path, 5, datetime(2023, 6, 30, 9, 12), SHA, "", "邮件时间", "a.eml")


def seen(files: list[InboxFile], before: LedgerState = NEW) -> LedgerState:
    """The ledger's state after a run that saw these files."""
    contents = arrivals(files, before, TODAY)
    return LedgerState(contents, lying=frozenset((f.path, f.sha256) for f in files))


def content(*files: InboxFile, before: LedgerState = NEW) -> Content:
    """What is known of the content after a run that saw these copies."""
    return seen(list(files), before).contents[SHA]


def void(*paths: str, before: tuple[str, ...] = ()) -> bool:
    """Whether the content counts as void after these files were seen, `before` at the last run."""
    state = seen([file(p) for p in before]) if before else NEW
    return content(*(file(p) for p in paths), before=state).void


def test_the_arrival_is_the_file_s_own_time() -> None:
    found = content(file("a.xlsx"))
    assert (found.arrival, found.clock) == (datetime(2023, 6, 30, 9, 12), "文件时间")


def test_the_arrival_is_never_later_than_the_run() -> None:
    found = content(file("a.xlsx", datetime(2026, 1, 1)))
    assert (found.arrival, found.clock) == (datetime(2023, 7, 5, 23, 59), "首次运行")


def test_the_arrival_of_an_attachment_is_its_mail_s_time() -> None:
    found = content(mailed("a.eml/a.xlsx"))
    assert (found.arrival, found.clock) == (datetime(2023, 6, 30, 9, 12), "邮件时间")


def test_a_mail_s_time_goes_before_an_earlier_time_of_a_file() -> None:
    found = content(file("a.xlsx", datetime(2023, 6, 1)), mailed("a.eml/a.xlsx"))
    assert (found.arrival, found.clock) == (datetime(2023, 6, 30, 9, 12), "邮件时间")


def test_a_mail_found_later_says_better_when_a_file_came() -> None:
    first = seen([file("a.xlsx", datetime(2023, 7, 5))])
    again = content(
        file("a.xlsx", datetime(2023, 7, 5)), mailed("a.eml/a.xlsx"), before=first
    )  # fmt: skip
    assert (again.arrival, again.clock) == (datetime(2023, 6, 30, 9, 12), "邮件时间")


def test_a_file_s_time_never_replaces_a_mail_s() -> None:
    again = content(file("a.xlsx", datetime(2023, 6, 1)), before=seen([mailed("a.eml/a.xlsx")]))
    assert (again.arrival, again.clock) == (datetime(2023, 6, 30, 9, 12), "邮件时间")


def test_a_content_that_also_came_by_itself_is_not_only_in_archives() -> None:
    first = seen([mailed("a.eml/a.xlsx")])
    again = content(mailed("a.eml/a.xlsx"), file("a.xlsx"), before=first)
    assert (first.contents[SHA].inside, again.inside) == (True, False)


def test_the_first_arrival_stays_when_the_file_is_saved_anew_with_the_same_bytes() -> None:
    first = seen([file("a.xlsx")])
    again = content(file("b.xlsx", datetime(2023, 7, 4)), before=first)
    assert (again.arrival, again.paths) == (first.contents[SHA].arrival, ("b.xlsx", "a.xlsx"))


def test_of_two_copies_the_earlier_is_the_arrival() -> None:
    copies = [file("a.xlsx", datetime(2023, 7, 2)), file("b.xlsx", datetime(2023, 7, 1))]
    assert content(*copies).arrival == datetime(2023, 7, 1)


@pytest.mark.parametrize(
    ("before", "paths", "expected"),
    [
        ([], ["a.xlsx"], False),
        ([], ["作废/a.xlsx"], True),
        ([], ["县妇联/作废/a.xlsx"], True),
        ([], ["作废.xlsx"], False),
        ([], ["a.xlsx", "作废/b.xlsx"], True),
        (["a.xlsx"], ["作废/a.xlsx"], True),
        (["作废/a.xlsx"], ["a.xlsx"], False),  # moved out again
        (["作废/a.xlsx"], ["a.xlsx", "作废/a.xlsx"], True),
        (["a.xlsx", "作废/b.xlsx"], ["a.xlsx"], True),  # the other copy lay there all the time
        (["a.xlsx", "作废/b.xlsx"], ["a.xlsx", "b.xlsx"], False),
    ],
)
def test_a_file_is_void_from_the_void_folder_on_until_it_is_moved_out(
    before: list[str], paths: list[str], expected: bool
) -> None:
    assert void(*paths, before=tuple(before)) is expected


def test_a_void_file_that_was_deleted_stays_void_in_a_further_archive() -> None:
    packed = InboxFile("r.zip/a.xlsx", 5, datetime(2023, 6, 30), SHA, container="r.zip")
    archive = InboxFile("r.zip", 9, datetime(2023, 6, 30), "cd" * 32)
    assert content(archive, packed, before=seen([file("作废/a.xlsx")])).void is True


def test_an_archive_moved_out_takes_its_files_along() -> None:
    def at(folder: str) -> list[InboxFile]:
        archive = InboxFile(f"{folder}r.zip", 9, datetime(2023, 6, 30), "cd" * 32)
        name = f"{folder}r.zip/a.xlsx"
        return [archive, InboxFile(name, 5, archive.modified, SHA, container=archive.path)]

    inside = seen(at("作废/"))
    assert inside.contents[SHA].void is True
    assert content(*at(""), before=inside).void is False


def test_where_a_clerk_put_a_file_last_is_what_is_remembered() -> None:
    moved = content(file("县妇联/2023Q2/a.xlsx"), before=seen([file("a.xlsx")]))
    assert moved.paths[0] == "县妇联/2023Q2/a.xlsx"


def test_of_two_copies_the_one_in_the_unit_s_folder_goes_first() -> None:
    assert content(file("a.xlsx"), file("县妇联/a.xlsx")).paths == ("县妇联/a.xlsx", "a.xlsx")


def test_a_folder_inside_an_archive_voids_nothing() -> None:
    packed = InboxFile("r.zip/作废/a.xlsx", 5, datetime(2023, 6, 30), SHA, container="r.zip")
    assert content(file("a.xlsx"), packed).void is False


@pytest.mark.parametrize("path", ["作废/a.xlsx", "a.xlsx"])
def test_a_deleted_file_stays_what_it_was(path: str) -> None:
    before = seen([file(path)])
    assert seen([], before).contents == before.contents


def test_the_inbox_is_read_at_any_depth_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "县妇联" / "二").mkdir(parents=True)
    (tmp_path / "县妇联" / "二" / "a.xlsx").write_bytes(b"1")
    (tmp_path / "b.xlsx").write_bytes(b"2")
    (tmp_path / "link").symlink_to(tmp_path / "b.xlsx")
    (tmp_path / "folder").symlink_to(tmp_path / "县妇联")
    found = {f.path: f.fault for f in scan_inbox(tmp_path, Kept())}
    link = "是链接或特殊文件，不读取；请把文件本身复制进来"
    assert found == {"b.xlsx": "", "link": link, "folder": link, "县妇联/二/a.xlsx": ""}


@pytest.mark.skipif(os.name == "nt", reason="Windows 的文件名总是 Unicode")
def test_a_name_in_gbk_is_read(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "县妇联.xlsx".encode("gbk"))).write_bytes(b"1")
    assert [f.path for f in scan_inbox(tmp_path, Kept())] == ["县妇联.xlsx"]


def test_every_file_is_given_to_be_kept(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"1")
    kept: dict[str, bytes] = {}
    (found,) = scan_inbox(tmp_path, Kept(), kept.__setitem__)
    assert kept == {found.sha256: b"1"}
