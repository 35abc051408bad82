"""What a run shows, in our own keys: from its Summary, or from the workbook that it wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from shishi_xl.summary import Outcome, Summary

from .expected import Detail, Figure, Receipt, UnitLine
from .plan import Plan

_GONE = str(Outcome.GONE.value)


@dataclass(frozen=True)
class Shown:
    """The four plain tables. `copies`: content → the outcomes of its files; `order`: outcomes."""

    details: Mapping[tuple[str, str], Detail]
    figures: Mapping[tuple[str, str, str], Figure]
    units: Mapping[str, UnitLine]
    receipts: Mapping[str, Receipt]
    copies: Mapping[str, list[str]]
    order: list[tuple[str, str]]


class Names:
    """The program's words → our keys, in one quarter."""

    def __init__(self, plan: Plan, quarter: str) -> None:
        self.units = {u.called(quarter): u.key for u in plan.units.values()}
        self.items = {n: i.key for n, i in plan.items_in(quarter)}
        self.targets = {
            (i.key, t.name): t.key for _, i in plan.items_in(quarter) for t in i.targets
        }

    def unit(self, name: str) -> str:
        return self.units.get(name, f"?{name}")

    def item(self, number: int) -> str:
        return self.items.get(number, f"?{number}")

    def target(self, item: str, name: str) -> str:
        return self.targets.get((item, name), f"?{name}")


def by_minute(moment: datetime | None) -> datetime | None:
    """Workbooks show minutes."""
    return moment and moment.replace(second=0, microsecond=0)


def in_summary(summary: Summary, names: Names) -> Shown:
    """What the stages worked out."""
    details = {
        (names.item(row.duty.item.number), names.unit(row.duty.unit)): Detail(
            str(row.state.value), row.answers.get("progress", ""), row.answers.get("deadline", ""),
            frozenset(_plain(p.file) for p in row.places if row.answers),
            tuple(p.cell for p in row.places if row.answers),
            names.unit(row.proxy) if row.proxy else "",
        )
        for row in summary.details
    }  # fmt: skip
    figures = {}
    for row in summary.targets:
        item = names.item(row.item.number)
        key = (item, names.target(item, row.target.name), names.unit(row.unit))
        figures[key] = Figure(row.last, row.figure, row.written)
    units = {
        names.unit(row.unit): UnitLine(
            row.owed, row.answered, by_minute(row.first_arrival), by_minute(row.arrival), row.late,
            row.versions,
        )
        for row in summary.units
    }  # fmt: skip
    receipts: dict[str, Receipt] = {}
    copies: dict[str, list[str]] = {}
    order: list[tuple[str, str]] = []
    for file in summary.receipts:
        outcome = str(file.outcome.value)
        order.append((file.path, outcome))
        if outcome != _GONE:
            arrival = by_minute(file.arrival)
            receipts[file.path] = Receipt(frozenset({outcome}), arrival, file.clock)
            copies.setdefault(file.sha256, []).append(outcome)
    return Shown(details, figures, units, receipts, copies, order)


def in_workbook(file: Path, names: Names) -> Shown:
    """What stands in 汇总_PERIOD.xlsx."""
    book = load_workbook(file, read_only=False)
    tables = {
        name: list(_rows(book[name])) for name in ("明细", "量化指标", "报送情况", "收件清单")
    }
    details = {}
    for row in tables["明细"]:
        key = (names.item(row["序号"]), names.unit(row["责任单位"]))
        progress, deadline = (
            str(row["本季度具体措施及任务进度情况"] or ""),
            str(row["完成时限"] or ""),
        )
        answered = bool(progress or deadline)
        details[key] = Detail(
            row["状态"], progress, deadline,
            frozenset(map(_plain, _split(row["来源文件"], "；"))) if answered else frozenset(),
            tuple(_split(row["单元格"], "、")) if answered else (),
        )  # fmt: skip
    figures = {}
    for row in tables["量化指标"]:
        item = names.item(row["序号"])
        key3 = (item, names.target(item, row["指标"]), names.unit(row["责任单位"]))
        figures[key3] = Figure(
            _number(row["上期累计"]), _number(row["本期累计"]), str(row["填报原文"] or "")
        )
    units = {
        names.unit(row["责任单位"]): UnitLine(
            row["应报事项"], row["已报事项"], by_minute(row["首报时间"]), by_minute(row["收到时间"]),
            {"是": True, "否": False}.get(row["是否逾期"]), row["版本数"],
        )
        for row in tables["报送情况"]
    }  # fmt: skip
    receipts: dict[str, Receipt] = {}
    copies: dict[str, list[str]] = {}
    order: list[tuple[str, str]] = []
    for row in tables["收件清单"]:
        path, outcome = row["文件"], row["处理结果"]
        order.append((path, outcome))
        if outcome != _GONE:
            moment, _, clock = row["收到时间"].partition("（")
            arrival = datetime.strptime(moment, "%Y-%m-%d %H:%M")
            receipts[path] = Receipt(frozenset({outcome}), arrival, clock.rstrip("）"))
            copies.setdefault(row["SHA-256"], []).append(outcome)
    return Shown(details, figures, units, receipts, copies, order)


def without_proxies(details: Mapping[tuple[str, str], Detail]) -> dict[tuple[str, str], Detail]:
    """明细 has no column for 代报."""
    return {key: replace(detail, proxy="") for key, detail in details.items()}


def _rows(sheet: Any) -> Any:
    rows = sheet.iter_rows(values_only=True)
    head = next(rows)
    return (dict(zip(head, row, strict=True)) for row in rows)


def _split(text: str | None, by: str) -> list[str]:
    return text.split(by) if text else []


def _plain(file: str) -> str:
    return file.partition("（原文件")[0]


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
