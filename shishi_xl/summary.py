"""What one period comes to: the values that the summary workbook, `status` and letters show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from .copies import NOT_ASKED, CopyStand, StampedCopy, StampedPage
from .drafts import Correction, FinalDraft, Said
from .form import Form
from .model import Duty, Item, Programme
from .period import Period
from .problems import Grade, Place, Problem, count_causes
from .target import Target


class State(StrEnum):
    """状态 of one item × unit."""

    REPORTED = "已报送"
    NIL = "零报告"
    CORRECT = "待更正"  # an open 强制 problem
    DECIDE = "待确认"  # something came that a person must decide
    MISSING = "未报送"
    NOT_DUE = "未到期"
    EXEMPT = "免报"


PENDING, EXPLAINED, ACCEPTED, CORRECTED = "待处理", "已说明", "已采信", "已更正"


class ItemClass(StrEnum):
    """How an item stands; the worst of its targets and the reporter's word."""

    DONE = "已完成"
    ON_SCHEDULE = "按序时推进"
    SLOW = "推进缓慢"
    NOT_STARTED = "未启动"
    UNMARKED = "未标明"
    MISSING = "未报送"


class Outcome(StrEnum):
    """处理结果 of one file."""

    ADOPTED = "采用"
    PARTLY = "部分采用"
    REPLACED = "被替代"
    DUPLICATE = "重复"
    OTHER_PERIOD = "其他期次"
    OTHER_PROGRAMME = "其他方案"
    VOID = "作废"
    STAMPED = "盖章件"
    ATTACHMENT = "附件"
    UNPACKED = "已展开"
    SYSTEM = "系统文件"
    GONE = "已不在收件箱"
    ASKED = "待确认"
    UNRECOGNISED = "无法识别"
    UNREADABLE = "无法读取"


@dataclass(frozen=True, slots=True)
class DetailRow:
    """明细: one item × unit. `answers`: column key → verbatim text; `deadline` is 规范.

    `places`: the cells that the answers come from, in the order of the form's columns.
    `proxy` names the unit that answered in its place (代报). `done_since`: the period in which
    the item was reported done, where that makes it 免报.
    """

    duty: Duty
    state: State
    answers: Mapping[str, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    deadline: date | None = None
    proxy: str = ""
    done_since: Period | None = None

    @property
    def owed(self) -> bool:
        """Whether an answer is asked for: no 配合单位, and not 免报."""
        return self.duty.owed and self.state is not State.EXEMPT

    @property
    def answered(self) -> bool:
        """Whether there is an answer, be it one to correct: an empty row that came back is none."""
        said = self.state in (State.REPORTED, State.NIL)
        return said or (self.state is State.CORRECT and bool(self.answers))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item lags, in words, and the units whose part it is."""

    text: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """量化指标: one target × reporting unit. `None` is “not reported”, never 0.

    `written` is the cell verbatim; `rate` is 完成率 and 1 means reached; `verdict` is 评价.
    `asked`: False of an item that was reported done before.
    """

    item: Item
    target: Target
    unit: str
    last: Decimal | None = None
    figure: Decimal | None = None
    written: str = ""
    rate: Decimal | None = None
    requirement: Decimal | str | None = None
    verdict: str = ""
    in_text: str = ""
    place: Place = Place()
    asked: bool = True


@dataclass(frozen=True, slots=True)
class UnitRow:
    """报送情况: one unit. `late` is None where nothing can be late.

    `sent_back`: how many of its returns, different in content, were answered with a reply.
    `reply_to`: the content of its newest return where that is to be answered now.
    """

    unit: str
    owed: int
    answered: int
    state: str
    electronic: str = ""
    stamped: CopyStand = NOT_ASKED
    first_arrival: datetime | None = None
    arrival: datetime | None = None
    late: bool | None = None
    versions: int = 0
    sent_back: int = 0
    problems: Mapping[Grade, int] = field(default_factory=dict)
    person: str = ""
    phone: str = ""
    due: date | None = None  # with what 登记 extends
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """问题清单: a problem with what became of it. `mark` makes it the same one in every run."""

    problem: Problem
    state: str = PENDING
    explanation: str = ""
    first_found: date | None = None
    mark: str = ""

    @property
    def open(self) -> bool:
        """Whether it still stands: neither explained nor corrected."""
        return self.state == PENDING


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """收件清单: one file. `clock` says where `arrival` comes from."""

    path: str
    size: int
    sha256: str
    arrival: datetime | None
    clock: str
    units: tuple[str, ...]
    periods: tuple[str, ...]
    basis: str
    outcome: Outcome
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """How one item stands, for 总览: its class, why, and the reporter's own words on it.

    `behind`: the units that a lagging item waits for, those of its slow targets before all.
    """

    item: Item
    item_class: ItemClass
    reasons: tuple[Reason, ...] = ()
    obstacles: tuple[tuple[str, str], ...] = ()  # (unit, text)
    ahead: bool = False  # 提前
    beyond: bool = False  # 超额
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodPoint:
    """How one period of the year stood: item id → class; (item, target, unit) → figure."""

    period: Period
    classes: Mapping[str, ItemClass]
    figures: Mapping[tuple[str, str, str], Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything about one period, as of `today`."""

    programme: Programme
    form: Form
    period: Period
    today: date
    items: tuple[ItemRow, ...]
    details: tuple[DetailRow, ...]
    targets: tuple[TargetRow, ...]
    units: tuple[UnitRow, ...]
    problems: tuple[ProblemRow, ...]
    receipts: tuple[ReceiptRow, ...]
    notes: tuple[str, ...] = ()  # what the clerk must know of the run itself
    said: tuple[Said, ...] = ()  # every answer that counts
    drafts: tuple[FinalDraft, ...] = ()  # what was finalised, in order
    corrections: tuple[Correction, ...] = ()  # what was corrected since the last of them
    course: tuple[PeriodPoint, ...] = ()  # the programme's periods up to this one
    copies: tuple[StampedCopy, ...] = ()  # one for each unit whose stamped copy came
    loose_pages: tuple[StampedPage, ...] = ()  # of files of this period, and nobody's yet

    @property
    def classes(self) -> Counter[ItemClass]:
        return Counter(row.item_class for row in self.items)

    @property
    def states(self) -> Counter[State]:
        return Counter(row.state for row in self.details)

    @property
    def grades(self) -> Counter[Grade]:
        """Problems that still stand, those of one cause as one."""
        return count_causes(row.problem for row in self.problems if row.open)

    @property
    def open(self) -> bool:
        """Whether something is left to chase: missing after the due day, to correct, to decide,
        a stamped copy that lacks or has no seal."""
        chase = (State.MISSING, State.CORRECT, State.DECIDE)
        asked = any(
            r.outcome in (Outcome.ASKED, Outcome.UNREADABLE, Outcome.UNRECOGNISED)
            for r in self.receipts
        )
        faulty = any(r.problem.for_clerk and r.problem.grade is Grade.MUST for r in self.problems)
        unstamped = any(row.stamped.chased for row in self.units)
        owed = any(row.state in chase and row.owed for row in self.details)
        return asked or faulty or unstamped or owed
