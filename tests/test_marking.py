"""A unit's own workbook is marked: what it holds stays, and an earlier round's marks go."""

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.comments.comments import Comment
from xlsxwriter import Workbook as Writer

from shishi_xl.catalogue import RULES
from shishi_xl.marking import Opinion, Opinions, mark_workbook
from shishi_xl.opinions import problem_mark, read_opinions
from shishi_xl.problems import Place, Problem
from shishi_xl.reading.read_books import read_books
from shishi_xl.sheets import Book, own_words

from .damage.picture import PNG
from .small import Q2

RED, AMBER = "FFF8B4AE", "FFFBD98B"


def opinion(cell: str, grade: str = "强制", sheet: str = "表 '1' 号", found: str = "") -> Opinion:
    problem = Problem(RULES["D02"], Place("a.xlsx", sheet, cell), found or cell, "县妇联", "01")
    mark = problem_mark(Q2, problem)
    return Opinion(
        mark, grade, "1.幼儿园", f"{sheet} {cell}", "", "没有填写", "请补填", sheet, (cell,)
    )


def marked(content: bytes, *rows: Opinion) -> bytes:
    out = mark_workbook(content, Opinions("审核意见", ("县妇联",), rows))
    assert out
    return out


@cache
def rich_book() -> bytes:
    """A workbook with much that openpyxl's load and save loses or shifts."""
    out = BytesIO()
    book = Writer(out)
    sheet, other = book.add_worksheet("表 '1' 号"), book.add_worksheet("名单")
    fill = book.add_format({"bg_color": "#CCFFCC", "border": 1, "locked": False})
    sheet.write("B2", "已完成", fill)
    sheet.write("B3", "", fill)
    sheet.write_formula("C2", "=1+1", None, 2)
    sheet.merge_range("D2:E3", "合并")
    sheet.set_row(1, 77)
    sheet.write_comment("A1", "王主任已阅")
    sheet.write_comment("B2", "这里的数是估计的")
    sheet.insert_image("G2", "p.png", {"image_data": BytesIO(PNG)})
    sheet.data_validation("B2", {"validate": "list", "source": "=名单!$A$1:$A$3"})
    sheet.conditional_format("B2", {"type": "data_bar", "data_bar_2010": True})
    sheet.protect("", {"format_rows": True})
    sheet.print_area("A1:E5")
    other.repeat_rows(0)
    other.activate()
    book.define_name("单位名单", "=名单!$A$1:$A$3")
    book.close()
    return out.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_that_is_not_marked_keeps_its_bytes() -> None:
    before = parts(rich_book())
    after = parts(marked(rich_book(), opinion("B3")))
    touched = {n for n in before if before[n] != after[n]}
    assert touched == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    assert set(after) - set(before) == {"xl/worksheets/sheet3.xml"}


def test_the_sheet_keeps_all_but_the_marked_cells() -> None:
    before = etree.fromstring(parts(rich_book())["xl/worksheets/sheet1.xml"])
    after = etree.fromstring(parts(marked(rich_book(), opinion("B3")))["xl/worksheets/sheet1.xml"])
    pairs = [(etree.tostring(a), etree.tostring(b)) for a, b in zip(before.iter(), after.iter(), strict=True)
             if not len(a) and a.attrib != b.attrib]  # fmt: skip
    assert len(pairs) == 1 and b'r="B3"' in pairs[0][0]


def test_cells_bear_colour_and_note_beside_what_the_unit_noted() -> None:
    book = load_workbook(
        BytesIO(marked(rich_book(), opinion("B2"), opinion("B3", "核实"), opinion("H9", "核实")))
    )
    sheet = book["表 '1' 号"]
    colours = {c: sheet[c].fill.fgColor.rgb for c in ("B2", "B3", "H9")}
    assert colours == {"B2": RED, "B3": AMBER, "H9": AMBER}
    notes = {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}
    assert set(notes) == {"A1", "B2", "B3", "H9"}
    assert notes["A1"] == "王主任已阅"
    assert notes["B2"].startswith("这里的数是估计的\n【审核意见】强制：没有填写。")
    assert (sheet["B2"].border.left.style, sheet["B2"].protection.locked) == ("thin", False)


def test_the_graver_of_two_gives_the_colour_and_both_stand_in_the_note() -> None:
    sheet = load_workbook(
        BytesIO(marked(rich_book(), opinion("B2"), opinion("B2", "核实", found="x")))
    )["表 '1' 号"]
    assert sheet["B2"].fill.fgColor.rgb == RED
    assert (sheet["B2"].comment.text.count("强制："), sheet["B2"].comment.text.count("核实：")) == (
        1,
        1,
    )


def test_the_opinions_come_first_with_links_and_names_still_mean_their_sheets() -> None:
    book = load_workbook(BytesIO(marked(rich_book(), opinion("B2"))))
    assert book.sheetnames == ["审核意见", "表 '1' 号", "名单"]
    assert [
        c.hyperlink.location for row in book["审核意见"].iter_rows() for c in row if c.hyperlink
    ] == ["'表 ''1'' 号'!B2"]
    assert book["表 '1' 号"].print_area == "'表 ''1'' 号'!$A$1:$E$5"
    assert book["名单"].print_title_rows == "$1:$1"
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == ["审核意见"]
    assert book.active.title == "审核意见"  # type: ignore[union-attr] # it has sheets


