"""HTML saved as .xls: Excel's and WPS's own pages, web archives, exports of other systems."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shishi_xl.reading.read_book import read_book
from shishi_xl.reading.web_page import read_web_page
from shishi_xl.sheets import Book, Refusal, Sheet

from .small import Q2, UNION, WOMEN, answers, code_of, form_of, mark, read

HEADERS = ("序号", "实事名称", "责任单位", "本季度具体措施及任务进度情况", "完成时限")
ANSWERS = {(UNION, "02"): {"progress": "建成妈妈小屋2个\n投入5万元", "deadline": "2023年12月底"}}

# As Excel 2016 and WPS 2019 write 网页: an old charset, a code in a comment, lines wrapped in the
# source, a text that runs over its neighbours, a hidden column, a number too wide for its column.
OFFICE_PAGE = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=ProgId content=Excel.Sheet>
<!--[if gte mso 9]><xml>
 <o:DocumentProperties>
  <o:LastSaved>2023-06-30T08:30:05Z</o:LastSaved>
 </o:DocumentProperties>
 <o:CustomDocumentProperties>
  <o:shishi_xl_x0020_form_x0020_code dt:dt="string">{form_of(UNION).code}</o:shishi_xl_x0020_form_x0020_code>
 </o:CustomDocumentProperties>
 <x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet>
  <x:Name>报表&amp;说明</x:Name>
 </x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook>
</xml><![endif]-->
<style><!-- td {{mso-ignore:padding;}} --></style>
</head>
<body link=blue>
<table border=0 cellpadding=0 width=699 x:str style='border-collapse:collapse'>
 <col width=53><col width=0 style='display:none'><col width=165>
 <tr height=93>
  <td colspan=6 height=93 class=xl65 width=699>2023年实事工作进展情况报表</td>
 </tr>
 <tr>
  <td colspan=4 style='mso-ignore:colspan'>填报单位：{UNION}</td>
  <td colspan=2>期次：{Q2.label}</td>
 </tr>
 <tr style='mso-xlrowspan:2'><td colspan=6 style='mso-ignore:colspan'></td></tr>
 <tr>
  <td>序号</td><td style='display:none'></td><td>实事名称</td><td>责任单位</td>
  <td>本季度具体措施及任务<br>
    进度情况</td><td>完成时限</td>
 </tr>
 <tr>
  <td x:num>2</td><td style='display:none'>{mark(UNION, "02")}</td><td>实施“心希望”服
  务行动</td><td>{WOMEN}<br>
    {UNION}</td>
  <td>建成妈妈小屋<font class="font5">2</font>个<br>
    投入5万元</td><td>2023年12月底</td>
 </tr>
 <tr><td></td><td></td><td>合计</td><td x:num="1234.5">####</td><td>#REF!</td></tr>
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'><td width=53></td><td width=165></td></tr>
 <![endif]>
</table>
</body>
</html>
"""


def book_of(page: str | bytes) -> Book:
    book = read_web_page(page if isinstance(page, bytes) else page.encode())
    assert isinstance(book, Book)
    return book


def sheet_of(page: str | bytes) -> Sheet:
    (sheet,) = book_of(page).sheets
    return sheet


def row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


PLAIN = f"<table>{row(*HEADERS)}</table>"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_the_answers_on_a_page_of_excel_or_wps_land_on_their_item(encoding: str) -> None:
    book = read_book("报表.xls", OFFICE_PAGE.encode(encoding))
    assert isinstance(book, Book)
    assert answers(read(book.sheets[0])) == ANSWERS


def test_a_page_of_excel_says_its_code_its_sheet_s_name_and_when_it_was_saved() -> None:
    book = book_of(OFFICE_PAGE)
    assert (book.code, book.saved, [s.name for s in book.sheets]) == (
        str(form_of(UNION).code),
        datetime(2023, 6, 30, 16, 30, 5),
        ["报表&说明"],
    )


def test_rows_stand_where_they_stood_in_the_workbook() -> None:
    sheet = sheet_of(OFFICE_PAGE)
    assert [sheet.text(r, 0) for r in (0, 4, 5)] == ["2023年实事工作进展情况报表", "序号", "2"]


def test_text_that_runs_over_its_neighbours_is_not_merged_with_them() -> None:
    assert sheet_of(OFFICE_PAGE).merged == ((0, 0, 0, 5), (1, 4, 1, 5))


