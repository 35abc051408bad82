"""Summary → what `status --json` prints: names in English, values as in the workbook."""

from __future__ import annotations

from collections.abc import Mapping

from .drafts import Correction
from .summary import DetailRow, ProblemRow, Summary, UnitRow

_Json = Mapping[str, object]


def as_json(summary: Summary) -> _Json:
    """The summary for programs."""
    return {
        "programme": summary.programme.id,
        "period": str(summary.period),
        "today": summary.today.isoformat(),
        "open": summary.open,
        "notes": list(summary.notes),
        "finalised": [
            {"number": d.number, "day": d.day.isoformat(), "file": d.file} for d in summary.drafts
        ],
        "corrections": [_correction(c) for c in summary.corrections],
        "units": [_unit(u) for u in summary.units],
        "items": [
            {"number": i.item.number, "name": i.item.name, "class": str(i.item_class)}
            for i in summary.items
        ],
        "details": [_detail(d) for d in summary.details],
        "problems": [_problem(p) for p in summary.problems],
        "files": [
            {"file": f.path, "sha256": f.sha256, "outcome": str(f.outcome), "remark": f.remark}
            for f in summary.receipts
        ],
    }


def _correction(c: Correction) -> _Json:
    return {
        "item": c.number,
        "unit": c.unit,
        "label": c.label,
        "old": c.old,
        "new": c.new,
        "file": c.file,
    }


def _unit(u: UnitRow) -> _Json:
    return {
        "unit": u.unit,
        "state": str(u.state),
        "owed": u.owed,
        "answered": u.answered,
        "first_arrival": u.first_arrival and u.first_arrival.isoformat(),
        "late": u.late,
        "stamped": [str(state) for state in u.stamped.states],
        "stamped_where": u.stamped.where,
        "versions": u.versions,
        "problems": {grade.name.lower(): n for grade, n in u.problems.items()},
        "person": u.person,
        "phone": u.phone,
    }


def _detail(d: DetailRow) -> _Json:
    return {
        "item": d.duty.item.number,
        "unit": d.duty.unit,
        "state": str(d.state),
        "answers": dict(d.answers),
        "cells": [f"{p.file}#{p.sheet}!{p.cell}" for p in d.places],
    }


def _problem(row: ProblemRow) -> _Json:
    problem, place = row.problem, row.problem.place
    return {
        "grade": str(problem.grade),
        "code": problem.code,
        "unit": problem.unit,
        "item": problem.item,
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
        "found": problem.found,
        "message": problem.message,
        "advice": problem.advice,
        "state": row.state,
        "explanation": row.explanation,
    }
