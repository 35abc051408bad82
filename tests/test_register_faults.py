"""Faults in 登记.xlsx: each is named with its cell, and what can be understood still counts."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from shishi_xl.consolidate import consolidate
from shishi_xl.status import read_status

from .book import HEAD, Cell
from .clerk import Clerk
from .test_file_type import ole
from .test_returns import HEALTH, WOMEN

Faults = list[tuple[str, str, str]]


@pytest.fixture
def begun(clerk: Clerk) -> Clerk:
    """A clerk with one return, and a book of one decision: it is void."""
    clerk.receives(clerk.filled(HEALTH), "a.xlsx")
    clerk.consolidates()
    clerk.decides("a.xlsx", handling="作废")
    assert clerk.consolidates().receipts == {"a.xlsx": "作废"}
    return clerk


def faults(clerk: Clerk) -> Faults:
    """(sheet, cell, code) of what is wrong with the book."""
    summary = consolidate(clerk.workspace, clerk.period, clerk.today).summary
    places = [(r.problem.place, r.problem.code) for r in summary.problems if r.problem.for_clerk]
    assert summary.open or not places
    assert {p.file for p, _ in places} <= {"登记.xlsx"}
    status = read_status(clerk.workspace, clerk.period, clerk.today)
    assert [r.problem for r in status.problems] == [r.problem for r in summary.problems]
    return [(p.sheet, p.cell, code) for p, code in places]


def edit(clerk: Clerk, change: Callable[[Worksheet], None], sheet: str = "登记") -> None:
    """Open the book, change a sheet, save it."""
    book = load_workbook(clerk.book.file)
    change(book[sheet])
    book.save(clerk.book.file)


@pytest.mark.parametrize(
    ("says", "fault"),
    [
        ({"unit": "县卫计委"}, ("D2", "G05")),
        ({"period": "2022Q4"}, ("E2", "G06")),
        ({"period": "二季"}, ("E2", "G06")),
        ({"arrival": "上周五"}, ("F2", "G07")),
        ({"arrival": "6月30日"}, ("F2", "G07")),
        ({"arrival": datetime(2023, 7, 6)}, ("F2", "G07")),  # after the run
        ({"arrival": datetime(2032, 6, 30)}, ("F2", "G07")),
        ({"handling": "不要"}, ("G2", "G08")),
    ],
)
def test_a_cell_that_says_nothing_known_is_named_and_the_rest_counts(
    begun: Clerk, says: dict[str, Cell], fault: tuple[str, str]
) -> None:
    begun.decides("a.xlsx", **says)
    assert faults(begun) == [("登记", *fault)]
    void = "handling" not in says
    assert begun.consolidates().receipts == {"a.xlsx": "作废" if void else "采用"}


@pytest.mark.parametrize(
    ("says", "fault"),
    [
        ({"topic": "请假"}, ("C2", "G08")),
        ({"topic": "零报告", "period": None}, ("B2", "G13")),
        ({"topic": None, "text": "电话"}, ("C2", "G13")),
        ({"topic": "零报告", "items": "1"}, ("D2", "G12")),
        ({"topic": "零报告", "items": "第九十九件"}, ("D2", "G12")),
        ({"topic": "延期"}, ("F2", "G13")),
        ({"topic": "延期", "until": "下周"}, ("F2", "G07")),
        ({"topic": "说明", "items": "3", "text": "已核实"}, ("H2", "G13")),
        ({"topic": "说明", "text": "因统计口径调整而下降"}, ("H2", "G13")),
        ({"topic": "说明", "code": "N99", "text": "因统计口径调整而下降"}, ("E2", "G08")),
        ({"topic": "零报告", "told": date(2023, 7, 20)}, ("G2", "G07")),
    ],
)
def test_a_row_of_what_was_said_must_be_whole(
    clerk: Clerk, says: dict[str, Cell], fault: tuple[str, str]
) -> None:
    clerk.consolidates()
    clerk.notes(WOMEN, **says)
    assert faults(clerk) == [("单位说明", *fault)]
    assert clerk.consolidates().states[3, WOMEN] == "未报送"


def test_two_words_about_one_file_decide_nothing(begun: Clerk) -> None:
    sha = str(begun.book.rows()[0]["SHA-256"])
    begun.book.writes("登记", {"处理": "恢复", "SHA-256": sha}, ("文件", "副本/a.xlsx"))
    assert faults(begun) == [("登记", "G2", "G09"), ("登记", "G3", "G09")]
    assert begun.consolidates().receipts == {"a.xlsx": "采用"}


def test_two_rows_that_agree_are_one(begun: Clerk) -> None:
    sha = str(begun.book.rows()[0]["SHA-256"])
    words = {"处理": "作废", "SHA-256": sha.upper(), "收到时间": "2023-06-29"}
    begun.book.writes("登记", words, ("文件", "副本/a.xlsx"))
    assert faults(begun) == []
    assert begun.consolidates().arrivals == {"a.xlsx": "2023-06-29 00:00（登记）"}


def test_a_file_that_never_came_is_named(begun: Clerk) -> None:
    begun.decides("没有.xlsx", handling="作废")
    begun.decides("乙.xlsx", handling="作废", sha256="ab" * 32)
    assert faults(begun) == [("登记", "A3", "G10"), ("登记", "B4", "G10")]


def test_a_row_sorted_away_from_its_file_decides_nothing(begun: Clerk) -> None:
    begun.receives(begun.filled(WOMEN), "b.xlsx")
    begun.consolidates()
    begun.decides("b.xlsx", unit=WOMEN)
    begun.consolidates()

    def swap(sheet: Worksheet) -> None:
        sheet["B2"].value, sheet["B3"].value = sheet["B3"].value, sheet["B2"].value

    edit(begun, swap)
    assert faults(begun) == [("登记", "A2", "G11"), ("登记", "A3", "G11")]
    assert begun.consolidates().receipts == {"a.xlsx": "采用", "b.xlsx": "采用"}


@pytest.mark.parametrize("header", ["SHA-256", "认定单位", "认定期次", "收到时间", "处理"])
def test_a_column_that_is_gone_is_named_and_what_was_decided_stands(
    begun: Clerk, header: str
) -> None:
    def drop(sheet: Worksheet) -> None:
        sheet.delete_cols(next(c.column for c in sheet[HEAD] if c.value == header))

    edit(begun, drop)
    assert faults(begun) == [("登记", "A1", "G03")]
    assert begun.consolidates().receipts == {"a.xlsx": "作废"}


def test_a_sheet_that_is_gone_is_named_and_what_was_decided_stands(begun: Clerk) -> None:
    book = load_workbook(begun.book.file)
    del book["登记"]
    book.save(begun.book.file)
    assert faults(begun) == [("登记", "", "G02")]
    assert begun.consolidates().receipts == {"a.xlsx": "作废"}


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 half", ole("EncryptedPackage", "EncryptionInfo"), "乱写".encode()]
)
def test_a_book_that_cannot_be_read_is_named_and_what_was_decided_stands(
    begun: Clerk, content: bytes
) -> None:
    begun.book.file.write_bytes(content)
    assert faults(begun) == [("", "", "G01")]
    assert begun.consolidates().receipts == {"a.xlsx": "作废"}
    assert begun.book.file.read_bytes() == content


def test_a_folder_in_its_place_is_no_book(begun: Clerk) -> None:
    begun.book.file.unlink()
    begun.workspace.register_file.mkdir()
    assert faults(begun) == [("", "", "G01")]


def test_restoring_what_lies_in_the_void_folder_is_said(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(HEALTH), "作废/a.xlsx")
    clerk.consolidates()
    clerk.decides("作废/a.xlsx", handling="恢复")
    assert faults(clerk) == [("登记", "G2", "G14")]
    assert clerk.consolidates().receipts == {"作废/a.xlsx": "采用"}


def shuffle(sheet: Worksheet) -> None:
    """A blank row, a column in front and one in between, rows in another order, headers reworded."""
    rows = [list(row) for row in sheet.iter_rows(min_row=HEAD, values_only=True)]
    head, body = rows[0], [r for r in rows[1:] if any(r)]
    head = [{"处理": "处理（请选）", "认定单位": "认定的单位"}.get(str(h), h) for h in head]
    sheet.delete_rows(1, sheet.max_row)
    for row in (["我的登记"], [], ["序", *reversed(head)], []):
        sheet.append(row)
    for number, row in enumerate(reversed(body), 1):
        sheet.append([number, *reversed(row)])


def test_columns_and_rows_may_be_moved_and_added(begun: Clerk) -> None:
    begun.receives(begun.filled(WOMEN), "b.xlsx")
    begun.decides("b.xlsx", arrival="2023-06-28")
    before = begun.consolidates()
    edit(begun, shuffle)
    assert faults(begun) == []
    after = begun.consolidates()
    assert (after.receipts, after.arrivals) == (before.receipts, before.arrivals)
    begun.receives(b"", "空.xlsx")
    begun.consolidates()
    book = load_workbook(begun.book.file)
    last = [c.value for c in next(book["登记"].iter_rows(min_row=book["登记"].max_row))]
    assert last[-1] == "空.xlsx"
    assert faults(begun) == []


def test_text_that_begins_like_a_formula_is_text(begun: Clerk, tmp_path: Path) -> None:
    begun.decides("a.xlsx", unit="=1+1", note='=HYPERLINK("http://x")')
    assert faults(begun) == [("登记", "D2", "G05")]
    begun.book.file.unlink()
    begun.consolidates()
    cells = load_workbook(begun.book.file)["登记"][HEAD + 1]
    assert {c.data_type for c in cells if c.value} == {"s"}
    assert [c.value for c in cells if str(c.value).startswith("=")] == [
        "=1+1",
        '=HYPERLINK("http://x")',
    ]
