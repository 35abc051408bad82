"""What units do to a form before they send it back: each answer lands on its item and unit, or is
a problem with its file and cell."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from shishi_xl.demo.unit import Unit

from .clerk import Clerk, Found
from .conftest import FIRST
from .programs import needs_libreoffice, save_by_libreoffice, save_by_pandas

SCHOOLS, HEALTH, WOMEN = "县教育和体育局", "县卫生健康局", "县妇联"
UNION, PROSECUTORS = "县总工会", "县检察院"
CARE, CANCER = "实施普惠托育服务提质扩容行动", "实施适龄妇女“两癌”免费筛查和救助行动"
HOPE, FAMILY = "实施“心希望”健康服务行动", "实施家家幸福安康行动"
SMALL_ITEMS = "实施特殊困难儿童关爱行动"

Edit = Callable[[Unit], object]
Answers = dict[tuple[int, str], tuple[str, str]]


@dataclass(frozen=True)
class Case:
    """One unit's edits. `lost`: the items whose answers the edits themselves take away.

    `changed`: item's number → the answer that stands there after the edits.
    """

    unit: str
    edits: tuple[Edit, ...]
    problems: tuple[tuple[str, str], ...] = ()
    lost: tuple[int, ...] = ()
    changed: Mapping[int, tuple[str, str]] | None = None
    outcome: str = "采用"


def blank_rows_everywhere(unit: Unit) -> None:
    for item in unit.items:
        unit.inserts_row(above=item)


CASES = {
    "untouched": Case(HEALTH, ()),
    "a blank row inserted": Case(SCHOOLS, (lambda u: u.inserts_row(above=HOPE),)),
    "blank rows above every item": Case(WOMEN, (blank_rows_everywhere,)),
    "a blank row under the header": Case(UNION, (lambda u: u.inserts_row(above=CARE),)),
    "a second title row": Case(PROSECUTORS, (lambda u: u.inserts_title_row("附件2"),)),
    "a row deleted": Case(HEALTH, (lambda u: u.deletes_row(HOPE),), lost=(4,)),
    "sorted by name": Case(SCHOOLS, (lambda u: u.sorts_rows("实事名称"),)),
    "sorted by name downwards": Case(WOMEN, (lambda u: u.sorts_rows("实事名称", downwards=True),)),
    "sorted by progress": Case(PROSECUTORS, (lambda u: u.sorts_rows("具体措施", downwards=True),)),
    "renumbered from 1": Case(
        UNION, (Unit.renumbers_from_1,), (("A5:A6", "L08"),)
    ),
    "moved down": Case(PROSECUTORS, (lambda u: u.moves_table(down=4),)),
    "moved right": Case(HEALTH, (lambda u: u.moves_table(right=2),)),
    "moved down and right": Case(SCHOOLS, (lambda u: u.moves_table(down=3, right=3),)),
    "sheet renamed": Case(WOMEN, (lambda u: u.renames_sheet("Sheet1"),)),
    "a sheet before it": Case(UNION, (lambda u: u.adds_sheet_before("封面", "实事材料"),)),
    "a sheet before it that names another unit": Case(
        PROSECUTORS, (lambda u: u.adds_sheet_before("通讯录", "填报单位：县妇联"),)
    ),
    "sheet copied into a new book": Case(HEALTH, (Unit.copies_sheet_into_new_book,)),
    "values pasted with the hidden column": Case(
        SCHOOLS, (lambda u: u.pastes_into_new_book(hidden=True),)
    ),
    "visible values pasted": Case(WOMEN, (lambda u: u.pastes_into_new_book(hidden=False),)),
    "the table alone pasted with the hidden column": Case(
        UNION, (lambda u: u.pastes_into_new_book(hidden=True, title=False),)
    ),
    "a header in other words": Case(PROSECUTORS, (lambda u: u.rewords("具体措施", "进展情况"),)),
    "a header broken into lines": Case(
        HEALTH, (lambda u: u.rewords("具体措施", "本季度具体措施\n\n及任务进度情况"),)
    ),
    "an empty column added": Case(
        UNION, (lambda u: u.adds_column("备注", before="完成时限"),)
    ),
    "a column with text added": Case(
        PROSECUTORS,
        (lambda u: u.adds_column("备注", "完成时限", {FAMILY: "另附名单"}),),
        (("F5", "L10"),),
    ),
    "a line under an answer": Case(
        UNION,
        (lambda u: u.inserts_row(above=CANCER, text="另有3家单位正在申报。"),),
        (("E5", "L05"),),
        changed={
            2: (
                f"县总工会：{CARE}推进1项工作，召开调度会3次。\n另有3家单位正在申报。",
                "2023年10月底",
            )
        },
    ),
    "two answers merged": Case(
        HEALTH,
        (lambda u: u.merges_answers(CARE, HOPE),),
        (("E5", "L06"),),
        changed={4: ("", "2023年11月底")},
    ),
    "signed": Case(
        SCHOOLS,
        (lambda u: u.signs(单位负责人="王建国", 填报人="李秀英", 联系电话="6961234"),),
    ),
    "a contact typed under the table": Case(
        PROSECUTORS, (lambda u: u.writes_below("联系人：孙丽  电话：6970012"),)
    ),
    "a sentence typed under the table": Case(
        WOMEN,
        (lambda u: u.writes_below("第三季度将继续推进家庭教育巡讲。"),),
        (("A16", "L09"),),
    ),
    "sorted, a second title, blank rows": Case(
        HEALTH,
        (
            lambda u: u.sorts_rows("实事名称"),
            lambda u: u.inserts_title_row("附件"),
            blank_rows_everywhere,
        ),
    ),
    "moved, sorted, visible values pasted": Case(
        SCHOOLS,
        (
            lambda u: u.moves_table(2, 1),
            lambda u: u.sorts_rows("实事名称"),
            lambda u: u.pastes_into_new_book(hidden=False),
        ),
    ),
    "renamed, behind another sheet, a row deleted": Case(
        WOMEN,
        (
            lambda u: u.renames_sheet("表2"),
            lambda u: u.adds_sheet_before("表1", "汇总"),
            lambda u: u.deletes_row(CANCER),
        ),
        lost=(5,),
    ),
    "renumbered, sorted, moved right, copied into a new book": Case(
        UNION,
        (
            Unit.renumbers_from_1,
            lambda u: u.sorts_rows("实事名称", downwards=True),
            lambda u: u.moves_table(right=1),
            Unit.copies_sheet_into_new_book,
        ),
        (("B5:B6", "L08"),),
    ),
    "a column added, a blank row, values pasted with the hidden column": Case(
        PROSECUTORS,
        (
            lambda u: u.adds_column("备注", "完成时限", {SMALL_ITEMS: "见附件"}),
            lambda u: u.inserts_row(above=SMALL_ITEMS),
            lambda u: u.pastes_into_new_book(hidden=True),
        ),
        (("F7", "L10"),),
    ),
}  # fmt: skip

CHILDREN = "促进3岁以下婴幼儿照护服务发展"
READING, ARTS = "开展阅读推广人进学校、进社区活动", "开展家庭亲子美育体验活动"
EYES = "综合防控儿童青少年近视"

# A form with two header rows, merged downwards and across.
PLAN_CASES = {
    "untouched": Case("市农业农村局", ()),
    "a blank row inserted": Case("市卫生健康委", (lambda u: u.inserts_row(above=CHILDREN),)),
    "blank rows above every item": Case("市教育局", (blank_rows_everywhere,)),
    "a second title row": Case("市妇联", (lambda u: u.inserts_title_row("附件1"),)),
    "a row deleted": Case("市文化和旅游局", (lambda u: u.deletes_row(ARTS),), lost=(19,)),
    "sorted by name": Case("市教育局", (lambda u: u.sorts_rows("事项名称"),)),
    "moved down and right": Case("市妇联", (lambda u: u.moves_table(3, 2),)),
    "renumbered from 1": Case(
        "市文化和旅游局", (Unit.renumbers_from_1,), (("A6:A7", "L08"),)
    ),
    "copied into a new book, renamed": Case(
        "市卫生健康委", (Unit.copies_sheet_into_new_book, lambda u: u.renames_sheet("Sheet2"))
    ),
    "values pasted with the hidden column": Case(
        "市农业农村局", (lambda u: u.pastes_into_new_book(hidden=True),)
    ),
    "visible values pasted": Case("市教育局", (lambda u: u.pastes_into_new_book(hidden=False),)),
    "the table alone pasted with the hidden column": Case(
        "市妇联", (lambda u: u.pastes_into_new_book(hidden=True, title=False),)
    ),
    "sorted, moved right, a blank row, visible values pasted": Case(
        "市卫生健康委",
        (
            lambda u: u.sorts_rows("事项名称", downwards=True),
            lambda u: u.moves_table(right=1),
            lambda u: u.inserts_row(above=CHILDREN),
            lambda u: u.pastes_into_new_book(hidden=False),
        ),
    ),
    "answers merged": Case(
        "市文化和旅游局",
        (lambda u: u.merges_answers(READING, ARTS),),
        (("I6", "L06"),),
        changed={19: ("", "2023年11月底")},
    ),
}  # fmt: skip

# Saved by another program, alone and after other edits.
SAVED_CASES = {
    "LibreOffice xlsx": Case(SCHOOLS, ()),
    "LibreOffice xls": Case(HEALTH, ()),
    "LibreOffice ods": Case(WOMEN, ()),
    "pandas": Case(UNION, ()),
    "sorted, then LibreOffice xls": Case(PROSECUTORS, (lambda u: u.sorts_rows("实事名称"),)),
    "moved, a blank row, then LibreOffice ods": Case(
        SCHOOLS, (lambda u: u.moves_table(3, 2), lambda u: u.inserts_row(above=HOPE))
    ),
    "values pasted with the hidden column, then LibreOffice xls": Case(
        HEALTH, (lambda u: u.pastes_into_new_book(hidden=True),)
    ),
    "copied into a new book, then LibreOffice xlsx": Case(
        WOMEN, (Unit.copies_sheet_into_new_book,)
    ),
    "sorted, a second title row, then pandas": Case(
        PROSECUTORS,
        (lambda u: u.sorts_rows("实事名称"), lambda u: u.inserts_title_row("附件")),
    ),
    "two answers merged, then LibreOffice xls": Case(
        UNION,
        (lambda u: u.merges_answers(CARE, CANCER),),
        (("E5", "L06"),),
        changed={5: ("", "2023年11月底")},
    ),
}  # fmt: skip
SAVED_PLAN_CASES = {
    "LibreOffice xlsx": Case("市卫生健康委", ()),
    "LibreOffice xls": Case("市教育局", ()),
    "LibreOffice ods": Case("市妇联", ()),
    "pandas": Case("市农业农村局", ()),
}

SAVED = {"gaoqing-2023": SAVED_CASES, "yantai-2023": SAVED_PLAN_CASES}


def in_runs(cases: Mapping[str, Case]) -> dict[str, int]:
    """Case → the run that it is in, run by run: a unit returns one file in a run."""
    count: dict[str, int] = {}
    runs = {}
    for name, case in cases.items():
        runs[name] = count.setdefault(case.unit, 0)
        count[case.unit] += 1
    return dict(sorted(runs.items(), key=lambda pair: pair[1]))


@dataclass(frozen=True)
class Run:
    """A run over several units' files: what was written, and what was found."""

    clerk: Clerk
    written: Answers
    files: Mapping[str, str]  # case → file
    found: Found


