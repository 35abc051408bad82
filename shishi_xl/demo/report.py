"""What a unit has to say in one quarter, and how it gets onto its form and into the inbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from .saving import write_file
from .unit import Typed, Unit

Lines = Mapping[int, tuple[str, str]]  # 序号 → two texts


@dataclass(frozen=True, slots=True)
class Report:
    """`answers`: 序号 → progress and deadline; `status`: 序号 → 状态 and 存在问题."""

    person: str
    phone: str
    answers: Lines
    figures: Mapping[str, Typed] = field(default_factory=dict)
    status: Lines = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mail:
    """The forms as sent, by unit, and the folder where what comes back is saved."""

    forms: Mapping[str, Path]
    inbox: Path

    def filled(self, unit: str, report: Report) -> Unit:
        """The unit's form with its report typed in."""
        book = Unit(self.forms[unit])
        type_in(book, report)
        return book

    def brings(
        self, book: Unit, name: str, saved: datetime, arrives: datetime | None = None
    ) -> bytes:
        """A workbook comes in, saved then and arriving with it or later; returns its bytes."""
        return book.saves_as(self.inbox / name, saved, arrives).read_bytes()

    def brings_file(self, content: bytes, name: str, arrives: datetime) -> None:
        """Any other file comes in."""
        write_file(self.inbox / name, content, arrives)


def type_in(book: Unit, report: Report) -> None:
    """Type a report into a form, sheet by sheet, and sign it."""
    for number, (progress, deadline) in report.answers.items():
        book.fills(book.item(number), progress, deadline)
    for target, figure in report.figures.items():
        book.reports(target, figure)
    for number, (status, obstacle) in report.status.items():
        book.says_status(book.item(number), status, obstacle)
    book.signs(填报人=report.person, 联系电话=report.phone)
