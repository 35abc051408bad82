"""通报_PERIOD.docx: what it says, how it is set, and an office's own template."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from shishi_xl.circular import write_circular
from shishi_xl.circular.said import said_of
from shishi_xl.consolidate import consolidate
from shishi_xl.problems import CannotStart
from shishi_xl.summary import Summary

from .clerk import Clerk
from .pages.make import play

TEMPLATE = Path(__file__).parent.parent / "templates" / "documents" / "通报.docx"


@pytest.fixture(scope="module")
def crowded() -> Summary:
    return play("gaoqing-2023", "crowded").summary


def paragraphs(summary: Summary, template: Path = TEMPLATE) -> list[str]:
    return [p.text for p in Document(BytesIO(write_circular(summary, template))).paragraphs]


def test_the_draft_has_the_four_parts_in_order(crowded: Summary) -> None:
    heads = [t for t in paragraphs(crowded) if t[:2] in ("一、", "二、", "三、", "四、")]
    assert heads == ["一、总体情况", "二、分项进展", "三、存在问题", "四、下一步工作"]


def test_every_item_is_named_with_its_number(crowded: Summary) -> None:
    text = "\n".join(paragraphs(crowded))
    assert [
        i.item.name for i in crowded.items if f"{i.item.number}.{i.item.name}" not in text
    ] == []


def test_slow_items_are_told_with_unit_and_words_and_missing_units_by_name(
    crowded: Summary,
) -> None:
    text = "".join("".join(paragraphs(crowded)).replace("；", "").split())
    for row in crowded.items:
        for unit, words in row.obstacles:
            assert "".join(f"{unit}：{words}".replace("；", "").split())[:200] in text
    assert [u.unit for u in crowded.units if not u.answered and u.unit not in text] == []


def test_no_tag_of_the_template_is_left(crowded: Summary) -> None:
    assert [t for t in paragraphs(crowded) if "{" in t or "%}" in t] == []


def test_units_words_are_no_tags_and_no_markup(crowded: Summary) -> None:
    odd = "<w:br/> & {{ period.label }} {% if %} \x0b"
    rows = tuple(replace(r, obstacles=(("县妇联", odd),)) for r in crowded.items)
    text = "\n".join(paragraphs(replace(crowded, items=rows)))
    assert "<w:br/> & {{ period.label }} {% if %}" in text


def test_it_is_set_as_the_standard_says(crowded: Summary) -> None:
    document = Document(BytesIO(write_circular(crowded, TEMPLATE)))
    section = document.sections[0]
    sides = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(side.mm) for side in sides if side is not None] == [37, 28, 26, 35]
    title = next(p for p in document.paragraphs if p.text.startswith("关于"))
    fonts = [
        (run.font.name, run.font.size and run.font.size.pt)
        for run in title.runs
        if run.text.strip()
    ]
    assert set(fonts) == {("方正小标宋简体", 22)}
    assert document.settings.odd_and_even_pages_header_footer


def test_every_word_that_a_template_may_use_is_documented(crowded: Summary) -> None:
    page = (TEMPLATE.parents[2] / "docs" / "templates.md").read_text("utf-8")
    words = [word for word in said_of(crowded) if f"`{word}" not in page]
    assert words == []


def test_the_same_summary_gives_the_same_bytes(crowded: Summary) -> None:
    assert write_circular(crowded, TEMPLATE) == write_circular(crowded, TEMPLATE)


def test_an_office_s_template_that_cannot_be_used_is_named(
    tmp_path: Path, crowded: Summary
) -> None:
    document = Document()
    document.add_paragraph("{{ no_such_word }}")
    file = tmp_path / "通报.docx"
    document.save(str(file))
    with pytest.raises(CannotStart, match=r"通报\.docx 用不了"):
        write_circular(crowded, file)
    file.write_bytes(b"not a document")
    with pytest.raises(CannotStart, match=r"通报\.docx 用不了"):
        write_circular(crowded, file)


def test_a_template_that_cannot_be_used_costs_only_the_draft(clerk: Clerk) -> None:
    file = clerk.workspace.root / "templates" / "documents" / "通报.docx"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"not a document")
    done = consolidate(clerk.workspace, "2023Q2", clerk.today)
    assert [str(file) in fault for fault in done.faults] == [True]
    assert {f.name for f in done.written} >= {"汇总_2023Q2.xlsx", "呈报_2023Q2.xlsx"}
