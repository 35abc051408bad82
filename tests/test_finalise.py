"""finalise: what goes up is kept as it was; what is corrected since is said."""

import sqlite3
from contextlib import closing
from datetime import date, datetime

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from shishi_xl.cli import main
from shishi_xl.consolidate import consolidate
from shishi_xl.drafts import Correction
from shishi_xl.finalise import Finalised, finalise
from shishi_xl.problems import CannotStart
from shishi_xl.status import read_status

from .clerk import Clerk, read_table

HEALTH, WOMEN = "县卫生健康局", "县妇联"
JULY_5, JULY_6, JULY_9 = date(2023, 7, 5), date(2023, 7, 6), date(2023, 7, 9)
LATER = datetime(2023, 7, 8, 9, 0)
FRIENDLY = "实施儿童友好城市建设行动"
FIRST = "呈报_2023Q2_第1稿_2023-07-06.xlsx"
PROGRESS = "本季度具体措施及任务进度情况"


@pytest.fixture
def reported(clerk: Clerk) -> Clerk:
    """Two units have returned, and the second quarter is summed up."""
    for unit in (HEALTH, WOMEN):
        clerk.receives(clerk.filled(unit), f"{unit}.xlsx")
    clerk.consolidates(today=JULY_5)
    return clerk


def finalises(clerk: Clerk, today: date = JULY_6) -> Finalised:
    return finalise(clerk.workspace, "2023Q2", today)


def drafts(clerk: Clerk) -> list[str]:
    folder = clerk.workspace.root / "outbox" / "2023Q2" / "定稿"
    return sorted(f.name for f in folder.glob("*"))


def corrects(clerk: Clerk, text: str, today: date = JULY_9) -> None:
    """县妇联 sends its third item once more, after the summary went up."""
    unit = clerk.unit(WOMEN)
    unit.fills(FRIENDLY, text)
    unit.keeps_only(FRIENDLY)
    clerk.receives(unit, "县妇联更正.xlsx", LATER)
    clerk.consolidates(today=today)


