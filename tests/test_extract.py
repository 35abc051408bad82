"""Each answer lands on its item and unit, or is a problem with its cell."""

import pytest

from shishi_xl.marks import make_code
from shishi_xl.sheets import Aside, Sheet

from .small import (
    Q2,
    Q3,
    UNION,
    WOMEN,
    answers,
    code_of,
    mark,
    problems,
    read,
    read_first,
    recognise,
    sheet,
)

M2, M3 = mark(WOMEN, "02"), mark(WOMEN, "03")
TOP = f"| 2023年实事工作进展情况报表 |\n| 填报单位：县妇联 |\n| 表单编码：{code_of(WOMEN)} |\n"
HEAD = "| 序号 |  | 实事名称 | 责任单位 | 本季度具体措施及任务进度情况 | 完成时限 |\n"
ROW2 = f"| 2 | {M2} | 实施“心希望”服务行动 | 县妇联⏎县总工会 | 建成热线 | 年底 |\n"
ROW3 = f"| 3 | {M3} | 实施巾帼创业行动 | 县妇联 | 开展培训 | 6月底 |\n"
BOTH = {
    (WOMEN, "02"): {"progress": "建成热线", "deadline": "年底"},
    (WOMEN, "03"): {"progress": "开展培训", "deadline": "6月底"},
}


def table(*rows: str, head: str = HEAD, **more: object) -> Sheet:
    return sheet(TOP + head + "".join(rows), **more)  # type: ignore[arg-type]


CLEAN = {
    "as sent": (ROW2, ROW3),
    "sorted": (ROW3, ROW2),
    "blank rows between": (ROW2, "|  |\n", ROW3),
    "without marks": (ROW2.replace(M2, ""), ROW3.replace(M3, "")),
    "other quotes in the name": (ROW2.replace("“心希望”", '"心希望"'), ROW3),
    "numbers before the names": (
        ROW2.replace(M2, "").replace("实施“", "2. 实施“"),
        ROW3.replace("实施巾帼", "（三）实施巾帼"),
    ),
    "a name broken over lines": (ROW2.replace("服务行动", "服务⏎行动"), ROW3),
    "locked text emptied": (ROW2.replace("县妇联⏎县总工会", ""), ROW3),
    "signed below": (ROW2, ROW3, "|  |\n", "|  |  |  | 填报人： | 张三 | （盖章） |\n"),
    "signed right below": (ROW2, ROW3, "|  |  |  |  | 联系人：张三 电话：6967116 |\n"),
}


@pytest.mark.parametrize("rows", CLEAN.values(), ids=list(CLEAN))
def test_an_innocent_change_is_no_problem(rows: tuple[str, ...]) -> None:
    found = read(table(*rows))
    assert (answers(found), problems(found)) == (BOTH, [])


HEADS = {
    "columns reordered": (
        "| 完成时限 | 实事名称 | 本季度具体措施及任务进度情况 | 序号 |\n",
        "| 6月底 | 实施巾帼创业行动 | 开展培训 | 3 |\n",
    ),
    "header reworded": (
        "| 序号 | 实事名称 | 责任单位 | 本季度进展情况 | 完成时间 |\n",
        "| 3 | 实施巾帼创业行动 | 县妇联 | 开展培训 | 6月底 |\n",
    ),
    "header broken over lines": (
        "| 序 号 | 实事⏎名称 | 责任单位 | 本季度具体措施⏎⏎及任务进度情况 | 完成⏎时限 |\n",
        "| 3 | 实施巾帼创业行动 | 县妇联 | 开展培训 | 6月底 |\n",
    ),
    "header with a remark": (
        "| 序号 | 实事名称 | 责任单位 | 第二季度具体措施及任务进度情况（必填） | 完成时限 |\n",
        "| 3 | 实施巾帼创业行动 | 县妇联 | 开展培训 | 6月底 |\n",
    ),
}


@pytest.mark.parametrize(("head", "row"), HEADS.values(), ids=list(HEADS))
def test_a_column_is_known_by_its_header(head: str, row: str) -> None:
    found = read(table(row, head=head))
    assert answers(found) == {(WOMEN, "03"): BOTH[WOMEN, "03"]}


def test_rows_without_a_name_under_an_item_go_on_with_it_and_that_is_said() -> None:
    found = read(table(ROW2, "|  |  |  |  | 接听电话 |  |\n", ROW3))
    assert answers(found)[WOMEN, "02"]["progress"] == "建成热线\n接听电话"
    assert problems(found) == [("E5", "L05")]


def test_an_item_on_two_rows_is_joined_in_order_and_that_is_said() -> None:
    again = ROW2.replace("建成热线", "接听电话")
    found = read(table(ROW2, ROW3, again))
    assert answers(found)[WOMEN, "02"]["progress"] == "建成热线\n接听电话"
    assert problems(found) == [("E5", "L05")]


