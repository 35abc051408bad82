"""The plain model: what counts → the tables that a run must show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from .counts import Chosen, Counting, day_after, is_nil
from .facts import Content, Lying, Memory, Notice
from .plan import ENDS, before


@dataclass(frozen=True)
class Detail:
    """明细: one item × unit. `files`: the names under which its source may be shown."""

    state: str
    progress: str = ""
    deadline: str = ""
    files: frozenset[str] = frozenset()
    cells: tuple[str, ...] = ()
    proxy: str = ""


@dataclass(frozen=True)
class Figure:
    """量化指标: 上期累计, 本期累计, 填报原文."""

    last: Decimal | None
    figure: Decimal | None
    written: str


@dataclass(frozen=True)
class UnitLine:
    """报送情况."""

    owed: int
    answered: int
    first: datetime | None
    arrival: datetime | None
    late: bool | None
    versions: int


@dataclass(frozen=True)
class Receipt:
    """收件清单: what may stand under 处理结果, 收到时间 and where that is known from."""

    outcomes: frozenset[str]
    arrival: datetime | None
    clock: str


@dataclass(frozen=True)
class Expected:
    """All tables of one run on one day."""

    counting: Counting
    today: date

    def due(self, unit: str) -> date | None:
        """The last day on time, or a later one that the unit was given."""
        due = self.counting.plan.due_day(self.counting.quarter)
        given = [n.until for n in self.told("延期", unit) if n.until]
        return max((due, *given)) if due else None

    def told(self, topic: str, unit: str, item: str = "") -> list[Notice]:
        """What the unit said by telephone."""
        return [n for n in self.notices(unit, item) if n.topic == topic]

    def notices(self, unit: str, item: str) -> list[Notice]:
        plan = self.counting.plan
        return [
            n for n in self.counting.facts.notices
            if n.quarter == self.counting.quarter and plan.heir(n.unit) == unit
            and n.item in ("", item)
        ]  # fmt: skip

    @cached_property
    def details(self) -> dict[tuple[str, str], Detail]:
        plan, quarter = self.counting.plan, self.counting.quarter
        return {
            (item.key, unit): self._detail(item.key, unit, role)
            for item, unit, role in plan.duties(quarter)
        }

    def _detail(self, item: str, unit: str, role: str) -> Detail:
        row = self.counting.chosen(unit, "annex", item)
        state = self._state(row, item, unit, role)
        cells = [row.cells[c][0].cell for c in ("progress", "deadline") if c in row.cells]
        return Detail(
            state,
            row.text("progress"),
            row.text("deadline"),
            frozenset(p for sha in row.files for p in self.names(sha)),
            tuple(cells),
            row.proxy,
        )

    def names(self, sha: str) -> tuple[str, ...]:
        """Every name under which a file may be shown: where it lies, else where it ever lay."""
        known = self.counting.facts.memory[sha]
        return known.lain or known.paths

    def _state(self, row: Chosen, item: str, unit: str, role: str) -> str:
        if (unit, item) in self.doubted:
            return "待确认"
        if row.cells and self._to_correct(row, item, unit, role):
            return "待更正"
        if row.cells:
            return "零报告" if is_nil(row.text("progress")) else "已报送"
        if instead := [n for n in self.notices(unit, item) if n.topic in ("零报告", "免报")]:
            return instead[-1].topic
        if role == "support":
            return "待确认" if unit in self.asked_units else "免报"
        if self._to_correct(row, item, unit, role):
            return "待更正"
        if unit in self.asked_units:
            return "待确认"
        due = self.due(unit) or ENDS[self.counting.quarter]
        return "未报送" if self.today > due else "未到期"

    def _to_correct(self, row: Chosen, item: str, unit: str, role: str) -> bool:
        """An open 强制 problem: progress or deadline missing, a figure that is none.

        A row that a valid return leaves blank lacks its progress, unless it was said before.
        """
        if not row.cells and (unit, "annex", item, "") in self.counting.blank:
            return True
        if row.cells and role != "support":  # which is never chased for what is missing
            if "progress" not in row.cells:
                return True
            if "deadline" not in row.cells and not is_nil(row.text("progress")):
                return True
        plan = self.counting.plan
        for target in plan.item(item).targets:
            if unit in plan.reports(plan.item(item), target) and not target.in_words:
                said = self.counting.figure(unit, item, target.key)
                if said and said.figure is None:
                    return True
        return False

    @cached_property
    def doubted(self) -> set[tuple[str, str]]:
        """Unit and item of rows in valid files that nobody can place."""
        return {d for r in self.counting.known if r.quarter == self.counting.quarter
                for d in r.content.doubts}  # fmt: skip

    @cached_property
    def asked_units(self) -> set[str]:
        """Units whose return may be among files that a person must decide about."""
        found: set[str] = set()
        for sha, memory in self.counting.facts.memory.items():
            content = self.counting.facts.contents[sha]
            if not self.counting.facts.void(sha) and self.asks(content, memory):
                found |= self._may_be(content, memory)
        return found

    def asks(self, content: Content, memory: Memory) -> bool:
        """Whether the file as a whole must be decided about."""
        if content.kind == "broken":
            return True
        if content.kind != "return":
            return False
        return not self.counting.holds(*self.counting.whose(content, memory))

    def _may_be(self, content: Content, memory: Memory) -> set[str]:
        """The units that anything about the file speaks of, if it may be of this quarter."""
        unit, quarter = self.counting.whose(content, memory)
        # One that came in a quarter before and is gone is no question any more.
        begun = ENDS[before(self.counting.quarter)]
        current = memory.lain or self.counting.facts.arrival(content.sha).date() > begun
        return {unit} if unit and current and quarter in ("", self.counting.quarter) else set()

    @cached_property
    def figures(self) -> dict[tuple[str, str, str], Figure]:
        plan, quarter = self.counting.plan, self.counting.quarter
        found = {}
        for _, item in plan.items_in(quarter):
            for target in item.targets:
                for unit in plan.reports(item, target):
                    now = self.counting.figure(unit, item.key, target.key)
                    found[item.key, target.key, unit] = Figure(
                        self.counting.last_figure(unit, item.key, target.key),
                        now.figure if now else None,
                        now.text if now else "",
                    )
        return found

    def units(self) -> dict[str, UnitLine]:
        return {
            unit: self._unit(unit) for unit in self.counting.plan.holders(self.counting.quarter)
        }

    def _unit(self, unit: str) -> UnitLine:
        duties = self.counting.plan.duties(self.counting.quarter)
        mine = {(i.key, u) for i, u, role in duties if u == unit and role != "support"}
        owed = {k for k in mine if self.details[k].state != "免报"}
        answered = [
            d for k, d in self.details.items()
            if k in owed and (d.cells or d.state == "零报告")
            and d.state in ("已报送", "零报告", "待更正")
        ]  # fmt: skip
        own = self.counting.returns_of(unit)
        arrivals = [r.arrival for r in own]
        called = [
            datetime.combine(n.told, time()) for n in self.told("零报告", unit, "*") if n.told
        ]
        called += [
            datetime.combine(n.told, time()) for i in {i for i, u in mine}
            for n in self.told("零报告", unit, i) if n.told and n.item
        ]  # fmt: skip
        first = min((*arrivals, *called), default=None)
        return UnitLine(
            len(owed),
            len(answered),
            first,
            arrivals[0] if arrivals else None,
            day_after(first, self.due(unit)) if first and owed else None,
            len(own),
        )

    def corrections(self, final: dict[tuple[str, ...], str]) -> set[tuple[str, str, str, str]]:
        """What is no longer what went up: item, unit, old, new."""
        now = self.counting.everything()
        final = {(self.counting.plan.heir(key[0]), *key[1:]): said for key, said in final.items()}
        return {
            (key[2], key[0], final.get(key, ""), now.get(key, ""))
            for key in {*final, *now} if final.get(key) != now.get(key)
        }  # fmt: skip

    def receipts(self) -> dict[str, Receipt]:
        """Every file in inbox/ → what may be said of it; of copies, one bears the outcome."""
        found: dict[str, Receipt] = {}
        by_sha: dict[str, list[Lying]] = {}
        for file in self.counting.facts.lying():
            by_sha.setdefault(file.sha, []).append(file)
        for sha, places in by_sha.items():
            outcome = self.outcome(sha)
            more = {"重复"} if len(places) > 1 and outcome not in ("作废", "系统文件") else set()
            for place in places:
                found[place.path] = Receipt(
                    frozenset({*outcome.split("或")} | more),
                    self.counting.facts.arrival(sha),
                    self._clock(sha),
                )
        return found

    def _clock(self, sha: str) -> str:
        told = self.counting.facts.decision(sha).arrival
        return "登记" if told else self.counting.facts.memory[sha].clock

    def outcome(self, sha: str) -> str:
        content = self.counting.facts.contents[sha]
        memory = self.counting.facts.memory[sha]
        fixed = {"container": "已展开", "system": "系统文件", "photo": "盖章件或附件", "scan": "盖章件或附件",
                 "broken": "无法读取", "foreign": "其他方案", "stranger": "无法识别"}  # fmt: skip
        if self.counting.facts.void(sha):
            return "作废"
        if content.kind in fixed:
            return fixed[content.kind]
        unit, quarter = self.counting.whose(content, memory)
        if not self.counting.holds(unit, quarter):
            return "待确认"
        if quarter != self.counting.quarter:
            return "其他期次"
        return self._used(content, unit)

    def _used(self, content: Content, unit: str) -> str:
        """采用, 部分采用 or 被替代, by how many of the rows that say something count."""
        said = [r for r in content.rows if self.counting.facts.said(content, r)]
        if not said:
            return "待确认"
        used, asked = 0, bool(content.doubts)
        for row in said:
            key = self.counting.speaks(content, unit, row)
            asked |= key[1] == "annex" and not self.counting.owes(key)
            used += (
                content.sha in self.counting.chosen(*self.counting.speaks(content, unit, row)).files
            )
        if not used:
            return "待确认" if asked else "被替代"
        return "采用" if used == len(said) and not asked else "部分采用"
