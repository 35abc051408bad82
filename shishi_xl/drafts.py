"""What went up: the answers as they stood when 呈报 was finalised, and what was corrected since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Said:
    """One answer that counts: its unit, row and column, what it says and the file it came from.

    `label` is what people call it: the column's header, or the target's name.
    """

    unit: str
    sheet: str
    item: str
    target: str
    column: str
    label: str
    text: str
    file: str

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """Which answer it is, whatever it says."""
        return (self.unit, self.sheet, self.item, self.target, self.column)


@dataclass(frozen=True, slots=True)
class FinalDraft:
    """One file in outbox/PERIOD/定稿/. `as_of` is the day of the run that it shows.

    `sha256` is of its bytes, `content` of what it shows whatever the day.
    """

    period: str
    number: int
    day: date
    as_of: date
    file: str
    sha256: str
    content: str
    said: tuple[Said, ...] = ()

    @property
    def label(self) -> str:
        return f"第{self.number}稿（{self.day.year}年{self.day.month}月{self.day.day}日定稿）"


@dataclass(frozen=True, slots=True)
class Correction:
    """An answer that is no longer what was finalised. "" is “nothing was reported”.

    `file` gave the new answer; where there is none any more, the old one.
    """

    number: int
    item: str
    unit: str
    label: str
    old: str
    new: str
    file: str