Runs = Callable[[str, Mapping[str, Case], str], Run]


@pytest.fixture(scope="module")
def run_with(
    sent: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Runs:
    """The run that a case is in; each is made once."""
    made: dict[tuple[str, int, int], Run] = {}
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def run(programme: str, cases: Mapping[str, Case], name: str) -> Run:
        number = in_runs(cases)[name]
        key = (programme, id(cases), number)
        if key not in made:
            root = tmp_path_factory.mktemp("run") / "office"
            shutil.copytree(sent(programme), root)
            chosen = {n: cases[n] for n, of in in_runs(cases).items() if of == number}
            again = saved_again(sent, shared / "again") if cases in SAVED.values() else None
            made[key] = run_cases(Clerk(root, FIRST[programme]), chosen, again)
        return made[key]

    return run


def run_cases(clerk: Clerk, cases: Mapping[str, Case], again: Path | None) -> Run:
    """Each case's file goes into inbox/, as edited or as another program saved it after that."""
    written: Answers = {}
    files = {}
    for name, case in cases.items():
        unit = clerk.filled(case.unit)
        written |= {(number, case.unit): text for number, text in unit.answers.items()}
        if again:
            (file,) = again.glob(f"*/{clerk.period} {name}.*")
            shutil.copy2(file, clerk.workspace.inbox)
            files[name] = file.name
        else:
            files[name] = clerk.receives(edit(unit, case), f"{name}.xlsx").name
    return Run(clerk, written, files, clerk.consolidates())


def edit(unit: Unit, case: Case) -> Unit:
    for change in case.edits:
        change(unit)
    return unit


def saved_again(sent: Callable[[str], Path], folder: Path) -> Path:
    """Every file of SAVED, saved by the program that its name ends with; once for all workers."""
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            edited = []
            for programme, cases in SAVED.items():
                clerk = Clerk(sent(programme), FIRST[programme])
                for name, case in cases.items():
                    unit = edit(clerk.filled(case.unit), case)
                    edited.append(unit.saves_as(folder / f"{clerk.period} {name}.xlsx"))
            for suffix in ("xlsx", "xls", "ods"):
                chosen = [f for f in edited if f.stem.endswith(f"LibreOffice {suffix}")]
                save_by_libreoffice(chosen, suffix, folder / suffix)
            for file in (f for f in edited if f.stem.endswith("pandas")):
                save_by_pandas(file, folder / "pandas")
    return folder


def check_case(run: Run, name: str, case: Case) -> None:
    own = {key: text for key, text in run.written.items() if key[1] == case.unit}
    expected = {key: text for key, text in own.items() if key[0] not in case.lost}
    expected |= {(number, case.unit): text for number, text in (case.changed or {}).items()}
    file = run.files[name]
    assert answers_of(run.found, case.unit) == expected
    assert problems_of(run.found, file) == case.problems
    assert run.found.receipts[file] == case.outcome
    for key, answer in expected.items():
        cells = run.clerk.says(run.found.places[key])
        assert "\n".join(cells) == "\n".join(filter(None, answer))


def answers_of(found: Found, *units: str) -> Answers:
    return {key: text for key, text in found.answers.items() if key[1] in units}


def problems_of(found: Found, file: str) -> tuple[tuple[str, str], ...]:
    """What was found in the file's layout; what its figures say is for test_seeded to judge."""
    return tuple(
        (cell, code) for of, cell, code in found.problems if of == file and code[0] not in "NTC"
    )


@pytest.mark.parametrize("name", in_runs(CASES))
def test_an_edited_form_is_read(run_with: Runs, name: str) -> None:
    check_case(run_with("gaoqing-2023", CASES, name), name, CASES[name])


@pytest.mark.parametrize("name", in_runs(PLAN_CASES))
def test_an_edited_form_with_two_header_rows_is_read(run_with: Runs, name: str) -> None:
    check_case(run_with("yantai-2023", PLAN_CASES, name), name, PLAN_CASES[name])


@needs_libreoffice
@pytest.mark.parametrize("name", in_runs(SAVED_CASES))
def test_a_form_saved_by_another_program_is_read(run_with: Runs, name: str) -> None:
    check_case(run_with("gaoqing-2023", SAVED_CASES, name), name, SAVED_CASES[name])


@needs_libreoffice
@pytest.mark.parametrize("name", in_runs(SAVED_PLAN_CASES))
def test_a_form_with_two_header_rows_saved_by_another_program_is_read(
    run_with: Runs, name: str
) -> None:
    check_case(run_with("yantai-2023", SAVED_PLAN_CASES, name), name, SAVED_PLAN_CASES[name])
