"""Whole returns without fault: every unit of a programme for a period, as its contact would write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

import yaml

from shishi_xl.demo.unit import Unit
from shishi_xl.init import init
from shishi_xl.period import parse_period

from ..clerk import Clerk, Found

WHOLE = Path(__file__).parent / "whole"
FILES = tuple(sorted(f.name for f in WHOLE.glob("*.yaml")))

Rows = Mapping[int, Mapping[str, Any]]


def load_whole(name: str) -> tuple[str, Mapping[str, Mapping[str, Rows]]]:
    """The programme's id, and period → unit → item's number → what is written for it."""
    source = yaml.safe_load((WHOLE / name).read_text("utf-8"))
    return source["programme"], source["periods"]


def whole_texts() -> Iterator[str]:
    """Every progress text."""
    for name in FILES:
        for units in load_whole(name)[1].values():
            for rows in units.values():
                yield from (str(row["text"]) for row in rows.values())


def play(root: Path, name: str) -> Iterator[tuple[str, Found]]:
    """Period by period: the forms go out, all come back filled, and a run reads them."""
    programme, periods = load_whole(name)
    workspace = init(root, programme)
    for code, units in periods.items():
        period = parse_period(code)
        assert period
        clerk = Clerk(workspace.root, code, period.end)
        clerk.sends()
        for unit, rows in units.items():
            form = clerk.unit(unit)
            _fill(form, rows)
            clerk.receives(form, f"{unit}{code}.xlsx", datetime.combine(period.end, time(9, 30)))
        yield code, clerk.consolidates()


def _fill(form: Unit, rows: Rows) -> None:
    """Every cell that is asked for; figures in the order of the sheet."""
    for number, row in rows.items():
        item = form.item(number)
        form.fills(item, row["text"], row["deadline"])
        own = [target for name, target in form.targets if name == item]
        for target, figure in zip(own, row.get("figures", ()), strict=True):
            if figure is not None:
                form.reports(target, figure, item)
        if "status" in row:
            form.says_status(item, row["status"], row.get("obstacle", ""))
