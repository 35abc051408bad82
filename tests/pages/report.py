"""Periods → their workbooks rendered, and a line of figures for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from shishi_xl.layout import OFFICIAL
from shishi_xl.summary_book import write_summary

from .make import Played, play
from .measure import Page, missing, read_pages
from .render import render

FULL = 0.15  # of a table's page that may be empty, but the last
FEWEST = 3  # rows on a page


@dataclass(frozen=True)
class Found:
    """What was measured of one period's 呈报."""

    programme: str
    case: str
    pages: dict[str, int]  # sheet → pages
    missing: str
    hashes: int
    emptiest: float
    fewest: int
    cut: str

    @property
    def good(self) -> bool:
        sparse = self.fewest < FEWEST
        return not (self.missing or self.hashes or self.cut or sparse) and self.emptiest <= FULL

    def __str__(self) -> str:
        pages = " ".join(f"{self.pages.get(k, 0):>2}" for k in ("总览", "汇总表", "量化指标"))
        faults = (
            f"缺{self.missing[:20]!r} 压线{self.cut[:20]!r}" if self.missing or self.cut else ""
        )
        mark = "合格" if self.good else "不合格"
        return (f"{self.programme:<14}{self.case:<9}{pages}   缺字 {len(self.missing)}  ### {self.hashes}"
                f"  最空 {self.emptiest:>5.1%}  最少行 {self.fewest}  压线 {len(self.cut)}  {mark} {faults}")  # fmt: skip


def measure_all(cases: Iterable[tuple[str, str]], folder: Path) -> list[Found]:
    """Each (programme, case) played, written, rendered and measured."""
    folder.mkdir(parents=True, exist_ok=True)
    played = {folder / f"{p}-{c}.xlsx": play(p, c) for p, c in cases}
    for file, one in played.items():
        file.write_bytes(write_summary(one.summary, leadership=True))
    render(played, folder)
    return [measure(file, one) for file, one in played.items()]


def measure(file: Path, one: Played) -> Found:
    pages = read_pages(file.with_suffix(".pdf"))
    kinds = [page.kind for page in pages]
    annex = [page for page in pages if page.kind == "汇总表"]
    answers = [text for row in one.summary.details for key, text in row.answers.items()
               if key == "progress"]  # fmt: skip
    told = [page for page in pages if page.kind != "量化指标"]
    obstacles = [text for row in one.summary.items for _, text in row.obstacles]
    return Found(
        one.programme,
        one.case,
        {kind: kinds.count(kind) for kind in kinds},
        missing(answers, annex) + missing(obstacles, told),
        sum("###" in page.text for page in pages),
        _emptiest(one, pages),
        min(_rows(file, len(annex))),
        "".join(page.cut for page in pages if page.kind != "总览"),
    )


def _emptiest(one: Played, pages: Sequence[Page]) -> float:
    """The emptiest table page, the last of its sheet left out."""
    across = one.summary.form.annex.orientation
    margins = {"汇总表": OFFICIAL[across], "量化指标": OFFICIAL["landscape"]}
    found = [0.0]
    for kind, (_, _, top, bottom) in margins.items():
        found += [page.empty(top, bottom) for page in [p for p in pages if p.kind == kind][:-1]]
    return max(found)


def _rows(file: Path, pages: int) -> list[int]:
    """Rows on each page of 汇总表 as they were planned; none where the pages are others."""
    sheet = load_workbook(file)["汇总表"]
    first = int(str(sheet.print_title_rows).split("$")[-1])
    ends = [b.id for b in sheet.row_breaks.brk] + [sheet.max_row]
    if len(ends) != pages:
        return [-1]
    starts = [first, *ends[:-1]]
    return [FEWEST] if pages == 1 else [e - s for s, e in zip(starts, ends, strict=True)]
