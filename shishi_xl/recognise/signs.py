"""Whatever speaks of a table's unit and period → Witnesses: the table itself, its file, its mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..marks import FormCode, find_codes, parse_code
from ..model import Programme
from ..names import Names, fold
from ..period import find_periods, parse_period
from ..register import Decision
from ..returns import Region, Witness
from ..sheets import Book, Mail, Sheet

_TOP = 12  # rows in which a title and who fills the form stand
_UNIT_LABEL = re.compile(r"(?:填报|填表|报送|报告)单位(?:名称)?(?:\([^)]*\))?(?::|$)")


@dataclass(frozen=True)
class Signs:
    """What a programme's names make out of texts and marks."""

    names: Names

    @property
    def _programme(self) -> Programme:
        return self.names.programme

    def inside(self, region: Region) -> Iterator[Witness]:
        """What a table says of itself: row marks, form code, the lines above it."""
        marks = [m for row in range(region.body, region.end) for m in region.row_ids(row)]
        codes = list(self.codes(region))
        # Single rows from elsewhere are judged row by row; what all rows agree on counts here.
        if marks and (not codes or len({(m.code.unit, m.code.period) for m in marks}) == 1):
            yield from self._said("行标识", [m.code for m in marks])
        yield from self._said("表单编码", codes)
        yield from self._periods("工作表名", region.sheet.name)
        for row in range(region.start, region.head):
            for _, text in region.sheet.texts(row):
                yield from self._periods("期次" if fold(text).startswith("期次") else "表题", text)
        for row in (*range(region.start, region.head), *range(region.body, region.end)):
            yield from self._signed_by(region.sheet, row)

    def loose(self, book: Book) -> Iterator[Witness]:
        """What stands at the top of a workbook's sheets where no table of the form is on them."""
        yield from self.property(book, [])
        for sheet in book.sheets:
            for row in range(min(len(sheet.rows), _TOP)):
                yield from self._signed_by(sheet, row)
                for _, text in sheet.texts(row):
                    yield from self._periods(
                        "期次" if fold(text).startswith("期次") else "表题", text
                    )

    def _signed_by(self, sheet: Sheet, row: int) -> Iterator[Witness]:
        """填报单位：县妇联, above the table or below it, in one cell or in two."""
        texts = [fold(text) for _, text in sheet.texts(row)]
        for text, after in zip(texts, [*texts[1:], ""], strict=False):
            label = _UNIT_LABEL.match(text)
            if label and (unit := self.names.within(text[label.end() :] or after)):
                yield Witness("填报单位", "unit", unit)

    def _periods(self, source: str, text: str) -> Iterator[Witness]:
        """Periods of the programme's cycle; a month in a date says nothing of a quarter."""
        found = (p for p, _ in find_periods(text, self._programme.year))
        if said := tuple(dict.fromkeys(str(p) for p in found if p.cycle is self._programme.cycle)):
            yield Witness(source, "period", said)

    def _said(self, source: str, codes: Iterable[FormCode]) -> Iterator[Witness]:
        own = [c for c in codes if self.names.is_own(c)]
        for units in dict.fromkeys(self.names.units_of(c) for c in own):
            yield Witness(source, "unit", units or ("方案中没有的单位",))
        for period in dict.fromkeys(str(c.period) for c in own):
            yield Witness(source, "period", (period,))

    def codes(self, region: Region) -> Iterator[FormCode]:
        """Form codes above the table and in its header."""
        for row in range(region.start, region.body):
            for _, text in region.sheet.texts(row):
                if len(text) < 200 and "/" not in text:
                    yield from (code for _, code in find_codes(text) if code)

    def property(self, book: Book, inside: list[tuple[Witness, ...]]) -> tuple[Witness, ...]:
        """The document property, unless its form is one of several that the workbook holds."""
        code = parse_code(book.code) if book.code else None
        if code is None or not self.names.is_own(code):
            return ()
        said = tuple(self._said("文档属性", [code]))
        several = len({own for own in inside if own}) > 1
        confirmed = any(
            set(w.says) <= {s for x in own for s in x.says} for own in inside for w in said
        )
        return () if several and confirmed else said

    def outside(self, file: str, container: str) -> Iterator[Witness]:
        """File name and folders. A folder that bears a unit's or a period's name is the clerk's word."""
        path = PurePosixPath(file)
        for folder in reversed(PurePosixPath(container or file).parent.parts):
            if unit := self.names.exact(folder):
                yield Witness("文件夹", "unit", (unit,))
            elif (period := parse_period(folder)) and period.cycle is self._programme.cycle:
                yield Witness("文件夹", "period", (str(period),))
        stem = path.stem
        inner = path.parent.as_posix().removeprefix(container) if container else ""
        for source, text in (("文件名", stem), ("压缩包内文件夹", inner)):
            if units := self.names.within(text):
                yield Witness(source, "unit", units)
            yield from self._periods(source, text)

    def mailed(self, mail: Mail | None) -> Iterator[Witness]:
        """The sender, by address or name, and the subject."""
        if mail is None:
            return
        senders = [
            u.name for u in self._programme.units.values() if u.email and u.email in mail.sender
        ]
        if unit := tuple(senders) or self.names.within(mail.sender):
            yield Witness("发件人", "unit", unit)
        if unit := self.names.within(mail.subject):
            yield Witness("邮件主题", "unit", unit)
        yield from self._periods("邮件主题", mail.subject)


def decided(decision: Decision | None) -> Iterator[Witness]:
    """What the clerk wrote in 登记.xlsx."""
    if decision and decision.unit:
        yield Witness("登记", "unit", (decision.unit,))
    if decision and decision.period:
        yield Witness("登记", "period", (str(decision.period),))


def shared(inside: list[tuple[Witness, ...]], own: tuple[Witness, ...]) -> tuple[Witness, ...]:
    """What the file's other tables say with one voice on a question that this one is silent on."""
    silent = {"unit", "period"} - {w.question for w in own}
    others = [tuple(w for w in other if w.question in silent) for other in inside]
    spoken = {frozenset(w.says for w in other) for other in others if other}
    return next((other for other in others if other), ()) if len(spoken) == 1 else ()
