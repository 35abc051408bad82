"""What a run shows beside what must have come of it → every difference, one line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from shishi_xl.summary import Summary

from .expected import Detail, Expected, Receipt
from .office import Office
from .shown import Names, Shown, by_minute, in_summary, in_workbook, without_proxies


def differences(office: Office, summary: Summary, expected: Expected) -> Iterator[str]:
    """What the run says otherwise than the model: table, row, what is there, what should be."""
    quarter = expected.counting.quarter
    names = Names(office.plan_in(quarter), quarter)
    yield from _unlike_model(in_summary(summary, names), expected, expected.details)
    if not office.quick:
        file = office.root / "outbox" / quarter / f"汇总_{quarter}.xlsx"
        details = without_proxies(expected.details)
        yield from _unlike_model(in_workbook(file, names), expected, details)
    yield from _finals(office, summary, expected, names)


def _unlike_model(
    shown: Shown, expected: Expected, details: Mapping[tuple[str, str], Detail]
) -> Iterator[str]:
    units = {
        unit: replace(line, first=by_minute(line.first), arrival=by_minute(line.arrival))
        for unit, line in expected.units().items()
    }
    receipts = {
        path: replace(r, arrival=by_minute(r.arrival)) for path, r in expected.receipts().items()
    }
    for table, found, wanted in (
        ("明细", shown.details, details),
        ("量化指标", shown.figures, expected.figures),
        ("报送情况", shown.units, units),
        ("收件清单", shown.receipts, receipts),
    ):
        yield from _unlike(table, found, wanted)
    yield from _sums(shown, expected)


def _unlike(table: str, found: Mapping[Any, Any], wanted: Mapping[Any, Any]) -> Iterator[str]:
    for key in sorted({*found, *wanted}, key=str):
        is_there, should = found.get(key), wanted.get(key)
        if not _agree(is_there, should):
            shown = "/".join(key) if isinstance(key, tuple) else key
            yield f"{table} {shown.replace(' ', '_')}: {_short(is_there, should)}"


def _short(found: Any, wanted: Any) -> str:
    """What differs, without what agrees."""
    if type(found) is type(wanted) and hasattr(found, "__dataclass_fields__"):
        names = [n for n in found.__dataclass_fields__ if getattr(found, n) != getattr(wanted, n)]
        return "; ".join(f"{n} {getattr(found, n)!r} ≠ {getattr(wanted, n)!r}" for n in names)
    return f"{found} ≠ {wanted}"


def _agree(found: Any, wanted: Any) -> bool:
    if isinstance(found, Receipt) and isinstance(wanted, Receipt):
        same = (found.arrival, found.clock) == (wanted.arrival, wanted.clock)
        return same and found.outcomes <= wanted.outcomes
    if isinstance(found, Detail) and isinstance(wanted, Detail):
        return found.files <= wanted.files and replace(found, files=wanted.files) == wanted
    return bool(found == wanted)


def _sums(shown: Shown, expected: Expected) -> Iterator[str]:
    """Of copies one bears the outcome; files that are gone come last, and do not lie there."""
    lying = {file.path for file in expected.counting.facts.lying()}
    gone = [outcome == "已不在收件箱" for _, outcome in shown.order]
    if gone != sorted(gone):
        yield "收件清单 已不在收件箱: does not come last"
    for path, outcome in shown.order:
        if outcome == "已不在收件箱" and path in lying:
            yield f"收件清单 {path}: said to be gone, and lies there"
    for sha, found in shown.copies.items():
        bearing = [o for o in found if o != "重复"]
        if len(bearing) != 1 and not {"作废", "系统文件"} & set(bearing):
            yield f"收件清单 {sha[:6]}: {found} for the copies of one file"


def _finals(office: Office, summary: Summary, expected: Expected, names: Names) -> Iterator[str]:
    """Corrections since 定稿; nothing in 定稿/ ever changes."""
    drafts = office.finals.get(expected.counting.quarter, [])
    wanted = expected.corrections(drafts[-1]) if drafts else set()
    found = {(names.item(c.number), names.unit(c.unit), c.old, c.new) for c in summary.corrections}
    for line in sorted(found ^ wanted):
        yield f"定稿后的更正 {line}: {'there' if line in found else 'missing'}"
    for file, content in office.frozen.items():
        if not file.is_file() or file.read_bytes() != content:
            yield f"定稿 {file.name}: changed"