def test_a_number_too_wide_for_its_column_is_read_from_beside_it() -> None:
    sheet = sheet_of(OFFICE_PAGE)
    assert (sheet.rows[6][3], sheet.blanks) == ("1234.5", {(6, 4): "#REF!"})


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("县妇联<br>县总工会", "县妇联\n县总工会"),
        ("县人力资源和社会\n    保障局", "县人力资源和社会保障局"),
        ("built \n  2 schools", "built 2 schools"),
        ("<p>一</p><p>二<br></p><p><br></p><p>三</p>", "一\n二\n\n三"),
        ("<div>一<div>二</div></div>三", "一\n二\n三"),
        ("<br>", ""),
        ("&nbsp;一&#12288;二&lt;3", "\xa0一\u3000二<3"),
        ("一<script>alert(1)</script><style>b</style>二<!-- 三 -->", "一二"),
        ("一<comment>批注</comment>", "一"),
        ("<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td></tr></table>", "甲 1\n乙"),
        ("<ruby>重<rt>chóng</rt></ruby>新", "重新"),
        ("=1+1", "=1+1"),
        ("<img src='http://example.com/a.png' alt='图'>", ""),
    ],
)
def test_a_cell_s_text_is_what_a_browser_shows(cell: str, text: str) -> None:
    assert sheet_of(f"<table>{row('头', '头')}{row(cell, '尾')}</table>").text(1, 0) == text


@pytest.mark.parametrize(
    ("rows", "cells", "merged"),
    [
        ("<tr><td colspan=2>甲<td>乙<tr><td>1<td>2<td>3",
         (("甲", None, "乙"), ("1", "2", "3")), ((0, 0, 0, 1),)),
        ("<tr><td rowspan=2>甲<td>乙<tr><td>2<tr><td>3<td>4",
         (("甲", "乙"), (None, "2"), ("3", "4")), ((0, 0, 1, 0),)),
        ("<tr><td>1<td rowspan=2 colspan=2>甲<td>2<tr><td>3<td>4",
         (("1", "甲", None, "2"), ("3", None, None, "4")), ((0, 1, 1, 2),)),
        ("<tr><td rowspan=0>甲<td>乙<tr><td>2<tr><td>4",
         (("甲", "乙"), (None, "2"), (None, "4")), ((0, 0, 2, 0),)),
        ("<tr><td rowspan=9999999 colspan=x>甲<td>乙<tr><td>2",
         (("甲", "乙"), (None, "2")), ((0, 0, 1, 0),)),
        ("<thead><tr><th>甲<th>乙</thead><tbody><tr><td>1<td>2</tbody>",
         (("甲", "乙"), ("1", "2")), ()),
    ],
)  # fmt: skip
def test_what_spans_columns_and_rows_leaves_the_covered_cells_empty(
    rows: str, cells: tuple[tuple[str | None, ...], ...], merged: tuple[tuple[int, ...], ...]
) -> None:
    sheet = sheet_of(f"<table>{rows}</table>")
    assert (sheet.rows, sheet.merged) == (cells, merged)


def test_text_above_and_below_a_table_stands_in_rows_of_its_own() -> None:
    page = f"<h1>报表</h1><p>填报单位：县妇联</p><p>&nbsp;</p>{PLAIN}<p>填报人：张三</p>"
    assert [r[0] for r in sheet_of(page).rows] == [
        "报表",
        "填报单位：县妇联",
        "序号",
        "填报人：张三",
    ]


def test_a_caption_stands_above_its_table() -> None:
    page = f"<table><caption>报表</caption>{row(*HEADERS)}</table>"
    assert sheet_of(page).rows == (("报表",), HEADERS)


def test_a_table_that_frames_another_is_seen_through() -> None:
    inner = f"<table>{row(*HEADERS)}{row('1', '甲', '乙', '丙', '丁')}</table>"
    sheet = sheet_of(f"<table>{row('报表')}{row(inner)}</table>")
    assert [r[0] for r in sheet.rows] == ["报表", "序号", "1"]


@pytest.mark.parametrize(
    ("page", "sheets"),
    [
        (PLAIN + f"<table>{row('1', '2', '3', '4', '5')}</table>", [("表格", 2)]),
        (PLAIN + f"<p>续表</p><table>{row('1', '2', '3', '4', '5')}</table>", [("表格", 3)]),
        (PLAIN + f"<p>说明</p><table>{row('1', '2')}</table>", [("表格", 1), ("表格2", 2)]),
        (f"<table>{row('填报单位：县妇联')}</table>{PLAIN}", [("表格", 2)]),
        ("<h1>Overview</h1><a href=#t>报表</a><br><a href=#u>状态</a><hr>"
         f"<a name=t><h1>Sheet 1: <em>报表</em></h1></a>{PLAIN}<hr>"
         f"<a name=u><h1>Sheet 2: <em>状态</em></h1></a>{PLAIN}", [("报表", 1), ("状态", 1)]),
    ],
)  # fmt: skip
def test_a_table_that_goes_on_with_the_last_is_on_its_sheet(
    page: str, sheets: list[tuple[str, int]]
) -> None:
    assert [(s.name, len(s.rows)) for s in book_of(page).sheets] == sheets