DOUBTS = {
    "a text under the table": ((ROW3, "|  |\n", "|  |  |  |  | 另外还办了讲座 |\n"), [("E7", "L09")]),
    "an unknown item": ((ROW3, "| 4 |  | 实施新行动 |  | 开工 |  |\n"), [("E6", "L03")]),
    "a number without a name": ((ROW3, "| 2 |  |  |  | 开工 |  |\n"), [("E6", "L03")]),
    "a mark against the name": ((ROW3.replace(M3, M2),), [("E5", "L04")]),
    "another quarter's row": ((ROW3.replace(M3, mark(WOMEN, "03", Q3)), ROW2), [("E5", "L15")]),
    "another unit's row": ((ROW3, ROW2.replace(M2, mark(UNION, "02"))), [("E6", "L15")]),
    "another programme's row": (
        (ROW3.replace(M3, f"{make_code('old-2022', Q2, WOMEN, [])}/03"), ROW2), [("E5", "L15")]
    ),
    "locked name changed": ((ROW3.replace("创业行动", "创业创新行动"),), [("C5", "L07")]),
    "renumbered": ((ROW3.replace("| 3 |", "| 1 |"),), [("A5", "L08")]),
    "not this unit's item": (
        (ROW3, "| 1 |  | 实施教育扩容行动 | 县妇联、教体局 | 建成两所 |  |\n"), [("E6", "L13")]
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), DOUBTS.values(), ids=list(DOUBTS))
def test_a_doubt_is_named_with_its_cell(
    rows: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert problems(read(table(*rows))) == expected


def test_a_row_of_a_unit_without_part_in_the_item_is_nobody_else_s_answer() -> None:
    found = read(table(ROW3, "| 3 |  | 实施巾帼创业行动 | 县总工会 | 帮办五家 |  |\n"))
    assert list(answers(found)) == [(WOMEN, "03")]
    assert "帮办五家" not in str(answers(found))
    assert problems(found) == [("E6", "L13")]


def test_other_units_rows_left_empty_are_no_concern() -> None:
    found = read(table(ROW3, "| 1 |  | 实施教育扩容行动 | 县教育和体育局 |  |  |\n"))
    assert (list(answers(found)), problems(found)) == ([(WOMEN, "03")], [])


def test_another_unit_s_row_filled_in_counts_as_its_word() -> None:
    found = read(table(ROW3, "| 1 |  | 实施教育扩容行动 | 县教体局 | 建成两所 |  |\n"))
    (entry,) = [e for e in found.entries if e.item == "01"]
    assert (entry.unit, entry.proxy) == ("县教育和体育局", WOMEN)
    assert problems(found) == [("E6", "L14")]


def test_answers_merged_over_two_items_are_nobody_s() -> None:
    found = read(table(ROW2, ROW3.replace("开展培训", ""), merged=((4, 4, 5, 4),)))
    assert problems(found) == [("E5", "L06"), ("E5", "L06")]


@pytest.mark.parametrize("units", ["县总工会", "县总公会⏎县妇联", "县教育和体育局、工会"])
def test_an_edited_unit_cell_moves_no_answer_whose_row_is_marked(units: str) -> None:
    found = read(table(ROW2.replace("县妇联⏎县总工会", units), ROW3))
    assert answers(found) == BOTH
    assert problems(found) == [("D5", "L07")]


def test_a_missing_answer_column_is_named() -> None:
    head = HEAD.replace("| 完成时限 ", "")
    found = read(table(ROW3.replace("| 6月底 ", ""), head=head))
    assert problems(found) == [("A4", "L02")]


def test_a_column_of_no_form_with_text_is_named() -> None:
    found = read(
        table(ROW3.rstrip("|\n") + "| 请领导关注 |\n", head=HEAD.rstrip("\n") + " 备注 |\n")
    )
    assert problems(found) == [("G5", "L10")]


def test_two_columns_of_one_name_with_different_text_are_asked_about() -> None:
    head = HEAD.rstrip("\n") + " 完成时限 |\n"
    found = read(table(ROW3.rstrip("|\n") + "| 9月底 |\n", head=head))
    assert "deadline" not in answers(found)[WOMEN, "03"]
    assert problems(found) == [("G4", "L11")]


def test_a_formula_without_a_value_is_named_with_the_formula() -> None:
    found = read(table(ROW3.replace("开展培训", ""), blanks={(4, 4): "=[1]Sheet1!A1"}))
    assert problems(found) == [("E5", "A02")]


DISPIMG = '=DISPIMG("ID_9A1B",1)'


@pytest.mark.parametrize(
    ("text", "asides", "expected"),
    [
        ("开展培训", [Aside(4, 4, "comment", "数字待核")], [("E5", "A08", "数字待核")]),
        ("开展培训", [Aside(4, 2, "comment", "名称有误")], [("C5", "A08", "名称有误")]),
        ("", [Aside(4, 4, "picture")], [("E5", "A05", "")]),
        ("", [Aside(4, 3, "picture")], [("E5", "A05", "")]),
        ("开展培训", [Aside(4, 4, "picture")], []),
        (DISPIMG, [], [("E5", "A05", DISPIMG)]),
        ("开展培训", [Aside(4, 4, "struck")], [("E5", "A06", "开展培训")]),
        ("开展培训", [Aside(4, 4, "white")], [("E5", "A07", "开展培训")]),
        ("开展培训", [Aside(4, 2, "white")], []),
        ("开展培训", [Aside(0, 0, "picture")], []),
    ],
)
def test_what_stands_beside_the_text_is_named(
    text: str, asides: list[Aside], expected: list[tuple[str, str, str]]
) -> None:
    found = read(table(ROW3.replace("开展培训", text), asides=tuple(asides)))
    assert [(p.place.cell, p.code, p.found) for p in found.problems] == expected


def test_who_signed_is_read_from_the_cell_and_from_the_next() -> None:
    lines = "|  |  | 填报人： | 李四 |\n", "|  |  | 联系电话：6967116 |\n"
    found = read(table(ROW3, "|  |\n", *lines))
    assert found.sign_off == {"填报人": "李四", "联系电话": "6967116"}


def test_who_signed_is_read_from_one_line() -> None:
    line = "| 单位负责人：张三  填报人：李四 联系电话：6967116 |\n"
    found = read(table(ROW3, "|  |\n", line))
    assert found.sign_off == {"单位负责人": "张三", "填报人": "李四", "联系电话": "6967116"}


def test_a_table_below_another_is_a_table_of_its_own() -> None:
    third = code_of(WOMEN, Q3)
    below = f"|  |\n| 表单编码：{third} |\n" + HEAD + ROW3.replace(M3, mark(WOMEN, "03", Q3))
    found = recognise(table(ROW3, below))
    assert [(p.period, p.region.body) for p in found.parts] == [(Q2, 4), (Q3, 8)]


def test_an_answer_above_a_repeated_header_says_nothing_of_the_period() -> None:
    spoken = ROW2.replace("建成热线", "2023年第三季度再开两条")
    found = recognise(table(spoken, HEAD, ROW3))
    assert [p.period for p in found.parts] == [Q2, Q2]


def test_a_link_to_another_file_pasted_as_text_is_named() -> None:
    link = "='[台账.xlsx]Sheet1'!$B$3"
    found = read(table(ROW3.replace("开展培训", link)))
    assert [(p.place.cell, p.code, p.found) for p in found.problems] == [("E5", "A02", link)]


def test_what_goes_on_above_a_repeated_header_is_no_caption_either() -> None:
    more = "|  |  |  |  | 2023年第三季度再开两条 |  |\n"
    found = recognise(table(ROW2, more, HEAD, ROW3))
    assert [p.period for p in found.parts] == [Q2, Q2]


def test_the_lines_above_a_further_table_are_no_stray_text() -> None:
    below = f"|  |\n| 表单编码：{code_of(WOMEN, Q3)} |\n" + HEAD
    assert problems(read_first(table(ROW3, below, ROW2.replace(M2, mark(WOMEN, "02", Q3))))) == []


def test_cells_pushed_down_by_one_are_asked_about_item_by_item() -> None:
    first = ROW2.replace("建成热线", "")
    pushed = ROW3.replace("开展培训", "建成热线")
    below = "|  |  |  |  | 开展培训 |  |\n"
    found = read(table(first, pushed, below))
    assert ("E6", "L16") in problems(found)
    assert ("E6", "L16") not in problems(read(table(ROW2, pushed, below)))


def test_answers_that_are_hidden_are_named_once_for_rows_and_columns_and_sheet() -> None:
    one = table(
        ROW2, ROW3, unseen_rows=frozenset({4, 5}), unseen_cols=frozenset({1, 5}), hidden=True
    )
    found = read(one)
    assert answers(found) == BOTH
    said = [p.message for p in found.problems if p.code == "A10"]
    assert said == [
        "工作表“工作进展情况报表”是隐藏的，里面有填报内容",
        "第 5、6 行是隐藏的，里面有填报内容",
        "F 列是隐藏的，里面有填报内容",
    ]


def test_a_comment_of_the_author_s_name_alone_says_nothing() -> None:
    alone, more = (Aside(4, 4, "comment", text) for text in ("Administrator:\n", "张三：已改"))
    assert problems(read(table(ROW2, ROW3, asides=(alone,)))) == []
    assert problems(read(table(ROW2, ROW3, asides=(more,)))) == [("E5", "A08")]


def test_a_line_to_sign_that_says_more_is_named() -> None:
    said = "单位负责人：王某（代签）；另：第5件已提前完成"
    assert problems(read(table(ROW2, ROW3, "|  |\n", f"| {said} |\n"))) == [("A8", "L09")]
    assert problems(read(table(ROW2, ROW3, "|  |\n", "| 单位负责人：王某（代签） |\n"))) == []
