"""XML Spreadsheet 2003, as Excel and exports of other systems write it."""

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shishi_xl.kinds import CellValue
from shishi_xl.reading.read_book import read_book
from shishi_xl.reading.xml_spreadsheet import read_xml_spreadsheet
from shishi_xl.sheets import Book, Refusal, Sheet

from .small import Q2, UNION, answers, code_of, form_of, mark, read

HEAD = """<?xml version="1.0" encoding="gb2312"?>
<?mso-application progid="Excel.Sheet"?>
"""
FORM = f"""{HEAD}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
 <DocumentProperties xmlns="urn:schemas-microsoft-com:office:office">
  <LastSaved>2023-06-30T08:30:05Z</LastSaved>
 </DocumentProperties>
 <CustomDocumentProperties xmlns="urn:schemas-microsoft-com:office:office">
  <shishi_xl_x0020_form_x0020_code dt:dt="string" xmlns:dt="uuid:C2F41010">{form_of(UNION).code}</shishi_xl_x0020_form_x0020_code>
 </CustomDocumentProperties>
 <Styles><Style ss:ID="Default"/></Styles>
 <Worksheet ss:Name="工作进展情况报表"><Table ss:ExpandedColumnCount="6" x:FullColumns="1">
  <Column ss:Index="2" ss:Hidden="1"/>
  <Row><Cell ss:MergeAcross="5"><Data ss:Type="String">2023年实事工作进展情况报表</Data></Cell></Row>
  <Row><Cell ss:Index="5"><Data ss:Type="String">期次：{Q2.label}</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">表单编码：{code_of(UNION)}</Data></Cell></Row>
  <Row ss:Index="6"><Cell><Data ss:Type="String">序号</Data></Cell>
   <Cell ss:Index="3"><Data ss:Type="String">实事名称</Data></Cell>
   <Cell><Data ss:Type="String">责任单位</Data></Cell>
   <Cell><Data ss:Type="String">本季度具体措施及任务进度情况</Data></Cell>
   <Cell><Data ss:Type="String">完成时限</Data></Cell></Row>
  <Row><Cell><Data ss:Type="Number">2</Data></Cell>
   <Cell><Data ss:Type="String">{mark(UNION, "02")}</Data></Cell>
   <Cell><Data ss:Type="String">实施“心希望”服务行动</Data></Cell>
   <Cell><Data ss:Type="String">县妇联&#10;县总工会</Data></Cell>
   <Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">建成<B>2</B>个&#10;已用</ss:Data>
    <Comment ss:Author="甲"><ss:Data>批注</ss:Data></Comment></Cell>
   <Cell><Data ss:Type="DateTime">2023-12-31T00:00:00.000</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="旧表"><Table><Row><Cell><Data ss:Type="String">旧</Data></Cell></Row></Table>
  <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>
  </WorksheetOptions></Worksheet>
</Workbook>"""


def book_of(content: str, encoding: str = "utf-8") -> Book:
    book = read_xml_spreadsheet(content.encode(encoding))
    assert isinstance(book, Book)
    return book


def sheet_of(rows: str) -> Sheet:
    """A worksheet of these rows."""
    (sheet,) = book_of(around(rows)).sheets
    return sheet


def around(rows: str) -> str:
    return (
        f'{HEAD}<s:Workbook xmlns:s="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<s:Worksheet s:Name="a"><s:Table>{rows}</s:Table></s:Worksheet></s:Workbook>'
    )


def cell(content: str, kind: str = "String", more: str = "") -> str:
    return f'<s:Cell {more}><s:Data s:Type="{kind}">{content}</s:Data></s:Cell>'


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_the_answers_of_a_form_saved_as_xml_land_on_their_item(encoding: str) -> None:
    book = read_book("报表.xls", FORM.encode(encoding))
    assert isinstance(book, Book)
    assert answers(read(book.sheets[0])) == {
        (UNION, "02"): {"progress": "建成2个\n已用", "deadline": "2023-12-31"}
    }


def test_the_workbook_says_its_code_when_it_was_saved_and_which_sheet_is_hidden() -> None:
    book = book_of(FORM)
    assert (book.code, book.saved, [(s.name, s.hidden) for s in book.sheets]) == (
        str(form_of(UNION).code),
        datetime(2023, 6, 30, 16, 30, 5),
        [("工作进展情况报表", False), ("旧表", True)],
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (cell("一&#10;二&lt;"), "一\n二<"),
        (cell("1.5", "Number"), 1.5),
        (cell("INF", "Number"), "INF"),
        (cell("1,5", "Number"), "1,5"),
        (cell("1", "Boolean"), True),
        (cell("0", "Boolean"), False),
        (cell("2023-12-31T08:30:00.000", "DateTime"), datetime(2023, 12, 31, 8, 30)),
        (cell("1899-12-31T08:30:00.000", "DateTime"), time(8, 30)),
        (cell("年底", "DateTime"), "年底"),
        (cell("=1+1"), "=1+1"),
        (cell("", more='s:Formula="=A1"'), None),
    ],
)
def test_a_cell_keeps_the_type_it_was_saved_with(written: str, value: CellValue) -> None:
    read_back = sheet_of(f"<s:Row>{written}{cell('尾')}</s:Row>").raw(0, 0)
    assert (type(read_back), read_back) == (type(value), value)


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        (cell("#DIV/0!", "Error", 's:Formula="=1/0"'), "#DIV/0!"),
        ('<s:Cell s:Formula="=R[-1]C"/>', "=R[-1]C"),
        (cell("", more='s:Formula="=R[-1]C"'), "=R[-1]C"),
    ],
)
def test_errors_and_formulas_without_a_value_are_empty_cells_that_hold_something(
    written: str, stands: str
) -> None:
    sheet = sheet_of(f"<s:Row>{written}{cell('尾')}</s:Row>")
    assert (sheet.text(0, 0), sheet.blanks) == ("", {(0, 0): stands})


