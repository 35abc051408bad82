"""Periods → their workbooks and forms rendered, and a line of figures for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shishi_xl.summary_book import write_summary

from .forms import TYPED, forms
from .make import Played, play
from .measure import Page, missing, read_pages
from .render import render
from .sheets import Printed, pages_of, printed_sheets

FULL = 0.15  # of a table's page that may be empty, but the last
FEWEST = 3  # rows on a page
_OVERVIEW, _GUIDE = "总览", "填报说明"


@dataclass(frozen=True)
class Found:
    """What was measured of one workbook. `emptiest` and `fewest` with the sheet where it is so.

    Of a form that was filled they are not measured: the unit's texts decide where its pages end.
    """

    name: str
    pages: Mapping[str, int]  # sheet → pages
    missing: str
    hashes: int
    emptiest: tuple[float, str]
    fewest: tuple[int, str]
    cut: str
    over: str

    @property
    def good(self) -> bool:
        fits = self.fewest[0] >= FEWEST and self.emptiest[0] <= FULL
        once = self.pages.get(_OVERVIEW, 1) == 1
        return fits and once and not (self.missing or self.hashes or self.cut or self.over)

    def __str__(self) -> str:
        pages = " ".join(f"{name} {count}" for name, count in self.pages.items())
        faults = {"缺": self.missing, "压线": self.cut, "重叠": self.over}
        told = " ".join(f"{word}{text[:20]!r}" for word, text in faults.items() if text)
        mark = "合格" if self.good else "不合格"
        return (f"{self.name:<28}缺字 {len(self.missing)}  ### {self.hashes}  压线 {len(self.cut)}"
                f"  重叠 {len(self.over)}  最空 {self.emptiest[0]:>5.1%} {self.emptiest[1]}"
                f"  最少行 {self.fewest[0]} {self.fewest[1]}  {mark}  页数：{pages} {told}")  # fmt: skip


def measure_all(cases: Iterable[tuple[str, str]], folder: Path) -> list[Found]:
    """Each (programme, case) played, its workbooks written, rendered and measured."""
    folder.mkdir(parents=True, exist_ok=True)
    texts: dict[Path, Mapping[str, Sequence[str]]] = {}
    for programme, case in cases:
        one = play(programme, case)
        for name, content, wanted in _workbooks(one, folder):
            file = folder / f"{programme}-{case}-{name}.xlsx"
            file.write_bytes(content)
            texts[file] = wanted
    render(texts, folder)
    return [measure(file, wanted) for file, wanted in texts.items()]


def _workbooks(
    one: Played, folder: Path
) -> Iterator[tuple[str, bytes, Mapping[str, Sequence[str]]]]:
    """Name, bytes, and what the sheets must say whatever stands in their cells."""
    summary = one.summary
    said = [text for row in summary.details for text in row.answers.values()]
    told = [row.answers.get("progress", "") for row in summary.details]
    yield "呈报", write_summary(summary, leadership=True), {"汇总表": told}
    yield "汇总", write_summary(summary), {"汇总表": told, "明细": said}
    for name, content in forms(one, folder):
        yield name, content, {}


def measure(file: Path, wanted: Mapping[str, Sequence[str]]) -> Found:
    sheets, pages = printed_sheets(file), read_pages(file.with_suffix(".pdf"))
    by_sheet = pages_of(sheets, pages)
    tables = [(s, by_sheet[s.name]) for s in sheets if s.name not in (_OVERVIEW, _GUIDE)]
    typed = file.stem.endswith(TYPED)
    lost = [missing(s.texts, by_sheet[s.name]) for s in sheets]
    lost += [missing(texts, by_sheet[name]) for name, texts in wanted.items()]
    drawn = [p for s in sheets if s.name != _OVERVIEW for p in by_sheet[s.name]]
    return Found(
        file.stem,
        {s.name: len(by_sheet[s.name]) for s in sheets},
        "".join(lost),
        sum("###" in page.text for page in pages),
        max(((_emptiest(s, found), s.name) for s, found in tables if not typed), default=(0.0, "")),
        min(
            ((_fewest(s, found), s.name) for s, found in tables if not typed), default=(FEWEST, "")
        ),
        "".join(page.cut for page in drawn),
        "".join(page.over for page in drawn),
    )


def _emptiest(sheet: Printed, pages: Sequence[Page]) -> float:
    """Of the emptiest page, the last of its sheet left out."""
    return max((page.empty(sheet.top, sheet.bottom) for page in pages[:-1]), default=0.0)


def _fewest(sheet: Printed, pages: Sequence[Page]) -> int:
    """Rows on the page with the fewest; `FEWEST` where it is the only one."""
    if len(pages) < 2:
        return FEWEST
    if sheet.planned:
        return min(sheet.planned) if len(sheet.planned) == len(pages) else -1
    return min(page.rows - sheet.head_rows for page in pages)
