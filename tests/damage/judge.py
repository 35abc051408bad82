"""Summary workbook + truth → what became of each answer: right, flagged, silently wrong or lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

from python_calamine import CalamineWorkbook

from ..clerk import read_table
from .case import Case, Outcome
from .truth import DEADLINE, PROGRESS, Answer, Fate, Key

_GRAVE = ("强制", "核实")
_ASKED = ("待确认", "无法识别", "无法读取")
_OF_WHOLE_SHEET = ("L01", "L11")  # and every F and R
_SHORTEST = 4  # characters that tell a piece of one answer from any other


class Fared(Enum):
    """How an answer fared."""

    RIGHT = "right"
    UNASKED = "right, but doubtful and not asked about"
    FLAGGED = "flagged"
    WRONG = "silently wrong"
    LOST = "lost"


@dataclass(frozen=True)
class Verdict:
    """One answer's. `shown` is what the summary says in its place."""

    case: Case
    key: Key
    fate: Fate
    fared: Fared
    text: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Spot:
    """A cell of a return. `cell` is an A1 address."""

    sheet: str
    cell: str

    @property
    def column(self) -> str:
        return self.cell.rstrip("0123456789")

    @property
    def row(self) -> str:
        return self.cell[len(self.column) :]


@dataclass(frozen=True)
class Summary:
    """What 汇总_PERIOD.xlsx says: answers by key, problems and receipts as rows."""

    file: Path

    @cached_property
    def answers(self) -> Mapping[Key, str]:
        found = {}
        for row in read_table(self.file, "明细"):
            for header, text in row.items():
                if "具体措施" in header:
                    found[Key(row["责任单位"], row["序号"], PROGRESS)] = text
                elif header == "完成时限":
                    found[Key(row["责任单位"], row["序号"], DEADLINE)] = text
        for row in read_table(self.file, "量化指标"):
            found[Key(row["责任单位"], row["序号"], row["指标"])] = row["填报原文"]
        return {key: text for key, text in found.items() if text}

    @cached_property
    def problems(self) -> list[dict[str, str]]:
        return [row for row in read_table(self.file, "问题清单") if row["级别"] in _GRAVE]

    @cached_property
    def asked(self) -> frozenset[str]:
        """The files that a person must look at."""
        rows = read_table(self.file, "收件清单")
        return frozenset(row["文件"] for row in rows if row["处理结果"] in _ASKED)

    @cached_property
    def listed(self) -> frozenset[str]:
        return frozenset(row["文件"] for row in read_table(self.file, "收件清单"))


