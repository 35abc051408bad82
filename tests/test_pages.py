"""Printed by LibreOffice nothing is cut off, pages are filled and none is nearly empty: a sample.

All programmes in all cases: python -m tests.pages
"""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from shishi_xl.summary_book import write_summary

from .pages.make import play
from .pages.report import measure_all
from .programs import needs_libreoffice

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@needs_libreoffice
def test_a_crowded_and_an_empty_period_print_whole_on_filled_pages(tmp_path: Path) -> None:
    cases = [("gaoqing-2023", "crowded"), ("yantai-2023", "clean"), ("linyi-2022", "empty")]
    assert [str(found) for found in measure_all(cases, tmp_path) if not found.good] == []


@pytest.mark.parametrize("case", ["clean", "crowded", "empty"])
@pytest.mark.parametrize("lead", [False, True])
def test_a_strict_reader_takes_the_workbook(case: str, lead: bool) -> None:
    written = write_summary(play("yantai-2023", case).summary, lead)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says which extensions it does not show
        book = load_workbook(BytesIO(written), rich_text=True)
    assert book.sheetnames[:2] == ["总览", "汇总表"]


def test_every_chart_has_a_title_and_axes_with_their_measure() -> None:
    written = write_summary(play("gaoqing-2023", "clean").summary, leadership=True)
    with ZipFile(BytesIO(written)) as parts:
        charts = [ElementTree.fromstring(parts.read(n)) for n in parts.namelist()
                  if n.startswith("xl/charts/chart")]  # fmt: skip
    assert [sorted(_titles(chart)) for chart in charts] == [
        sorted(["各件实事指标完成率（虚线为序时进度）", "实事序号（颜色同右图）", "完成率（%）"]),
        sorted(["各期实事进展", "期次", "件数（件）"]),
        sorted(["各单位报送事项", "责任单位", "事项（项）"]),
    ]


def _titles(chart: ElementTree.Element) -> list[str]:
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
    found = (
        "".join(t.text or "" for t in title.iter(drawing)) for title in chart.iter(f"{_CHART}title")
    )
    return list(dict.fromkeys(filter(None, found)))
