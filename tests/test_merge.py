"""Which of several returns counts, item by item."""

from datetime import datetime

from shishi_xl.merge import choose
from shishi_xl.period import Cycle, Period
from shishi_xl.problems import Place
from shishi_xl.returns import Answer, Entry

Q2 = Period(2023, 2, Cycle.QUARTER)
KEY = ("县妇联", "报表", "01", "")
MONDAY, TUESDAY = datetime(2023, 6, 26), datetime(2023, 6, 27)


def entry(file: str, proxy: str = "", sheet: str = "报表", **answers: str) -> Entry:
    """An entry whose columns `progress` and `deadline` stand in E4 and F4 of `file`."""
    cells = {"progress": Place(file, sheet, "E4"), "deadline": Place(file, sheet, "F4")}
    written = {k: Answer(text, text, (cells[k],)) for k, text in answers.items() if text}
    return Entry("县妇联", Q2, "报表", "01", "", written, cells, proxy, "progress" in written)


def test_the_newest_answer_counts_whatever_the_order_of_the_files() -> None:
    old = ((MONDAY, MONDAY, "a.xlsx"), entry("a.xlsx", progress="旧"))
    new = ((TUESDAY, TUESDAY, "b.xlsx"), entry("b.xlsx", progress="新"))
    texts = {
        choose(files)[KEY].answers["progress"].text for files in ([old, new], [new, old])
    }  # fmt: skip
    assert texts == {"新"}


def test_equally_old_files_go_by_arrival_then_by_path() -> None:
    first = ((MONDAY, TUESDAY, "b.xlsx"), entry("b.xlsx", progress="后到"))
    second = ((MONDAY, MONDAY, "a.xlsx"), entry("a.xlsx", progress="先到"))
    assert choose([second, first])[KEY].answers["progress"].text == "后到"


def test_an_emptied_cell_leaves_the_older_answer_and_is_asked_about() -> None:
    old = ((MONDAY, MONDAY, "a.xlsx"), entry("a.xlsx", progress="旧", deadline="年底"))
    new = ((TUESDAY, TUESDAY, "b.xlsx"), entry("b.xlsx", progress="新"))
    chosen = choose([old, new])[KEY]
    problems = [(p.place.file, p.place.cell, p.code, p.found) for p in chosen.problems]
    assert chosen.answers["deadline"].text == "年底"
    assert problems == [("b.xlsx", "F4", "A03", "年底")]


def test_a_carried_deadline_is_no_newer_word_than_what_the_unit_wrote() -> None:
    old = ((MONDAY, MONDAY, "a.xlsx"), entry("a.xlsx", progress="旧", deadline="10月底"))
    new = ((TUESDAY, TUESDAY, "b.xlsx"), entry("b.xlsx", deadline="年底"))
    chosen = choose([old, new])[KEY]
    assert (chosen.answers["deadline"].text, chosen.said) == ("10月底", True)


def test_what_the_form_carried_over_alone_is_no_answer() -> None:
    new = ((TUESDAY, TUESDAY, "b.xlsx"), entry("b.xlsx", deadline="年底"))
    assert choose([new])[KEY].said is False


def test_an_older_file_that_contradicts_itself_is_settled_by_a_newer_one() -> None:
    age = (MONDAY, MONDAY, "a.xlsx")
    sheets = [entry("a.xlsx", progress="甲"), entry("a.xlsx", sheet="报表 (2)", progress="乙")]
    new = ((TUESDAY, TUESDAY, "b.xlsx"), entry("b.xlsx", progress="丙"))
    assert choose([*((age, e) for e in sheets), new])[KEY].problems == ()


def test_another_unit_s_word_counts_while_there_is_no_own() -> None:
    proxy = ((TUESDAY, TUESDAY, "b.xlsx"), entry("b.xlsx", "县总工会", progress="代报"))
    chosen = choose([proxy])[KEY]
    assert (chosen.answers["progress"].text, chosen.proxy) == ("代报", "县总工会")


def test_an_own_answer_goes_before_a_newer_one_of_another_unit() -> None:
    own = ((MONDAY, MONDAY, "a.xlsx"), entry("a.xlsx", progress="自报"))
    proxy = ((TUESDAY, TUESDAY, "b.xlsx"), entry("b.xlsx", "县总工会", progress="代报"))
    chosen = choose([own, proxy])[KEY]
    assert (chosen.answers["progress"].text, chosen.proxy) == ("自报", "")


def test_two_sheets_of_one_file_with_different_words_are_a_question() -> None:
    age = (MONDAY, MONDAY, "a.xlsx")
    sheets = [entry("a.xlsx", progress="甲"), entry("a.xlsx", sheet="报表 (2)", progress="乙")]
    chosen = choose([(age, e) for e in sheets])[KEY]
    assert [(p.place.sheet, p.place.cell, p.code) for p in chosen.problems] == [
        ("报表 (2)", "E4", "L12")
    ]


def test_the_same_words_on_two_sheets_are_none() -> None:
    age = (MONDAY, MONDAY, "a.xlsx")
    sheets = [entry("a.xlsx", progress="甲"), entry("a.xlsx", sheet="报表 (2)", progress="甲")]
    assert choose([(age, e) for e in sheets])[KEY].problems == ()
