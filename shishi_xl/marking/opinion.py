"""What a marked workbook says: one Opinion for each problem, and the words above them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opinion:
    """One row of 审核意见. `sheet` and `cells` are where it stands in this very workbook.

    `where` is the place in words, also of a cell that this workbook does not have.
    """

    mark: str
    grade: str
    item: str
    where: str
    found: str
    message: str
    advice: str
    sheet: str = ""
    cells: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """What the cell's comment says."""
        return f"{self.grade}：{self.message}。\n{self.advice}"


@dataclass(frozen=True, slots=True)
class Opinions:
    """The whole sheet: who says it to whom, what to do, and the rows, the gravest first."""

    heading: str
    guide: tuple[str, ...]
    rows: tuple[Opinion, ...]
