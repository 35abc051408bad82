"""Problems of one unit → Remarks: what it is asked to correct or explain, in words for the unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..problems import Grade, Place, Problem
from ..summary import ProblemRow

_MANY = 3  # problems of one rule in one column that are one line
_CELLS = 8  # cells that a letter names of one remark
_LONGEST = 20  # characters of an earlier explanation


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to correct or to explain: a problem, or several of one cause. `item` in words."""

    rows: tuple[ProblemRow, ...]
    item: str

    @property
    def problem(self) -> Problem:
        """The first of them."""
        return self.rows[0].problem

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
        sheet = self.places[0].sheet
        cells = [p.cell for p in self.places if p.sheet == sheet and p.cell]
        shown = "、".join(cells[:_CELLS]) + ("等" if len(cells) > _CELLS else "")
        return f"{sheet} {shown}" if cells else ""

    @property
    def about(self) -> str:
        """Which items, or which file of the unit's that nobody can read; "" where neither."""
        file = self.places[0].file.rpartition("/")[2]
        if self.problem.code.startswith("F") and not self.problem.item:
            return f"文件“{file}”"
        return f"“{self.item}”" if "." in self.item else self.item

    @property
    def must(self) -> bool:
        return self.problem.grade is Grade.MUST

    @property
    def found(self) -> str:
        return "；".join(dict.fromkeys(r.problem.found for r in self.rows if r.problem.found))

    @property
    def message(self) -> str:
        problem = self.problem
        if len(self.rows) == 1:
            return problem.message.rstrip("。")
        words = {"found": problem.found, "unit": problem.unit, **dict(problem.details)}
        return problem.rule.many.format_map({**words, "count": str(len(self.rows))})

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
    """The rows as remarks, in their order; three and more of one rule in one column are one.

    `items`: id → 序号 and name.
    """
    groups: dict[object, list[ProblemRow]] = {}
    for at, row in enumerate(rows):
        problem, place = row.problem, row.problem.place
        column = (problem.code, place.file, place.sheet, place.cell.rstrip("0123456789"))
        alike = problem.rule.many and place.cell and not row.explanation
        groups.setdefault(column if alike else at, []).append(row)
    for group in groups.values():
        if len(group) >= _MANY:
            names = (items.get(row.problem.item, "") for row in group)
            numbers = "、".join(dict.fromkeys(n.partition(".")[0] for n in names if n))
            yield Remark(tuple(group), f"第 {numbers} 件" if numbers else "")
        else:
            yield from (Remark((row,), items.get(row.problem.item, "")) for row in group)
