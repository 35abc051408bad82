"""Whose a table is and of which period: witnesses agree, or a person is asked."""

import pytest

from shishi_xl.marks import make_code
from shishi_xl.period import Period
from shishi_xl.sheets import Book, Mail, Sheet

from .small import Q2, Q3, RECOGNISER, UNION, WOMEN, code_of, mark, recognise, sheet

HEAD = "| 序号 | {} | 实事名称 | 责任单位 | 本季度具体措施及任务进度情况 | 完成时限 |"


def form_sheet(unit: str, period: Period = Q2, name: str = "工作进展情况报表") -> Sheet:
    code = code_of(unit, period)
    return sheet(
        f"""
        | 2023年实事工作进展情况报表 |
        | 填报单位：{unit} |  |  |  | 期次：{period.label} |
        | 表单编码：{code} |
        {HEAD.format(code.replace("-", ""))}
        | 3 | {mark(unit, "03", period)} | 实施巾帼创业行动 | 县妇联 | 开展培训 | 年底 |
        """,
        name,
    )


PLAIN = """
| 2023年实事工作进展情况报表 |
| 序号 | 实事名称 | 责任单位 | 本季度具体措施及任务进度情况 | 完成时限 |
| 3 | 实施巾帼创业行动 | 县妇联 | 开展培训 | 年底 |
"""


def test_a_form_as_sent_is_recognised() -> None:
    found = recognise(form_sheet(WOMEN))
    assert [(p.unit, p.period) for p in found.parts] == [(WOMEN, Q2)]
    assert found.problems == ()


def test_every_witness_is_named_in_the_basis() -> None:
    (part,) = recognise(form_sheet(WOMEN), file="县妇联.xlsx").parts
    assert (
        part.basis
        == "县妇联（行标识、表单编码、填报单位、文件名）；2023Q2（行标识、表单编码、期次）"
    )


@pytest.mark.parametrize(
    ("file", "parts", "codes"),
    [
        ("a.xlsx", [], ["R01", "R02"]),
        ("县妇联.xlsx", [], ["R02"]),
        ("2023Q2.xlsx", [], ["R01"]),
        ("县妇联2023年第二季度.xlsx", [(WOMEN, Q2)], []),
        ("县妇联二季度(1).xlsx", [(WOMEN, Q2)], []),
        ("2023Q2/县妇联/a.xlsx", [(WOMEN, Q2)], []),
        ("2023Q2/妇联/a.xlsx", [(WOMEN, Q2)], []),
        ("县妇联和县总工会2023Q2.xlsx", [], ["R01"]),
        ("县财政局2023Q2.xlsx", [], ["R01"]),
        ("县妇联2022Q2.xlsx", [], ["R09"]),
    ],
)
def test_a_table_without_marks_goes_by_file_name_and_folder(
    file: str, parts: list[object], codes: list[str]
) -> None:
    found = recognise(sheet(PLAIN), file=file)
    assert [(p.unit, p.period) for p in found.parts] == parts
    assert [p.code for p in found.problems] == codes


