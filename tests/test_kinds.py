"""Cells as text, texts, choices, and what holds for every kind of cell."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shishi_xl.catalogue import RULES
from shishi_xl.kinds import (
    KINDS,
    CellValue,
    Expectation,
    Note,
    Reading,
    read_choice,
    read_text,
    verbatim,
)

MEASURES = "所 个 人 人次 场 户 % ％ 百分点 元 万元 万人 亩次"
STATES = ("已完成", "按序时推进", "推进缓慢", "未启动")
ANY_EXPECTATION = st.builds(
    Expectation,
    year=st.integers(2020, 2030) | st.integers(),
    measure=st.sampled_from(MEASURES.split()) | st.text(max_size=3),
    choices=st.just(STATES) | st.lists(st.text(max_size=3), max_size=3).map(tuple),
)
# Text made of the pieces that the readers look for reaches deeper than random text.
PIECES = """
2023 20231231 45291 23年 年 月 日 底 前 内 旬 上 中 下 季度 第 半年 全年 明年 次年 至 启动 长期 Q T
百分之 百分点 % ％ 约 不少于 余 多 以上 左右 已完成 累计 所 人次 万元 + - ~ ～ / — （ ） . , ，．。 ² ①
0 1 2 3 12 31 ０ １ ２ 〇 ○ 零 一 二 两 三 五 九 十 百 千 万 亿 点 壹 佰
"""
BLANKS = (" ", "\n", "\u200b", "\u3000", "\xa0", "\x0b")
ANY_CELL: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.text(),
    st.lists(st.sampled_from((*PIECES.split(), *BLANKS)), max_size=14).map("".join),
    st.integers(),
    st.integers(20000, 80000).map(float),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.timezones()),
    st.times(),
    st.timedeltas(),
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        ("", ""),
        (" \n\t", ""),
        ("\xa0\u3000\u200b\ufeff", ""),
        ("\x0b", ""),
        (" 已完成 ", " 已完成 "),
        ("一\r\n二\r三", "一\n二\n三"),
        ("前\x0b后\x00\x1f", "前后"),
        ("半\ud800个", "半个"),
        ("_x000B_", "_x000B_"),
        ("=SUM(A1)", "=SUM(A1)"),
        (12.0, "12"),
        (12, "12"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (4.55, "4.55"),
        (1 / 3, "0.333333333333333"),
        (13812345678.0, "13812345678"),
        (0.00001, "0.00001"),
        (1e20, "100000000000000000000"),
        (1e300, "1e+300"),
        (float("nan"), "nan"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2023, 12, 31), "2023-12-31"),
        (datetime(2023, 12, 31), "2023-12-31"),
        (datetime(2023, 12, 31, 8, 30), "2023-12-31 08:30"),
        (datetime(2023, 12, 31, 8, 0), "2023-12-31 08:00"),
        (datetime(2023, 12, 31, 8, 30, 15), "2023-12-31 08:30:15"),
        (time(8, 30), "08:30"),
        (time(8, 30, 5), "08:30:05"),
        (timedelta(hours=36, minutes=5), "36:05"),
        (timedelta(seconds=-61), "-0:01:01"),
    ],
)
def test_verbatim_is_what_the_unit_wrote(raw: CellValue, text: str) -> None:
    assert verbatim(raw) == text


@given(ANY_CELL)
def test_verbatim_of_its_own_text_changes_nothing(raw: CellValue) -> None:
    assert verbatim(verbatim(raw)) == verbatim(raw)


@pytest.mark.parametrize("raw", ["开展活动3场。\n下一步…", "12", "/", " 见附件"])
def test_text_is_read_verbatim_without_notes(raw: str) -> None:
    assert read_text(raw, Expectation(2023)) == Reading(raw)


def test_a_number_in_a_text_cell_is_text() -> None:
    assert read_text(12.0, Expectation(2023)) == Reading("12")


@pytest.mark.parametrize(
    "raw", ["按序时推进", " 按序时推进\n", "按序时推进\u200b", "\u3000按序时推进\xa0"]
)
def test_a_choice_is_read_in_the_spelling_of_the_form(raw: str) -> None:
    assert read_choice(raw, Expectation(2023, choices=STATES)) == Reading("按序时推进")


def test_a_choice_in_full_width_letters_is_the_same_choice() -> None:
    assert read_choice("Ａ类（一）", Expectation(2023, choices=("A类(一)",))) == Reading("A类(一)")


@pytest.mark.parametrize("raw", ["完成", "已 完成", "按序时推进、推进缓慢", 1.0, True])
def test_anything_but_a_choice_names_the_choices(raw: CellValue) -> None:
    note = Note("A04", (("choices", "已完成、按序时推进、推进缓慢、未启动"),))
    assert read_choice(raw, Expectation(2023, choices=STATES)) == Reading(None, (note,))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000\n", "\u200b", "\x00"])
def test_an_empty_cell_has_no_value_and_no_notes(kind: str, raw: CellValue) -> None:
    assert KINDS[kind](raw, Expectation(2023, "所", STATES)) == Reading(None)


@pytest.mark.parametrize("kind", KINDS)
@given(raw=ANY_CELL, expect=ANY_EXPECTATION)
def test_a_cell_is_empty_or_has_a_value_or_a_note(
    kind: str, raw: CellValue, expect: Expectation
) -> None:
    reading = KINDS[kind](raw, expect)
    assert (reading == Reading(None)) == (verbatim(raw) == "")


@pytest.mark.parametrize("kind", KINDS)
@given(raw=ANY_CELL, expect=ANY_EXPECTATION)
def test_a_note_brings_the_words_that_its_message_needs(
    kind: str, raw: CellValue, expect: Expectation
) -> None:
    given_by_caller = {"found", "column"}
    for note in KINDS[kind](raw, expect).notes:
        fields = {name for _, name, _, _ in Formatter().parse(RULES[note.code].message) if name}
        assert {key for key, _ in note.details} == fields - given_by_caller