@dataclass(frozen=True)
class Judge:
    """One inbox: the cases in it, what they came to, and the summary."""

    cases: Mapping[int, Case]
    outcomes: Mapping[int, Outcome]
    inbox: Path
    summary: Summary

    def verdicts(self) -> Iterator[Verdict]:
        """One for each answer that was not deleted, and one for each text in a wrong place."""
        for number, case in self.cases.items():
            truth = self.outcomes[number].truth
            for key, answer in truth.items():
                if answer.fate is not Fate.GONE:
                    shown = self.summary.answers.get(key, "")
                    fared = self._fared(case, key, answer, shown)
                    yield Verdict(case, key, answer.fate, fared, answer.text, shown)
            yield from self._ghosts(case)

    def _fared(self, case: Case, key: Key, answer: Answer, shown: str) -> Fared:
        text = answer.text
        if shown == text:
            doubtful = answer.fate is Fate.ASKS and not self._flagged(case, key, text)
            return Fared.UNASKED if doubtful else Fared.RIGHT
        elsewhere = any(self._part_of(said, text) for said in self.summary.answers.values())
        if self._flagged(case, key, text):
            return Fared.FLAGGED
        return Fared.WRONG if shown or elsewhere else Fared.LOST

    def _ghosts(self, case: Case) -> Iterator[Verdict]:
        """Answers that the summary shows for the case's units though they gave none there."""
        truth = self.outcomes[case.number].truth
        told = {key for key, a in truth.items() if a.fate is not Fate.GONE}
        units = {key.unit for key in truth} | case.claims
        for key, shown in self.summary.answers.items():
            if key.unit in units and key not in told and not self._flagged(case, key, shown):
                yield Verdict(case, key, Fate.GONE, Fared.WRONG, "", shown)

    def _flagged(self, case: Case, key: Key, text: str) -> bool:
        """Whether a file of the case stands as to be decided, or a grave problem is about this."""
        files = {f"{case.folder}/{name}" for name in self.outcomes[case.number].files}
        assert files <= self.summary.listed, files - self.summary.listed
        if files <= self.summary.asked:
            return True
        spots = tuple(self._search(case, text))
        own = (p for p in self.summary.problems if p["文件"] in files)
        return any(_is_about(p, key, text, spots) for p in own)

    def _search(self, case: Case, text: str) -> Iterator[Spot]:
        """Where the text, or a piece of it, stands in the files that were sent."""
        for name in self.outcomes[case.number].files:
            for spot, said in _cells(self.inbox / case.folder / name):
                if self._part_of(said, text):
                    yield spot

    @staticmethod
    def _part_of(said: str, text: str) -> bool:
        if said == text:
            return True
        short, long = sorted((said, text), key=len)
        return len(short) >= _SHORTEST and not short.isdigit() and short in long


def _is_about(problem: Mapping[str, str], key: Key, text: str, spots: Iterable[Spot]) -> bool:
    """Whether a problem names this answer: by its item, its cell, its text or its whole sheet."""
    code, found = problem["代码"], problem["填报内容"]
    if code[0] in "FR" or code in _OF_WHOLE_SHEET:
        return True
    # A25: what stands where the measures belong is a date.
    of_deadline = code[0] == "D" or ("时限" in problem["问题"] and code != "A25")
    if of_deadline and key.what != DEADLINE:
        return False
    if code[0] == "N" and key.what in (PROGRESS, DEADLINE):
        return False
    if code == "L02":
        return key.what == (DEADLINE if "时限" in problem["问题"] else PROGRESS)
    if found and Judge._part_of(found, text):
        return True
    if problem["事项"]:
        # One item by its number and name, or several alike: 第 3、5、6 件.
        several = re.fullmatch(r"第 ([0-9、]+) 件", problem["事项"])
        numbers = several[1].split("、") if several else [problem["事项"].partition(".")[0]]
        return key.number in numbers and (not key.unit or problem["责任单位"] in (key.unit, ""))
    there = tuple(_named(problem["工作表"], problem["单元格"]))
    return any(
        s.sheet == at.sheet and (s.row == at.row or s.column == at.column)
        for s in spots
        for at in there
    )


def _named(sheet: str, cells: str) -> Iterator[Spot]:
    """Each cell that a problem names: E5, or several alike: E5:E9、F7."""
    for part in cells.split("、"):
        first, _, last = part.partition(":")
        upper, lower = Spot(sheet, first), Spot(sheet, last or first)
        if not (upper.row and lower.row):
            yield upper
            continue
        for row in range(int(upper.row), int(lower.row) + 1):
            yield Spot(sheet, f"{upper.column}{row}")


def _cells(file: Path) -> Iterator[tuple[Spot, str]]:
    """Every cell of a workbook that is not empty, as text."""
    book = CalamineWorkbook.from_path(str(file))
    for sheet in book.sheet_names:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        for row, line in enumerate(rows, 1):
            for col, value in enumerate(line):
                if value not in ("", None):
                    whole = isinstance(value, float) and value.is_integer()
                    text = str(value).removesuffix(".0") if whole else str(value)
                    yield Spot(sheet, f"{_letters(col)}{row}"), text


def _letters(col: int) -> str:
    before, last = divmod(col, 26)
    return (_letters(before - 1) if before else "") + chr(65 + last)
