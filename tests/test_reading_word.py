"""The annex as a Word table: merged cells, tables broken in two, tracked changes, frames."""

import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.oxml.parser import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from shishi_xl.reading.read_book import read_book
from shishi_xl.reading.word import read_word
from shishi_xl.sheets import Book, Refusal, Sheet

from .small import Q2, UNION, WOMEN, answers, code_of, form_of, problems, read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEADERS = ("序号", "实事名称", "责任单位", "本季度具体措施及任务进度情况", "完成时限")
EDGES = (0, 500, 2200, 4100, 7300, 8400)  # twips, as the published annex has them
ROW_2 = ("2", "实施“心希望”服务行动", f"{WOMEN}\n{UNION}", "建成热线\n接听200次", "2023年12月底")
ROW_3 = ("3", "实施巾帼创业行动", WOMEN, "开展培训", "年底")
ANSWERS = {
    (WOMEN, "02"): {"progress": "建成热线\n接听200次", "deadline": "2023年12月底"},
    (WOMEN, "03"): {"progress": "开展培训", "deadline": "年底"},
}


def p(text: str) -> str:
    """A paragraph, or as many as there are lines."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))


def tc(text: str, span: int = 1, merge: str = "") -> str:
    """A cell. `text` may be XML. `merge` is restart or continue."""
    down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    body = text if text.startswith("<") else p(text)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{down}</w:tcPr>{body}</w:tc>'


def tr(*cells: str, more: str = "") -> str:
    made = (cell if cell.startswith("<w:tc") else tc(cell) for cell in cells)
    return f"<w:tr>{more}{''.join(made)}</w:tr>"


def tbl(*rows: str, edges: Iterable[int] = EDGES) -> str:
    """A table with these rows over a grid with these edges."""
    at = list(edges)
    grid = "".join(f'<w:gridCol w:w="{b - a}"/>' for a, b in pairwise(at))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def document(*blocks: str) -> bytes:
    """A document of these blocks, made by python-docx."""
    made: Any = docx.Document()
    body = parse_xml(f"<w:body {W}>{''.join(blocks)}</w:body>")
    made.element.body[:0] = list(body)
    made.core_properties.modified = datetime(2023, 6, 30, 8, 30, 5)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def sheet_of(*blocks: str) -> Sheet:
    book = read_word(document(*blocks))
    assert isinstance(book, Book)
    (sheet,) = book.sheets
    return sheet


def column(sheet: Sheet, col: int = 0) -> list[str]:
    return [sheet.text(row, col) for row in range(len(sheet.rows))]


def changed(content: bytes, **parts: str) -> bytes:
    """The document with parts added: keys are names with __ for / and _ for a dot."""
    made = BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        for name, xml in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), xml)
    return made.getvalue()


TITLE = (
    "<w:p><w:r><w:t>2023年实事工作进展情况报表</w:t></w:r></w:p>",
    f"<w:p><w:r><w:t>填报单位：{WOMEN}</w:t><w:tab/><w:t>期次：{Q2.label}</w:t></w:r></w:p>",
)


def test_the_annex_filled_in_word_is_recognised_and_its_answers_land_on_their_items() -> None:
    sheet = sheet_of(*TITLE, tbl(tr(*HEADERS), tr(*ROW_2), tr(*ROW_3)))
    found = read(sheet)
    assert (answers(found), problems(found)) == (ANSWERS, [])


def test_a_document_says_its_code_and_when_it_was_saved() -> None:
    properties = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="urn:vt"><property name="shishi_xl form code">'
        f"<vt:lpwstr>{form_of(WOMEN).code}</vt:lpwstr></property></Properties>"
    )
    content = changed(document(tbl(tr("甲", "乙"))), docProps__custom_xml=properties)
    book = read_book("报表.doc", content)
    assert isinstance(book, Book)
    assert (book.code, book.saved) == (
        str(form_of(WOMEN).code),
        datetime(2023, 6, 30, 16, 30, 5),
    )


def test_lines_around_a_table_are_rows_of_one_cell() -> None:
    sheet = sheet_of(p("报表"), p(" "), tbl(tr("甲", "乙")), p(f"表单编码：{code_of(WOMEN)}"))
    assert sheet.rows == (("报表",), ("甲", "乙"), (f"表单编码：{code_of(WOMEN)}",))


@pytest.mark.parametrize(
    "second",
    [
        tbl(tr(*ROW_3)),
        tbl(tr(*HEADERS), tr(*ROW_3)),
        tbl(tr(*ROW_3), edges=(0, 510, 2195, 4130, 7290, 8400)),
        tbl(tr(*ROW_3), edges=(0, 560, 2300, 4000, 7800, 8700)),
        tbl(tr(*ROW_3), edges=(0, 250, 1100, 2050, 3650, 4200)),
    ],
    ids=["plain", "header again", "borders hardly off", "borders dragged", "half as wide"],
)
@pytest.mark.parametrize("between", [(), (p("（续表）"),)])
def test_a_table_broken_in_two_is_one(second: str, between: tuple[str, ...]) -> None:
    sheet = sheet_of(*TITLE, tbl(tr(*HEADERS), tr(*ROW_2)), *between, second)
    assert column(sheet, 4)[-1] == "年底"
    assert column(sheet, 1)[-1] == "实施巾帼创业行动"


def test_the_second_part_of_a_broken_table_is_read_under_the_first_one_s_header() -> None:
    title = tr(tc("填报单位：县妇联", span=2), tc("期次：2023年第二季度", span=3))
    first = tbl(title, tr(*HEADERS), tr(*ROW_2))
    sheet = sheet_of(first, tbl(tr(*ROW_3)))
    assert answers(read(sheet)) == ANSWERS


def test_another_table_has_columns_of_its_own() -> None:
    targets = tbl(tr("序号", "实事名称", "指标", "本期累计完成"), edges=(0, 700, 3000, 6000, 8400))
    sheet = sheet_of(tbl(tr(*HEADERS)), targets)
    assert sheet.rows == (HEADERS, ("序号", "实事名称", "指标", "本期累计完成"))


DRAGGED = (0, 500, 2200, 4100, 7300, 7700, 8400)  # one row's last border is another's


@pytest.mark.parametrize(
    ("rows", "cells", "merged"),
    [
        ((tr(tc("甲", span=2), "乙"), tr("1", "2", "3")),
         (("甲", None, "乙"), ("1", "2", "3")), ((0, 0, 0, 1),)),
        ((tr(tc("甲", merge="restart"), "乙"), tr(tc("", merge="continue"), "2"), tr("3", "4")),
         (("甲", "乙"), (None, "2"), ("3", "4")), ((0, 0, 1, 0),)),
        ((tr("1", tc("甲", 2, "restart")), tr("2", tc("旧", 2, "continue")), tr("3", "4", "5")),
         (("1", "甲"), ("2",), ("3", "4", "5")), ((0, 1, 1, 2),)),
        ((tr(tc("甲", merge="restart"), "1"), tr(tc("乙", merge="restart"), "2")),
         (("甲", "1"), ("乙", "2")), ()),
        ((tr(tc("甲", merge="continue"), "1"),), (("甲", "1"),), ()),
        ((tr("1", "2"), tr("3", more='<w:trPr><w:gridBefore w:val="1"/></w:trPr>')),
         (("1", "2"), (None, "3")), ()),
    ],
    ids=["across", "down", "both", "two", "orphan", "before"],
)  # fmt: skip
def test_merged_cells_leave_what_they_cover_empty(
    rows: tuple[str, ...], cells: tuple[Any, ...], merged: tuple[Any, ...]
) -> None:
    sheet = sheet_of(tbl(*rows))
    assert (sheet.rows, sheet.merged) == (cells, merged)


def test_a_row_whose_border_was_dragged_stays_in_its_columns() -> None:
    rows = (
        tr(*(tc(t) for t in HEADERS[:4]), tc(HEADERS[4], span=2)),
        tr(*(tc(t) for t in ROW_3[:3]), tc(ROW_3[3], span=2), tc(ROW_3[4])),
    )
    assert sheet_of(tbl(*rows, edges=DRAGGED)).rows == (HEADERS, ROW_3)


def test_answer_cells_merged_into_one_are_not_taken_for_a_dragged_border() -> None:
    rows = (tr(*HEADERS), tr(*(tc(t) for t in ROW_3[:3]), tc("开展培训", span=2)))
    sheet = sheet_of(tbl(*rows))
    assert (sheet.rows[1], sheet.merged) == (
        ("3", "实施巾帼创业行动", WOMEN, "开展培训"),
        ((1, 3, 1, 4),),
    )


def test_a_cell_split_in_two_keeps_both_texts() -> None:
    rows = (
        tr(*(tc(t) for t in HEADERS[:3]), tc(HEADERS[3], span=2), tc(HEADERS[4])),
        tr(*ROW_3[:3], "培训", "120人", "年底"),
    )
    sheet = sheet_of(tbl(*rows, edges=(0, 500, 2200, 4100, 5700, 7300, 8400)))
    assert sheet.rows[1] == (*ROW_3[:3], "培训", "120人", "年底")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (p("一\n二"), "一\n二"),
        (p("一\n\n二\n"), "一\n\n二"),
        ("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>", "一\n二"),
        ('<w:p><w:r><w:t>一</w:t><w:br w:type="page"/><w:t>二</w:t></w:r></w:p>', "一二"),
        ("<w:p><w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>5</w:t><w:tab/></w:r></w:p>", "3-5\t"),
        ('<w:p><w:r><w:t xml:space="preserve"> a b </w:t></w:r></w:p>', " a b "),
        ("<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText>"
         "</w:r></w:del></w:p>", "新"),
        ("<w:p><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>乙</w:t></w:r>"
         "</w:moveTo></w:p>", "乙"),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>一</w:t></w:r></w:p>" + p("二"),
         "一二"),
        ("<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>", "链接"),
        ("<w:p><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>2023</w:t></w:r></w:p>", "2023"),
        ("<w:sdt><w:sdtPr><w:t>x</w:t></w:sdtPr><w:sdtContent>" + p("控件") + "</w:sdtContent></w:sdt>",
         "控件"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r></w:p>', "\uf0fe是"),
        ("<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
         "</w:pict><w:t>外</w:t></w:r></w:p>", "外"),
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>chóng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>重</w:t>"
         "</w:r></w:rubyBase></w:ruby></w:r></w:p>", "重"),
        (tbl(tr("甲", "1"), tr("乙", "2")) + p("注"), "甲 1\n乙 2\n注"),
        (p("=1+1"), "=1+1"),
    ],
)  # fmt: skip
def test_a_cell_s_text_is_what_the_document_shows_with_all_changes_accepted(
    cell: str, text: str
) -> None:
    assert sheet_of(tbl(tr("头", "头"), tr(tc(cell), "尾"))).text(1, 0) == text


STRUCK = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>划掉</w:t></w:r></w:p>"
WHITE = '<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>白字</w:t></w:r></w:p>'
BOX = ("<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
       "</w:pict><w:t>外</w:t></w:r></w:p>")  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (STRUCK, [("struck", "")]),
        (STRUCK.replace("<w:strike/>", '<w:strike w:val="0"/>'), []),
        (WHITE, [("white", "")]),
        (BOX, [("box", "框里")]),
        ("<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>", [("revised", "")]),
        ('<w:p><w:r><w:t>8所</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
         [("comment", "其中3所在建")]),
        ('<w:p><w:r><w:t>见批注</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>',
         [("comment", "完成8所\n余下年底")]),
        ('<w:p><w:r><w:commentReference w:id="7"/></w:r></w:p>', []),
    ],
)  # fmt: skip
def test_what_stands_beside_a_cell_s_text_is_seen(cell: str, found: list[tuple[str, str]]) -> None:
    content = with_notes(document(tbl(tr("头", "头"), tr("首", tc(cell)))))
    book = read_word(content)
    assert isinstance(book, Book)
    assert [(a.row, a.col, a.kind, a.text) for a in book.sheets[0].asides] == [
        (1, 1, *one) for one in found
    ]


def test_an_answer_in_a_comment_or_a_text_box_of_a_document_is_asked_about() -> None:
    note = '<w:p><w:r><w:t>见批注</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    row = tr(*ROW_2[:3], tc(note), tc(BOX))
    book = read_word(with_notes(document(p(f"表单编码：{code_of(UNION)}"), tbl(tr(*HEADERS), row))))
    assert isinstance(book, Book)
    assert {("D3", "A08"), ("E3", "A09")} <= set(problems(read(book.sheets[0])))


def with_notes(content: bytes) -> bytes:
    """The document with a comment 0 and a footnote 2."""
    made = BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        for kind, number, text in (
            ("comment", 0, "完成8所\n余下年底"),
            ("footnote", 2, "其中3所在建"),
        ):
            note = f'<w:{kind} w:id="{number}">{p(text)}</w:{kind}>'
            archive.writestr(f"word/{kind}s.xml", f"<w:{kind}s {W}>{note}</w:{kind}s>")
    return made.getvalue()


def test_a_row_that_was_deleted_does_not_count_and_one_that_was_inserted_does() -> None:
    gone, new = (f"<w:trPr><w:{tag}/></w:trPr>" for tag in ("del", "ins"))
    sheet = sheet_of(tbl(tr("甲", "1"), tr("乙", "2", more=gone), tr("丙", "3", more=new)))
    assert column(sheet) == ["甲", "丙"]


def test_rows_and_cells_in_content_controls_count() -> None:
    inner = f"<w:sdt><w:sdtContent>{tr('甲', '1')}</w:sdtContent></w:sdt>"
    cell = f"<w:sdt><w:sdtContent>{tc('乙')}</w:sdtContent></w:sdt>"
    sheet = sheet_of(tbl(inner, f"<w:tr>{cell}{tc('2')}</w:tr>"))
    assert sheet.rows == (("甲", "1"), ("乙", "2"))


def test_a_table_that_frames_the_annex_is_seen_through() -> None:
    annex = tbl(tr(*HEADERS), tr(*ROW_3)) + p("")
    sheet = sheet_of(tbl(tr("报表"), tr(tc(annex)), edges=(0, 8400)))
    assert sheet.rows == (("报表",), HEADERS, ROW_3)


def test_a_document_with_macros_or_a_picture_that_is_lost_is_read() -> None:
    lost = '<Relationship Id="rId99" Type="http://a/image" Target="NULL"/></Relationships>'
    content = _with(document(tbl(tr("甲", "1"))), "[Content_Types].xml", "document.main+xml",
                    "document.macroEnabled.main+xml")  # fmt: skip
    content = _with(content, "word/_rels/document.xml.rels", "</Relationships>", lost)
    book = read_book("报表.docx", content)
    assert isinstance(book, Book)
    assert book.sheets[0].rows == (("甲", "1"),)


def _with(content: bytes, part: str, old: str, new: str) -> bytes:
    """The document with one text replaced in one part."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(made, "w", 8) as target:
        for name in source.namelist():
            xml = source.read(name)
            if name == part:
                assert old.encode() in xml
                xml = xml.replace(old.encode(), new.encode())
            target.writestr(name, xml)
    return made.getvalue()


