"""CSV and TSV in every encoding that office programs in China write."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shishi_xl.reading.charset import decode
from shishi_xl.reading.read_book import read_book
from shishi_xl.reading.text_table import read_text_table
from shishi_xl.sheets import Book, Refusal, Sheet

from .small import Q2, UNION, WOMEN, answers, code_of, mark, read

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be")
UNREADABLE = Refusal(
    "F01", "无法读取", (("reason", "文字编码不是 UTF-8、GB18030 或 UTF-16，或已损坏"),)
)
NO_TABLE = (
    "F02",
    "没有表格的文本文件（CSV 等）",
)


def table(text: str, encoding: str = "utf-8") -> Sheet:
    book = read_text_table(text.encode(encoding))
    assert isinstance(book, Book)
    (sheet,) = book.sheets
    return sheet


def refusal(content: bytes) -> tuple[str, str]:
    """Code and first detail of what is not read."""
    found = read_text_table(content)
    assert isinstance(found, Refusal)
    return found.code, found.details[0][1]


def form_as_csv(delimiter: str = ",") -> str:
    """A unit's form as Excel's CSV holds it, filled."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(
        [
            ["2023年实事工作进展情况报表", "", "", "", "", ""],
            [f"填报单位：{UNION}", "", "", "", f"期次：{Q2.label}", ""],
            [f"表单编码：{code_of(UNION)}", "", "", "", "", ""],
            ["序号", "", "实事名称", "责任单位", "本季度具体措施及任务进度情况", "完成时限"],
            ["2", mark(UNION, "02"), "实施“心希望”服务行动", f"{WOMEN}\n{UNION}",
             '建成"妈妈小屋"2个,\n投入1,500元；下半年；再建', "2023年12月底"],
        ]
    )  # fmt: skip
    return text.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_answers_of_a_form_saved_as_text_land_on_their_item(
    encoding: str, delimiter: str
) -> None:
    book = read_book("报表.xls", form_as_csv(delimiter).encode(encoding))
    assert isinstance(book, Book)
    assert answers(read(book.sheets[0])) == {
        (UNION, "02"): {
            "progress": '建成"妈妈小屋"2个,\n投入1,500元；下半年；再建',
            "deadline": "2023年12月底",
        }
    }


@pytest.mark.parametrize(
    "text",
    [
        "户,数\n户,1",
        "联通,状态\n1,2",
        "单位,内容\n县妇联,无\n团县委,无",
        "姓名,镇\n王喆,田镇\n赵堃,芦湖",
        "指标,数\n户,1５00\n人,㎡",
        "序号,进展\n1,Ⅰ级达标①\n2,85％",
    ],
)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_few_characters_are_enough_to_tell_the_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n", (("a", "b"), ("1", "2"))),
        ("a;b\r\n1,5;2\r\n", (("a", "b"), ("1,5", "2"))),
        ("a\tb\n一,二;三\t2", (("a", "b"), ("一,二;三", "2"))),
        ("sep=;\r\na;b\r\n1;2", (("a", "b"), ("1", "2"))),
        ('a,b\n"1\r\n2","3""4"""\n', (("a", "b"), ("1\r\n2", '3"4"'))),
        ("标题,,\n\na,b,c\n1,,3\n,,\n", (("标题",), (), ("a", "b", "c"), ("1", None, "3"))),
        ("a,b\n1,2\n\x1a", (("a", "b"), ("1", "2"))),
        ("a,b\n=1+1,@x\n", (("a", "b"), ("=1+1", "@x"))),
    ],
)
def test_a_text_becomes_rows_of_cells(text: str, rows: tuple[tuple[str | None, ...], ...]) -> None:
    assert table(text).rows == rows


def test_an_error_that_was_saved_as_text_counts_as_an_empty_cell_with_an_error() -> None:
    sheet = table("a,b\n#REF!,2\n")
    assert (sheet.rows[1], sheet.blanks) == ((None, "2"), {(1, 0): "#REF!"})


@pytest.mark.parametrize(
    "text",
    [
        "同志们：\n本季度进展顺利，已按时完成。\n此致",
        "只有一行,两格",
        "本季度建成5所,进展顺利\n此致\n敬礼",
        "",
        "\n\n",
    ],
)
def test_a_letter_is_no_table(text: str) -> None:
    assert refusal(text.encode()) == NO_TABLE


@pytest.mark.parametrize(
    "content",
    [
        "序号,实事名称,进展\n1,实施教育扩容行动,建成3所\n".encode().replace(b"\xae\x9e", b"\xae"),
        "序号,进展\n1,年底".encode("gbk")[:-1],
        "序号,进展\n1,年底".encode("utf-16")[:-1],
        b"\xff\xfe\x00\xd8a\x00",
    ],
)
def test_text_with_broken_characters_is_refused_and_not_read_as_another_encoding(
    content: bytes,
) -> None:
    assert read_text_table(content) == UNREADABLE


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'a,b\n1,2\n3,"4\n5,6\n', ("F01", "引号没有配对，后面的行分不开")),
        (b'a,b\n1,2\n3,"' + b"x" * 200_000, ("F01", "有一格长得不合常理，多为引号没有配对")),
        (b"," * 2_000_001, ("F01", "内容太大，不像是报表")),
        (b"a" * (64 * 2**20 + 1), ("F01", "内容太大，不像是报表")),
    ],
    ids=["quote", "cell", "cells", "bytes"],
)
def test_what_is_out_of_bounds_is_refused_with_the_reason(
    content: bytes, found: tuple[str, str]
) -> None:
    assert refusal(content) == found


@given(
    st.lists(st.lists(st.text("字1,;\t\"\n 'x", max_size=5), min_size=3, max_size=3), min_size=3)
)
def test_what_a_csv_writer_wrote_is_read_back(rows: list[list[str]]) -> None:
    text = StringIO()
    csv.writer(text).writerows([["甲", "乙", "丙", "丁"]] * 3 + [[*row, "尾"] for row in rows])
    sheet = table("sep=,\n" + text.getvalue(), "gb18030")
    assert [[c or "" for c in row] for row in sheet.rows[3:]] == [[*row, "尾"] for row in rows]


@given(st.integers(0, 400), st.binary(max_size=4), st.sampled_from(ENCODINGS))
def test_a_damaged_table_is_read_or_refused(at: int, junk: bytes, encoding: str) -> None:
    content = form_as_csv().encode(encoding)
    found = read_text_table(content[:at] + junk + content[at + 1 :])
    assert isinstance(found, Book) or found.code in {"F01", "F02"}