@pytest.mark.parametrize(
    "line",
    [
        "| 填报单位：县妇联（盖章） |",
        "| 填报单位 | 县妇联 |",
        "| 报送单位（盖章）： |  | 妇联 |",
        "|  |  | 填 报 单 位： 县妇联 |",
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_a_table_without_marks_goes_by_who_signed_it(line: str, below: bool) -> None:
    text = PLAIN + "|  |\n" + line if below else line + PLAIN
    found = recognise(sheet(text), file="2023Q2.xlsx")
    assert [(p.unit, p.period) for p in found.parts] == [(WOMEN, Q2)]


@pytest.mark.parametrize(
    ("file", "mail", "unit"),
    [
        ("县妇联.pdf", None, WOMEN),
        ("县妇联/扫描.pdf", None, WOMEN),
        ("a.eml/扫描.pdf", Mail("张三 <fl@example.gov.cn>", "县妇联二季度盖章件"), WOMEN),
        ("a.eml/扫描.pdf", Mail("县总工会 <gh@example.gov.cn>", "报表"), UNION),
    ],
)
def test_a_scan_is_tied_to_its_unit_by_name_folder_or_mail(
    file: str, mail: Mail | None, unit: str
) -> None:
    said = [w.says for w in RECOGNISER.around(file, mail) if w.question == "unit"]
    assert said == [(unit,)]


def test_a_file_name_against_the_marks_is_asked_about() -> None:
    found = recognise(form_sheet(WOMEN), file="县总工会.xlsx")
    assert (found.parts, [p.code for p in found.problems]) == ((), ["R03"])


def test_a_file_name_that_also_names_the_receiver_is_no_contradiction() -> None:
    found = recognise(form_sheet(WOMEN), file="县妇联报县总工会.xlsx")
    assert [(p.unit, p.period) for p in found.parts] == [(WOMEN, Q2)]


def test_a_folder_outranks_the_marks_and_that_is_said() -> None:
    found = recognise(form_sheet(WOMEN), file="县总工会/a.xlsx")
    assert [(p.unit, p.period) for p in found.parts] == [(UNION, Q2)]
    assert [p.code for p in found.problems] == ["R05"]


def test_a_folder_inside_an_archive_is_no_word_of_the_clerk() -> None:
    file = "r.zip/县总工会/a.xlsx"
    found = RECOGNISER.recognise(file, Book((form_sheet(WOMEN),)), container="r.zip")
    assert (found.parts, [p.code for p in found.problems]) == ((), ["R03"])


def test_a_title_of_another_quarter_is_asked_about() -> None:
    one = form_sheet(WOMEN)
    rows = (("2023年第三季度实事工作进展情况报表",), *one.rows[1:])
    found = recognise(type(one)(one.name, rows))
    assert (found.parts, [p.code for p in found.problems]) == ((), ["R04"])


def test_an_old_quarter_kept_as_a_sheet_stays_that_quarter_s() -> None:
    found = recognise(form_sheet(WOMEN, Q2, "二季度"), form_sheet(WOMEN, Q3, "三季度"))
    assert [(p.region.sheet.name, p.period) for p in found.parts] == [
        ("二季度", Q2),
        ("三季度", Q3),
    ]


def test_two_units_in_one_workbook_are_told_apart() -> None:
    found = recognise(form_sheet(WOMEN, name="甲"), form_sheet(UNION, name="乙"))
    assert [(p.region.sheet.name, p.unit) for p in found.parts] == [("甲", WOMEN), ("乙", UNION)]


def test_a_document_property_of_another_unit_is_asked_about() -> None:
    found = recognise(form_sheet(WOMEN), code=code_of(UNION))
    assert (found.parts, [p.code for p in found.problems]) == ((), ["R03"])


def test_a_document_property_alone_is_enough() -> None:
    found = recognise(sheet(PLAIN), code=code_of(WOMEN))
    assert [(p.unit, p.period) for p in found.parts] == [(WOMEN, Q2)]


def test_a_form_of_another_programme_is_told_apart() -> None:
    other = make_code("linzi-2023", Q2, "区妇联", [])
    found = recognise(sheet(PLAIN.replace("2023年实事", f"表单编码：{other.written}", 1)))
    assert (found.foreign, [p.code for p in found.problems]) == (other.written, ["R06"])


def test_a_miswritten_code_is_said_and_not_used() -> None:
    code = code_of(WOMEN)
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")
    found = recognise(sheet(PLAIN.replace("2023年实事", f"表单编码：{wrong}", 1)))
    assert [(p.code, p.found) for p in found.problems if p.code == "R07"] == [("R07", wrong)]


def test_a_workbook_without_the_form_is_named_with_its_sheets() -> None:
    found = recognise(sheet("| 姓名 | 电话 |\n| 张三 | 1 |", "通讯录"), sheet("| x |", "Sheet2"))
    assert [(p.code, p.message) for p in found.problems] == [
        ("F04", "文件里没有找到本方案的报表（看过的工作表：通讯录、Sheet2）")
    ]


def test_a_unit_without_a_duty_in_the_period_is_asked_about() -> None:
    found = recognise(form_sheet(WOMEN, Q2), file="2023Q1/a.xlsx")
    assert [p.code for p in found.problems] == ["R05", "R09"]


def test_rows_with_marks_but_no_header_are_asked_about() -> None:
    found = recognise(
        sheet(f"| 3 | {mark(WOMEN, '03')} | 实施巾帼创业行动 | 县妇联 | 培训 | 年底 |")
    )
    assert [(p.place.cell, p.code) for p in found.problems] == [("A1", "L01")]


def test_a_sheet_of_another_unit_under_one_unit_s_file_name_is_not_sent_to_a_folder() -> None:
    two = [form_sheet(WOMEN), form_sheet(UNION, name="县总工会")]
    found = recognise(*two, file="县妇联二季度报表.xlsx")
    assert [part.unit for part in found.parts] == [WOMEN]
    (problem,) = found.problems
    assert problem.code == "R11"
    assert "不带单位名称" in problem.advice
    both = recognise(*two, file="二季度报表汇总.xlsx")
    assert [part.unit for part in both.parts] == [WOMEN, UNION]


def test_a_file_without_a_table_of_the_form_still_says_whose_it_is() -> None:
    notes = sheet("| 填报单位：县妇联 | 期次：2023年第二季度 |\n| 进展 | 已完成 |")
    found = recognise(notes)
    assert [p.code for p in found.problems] == ["F04"]
    assert {(w.question, w.says) for w in found.witnesses} == {
        ("unit", (WOMEN,)), ("period", ("2023Q2",)),
    }  # fmt: skip
