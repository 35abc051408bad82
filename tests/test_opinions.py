"""审核意见 coming back: what a unit says is tied to its problem, whatever became of the sheet."""

from dataclasses import replace

import pytest

from shishi_xl.catalogue import RULES
from shishi_xl.opinions import is_enough, is_opinions, problem_mark, read_opinions
from shishi_xl.problems import Place, Problem
from shishi_xl.sheets import Area, Book, Sheet, own_words

from .small import Q2, Q3, WOMEN

HEAD = ("编号", None, "类别", "事项", "单位说明")
LATE = Problem(RULES["D02"], Place("a.xlsx", "表", "G5"), "尽快", WOMEN, "01")
MANY = Problem(RULES["N03"], Place("a.xlsx", "表", "G6"), "5人", WOMEN, "02", (("measure", "个"),))
A, B = problem_mark(Q2, LATE), problem_mark(Q2, MANY)


def said(*rows: tuple[str | None, ...], merged: tuple[Area, ...] = ()) -> dict[str, str]:
    sheet = Sheet("Sheet7", (("县妇联",), HEAD, *rows), merged)
    assert is_opinions(sheet)
    return {x.mark: x.text for x in read_opinions(Book((sheet,)), "b.xlsx")}


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"place": Place("b.xlsx", "Sheet1", "H9")}, True),
        ({"details": (("cells", "E5、E6"),)}, True),
        ({"found": "年底"}, False),
        ({"item": "02"}, False),
        ({"unit": "县总工会"}, False),
        ({"rule": RULES["D03"]}, False),
        ({"details": (("target", "母亲小屋"),)}, False),
    ],
)
def test_a_problem_is_the_same_while_its_value_is(change: dict[str, object], same: bool) -> None:
    other = replace(LATE, **change)  # type: ignore[arg-type] # of several types
    assert (problem_mark(Q2, other) == A) is same


def test_the_same_words_next_period_are_another_problem() -> None:
    assert problem_mark(Q3, LATE) != A


def test_rows_may_be_sorted_and_inserted() -> None:
    rows = (("2", B, "核实", "2.", "含流动人口，已与社区核对"), ("", None, None, None, "（附名单）"),
            ("1", A, "核实", "1.", "等待省里批复后方可确定"))  # fmt: skip
    assert said(*rows) == {B: "含流动人口，已与社区核对\n（附名单）", A: "等待省里批复后方可确定"}


def test_one_merged_cell_explains_all_its_rows() -> None:
    rows = (("1", A, "核实", "1.", "两项均须等待省里批复"), ("2", B, "核实", "2.", None))
    assert said(*rows, merged=((2, 4, 3, 4),)) == dict.fromkeys((A, B), "两项均须等待省里批复")


def test_a_text_without_mark_is_kept_apart() -> None:
    sheet = Sheet("审核意见", (HEAD, ("1", None, "核实", "1.", "等待省里批复")))
    assert [x.mark for x in read_opinions(Book((sheet,)), "b.xlsx")] == [""]


@pytest.mark.parametrize("code", [A[:-1] + "0", A.replace("审", ""), "审核意见"])
def test_what_only_looks_like_a_mark_is_none(code: str) -> None:
    assert not is_opinions(Sheet("Sheet1", (("编号", code),)))


@pytest.mark.parametrize(
    ("text", "enough"),
    [("等待省里批复", True), ("省里未批复", False), ("情况属实。。。。", False), ("同上", False)],
)
def test_six_characters_are_an_explanation(text: str, enough: bool) -> None:
    assert is_enough(text) is enough


def test_our_note_in_a_comment_is_not_the_unit_s_word() -> None:
    note = "【审核意见】核实：读不出日期。\n（改后不必删除本批注）"
    assert own_words(note) == ""
    assert own_words(f"王主任已阅\n{note}\n已改") == "王主任已阅\n已改"
