"""Clocks that are wrong, and the year's end: nothing is put in order unsaid."""

from datetime import date, datetime

from click.testing import CliRunner

from shishi_xl.cli import main
from shishi_xl.office import choose_period, load_office
from shishi_xl.status import read_status

from .clerk import Clerk

WOMEN = "县妇联"
JUNE, JULY = date(2023, 6, 30), date(2023, 7, 5)
JANUARY = date(2024, 1, 8)


def notes(clerk: Clerk, today: date) -> str:
    return "\n".join(read_status(clerk.workspace, "2023Q2", today).notes)


def test_a_run_dated_before_the_last_one_is_said(clerk: Clerk) -> None:
    clerk.consolidates(today=JULY)
    assert "运行日期 2023-06-30 早于上次汇总的日期 2023-07-05，请核对电脑时钟" in notes(clerk, JUNE)


def test_a_run_on_the_same_day_or_later_says_nothing(clerk: Clerk) -> None:
    clerk.consolidates(today=JULY)
    assert (notes(clerk, JULY), notes(clerk, date(2023, 7, 6))) == ("", "")


def test_a_return_that_was_saved_in_the_future_is_named(clerk: Clerk) -> None:
    clerk.receives(
        clerk.filled(WOMEN), "未来.xlsx", datetime(2033, 6, 28, 9), datetime(2023, 6, 28)
    )
    clerk.consolidates(today=JULY)
    assert "未来.xlsx（2033-06-28 09:00）里记的保存时间晚于运行日期" in notes(clerk, JULY)


def test_a_correction_in_an_earlier_period_is_said_in_the_next(clerk: Clerk) -> None:
    clerk.receives(clerk.filled(WOMEN), "一.xlsx")
    clerk.consolidates(today=JULY)
    run = ["-w", str(clerk.workspace.root), "finalise", "2023Q2", "--today", "2023-07-06"]
    assert CliRunner().invoke(main, run).exit_code == 1
    clerk.receives(clerk.filled(WOMEN, "改"), "二.xlsx", datetime(2023, 7, 20))
    clerk.consolidates("2023Q3", date(2023, 10, 9))
    (note,) = read_status(clerk.workspace, "2023Q3", date(2023, 10, 9)).notes
    assert note.startswith("2023年第二季度第1稿（2023年7月6日定稿）以后有 ")
    assert "本期的上期数已按更正后的算" in note


def test_in_january_the_current_period_is_last_year_s_last(clerk: Clerk) -> None:
    programme = load_office(clerk.workspace).programme
    assert str(choose_period(programme, None, JANUARY)) == "2023Q4"


def test_the_fourth_quarter_is_finalised_in_january(clerk: Clerk) -> None:
    clerk.sends("2023Q4")
    clerk.receives(clerk.filled(WOMEN, period="2023Q4"), "四.xlsx", datetime(2023, 12, 28))
    clerk.consolidates("2023Q4", JANUARY)
    run = ["-w", str(clerk.workspace.root), "finalise", "2023Q4", "--today", "2024-01-09"]
    done = CliRunner().invoke(main, run)
    assert (done.exit_code, "呈报_2023Q4_第1稿_2024-01-09.xlsx" in done.output) == (1, True)