def run(clerk: Clerk, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-w", str(clerk.workspace.root), *arguments])


def test_the_draft_is_the_leadership_s_workbook_byte_for_byte(reported: Clerk) -> None:
    done = finalises(reported)
    brief = reported.workspace.root / "outbox" / "2023Q2" / "呈报_2023Q2.xlsx"
    assert (done.file.name, done.file.read_bytes()) == (FIRST, brief.read_bytes())


def test_a_draft_is_never_rewritten_by_later_runs(reported: Clerk) -> None:
    before = finalises(reported).file.read_bytes()
    corrects(reported, "改过的进展")
    second = finalises(reported, JULY_9).file
    assert (second.with_name(FIRST).read_bytes(), second.read_bytes() == before) == (before, False)


def test_a_second_draft_has_the_next_number(reported: Clerk) -> None:
    finalises(reported)
    corrects(reported, "改过的进展")
    finalises(reported, JULY_9)
    assert drafts(reported) == [FIRST, "呈报_2023Q2_第2稿_2023-07-09.xlsx"]


def test_the_same_content_is_not_copied_again(reported: Clerk) -> None:
    finalises(reported)
    reported.consolidates(today=JULY_9)  # only 截至 differs
    again = finalises(reported, JULY_9)
    assert (again.again, again.draft.number, drafts(reported)) == (True, 1, [FIRST])


def test_a_correction_is_said_with_old_new_and_file(reported: Clerk) -> None:
    finalises(reported)
    old = reported.consolidates(today=JULY_6).answers[3, WOMEN][0]
    corrects(reported, "改过的进展")
    summary = read_status(reported.workspace, "2023Q2", JULY_9)
    assert summary.corrections == (
        Correction(3, FRIENDLY, WOMEN, PROGRESS, old, "改过的进展", "县妇联更正.xlsx"),
    )


def test_what_came_after_the_draft_is_a_correction_of_nothing(reported: Clerk) -> None:
    finalises(reported)
    reported.receives(reported.filled("县科协"), "县科协.xlsx", LATER)
    reported.consolidates(today=JULY_9)
    found = read_status(reported.workspace, "2023Q2", JULY_9).corrections
    assert {(c.unit, c.old) for c in found} == {("县科协", "")}
    assert {"本季度具体措施及任务进度情况", "青少年科学家大讲堂"} <= {c.label for c in found}


def test_what_no_longer_counts_is_a_correction_to_nothing(reported: Clerk) -> None:
    finalises(reported)
    inbox = reported.workspace.inbox
    (inbox / "作废").mkdir()
    (inbox / f"{WOMEN}.xlsx").rename(inbox / "作废" / f"{WOMEN}.xlsx")
    reported.consolidates(today=JULY_9)
    found = read_status(reported.workspace, "2023Q2", JULY_9).corrections
    assert {(c.unit, c.new) for c in found} == {(WOMEN, "")}


def test_before_the_first_draft_nothing_is_a_correction(reported: Clerk) -> None:
    corrects(reported, "改过的进展")
    assert read_status(reported.workspace, "2023Q2", JULY_9).corrections == ()


def test_after_a_second_draft_corrections_are_counted_from_it(reported: Clerk) -> None:
    finalises(reported)
    corrects(reported, "改过的进展")
    finalises(reported, JULY_9)
    assert read_status(reported.workspace, "2023Q2", JULY_9).corrections == ()


@pytest.mark.parametrize("book", ["汇总_2023Q2.xlsx", "呈报_2023Q2.xlsx"])
def test_the_overview_lists_the_corrections(reported: Clerk, book: str) -> None:
    finalises(reported)
    corrects(reported, "改过的进展")
    file = reported.workspace.root / "outbox" / "2023Q2" / book
    rows = CalamineWorkbook.from_path(file).get_sheet_by_name("总览").to_python()
    said = {text for row in rows for text in row}
    assert {"改过的进展", "县妇联更正.xlsx"} <= said


def test_a_figure_s_correction_bears_the_target_s_name(reported: Clerk) -> None:
    finalises(reported)
    unit = reported.unit(WOMEN)
    unit.reports("最美家庭", 33)
    reported.receives(unit, "更正.xlsx", LATER)
    reported.consolidates(today=JULY_9)
    found = read_status(reported.workspace, "2023Q2", JULY_9).corrections
    assert [(c.number, c.label, c.new) for c in found] == [(7, "最美家庭", "33")]


def test_next_period_starts_from_the_corrected_figure(reported: Clerk) -> None:
    finalises(reported)
    unit = reported.unit(WOMEN)
    unit.reports("最美家庭", 33)
    reported.receives(unit, "更正.xlsx", LATER)
    reported.consolidates(today=JULY_9)
    reported.consolidates("2023Q3", date(2023, 10, 9))
    file = reported.workspace.root / "outbox" / "2023Q3" / "汇总_2023Q3.xlsx"
    last = {row["指标"]: row["上期累计"] for row in read_table(file, "量化指标")}
    assert last["最美家庭"] == "33"


# What keeps a draft from being made.


def refusal(clerk: Clerk, period: str = "2023Q2", today: date = JULY_6) -> str:
    with pytest.raises(CannotStart) as said:
        finalise(clerk.workspace, period, today)
    assert drafts(clerk) == []
    return str(said.value)


def test_a_period_that_was_never_consolidated_is_refused(clerk: Clerk) -> None:
    assert "2023年第二季度还没有汇总过。请先运行 shishi-xl consolidate 2023Q2" in refusal(clerk)


def test_a_period_that_has_not_begun_is_refused(reported: Clerk) -> None:
    assert refusal(reported, "2023Q4") == "2023年第四季度还没有开始，不能定稿。"


def test_a_file_that_waits_in_the_inbox_is_named(reported: Clerk) -> None:
    reported.receives(reported.filled("县科协"), "县科协.xlsx")
    assert "收件箱里有 1 个文件还没有汇总：县科协.xlsx。" in refusal(reported)


def test_a_file_moved_to_void_since_must_be_consolidated_first(reported: Clerk) -> None:
    inbox = reported.workspace.inbox
    (inbox / "作废").mkdir()
    (inbox / f"{WOMEN}.xlsx").rename(inbox / "作废" / f"{WOMEN}.xlsx")
    assert "呈报已不是最新的" in refusal(reported)


def test_items_yaml_changed_since_must_be_consolidated_first(reported: Clerk) -> None:
    items = reported.workspace.items_file
    items.write_text(items.read_text("utf-8").replace("goal: 50,", "goal: 60,"), "utf-8")
    assert "items.yaml、报表定义、登记或收件箱里的文件夹有改动" in refusal(reported)


@pytest.mark.parametrize("owner", ["~$呈报_2023Q2.xlsx", ".~lock.呈报_2023Q2.xlsx#"])
def test_while_it_is_open_it_is_refused(reported: Clerk, owner: str) -> None:
    (reported.workspace.root / "outbox" / "2023Q2" / owner).write_bytes(b"")
    assert "呈报_2023Q2.xlsx 正打开着" in refusal(reported)


def test_one_that_was_edited_by_hand_is_refused(reported: Clerk) -> None:
    brief = reported.workspace.root / "outbox" / "2023Q2" / "呈报_2023Q2.xlsx"
    brief.write_bytes(brief.read_bytes() + b"\n")
    assert "汇总之后有人改过、另存过，或当时没有写成" in refusal(reported)


def test_one_that_was_deleted_is_refused(reported: Clerk) -> None:
    (reported.workspace.root / "outbox" / "2023Q2" / "呈报_2023Q2.xlsx").unlink()
    assert "呈报_2023Q2.xlsx 不见了" in refusal(reported)


def test_a_lost_ledger_is_no_start(reported: Clerk) -> None:
    (reported.workspace.root / ".shishi" / "ledger.sqlite").unlink()
    assert "底账" in refusal(reported)


# The files in 定稿/.


def test_a_deleted_draft_is_named_with_where_its_bytes_are(reported: Clerk) -> None:
    done = finalises(reported)
    content = done.file.read_bytes()
    done.file.unlink()
    (note,) = read_status(reported.workspace, "2023Q2", JULY_9).notes
    kept = reported.workspace.ledger.source(done.draft.sha256)
    assert note.startswith(f"定稿 {FIRST} 不见了。")
    assert (kept.relative_to(reported.workspace.root).as_posix() in note, kept.read_bytes()) == (
        True,
        content,
    )


def test_a_draft_edited_by_hand_is_named(reported: Clerk) -> None:
    file = finalises(reported).file
    file.chmod(0o644)
    file.write_bytes(b"edited")
    (note,) = read_status(reported.workspace, "2023Q2", JULY_9).notes
    assert note.startswith(f"定稿 {FIRST} 被改动过。")
    assert file.read_bytes() == b"edited"


def test_a_file_that_somebody_put_there_is_named_and_its_number_not_used(reported: Clerk) -> None:
    folder = reported.workspace.root / "outbox" / "2023Q2" / "定稿"
    folder.mkdir()
    (folder / "呈报_2023Q2_第3稿_2023-07-01.xlsx").write_bytes(b"mine")
    assert finalises(reported).draft.number == 4
    (note,) = read_status(reported.workspace, "2023Q2", JULY_9).notes
    assert "底账上没有的文件：呈报_2023Q2_第3稿_2023-07-01.xlsx" in note


# As the clerk sees it.


def test_open_questions_are_said_and_are_status_1(reported: Clerk) -> None:
    done = run(reported, "finalise", "2023Q2", "--today", "2023-07-06")
    assert f"已定稿：outbox/2023Q2/定稿/{FIRST}（2023-07-05 汇总）" in done.output
    assert "注意：定稿时还有没办完的：未报送 " in done.output
    assert done.exit_code == 1


def test_a_draft_of_what_is_complete_is_status_0(clerk: Clerk) -> None:
    clerk.asks_for_files_alone()
    for unit in clerk.forms():
        clerk.receives(clerk.filled(unit), f"{unit}.xlsx")
    consolidate(clerk.workspace, "2023Q2", JULY_5)
    done = run(clerk, "finalise", "2023年第二季度", "--today", "2023-07-06")
    assert (done.exit_code, "没办完" in done.output) == (0, False), done.output


def test_after_a_second_draft_nothing_new_is_said_of_it(reported: Clerk) -> None:
    finalises(reported)
    corrects(reported, "改过的进展")
    finalises(reported, JULY_9)
    assert (finalises(reported, JULY_9).again, len(drafts(reported))) == (True, 2)


def test_nothing_new_is_said(reported: Clerk) -> None:
    for _ in range(2):
        done = run(reported, "finalise", "2023Q2", "--today", "2023-07-06")
    assert "与第1稿（2023年7月6日定稿）内容相同，没有另存新稿" in done.output


def test_the_terminal_lists_corrections(reported: Clerk) -> None:
    finalises(reported)
    corrects(reported, "改过的进展")
    done = run(reported, "status", "2023Q2", "--today", "2023-07-09")
    assert "第1稿（2023年7月6日定稿）以后的更正（1 处）" in done.output
    assert "→ 改过的进展（县妇联更正.xlsx）" in done.output


def test_the_period_must_be_named(clerk: Clerk) -> None:
    done = run(clerk, "finalise")
    assert (done.exit_code, "缺少期次，如 2023Q2。" in done.output) == (2, True)


def test_a_run_that_died_before_the_ledger_knew_leaves_no_gap(reported: Clerk) -> None:
    """The file is there, the ledger does not know it: the next run adopts it."""
    done = finalises(reported)
    ledger = reported.workspace.root / ".shishi" / "ledger.sqlite"
    with closing(sqlite3.connect(ledger)) as db, db:
        db.execute("DELETE FROM finalised")
    again = finalises(reported)
    assert (again.draft.file, again.again, drafts(reported)) == (done.draft.file, False, [FIRST])
