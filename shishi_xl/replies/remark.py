"""Problems of one unit → Remarks: what it is asked to correct or explain, in words for the unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..causes import Cause, causes
from ..problems import Grade, Place, Problem
from ..summary import ProblemRow

_LONGEST = 20  # characters of an earlier explanation


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to correct or to explain: a problem, or several of one cause. `item` in words."""

    cause: Cause
    item: str

    @property
    def rows(self) -> tuple[ProblemRow, ...]:
        return self.cause.rows

    @property
    def problem(self) -> Problem:
        """The first of them."""
        return self.cause.problem

    @property
    def marks(self) -> str:
        """The marks of all that an explanation of this remark explains."""
        return " ".join(dict.fromkeys(row.mark for row in self.rows))

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(dict.fromkeys(p for row in self.rows for p in row.problem.places))

    @property
    def where(self) -> str:
        """Sheet and cells as a letter says them."""
        return f"{self.places[0].sheet} {self.cause.cells}" if self.cause.cells else ""

    @property
    def about(self) -> str:
        """Which items, or which file of the unit's that nobody can read; "" where neither."""
        file = self.places[0].file.rpartition("/")[2]
        if self.problem.code.startswith(("F", "P02")) and not self.problem.item:
            return f"文件“{file}”"
        return f"“{self.item}”" if "." in self.item else self.item

    @property
    def must(self) -> bool:
        return self.problem.grade is Grade.MUST

    @property
    def found(self) -> str:
        return self.cause.found

    @property
    def message(self) -> str:
        return self.cause.message.rstrip("。")

    @property
    def advice(self) -> str:
        """What to do, said to the unit; of what it has said in vain, why that is not enough."""
        advice = self.problem.advice.replace("由单位", "由贵单位").replace("请单位", "请")
        said = self.rows[0].explanation
        if not said:
            return advice
        shown = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
        why = "但此类问题须改正原单元格" if self.must else "不足 6 个字，请写明原因"
        return f"{advice}（上次的说明“{shown}”，{why}。）"


def remarks_of(rows: Iterable[ProblemRow], items: Mapping[str, str]) -> Iterator[Remark]:
    """The rows as remarks, one for each cause, in the order of their firsts.

    `items`: id → 序号 and name.
    """
    for cause in causes(rows):
        names = [items[item] for item in cause.items if item in items]
        numbers = "、".join(name.partition(".")[0] for name in names)
        yield Remark(cause, names[0] if len(names) == 1 else numbers and f"第 {numbers} 件")
