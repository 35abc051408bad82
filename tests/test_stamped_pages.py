"""盖章件_PERIOD.xlsx: every stamped page with its picture, the doubtful first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from PIL import Image

from shishi_xl.copies import CopyStand, CopyState, Difference, StampedCopy, StampedPage
from shishi_xl.demo.stamped import scanned
from shishi_xl.problems import Place
from shishi_xl.sheets import Seal
from shishi_xl.summarise.stamped import stand_of
from shishi_xl.summary import Outcome, ReceiptRow, Summary, UnitRow
from shishi_xl.summary_book import write_stamped_pages

from .clerk import Clerk
from .small import ANNEX, PROGRAMME, Q2, SCHOOLS, UNION, WOMEN, code_of
from .test_replies import everybody_but, path

GOOD, BARE, GREY = Seal.FOUND, Seal.NONE, Seal.UNSURE


def picture(colour: str = "white", size: tuple[int, int] = (210, 297)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", dpi=(50, 50))
    return out.getvalue()


def page(unit: str, file: str, number: int, seal: Seal, remark: str = "") -> StampedPage:
    code = code_of(unit).replace("-", "") if unit else ""
    return StampedPage(file, number, unit, Q2 if unit else None, code, seal,
                       picture() if not remark else b"", "二维码", remark)  # fmt: skip


SEALED = StampedCopy(SCHOOLS, Q2, (page(SCHOOLS, "县教体局/盖章.pdf", 1, BARE),
                                   page(SCHOOLS, "县教体局/盖章.pdf", 2, GOOD)))  # fmt: skip
UNSEALED = StampedCopy(UNION, Q2, (page(UNION, "资料.zip/工会.jpg", 1, BARE),))
OTHER = Difference("02", "progress", "2个", "3个", Place())
DIFFERS = StampedCopy(WOMEN, Q2, (page(WOMEN, "a#1.pdf", 3, GOOD),), (OTHER,))
NOBODYS = page("", "IMG_1.jpg", 1, GREY, "看不清")


def summary(*copies: StampedCopy, loose: tuple[StampedPage, ...] = ()) -> Summary:
    came = {c.unit: c for c in copies}
    units = tuple(
        UnitRow(u, 1, 1, "已报送", "已收", stand_of(came.get(u), (), owed=True, overdue=True))
        for u in (SCHOOLS, WOMEN, UNION)
    )
    receipts = (
        ReceiptRow("资料.zip", 1, "", None, "", (), (), "", Outcome.UNPACKED),
        ReceiptRow("资料.zip/工会.jpg", 1, "", None, "", (), (), "", Outcome.STAMPED),
    )
    return Summary(PROGRAMME, ANNEX, Q2, date(2023, 7, 5), (), (), (), units, (), receipts,
                   copies=copies, loose_pages=loose)  # fmt: skip


ALL = summary(SEALED, UNSEALED, DIFFERS, loose=(NOBODYS,))


def opened(what: Summary = ALL) -> Workbook:
    content = write_stamped_pages(what)
    assert content
    return load_workbook(BytesIO(content))


def cards() -> list[tuple[str, str, str]]:
    """Unit, words and the link's text of each card, as they are looked through."""
    rows = [[str(c.value) for c in row] for row in opened()["盖章件"].iter_rows()]
    return [
        (rows[at - 3][col], rows[at - 2][col], text)
        for at, row in enumerate(rows)
        for col, text in enumerate(row)
        if text.startswith("打开")
    ]


def test_the_doubtful_come_first_and_a_copy_s_pages_stay_together() -> None:
    assert cards() == [
        ("（单位待定）", "待确认", "打开（第1页）"),
        (UNION, "未见印章", "打开（第1页）"),
        (WOMEN, "与电子版不一致", "打开（第3页）"),
        (SCHOOLS, "已收", "打开（第1页）"),
        (SCHOOLS, "已收", "打开（第2页）"),
    ]


def test_each_page_has_its_picture_and_says_so_where_there_is_none() -> None:
    sheet = opened()["盖章件"]
    assert len(sheet._images) == 4  # type: ignore[attr-defined] # not in the stubs
    assert "看不清" in {c.value for row in sheet.iter_rows() for c in row}


def test_a_link_leads_to_the_file_or_its_archive() -> None:
    linked = (c.hyperlink for row in opened()["盖章件"].iter_rows() for c in row if c.hyperlink)
    links = {str(link.target).replace("\\", "/") for link in linked}
    assert links == {
        "../../inbox/IMG_1.jpg", "../../inbox/资料.zip", "../../inbox/a%231.pdf",
        "../../inbox/县教体局/盖章.pdf",
    }  # fmt: skip


def test_what_was_found_is_said_in_words() -> None:
    said = "\n".join(str(c.value) for row in opened()["盖章件"].iter_rows() for c in row if c.value)
    assert f"工会.jpg\n{code_of(UNION)}\n本页未见印章" in said
    assert "第 2 件与电子版不一致，见问题清单" in said
    assert "不是凭据；以原件为准" in said


def test_the_list_has_a_row_a_page() -> None:
    rows = list(opened()["逐页清单"].iter_rows(values_only=True))
    assert rows[0][:6] == ("结论", "责任单位", "文件", "页", "表单编码", "本页印章")
    assert [(r[1], r[3], r[5]) for r in rows[1:]] == [
        ("（单位待定）", 1, "不能判断"), (UNION, 1, "未见印章"), (WOMEN, 3, "有印章"),
        (SCHOOLS, 1, "未见印章"), (SCHOOLS, 2, "有印章"),
    ]  # fmt: skip


def test_whose_copy_is_missing_is_named() -> None:
    said = {c.value for row in opened(summary(SEALED))["盖章件"].iter_rows() for c in row}
    assert f"盖章PDF未收（2 个）：{WOMEN}、{UNION}" in said


def test_what_the_clerk_has_seen_is_doubtful_no_more() -> None:
    seen = CopyStand((CopyState.RECEIVED,), "登记.xlsx", told=True)
    told = replace(ALL, units=tuple(replace(u, stamped=seen) for u in ALL.units), loose_pages=())
    rows = list(opened(told)["逐页清单"].iter_rows(min_row=2, values_only=True))
    assert {r[0] for r in rows} == {"已收"}


def test_the_same_pages_give_the_same_bytes() -> None:
    assert write_stamped_pages(ALL) == write_stamped_pages(ALL)


def test_it_goes_when_the_last_stamped_copy_is_void(clerk: Clerk) -> None:
    clerk.receives(scanned("q2-fund.pdf"), "公积金中心.pdf")
    clerk.consolidates()
    book = path(clerk, "盖章件_2023Q2.xlsx")
    assert book.exists()
    own = path(clerk, "笔记.xlsx")
    own.write_bytes(book.read_bytes())
    clerk.decides("公积金中心.pdf", handling="作废")
    clerk.consolidates()
    assert (book.exists(), own.exists()) == (False, True)


def test_without_stamped_pages_there_is_no_workbook(clerk: Clerk) -> None:
    assert write_stamped_pages(summary()) is None
    everybody_but(clerk)
    clerk.consolidates()
    assert not path(clerk, "盖章件_2023Q2.xlsx").exists()
