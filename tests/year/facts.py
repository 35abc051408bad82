"""What happened in the year, as those who did it know it: what every file says, where it lay when.

Nothing here decides what counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Said:
    """What stands in one answer cell. `figure`: the number it means, if it means one.

    `carried`: the form came with it; the unit left it as it was.
    """

    text: str
    cell: str = ""
    figure: Decimal | None = None
    carried: bool = False


@dataclass(frozen=True)
class Row:
    """What one row of a file says, for one unit. `sheet` is annex, targets or status."""

    unit: str
    sheet: str
    item: str
    target: str
    cells: dict[str, Said]

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.unit, self.sheet, self.item, self.target)


@dataclass(frozen=True)
class Content:
    """The bytes of one file, and what whoever made it put in. `kind`: return, container, blank,
    system, photo, broken, other. `unit` and `quarter`: whose form it is; "" where nothing in the
    file says so. `doubts`: unit and item of rows that nobody can place."""

    sha: str
    kind: str
    unit: str = ""
    quarter: str = ""
    saved: datetime | None = None
    rows: tuple[Row, ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    inside: tuple[tuple[str, str], ...] = ()  # of a container: name → sha
    mailed: datetime | None = None  # of a mail: its date
    form: int = 0  # which form it was filled on
    code: str = ""  # that form's code, which other versions of it may have too
    of: str = ""  # whose it is in truth, and of which quarter, where it does not say
    asof: str = ""


@dataclass(frozen=True)
class Copy:
    """One place in inbox/ where some bytes lie. `since`: the file's own time."""

    path: str
    sha: str
    since: datetime


@dataclass(frozen=True)
class Lying:
    """A file in inbox/, or in one there; `top` is the one in inbox/ itself."""

    path: str
    sha: str
    since: datetime
    clock: str
    top: str

    @property
    def set_aside(self) -> bool:
        """Whether the clerk put it into a folder 作废; what an archive calls its own is no word."""
        return "作废" in self.top.split("/")[:-1]


@dataclass(frozen=True)
class Decision:
    """The clerk's word on one file in 登记.xlsx; what it leaves open is "" or None."""

    unit: str = ""
    quarter: str = ""
    arrival: datetime | None = None
    handling: str = ""  # 采用, 作废, 恢复


@dataclass(frozen=True)
class Notice:
    """What a unit said by telephone: 零报告, 免报 or 延期; of one item, or of all ("")."""

    topic: str
    unit: str
    quarter: str
    item: str = ""
    until: date | None = None
    told: date | None = None


@dataclass
class Memory:
    """What an office knows of some bytes after it has looked at them once."""

    arrival: datetime
    clock: str
    void: bool = False
    lain: tuple[str, ...] = ()  # where it lay at the last look
    last: tuple[str, ...] = ()  # where it lay when it was last seen
    paths: tuple[str, ...] = ()  # everywhere it ever lay


@dataclass
class Facts:
    """All files ever made, where they lie now, and what looking at them has taught."""

    contents: dict[str, Content] = field(default_factory=dict)
    copies: dict[str, Copy] = field(default_factory=dict)
    memory: dict[str, Memory] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    # Code of a form and item → every deadline that a form of this code came with.
    carried: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def said(self, content: Content, row: Row) -> bool:
        """Whether the unit filled anything in, beside what such a form comes with."""
        came_with = self.carried.get((content.code, row.item), set())
        return any(
            not cell.carried and not (column == "deadline" and cell.text in came_with)
            for column, cell in row.cells.items()
        )

    def decision(self, sha: str) -> Decision:
        return self.decisions.get(sha, Decision())

    def void(self, sha: str) -> bool:
        """作废 in 登记, or the folder; what 登记 says goes first."""
        handling = self.decision(sha).handling
        return handling == "作废" if handling else self.memory[sha].void

    def arrival(self, sha: str) -> datetime:
        """收到时间: by 登记, else as the office came to know."""
        return self.decision(sha).arrival or self.memory[sha].arrival

    def lying(self) -> list[Lying]:
        """Every file in inbox/, those inside others too."""
        found: list[Lying] = []
        for copy in self.copies.values():
            found += self._unfold(Lying(copy.path, copy.sha, copy.since, "文件时间", copy.path))
        return found

    def _unfold(self, file: Lying) -> list[Lying]:
        content = self.contents[file.sha]
        if content.mailed:
            file = replace(file, since=content.mailed, clock="邮件时间")
        found = [file]
        for name, inner in content.inside:
            found += self._unfold(replace(file, path=f"{file.path}/{name}", sha=inner))
        return found

    def look(self, today: date) -> None:
        """The office looks into inbox/ on a day."""
        latest = datetime(today.year, today.month, today.day, 23, 59)
        seen: dict[str, list[Lying]] = {}
        for file in self.lying():
            seen.setdefault(file.sha, []).append(file)
        for sha, places in seen.items():
            first = min(places, key=lambda p: (p.since, p.path))
            early = first.since <= latest
            known = self.memory.setdefault(
                sha,
                Memory(min(first.since, latest), first.clock if early else "首次运行"),
            )
            _by_mail(known, [p.since for p in places if p.clock == "邮件时间"], latest)
            _void_or_not(known, places)
            paths = tuple(p.path for p in places)
            known.lain = known.last = paths
            known.paths = tuple(dict.fromkeys((*paths, *known.paths)))
        for sha, known in self.memory.items():
            if sha not in seen:
                known.lain = ()


def _by_mail(known: Memory, mails: list[datetime], latest: datetime) -> None:
    """A mail's date goes before any file's time, also where the mail is found later."""
    came = [mail for mail in mails if mail <= latest]
    if known.clock == "邮件时间":
        came.append(known.arrival)
    if came:
        known.arrival, known.clock = min(came), "邮件时间"


def _void_or_not(known: Memory, places: list[Lying]) -> None:
    """These bytes are void while they lie in 作废/, and until they are moved out again."""
    if any(p.set_aside for p in places):
        known.void = True
    elif {p.path for p in places} - set(known.lain):
        known.void = False