LETTER = document(p("同志们："), p("报表已报。"))
DAMAGED = ("F01", "不是完整的 Word 文档")
TOO_LARGE = ("F01", "内容太大，不像是报表")
DTD = '<!DOCTYPE a [<!ENTITY b "c">]><w:document'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (LETTER, ("F02", "没有表格的文字文档（.docx）")),
        (LETTER[:2000], DAMAGED),
        (_with(LETTER, "word/document.xml", "w:body", "w:bode"), DAMAGED),
        (_with(LETTER, "word/document.xml", "</w:body>", ""), DAMAGED),
        (_with(LETTER, "_rels/.rels", "/officeDocument\"", "/x\""), DAMAGED),
        (_with(LETTER, "word/document.xml", "<w:document", DTD),
         ("F01", "文件里有 DTD 声明，可能有害，不予读取")),
        (_with(LETTER, "word/document.xml", "</w:body>", " " * 2**26 + "</w:body>"), TOO_LARGE),
        (document(tbl(tr(tc("甲", span=99999)))), TOO_LARGE),
        (document(tbl(tr(tc("甲", span=0)) , '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr>'
                      "</w:tc></w:tr>")), DAMAGED),
    ],
    ids=["letter", "cut", "body", "xml", "rels", "dtd", "bomb", "span", "number"],
)  # fmt: skip
def test_a_document_that_cannot_be_read_is_refused_with_the_reason(
    content: bytes, found: tuple[str, str]
) -> None:
    refusal = read_word(content)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.details[0][1]) == found


SOUND = document(*TITLE, tbl(tr(*HEADERS), tr(*ROW_2), tr(*ROW_3)))


@given(st.integers(0, len(SOUND)), st.integers(0, 50), st.binary(max_size=9))
def test_a_document_with_damaged_bytes_is_read_or_refused(at: int, gone: int, junk: bytes) -> None:
    found = read_word(SOUND[:at] + junk + SOUND[at + gone :])
    assert isinstance(found, Book) or found.code in {"F01", "F02"}


@given(st.data())
def test_a_document_with_damaged_xml_is_read_or_refused(data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(SOUND)) as source:
        xml = source.read("word/document.xml").decode()
    tags = re.findall(r"<[^>]*>", xml)
    one, other = data.draw(st.sampled_from(tags)), data.draw(st.sampled_from(tags))
    found = read_word(_with(SOUND, "word/document.xml", one, other))
    assert isinstance(found, Book) or found.code in {"F01", "F02"}
