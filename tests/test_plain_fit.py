"""Plain tables: whatever is written, no row is cut and no page has too few rows."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shishi_xl.layout import MAX_HEIGHT, PLAIN_SIZE
from shishi_xl.plain_fit import PlainFit, PlainShape, fit_plain
from shishi_xl.wrap import line_count, lines_height

SHAPE = PlainShape((6.0, 20.0, 60.0), (False, False, True), 3)
HEADS = ("序号", "单位", "具体措施")


def fit(*lengths: int) -> PlainFit:
    return fit_plain(SHAPE, HEADS, [("1", "县妇联", "字" * n) for n in lengths])


def rows_on_pages(found: PlainFit) -> list[int]:
    ends = (0, *found.breaks, len(found.heights))
    return [end - start for start, end in pairwise(ends)]


def test_short_texts_leave_the_columns_as_declared() -> None:
    found = fit(30, 60, 120)
    assert (found.widths, set(found.sizes)) == (SHAPE.widths, {PLAIN_SIZE})


def test_a_long_text_widens_its_column_and_no_other() -> None:
    narrow, unit, wide = fit(*[900] * 12).widths
    assert (narrow, unit) == SHAPE.widths[:2]
    assert wide > SHAPE.widths[2]


def test_what_no_width_holds_is_set_smaller_and_the_rest_is_not() -> None:
    sizes = fit(*[60] * 20, 3000, *[60] * 20, 3000).sizes
    assert {size < PLAIN_SIZE for size in sizes[20::21]} == {True}
    assert set(sizes[:20]) == {PLAIN_SIZE}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from((10, 100, 300, 700, 3000)), min_size=1, max_size=40))
def test_nothing_is_cut_and_every_page_has_three_rows(lengths: list[int]) -> None:
    found = fit(*lengths)
    for length, size, height in zip(lengths, found.sizes, found.heights, strict=True):
        lines = line_count("字" * length, found.widths[2], size)
        assert lines_height(lines, size) <= height <= MAX_HEIGHT
    pages = rows_on_pages(found)
    assert len(pages) == 1 or min(pages[:-1]) >= 3


@pytest.mark.parametrize("rows", [0, 1, 5000])
def test_no_row_and_very_many_rows_are_tables_too(rows: int) -> None:
    assert len(fit(*[40] * rows).heights) == rows
