"""What is checked of the answers that count."""

from dataclasses import replace
from decimal import Decimal

import pytest

from shishi_xl.checks import Case, Written, check_case, is_nil, read_row
from shishi_xl.form import Table
from shishi_xl.problems import Place
from shishi_xl.returns import Answer
from shishi_xl.target import Goal, Target

from .small import ANNEX, PROGRAMME, Q2, WOMEN

CELLS = {
    "progress": Place("a.xlsx", "报表", "E5"),
    "deadline": Place("a.xlsx", "报表", "F5"),
    "figure": Place("a.xlsx", "量化指标", "H5"),
    "status": Place("a.xlsx", "进展状态", "D5"),
}
SCHOOLS = Target("1", "新改扩建幼儿园", Goal(Decimal(8)), "所")


def written(table: Table, target: Target | None = None, **answers: str) -> Written:
    """The columns named in `answers`; an empty text is a cell left empty."""
    filled = {k: Answer(text, text, (CELLS[k],)) for k, text in answers.items() if text}
    seen = {k: CELLS[k] for k in answers}
    item = next(i for i in PROGRAMME.items if i.id == "03")
    return read_row(PROGRAMME, table, WOMEN, item, target, filled, seen)


def found(row: Written) -> list[tuple[str, str]]:
    key = (row.unit, row.table.sheet, row.item.id, row.target.id if row.target else "")
    case = Case(PROGRAMME, ANNEX, Q2, {key: row})
    return [(p.place.cell, p.code) for p in check_case(case)]


@pytest.mark.parametrize(
    ("progress", "deadline", "codes"),
    [
        ("开展家政培训 3 场", "2023年12月底", []),
        ("", "", [("E5", "A01")]),
        ("开展家政培训 3 场", "", [("F5", "D01")]),
        ("", "2023年12月底", [("E5", "A01")]),
        ("零报告", "", []),
        ("本季度无进展。", "", []),
        ("开展家政培训 3 场", "尽快", [("F5", "D02")]),
        ("开展家政培训 3 场", "3.4", [("F5", "D03")]),
        ("2023年12月底", "2023年12月底", [("E5", "A25")]),
    ],
)
def test_the_annex_asks_for_progress_and_a_deadline(
    progress: str, deadline: str, codes: list[tuple[str, str]]
) -> None:
    assert found(written(ANNEX.annex, progress=progress, deadline=deadline)) == codes


@pytest.mark.parametrize(
    ("deadline", "codes"),
    [
        ("长期坚持", []),
        ("常态化开展", []),
        ("常年", []),
        ("已完成", ["D02"]),
        ("尽快", ["D02"]),
    ],
)
def test_a_duty_without_a_number_to_reach_may_go_on_for_good(
    deadline: str, codes: list[str]
) -> None:
    row = written(ANNEX.annex, progress="开展家政培训 3 场", deadline=deadline)
    assert [code for _, code in found(row)] == codes


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("5", Decimal(5), []),
        ("５所", Decimal(5), []),
        ("", None, [("H5", "N06")]),
        ("见附件", None, [("H5", "N01")]),
        ("5人", Decimal(5), [("H5", "N03")]),
        ("5余", Decimal(5), [("H5", "N04")]),
    ],
)
def test_a_figure_is_read_or_asked_about(
    text: str, value: Decimal | None, codes: list[tuple[str, str]]
) -> None:
    asked = written(ANNEX.targets, SCHOOLS, figure=text)
    assert (asked.values.get("figure"), found(asked)) == (value, codes)


@pytest.mark.parametrize("text", ["已全部覆盖", ""])
def test_a_goal_in_words_is_answered_in_words(text: str) -> None:
    words = replace(SCHOOLS, goal=Goal(text="全覆盖"))
    assert found(written(ANNEX.targets, words, figure=text)) == []


@pytest.mark.parametrize(("text", "codes"), [("已完成", []), ("", []), ("快好了", [("D5", "A04")])])
def test_the_status_is_one_of_the_choices_or_nothing(
    text: str, codes: list[tuple[str, str]]
) -> None:
    assert found(written(ANNEX.status, status=text)) == codes


@pytest.mark.parametrize(
    ("text", "nil"),
    [
        ("零报告", True),
        ("零报告：本期未安排", True),
        ("本季度无进展", True),
        ("本半年无进展", True),
        ("本期无此项工作", True),
        (" 零 报 告", True),
        ("无", False),
        ("本季度进展顺利", False),
        ("本季度无进展缓慢事项，已建成8所", False),
        ("零报告制度已建立", False),
        ("零报告。", True),
        ("上季度零报告，本季度开工", False),
    ],
)
def test_a_nil_return_is_said_at_the_beginning(text: str, nil: bool) -> None:
    assert is_nil(text) is nil