def test_the_sheets_of_a_web_archive_are_its_pages() -> None:
    archive = "\r\n".join(
        (
            "MIME-Version: 1.0",
            "X-Document-Type: Workbook",
            'Content-Type: multipart/related; boundary="b"',
            "",
            "--b",
            "Content-Location: file:///C:/0/报表.htm",
            'Content-Type: text/html; charset="gb2312"',
            "",
            "<xml><x:Name>报表</x:Name><x:Name>状态</x:Name></xml><frameset></frameset>",
            "--b",
            "Content-Location: file:///C:/0/tabstrip.htm",
            'Content-Type: text/html; charset="gb2312"',
            "",
            "<table><tr><td>报表</td></tr></table>",
            *(
                "--b\r\nContent-Location: file:///C:/0/sheet.htm\r\n"
                "Content-Transfer-Encoding: quoted-printable\r\n"
                "Content-Type: text/html; charset=gb2312\r\n\r\n"
                f"<table border=3D1><tr><td>{quoted}</td><td>=\r\n1</td></tr></table>"
                for quoted in ("=B1=ED", "=D7=B4=CC=AC")
            ),
            "--b--",
        )
    ).encode("gb18030")
    book = read_book("报表.xls", archive)
    assert isinstance(book, Book)
    assert [(s.name, s.rows) for s in book.sheets] == [
        ("报表", (("表", "1"),)),
        ("状态", (("状态", "1"),)),
    ]


@pytest.mark.parametrize(
    ("page", "code", "first"),
    [
        (b"<html><body><p>\xc7\xeb\xb2\xe9\xca\xd5</p></body></html>", "F02",
         "没有表格的网页文件"),
        (b"<html><frameset><frame src=a.files/sheet001.htm></frameset></html>", "F02",
         "网页文件的外框，表格在没有一起发来的“.files”文件夹里"),
        (b"<html><table><tr><td>1</td></tr><tr><td>2", "F01", "网页里的表格不完整"),
        (b"<html>" + b"<div>" * 300 + b"<table><tr><td>1</table>", "F01", "网页里的表格不完整"),
        (b"<html><table><tr><td>\xff\xff</table>", "F01",
         "文字编码不是 UTF-8、GB18030 或 UTF-16，或已损坏"),
        (b"<table>" + b"<tr><td colspan=1000>1<td>2" * 2000 + b"</table>", "F01",
         "内容太大，不像是报表"),
        (b"<html>" + b" " * 2**26, "F01", "内容太大，不像是报表"),
    ],
    ids=["letter", "frame", "cut", "deep", "bytes", "cells", "long"],
)  # fmt: skip
def test_a_page_that_is_no_whole_table_is_refused(page: bytes, code: str, first: str) -> None:
    refusal = read_web_page(page)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.details[0][1]) == (code, first)


def test_a_code_s_cell_is_found_on_a_page_without_marks() -> None:
    page = f"<p>表单编码：{code_of(WOMEN)}</p><table>{row(*HEADERS)}" + (
        row("3", "实施巾帼创业行动", WOMEN, "开展培训", "年底") + "</table>"
    )
    assert answers(read(sheet_of(page))) == {
        (WOMEN, "03"): {"progress": "开展培训", "deadline": "年底"}
    }


@given(st.integers(0, len(OFFICE_PAGE)), st.integers(0, 30), st.binary(max_size=9))
def test_a_damaged_page_is_read_or_refused(at: int, gone: int, junk: bytes) -> None:
    content = OFFICE_PAGE.encode("gb18030")
    found = read_web_page(content[:at] + junk + content[at + gone :])
    assert isinstance(found, Book) or found.code in {"F01", "F02"}


# As Excel 2003 to 2016 write comments and looks into a page.
WITH_COMMENT = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<style><!--
.xl24 {mso-style-parent:style0; text-decoration:line-through;}
.xl25 {color:white; mso-pattern:auto none;}
.xl26 {color:white; background:#333399;}
--></style></head><body><table><tr><td>头</td><td>头</td></tr>
<tr><td>甲</td><td class=xl22>见批注<![if !supportAnnotations]><span class=msocomspan1><span
 class=msocomspan2 id="_anchor_1" language=JavaScript><a class=msocomanch href="#_msocom_1"
 name="_msoanchor_1">[1]</a></span></span><![endif]></td></tr>
<tr><td class=xl24>划掉</td><td class=xl25>白字</td></tr>
<tr style='display:none'><td class=xl26>蓝底</td><td><s>1</s>2</td></tr></table>
<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomhide><![endif]>
<div style='mso-element:comment'><![if !supportAnnotations]><div id="_com_1" class=msocomtxt><![endif]>
<div><![if !supportAnnotations]><a class=msocomhide href="#_msoanchor_1" name="_msocom_1">[1]</a><![endif]>
<font class="font5">完成8所</font></div></div></div></div></body></html>"""


def test_comments_and_looks_in_a_page_of_excel_are_seen() -> None:
    book = read_web_page(WITH_COMMENT.encode())
    assert isinstance(book, Book)
    (sheet,) = book.sheets
    assert sheet.rows[1] == ("甲", "见批注")
    assert len(sheet.rows) == 4
    assert {(a.row, a.col, a.kind, a.text) for a in sheet.asides} == {
        (1, 1, "comment", "完成8所"), (2, 0, "struck", ""), (2, 1, "white", ""),
        (3, 1, "struck", ""),
    }  # fmt: skip
    assert sheet.unseen_rows == {3}
