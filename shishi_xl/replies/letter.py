"""Letters to units: texts from templates → Letter → a mail that opens as a draft, and plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ..model import Programme
from ..office import Office
from ..period import Period
from ..problems import CannotStart
from ..summary import Summary
from ..texts import render_text
from ..workspace import Workspace
from .mail import Letter, write_eml, write_txt
from .reply import Reply, answer_by

_WEEKDAYS = "一二三四五六日"
_LISTED = 20  # problems that a letter names; the workbook has them all


def return_letter(workspace: Workspace, summary: Summary, reply: Reply) -> Letter:
    """What to correct and explain."""
    words = {
        "musts": reply.musts[:_LISTED],
        "questions": reply.questions[: max(0, _LISTED - len(reply.musts))],
        "counts": (len(reply.musts), len(reply.questions)),
        "more": max(0, len(reply.remarks) - _LISTED),
        "marked": any(r.where for r in reply.remarks),
        "missing": reply.missing,
    }
    return _letter(
        workspace, summary.programme, summary.period, summary.today, "退回函", reply, words
    )


def missing_letter(workspace: Workspace, summary: Summary, reply: Reply) -> Letter:
    """What has not come."""
    words = {
        "missing": reply.missing,
        "owed": reply.owed,
        "remarks": reply.remarks,
        "paper_alone": reply.paper_alone,
        "copy": reply.copy,
    }
    return _letter(
        workspace, summary.programme, summary.period, summary.today, "催报函", reply, words
    )


def stamp_letter(workspace: Workspace, summary: Summary, reply: Reply) -> Letter:
    """That the stamped copy has not come, or has no seal."""
    words = {"copy": reply.copy, "remarks": reply.remarks}
    return _letter(
        workspace, summary.programme, summary.period, summary.today, "催盖章函", reply, words
    )


def issue_letter(
    workspace: Workspace, office: Office, period: Period, today: date, unit: str, number: int
) -> Letter:
    """What goes out with a form."""
    due = office.programme.due_date(period)
    reply = Reply(unit, number, answer_by(today, due), due=due)
    items = [d.item for d in office.programme.duties(period) if d.unit == unit]
    words = {"items": items}
    return _letter(workspace, office.programme, period, today, "下发函", reply, words)


def _letter(
    workspace: Workspace,
    programme: Programme,
    period: Period,
    today: date,
    kind: str,
    reply: Reply,
    words: Mapping[str, object],
) -> Letter:
    addressee = programme.addressee(reply.unit)
    known = programme.unit(addressee)
    due = reply.due
    file = workspace.template(f"texts/{kind}.txt")
    text = render_text(
        file,
        lines=True,
        programme=programme,
        period=period,
        unit=addressee,
        form_of=reply.unit,
        collector=programme.collector,
        sender=programme.collector.name or programme.issuer,
        due=day_words(due) if due else "",
        by=day_words(reply.by),
        today=day_words(today),
        **words,
    )
    subject, _, body = re.sub(r"\n{3,}", "\n\n", text.strip()).partition("\n")
    if not body.strip():
        raise CannotStart(f"{file} 应先写一行主题，空一行再写正文。请对照内置的同名文本改正。")
    key = f"{programme.id}/{period}/{kind}/{reply.unit}"
    return Letter(key, subject.strip(), body.strip("\n"), addressee, known.email, today)


def letter_files(beside: Path, letter: Letter, attached: bytes) -> dict[Path, bytes]:
    """The mail with the workbook attached, and the same text for systems without mail."""
    return {
        beside.with_suffix(".eml"): write_eml(letter, beside.name, attached),
        beside.with_suffix(".txt"): write_txt(letter),
    }


def day_words(day: date) -> str:
    """2023年7月10日（星期一）."""
    return f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"
