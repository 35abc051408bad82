"""One slip is one line, however many cells it is in."""

import pytest

from shishi_xl.catalogue import RULES
from shishi_xl.causes import causes, cell_list
from shishi_xl.problems import Place, Problem, count_causes
from shishi_xl.summary import ProblemRow

COLUMN = (("column", "完成时限"),)


def problem(code: str, cell: str, item: str, unit: str = "县妇联", **words: str) -> ProblemRow:
    details = tuple(words.items()) or COLUMN
    place = Place("a.xlsx", "报表", cell)
    return ProblemRow(Problem(RULES[code], place, "", unit, item, details))


def lines(*rows: ProblemRow) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(c.problem.code, c.cells, c.items) for c in causes(rows)]


def test_a_column_left_empty_is_one_line() -> None:
    rows = [problem("D01", f"F{n}", f"{n:02d}") for n in range(5, 9)]
    assert lines(*rows) == [("D01", "F5:F8", ("05", "06", "07", "08"))]
    assert causes(rows)[0].message == "“完成时限”有 4 格没有填写"


def test_figures_left_empty_are_named_in_one_line() -> None:
    rows = [
        problem("N06", "H5", "01", target="最美家庭", stated=""),
        problem("N06", "H7", "03", target="家政培训", stated=""),
    ]
    assert lines(*rows) == [("N06", "H5、H7", ("01", "03"))]
    assert causes(rows)[0].message == "有 2 个指标的本期累计没有填写：最美家庭、家政培训"


def test_cells_merged_over_two_items_are_one_line() -> None:
    words = {"cells": "E5:E6", "items": "“甲”、“乙”"}
    rows = [problem("L06", "E5", "01", **words), problem("L06", "E5", "02", **words)]
    assert lines(*rows) == [("L06", "E5", ("01", "02"))]


def test_two_units_two_columns_and_two_contradictions_stay_apart() -> None:
    words = {"words": "3所", "cells": "E5"}
    rows = [
        problem("A01", "E5", "01", column="进度"),
        problem("A01", "E5", "01", unit="县总工会", column="进度"),
        problem("T01", "H5", "01", target="甲", **words),
        problem("T01", "H6", "01", target="乙", **words),
    ]
    assert len(causes(rows)) == 4
    assert count_causes(r.problem for r in rows).total() == 4


@pytest.mark.parametrize(
    ("cells", "listed"),
    [
        (["E5"], "E5"),
        (["E5", "E6", "E7", "E9"], "E5:E7、E9"),
        (["E10", "E9", "F9"], "E9:E10、F9"),
        (["", "E5"], "E5"),
    ],
)
def test_cells_below_one_another_are_a_range(cells: list[str], listed: str) -> None:
    assert cell_list(cells) == listed