def test_the_same_marks_give_the_same_bytes() -> None:
    assert marked(rich_book(), opinion("B2")) == marked(rich_book(), opinion("B2"))


def test_an_earlier_round_goes_without_a_trace() -> None:
    first = marked(rich_book(), opinion("B2"), opinion("B3", "核实"))
    again = load_workbook(BytesIO(marked(first, opinion("C2"))))
    plain = load_workbook(BytesIO(marked(rich_book(), opinion("C2"))))
    assert again.sheetnames == plain.sheetnames
    for cell in ("A1", "B2", "B3", "C2"):
        one, other = again["表 '1' 号"][cell], plain["表 '1' 号"][cell]
        assert one.fill.fgColor.rgb == other.fill.fgColor.rgb
        assert (one.comment and one.comment.text) == (other.comment and other.comment.text)
    vml = parts(marked(first, opinion("C2")))["xl/drawings/vmlDrawing1.vml"].decode()
    assert sorted(re.findall(r"Row>(\d+)</x:Row><x:Column>(\d+)", vml)) == [
        ("0", "0"),
        ("1", "1"),
        ("1", "2"),
    ]
    assert again["表 '1' 号"].print_area == plain["表 '1' 号"].print_area


def test_what_the_unit_wrote_into_our_note_stays() -> None:
    book = load_workbook(BytesIO(marked(rich_book(), opinion("B3"))))
    cell = book["表 '1' 号"]["B3"]
    cell.comment = Comment(f"{cell.comment.text}\n已与财政局核对", "县妇联")
    out = BytesIO()
    book.save(out)
    after = load_workbook(BytesIO(marked(out.getvalue(), opinion("C2"))))["表 '1' 号"]["B3"]
    assert after.comment.text == "已与财政局核对"


def test_a_sheet_of_the_unit_s_own_with_our_name_stays() -> None:
    book = Workbook()
    book.worksheets[0].title = "审核意见"
    book.worksheets[0]["A1"] = "科室意见：同意上报"
    out = BytesIO()
    book.save(out)
    after = load_workbook(BytesIO(marked(out.getvalue(), opinion("A1", sheet="审核意见"))))
    assert after.sheetnames == ["审核意见（2）", "审核意见"]


def test_what_is_written_beside_a_problem_comes_back_with_its_mark(tmp_path: Path) -> None:
    row = opinion("B3", "核实")
    book = load_workbook(BytesIO(marked(rich_book(), row)))
    sheet = book["审核意见"]
    column = next(c for r in sheet.iter_rows() for c in r if c.value == "单位说明").column
    sheet.cell(sheet.max_row, column).value = "等待省里批复后方可确定"
    book.save(tmp_path / "b.xlsx")
    read = next(read_books([("b.xlsx", tmp_path / "b.xlsx")]))
    assert isinstance(read, Book)
    assert [(x.mark, x.text) for x in read_opinions(read, "b.xlsx")] == [
        (row.mark, "等待省里批复后方可确定")
    ]
    notes = [a.text for s in read.sheets for a in s.asides if a.kind == "comment"]
    assert all("审核意见" not in own_words(n) for n in notes)


@pytest.mark.parametrize("name", ["纯文本", "没有工作簿的压缩包", "宏工作簿"])
def test_what_is_no_plain_workbook_is_not_edited(name: str) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    macro = BytesIO()
    with zipfile.ZipFile(macro, "w") as archive:
        for part, content in {**parts(rich_book()), "xl/vbaProject.bin": b"\0"}.items():
            archive.writestr(part, content)
    content = {
        "纯文本": b"a,b",
        "没有工作簿的压缩包": out.getvalue(),
        "宏工作簿": macro.getvalue(),
    }[name]
    assert mark_workbook(content, Opinions("审核意见", (), ())) is None


def test_the_package_needs_no_repair() -> None:
    """What Excel repairs: parts without a type, relations to nothing, elements out of order."""
    content = parts(marked(marked(rich_book(), opinion("B2")), opinion("B3")))
    types = etree.fromstring(content["[Content_Types].xml"])
    typed = {e.get("PartName", "").lstrip("/") for e in types} | {"[Content_Types].xml"}
    extensions = {e.get("Extension") for e in types}
    assert [n for n in content if n not in typed and n.rpartition(".")[2] not in extensions] == []
    assert [n for n in typed if n and n not in content] == []
    for name in content:
        if name.endswith(".rels"):
            base = name.replace("_rels/", "").removesuffix(".rels").rpartition("/")[0]
            for rel in etree.fromstring(content[name]):
                target = Path("/", base, rel.get("Target", "")).resolve().as_posix().lstrip("/")
                assert rel.get("TargetMode") == "External" or target in content, (name, target)
    order = [
        etree.QName(e).localname for e in etree.fromstring(content["xl/worksheets/sheet1.xml"])
    ]
    assert order.index("legacyDrawing") == order.index("drawing") + 1
    book = etree.fromstring(content["xl/workbook.xml"])
    ids = [e.get("sheetId") for e in book.iter("{*}sheet")]
    assert len(ids) == len(set(ids)) == 3
    with zipfile.ZipFile(BytesIO(marked(rich_book(), opinion("B2")))) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
