"""One part's rows and cells, as the stages of extraction look at them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..catalogue import RULES
from ..form import Column, Table
from ..model import Item, Programme
from ..names import Names, fold, fold_words
from ..problems import Place, Problem
from ..returns import Part, Region
from ..sheets import Sheet, address
from ..unit_form import SentRow

Words = tuple[tuple[str, str], ...]

# Lines that people write under a table; they are no answers. A text that merely speaks of a
# telephone is one: the words must stand at the beginning, as a label does.
_LABEL = re.compile(
    r"(?:单位|部门|主要|分管|科室)*(?:负责人|填报人|填表人|联系人|审核人|联系电话|联系方式|电话|手机"
    r"|(?:填报|填表|报送)?(?:日期|时间)|填报单位|签字|签名)(?:签字|签名|签章)?(?:[:(].*)?"
    r"|.{0,8}(?:盖章|公章).{0,3}|20\d\d年\d{0,2}月\d{0,2}日"
)

# 单位负责人：王某；另：第5件已提前完成 says more than who signs.
_MORE = re.compile(r"第[0-9一二三四五六七八九十]{1,3}[件项条]|改为|更正|调整|完成|进展|推进")


@dataclass(frozen=True, slots=True)
class Tie:
    """What a row belongs to: an item (a target of it, or ""), and the unit it speaks for."""

    item: Item
    target: str
    unit: str

    def __hash__(self) -> int:
        return hash((self.item.id, self.target, self.unit))


@dataclass(frozen=True, slots=True)
class PartReader:
    """A part, with the form as it was sent: (sheet, item, target) → row."""

    names: Names
    part: Part
    file: str
    sent: Mapping[tuple[str, str, str], SentRow]

    @property
    def programme(self) -> Programme:
        """The programme by which the part's period goes."""
        return self.names.programme_in(self.part.period)

    @property
    def region(self) -> Region:
        return self.part.region

    @property
    def sheet(self) -> Sheet:
        return self.part.region.sheet

    @property
    def table(self) -> Table:
        """The part's table; recognition lets no region without one through."""
        assert self.region.table
        return self.region.table

    @property
    def rows(self) -> range:
        return self.region.rows

    def sent_wording(self, item: str, target: str) -> tuple[str, ...]:
        """What a target was called in the form as it was sent: it may have another name by now."""
        as_sent = self.sent.get((self.table.sheet, item, target))
        keys = (c.key for c in self.table.fixed if c.source == "target.name")
        return tuple(str(as_sent.fixed.get(k, "")) for k in keys) if as_sent else ()

    def title(self, column: Column) -> str:
        return column.title(self.part.period.cycle)

    def answer_columns(self) -> Iterator[tuple[Column, int]]:
        """The answer columns that the part has, with where they stand."""
        for column in self.table.answers:
            at = self.region.at(column)
            if at is not None:
                yield column, at

    def cell(self, row: int, col: int) -> str:
        """A cell's text; for a formula without a value the formula, for an error the error."""
        return self.sheet.text(row, col) or self.sheet.blanks.get((row, col), "")

    def answered(self, row: int) -> bool:
        return any(self.cell(row, at) for _, at in self.answer_columns())

    def carried(self, item: str, target: str, column: Column, text: str) -> bool:
        """Whether the form came with this answer: what was left as it was, nobody said anew."""
        if not column.carry:
            return False
        sent = self.sent.get((self.table.sheet, item, target))
        if sent is None or sent.carried is None:
            return sent is not None
        return text in sent.carried.get(column.key, ())

    def said(self, row: int, item: str, target: str) -> bool:
        """Whether anything is filled in beside what the form came with."""
        return any(
            text and not self.carried(item, target, column, text)
            for column, at in self.answer_columns()
            for text in [self.cell(row, at)]
        )

    def as_sent(self, row: int, item: str, target: str) -> bool:
        """Whether the row has the item's name that the form came with."""
        sent = self.sent.get((self.table.sheet, item, target))
        return sent is not None and fold_words(sent.name) == fold_words(self.name(row))

    def name(self, row: int) -> str:
        return self.region.fixed(row, "item.name")

    def named(self, row: int) -> bool:
        """Whether the row says which item it is, rightly or not."""
        return bool(self.name(row) or self.region.fixed(row, "item.number"))

    def signed(self, row: int) -> bool:
        """Whether it is a line to sign, as stands under a table."""
        return any(
            len(t) < 60 and _LABEL.fullmatch(fold(t)) and not _MORE.search(fold(t))
            for _, t in self.sheet.texts(row)
        )

    def goes_on(self, row: int) -> bool:
        """Whether the row has text where answers stand and says no item's name."""
        return self.answered(row) and not self.named(row) and not self.signed(row)

    def place(self, row: int, col: int) -> Place:
        return Place(self.file, self.sheet.name, address(row, col))

    def doubt(self, code: str, row: int, words: Words = (), item: str = "") -> Problem:
        """A problem with a whole row, shown at its first answer, with all that is written there."""
        cells = {at: text for _, at in self.answer_columns() if (text := self.cell(row, at))}
        col, found = next(iter(cells), 0), "；".join(cells.values())
        return Problem(RULES[code], self.place(row, col), found, self.part.unit, item, words)

    def contrary(self, column: Column) -> bool:
        """Whether several columns bear this column's name with different content."""
        cols = self.region.doubles.get(column.key, ())
        said = {tuple(self.sheet.text(row, col) for row in self.rows) for col in cols}
        return len({s for s in said if any(s)}) > 1
