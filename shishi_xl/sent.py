"""A form as it was sent: its rows by item, and its fixed text for the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .unit_form import SentRow, UnitForm, compared, fixed_text


def sent_rows(form: UnitForm) -> dict[tuple[str, str, str], SentRow]:
    """A form's rows by (sheet, item, target)."""
    return {(t.table.sheet, r.item, r.target): r for t in form.tables for r in t.rows}


def form_body(form: UnitForm, before: str = "") -> str:
    """A form's fixed text for the ledger, JSON: what a return of it is held against.

    `before`: the body that the ledger has under this code. A form may go out again with other
    carried answers; a return may be of either, so that all of them are remembered.
    """
    known = {(r["sheet"], r["item"], r["target"]): r for r in json.loads(before or "[]")}
    rows = [
        {
            "sheet": sent.table.sheet, "item": row.item, "target": row.target,
            "number": row.number, "name": row.name,
            "fixed": {c.key: fixed_text(row, c) for c in sent.table.fixed if compared(c)},
            "carried": _carried(row, known.get((sent.table.sheet, row.item, row.target), {})),
        }
        for sent in form.tables
        for row in sent.rows
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)


def _carried(row: SentRow, before: Mapping[str, Any]) -> dict[str, list[str]]:
    """Column → every text that a form of this code came with."""
    known = {key: list(texts) for key, texts in before.get("carried", {}).items()}
    for key, text in row.prefill.items():
        known[key] = sorted({*known.get(key, ()), text})
    return known


def read_body(body: str) -> dict[tuple[str, str, str], SentRow]:
    """What `form_body` wrote, by (sheet, item, target); nothing for ""."""
    return {
        (r["sheet"], r["item"], r["target"]): SentRow(
            r["item"], r["target"], r["number"], r["name"], r["fixed"], carried=r.get("carried")
        )
        for r in json.loads(body or "[]")
    }