@pytest.mark.parametrize(
    ("rows", "cells", "merged"),
    [
        (f'<s:Row s:Index="3">{cell("甲", more="s:Index=" + chr(34) + "2" + chr(34))}</s:Row>',
         ((), (), (None, "甲")), ()),
        (f'<s:Row>{cell("甲", more="s:MergeAcross=" + chr(34) + "1" + chr(34))}{cell("乙")}</s:Row>',
         (("甲", None, "乙"),), ((0, 0, 0, 1),)),
        (f'<s:Row>{cell("甲", more="s:MergeDown=" + chr(34) + "1" + chr(34))}{cell("乙")}</s:Row>'
         f'<s:Row><s:Cell s:Index="2"/></s:Row><s:Row>{cell("丙")}</s:Row>',
         (("甲", "乙"), (), ("丙",)), ((0, 0, 1, 0),)),
        (f'<s:Row s:Span="2">{cell("甲")}</s:Row><s:Row>{cell("乙")}</s:Row>',
         (("甲",), (), (), ("乙",)), ()),
        (f'<s:Row>{cell("甲", more="s:MergeDown=" + chr(34) + "99999999" + chr(34))}</s:Row>'
         f"<s:Row/><s:Row>{cell('乙', more='s:Index=' + chr(34) + '2' + chr(34))}</s:Row>",
         (("甲",), (), (None, "乙")), ((0, 0, 2, 0),)),
    ],
    ids=["index", "across", "down", "span", "beyond"],
)  # fmt: skip
def test_rows_and_cells_stand_where_they_say(
    rows: str, cells: tuple[tuple[str | None, ...], ...], merged: tuple[tuple[int, ...], ...]
) -> None:
    sheet = sheet_of(rows)
    assert (sheet.rows, sheet.merged) == (cells, merged)


DTD = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
DAMAGED = "XML 内容不完整或有错"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            around("").replace("<s:Work", DTD + "<s:Work", 1),
            "文件里有 DTD 声明，可能有害，不予读取",
        ),
        (FORM[: len(FORM) // 2], DAMAGED),
        (around(f'<s:Row s:Index="0">{cell("1")}</s:Row>'), DAMAGED),
        (around(f'<s:Row s:Index="5">{cell("1")}</s:Row><s:Row s:Index="2"/>'), DAMAGED),
        (around('<s:Row><s:Cell s:Index="2"/><s:Cell s:Index="1"/></s:Row>'), DAMAGED),
        (around('<s:Row s:Index="一"/>'), DAMAGED),
        (around(f'<s:Row s:Index="9999999">{cell("1")}</s:Row>'), "内容太大，不像是报表"),
        (" " * (2**26 + 1), "内容太大，不像是报表"),
        (HEAD + "\ufffe\ud7ff" + "\xff" * 9, DAMAGED),
    ],
    ids=["dtd", "cut", "zero", "back", "cell", "word", "far", "long", "junk"],
)
def test_what_is_damaged_or_hostile_is_refused_with_the_reason(content: str, reason: str) -> None:
    assert read_xml_spreadsheet(content.encode()) == Refusal(
        "F01", "无法读取", (("reason", reason),)
    )


def test_comments_looks_and_hidden_rows_are_seen() -> None:
    styles = (
        '<s:Styles><s:Style s:ID="a"><s:Font s:StrikeThrough="1"/></s:Style>'
        '<s:Style s:ID="b"><s:Font s:Color="#FFFFFF"/></s:Style>'
        '<s:Style s:ID="c"><s:Font s:Color="#FFFFFF"/><s:Interior s:Pattern="Solid"/></s:Style>'
        "</s:Styles>"
    )
    data = '<s:Data s:Type="String">文</s:Data>'
    note = '<s:Comment><s:Data xmlns="http://www.w3.org/TR/REC-html40"><B>甲:</B>完成8所</s:Data></s:Comment>'
    rows = "".join(
        (
            f'<s:Row><s:Cell s:StyleID="a">{data}</s:Cell><s:Cell s:StyleID="b">{data}</s:Cell></s:Row>',
            f'<s:Row s:Hidden="1"><s:Cell s:StyleID="c">{data}</s:Cell><s:Cell>{data}{note}</s:Cell></s:Row>',
        )
    )
    book = read_xml_spreadsheet(
        around(rows).replace("<s:Worksheet", styles + "<s:Worksheet").encode()
    )
    assert isinstance(book, Book)
    (sheet,) = book.sheets
    assert {(a.row, a.col, a.kind, a.text) for a in sheet.asides} == {
        (0, 0, "struck", ""), (0, 1, "white", ""), (1, 1, "comment", "甲:完成8所"),
    }  # fmt: skip
    assert sheet.unseen_rows == {1}


@given(st.integers(0, len(FORM)), st.integers(0, 30), st.binary(max_size=9))
def test_a_damaged_workbook_is_read_or_refused(at: int, gone: int, junk: bytes) -> None:
    content = FORM.encode("gb18030")
    found = read_xml_spreadsheet(content[:at] + junk + content[at + gone :])
    assert isinstance(found, Book) or found.code == "F01"
