"""Book + where it lay → Recognition: whose tables these are and of which period, with witnesses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ..catalogue import RULES
from ..form import Form
from ..marks import FormCode, find_codes, parse_code
from ..model import Programme
from ..names import Names, fold
from ..period import Period, find_periods, parse_period
from ..problems import Place, Problem
from ..register import Decision
from ..returns import Part, Question, Recognition, Region, Witness
from ..sheets import Book, Mail, Sheet, address
from .locate import locate

# The clerk's word goes before every other; the rule that says where they differ.
_CLERK = (("登记", "R10"), ("文件夹", "R05"))
_MARKS = ("行标识", "表单编码")  # what only the form itself can say
_UNIT_LABEL = re.compile(r"(?:填报|填表|报送|报告)单位(?:名称)?(?:\([^)]*\))?(?::|$)")


@dataclass(frozen=True)
class Recogniser:
    """Whatever of a programme is needed to tell whose a table is."""

    names: Names
    form: Form

    @property
    def programme(self) -> Programme:
        return self.names.programme

    def recognise(
        self,
        file: str,
        book: Book,
        mail: Mail | None = None,
        container: str = "",
        decision: Decision | None = None,
    ) -> Recognition:
        """Every table of the form in `book`; `file` is the path below inbox/.

        `mail` is the mail that the file came with, `container` the archive or mail in inbox/.
        """
        regions = [r for sheet in book.sheets for r in locate(sheet, self.form.tables)]
        codes = [code for r in regions for code in self._codes(r)]
        if foreign := next((c for c in codes if not self.names.is_own(c)), None):
            place = Place(file, regions[0].sheet.name)
            problem = Problem(RULES["R06"], place, foreign.written)
            decided = decision and decision.unit and decision.period
            if not decided and not any(self.names.is_own(c) for c in codes):
                return Recognition((), (problem,), foreign=foreign.written)
        if not regions:
            looked = "、".join(s.name for s in book.sheets) or "无"
            return Recognition(
                (), (Problem(RULES["F04"], Place(file), details=(("sheets", looked),)),)
            )
        return self._decide(file, book, regions, self.around(file, mail, container, decision))

    def around(
        self,
        file: str,
        mail: Mail | None,
        container: str = "",
        decision: Decision | None = None,
    ) -> tuple[Witness, ...]:
        """What 登记, file name, folders and mail say; all there is for a scan or a photograph."""
        return (*_decided(decision), *self._outside(file, container), *self._mailed(mail))

    def _decide(
        self, file: str, book: Book, regions: list[Region], outside: tuple[Witness, ...]
    ) -> Recognition:
        inside = [tuple(self._inside(r)) for r in regions]
        prop = self._property(book, inside)
        parts: list[Part] = []
        problems = [p for r in regions for p in _broken_codes(file, r)]
        for region, own in zip(regions, inside, strict=True):
            # A sheet that says nothing of itself belongs with the others of its file.
            signs = own + _shared(inside, own) + prop + outside
            found, asked = self._judge(file, region, signs)
            parts += found
            problems += asked
        every = tuple(dict.fromkeys(w for own in inside for w in own)) + prop + outside
        return Recognition(tuple(parts), _once(problems), every)

    def _judge(
        self, file: str, region: Region, signs: tuple[Witness, ...]
    ) -> tuple[list[Part], list[Problem]]:
        place = Place(file, region.sheet.name, address(region.head, 0))
        if region.table is None:
            return [], [Problem(RULES["L01"], place)]
        unit, unit_problem = self._settle("unit", signs, place)
        period, period_problem = self._settle("period", signs, place)
        problems = [p for p in (unit_problem, period_problem) if p]
        if not unit or not period:
            return [], problems
        which = parse_period(period)
        if which is None or which not in self.programme.periods:
            known = "、".join(str(p) for p in self.programme.periods)
            return [], [
                *problems,
                Problem(RULES["R09"], place, period, unit, details=(("periods", known),)),
            ]
        if unit not in self.programme.duties_by_unit(which):
            words = (("who", unit), ("period", which.label))
            return [], [*problems, Problem(RULES["R08"], place, unit, unit, details=words)]
        basis = "；".join(f"{said}（{_sources(signs, said)}）" for said in (unit, period))
        return [Part(region, unit, which, basis, self._marked(region))], problems

    def _marked(self, region: Region) -> tuple[str, Period] | None:
        """What the table's code says, else its row marks with one voice."""
        marks = (m.code for row in region.rows for m in region.row_ids(row))
        every = (tuple(self._codes(region)), tuple(marks))
        codes = next((c for c in every if c), ())
        named = {(self.names.unit_of(c), c.period) for c in codes if self.names.is_own(c)}
        return named.pop() if len(named) == 1 else None

    def _settle(
        self, question: Question, signs: tuple[Witness, ...], place: Place
    ) -> tuple[str, Problem | None]:
        """What the witnesses say together, or the question to a person."""
        asked = self._under_one_seal([w for w in signs if w.question == question])
        words = (
            ("witnesses", "；".join(map(str, asked)) or "没有依据"),
            ("example", self._example(question, asked)),
        )
        common = set.intersection(*(set(w.says) for w in asked)) if asked else set()
        for source, code in _CLERK:
            if word := next((w for w in asked if w.source == source), None):
                differs = any(word.says[0] not in w.says for w in asked)
                problem = Problem(RULES[code], place, word.says[0], details=words)
                return word.says[0], problem if differs else None
        if len(common) == 1:
            return common.pop(), None
        missing, contrary = ("R01", "R03") if question == "unit" else ("R02", "R04")
        code = contrary if asked and not common else missing
        return "", Problem(RULES[code], place, details=words)

    def _under_one_seal(self, asked: list[Witness]) -> list[Witness]:
        """What names only the unit that collects for a group speaks for the group's own form too:
        it fills both, sends both, and has one seal. A form's marks know which of the two it is."""
        groups = self.programme.groups
        clerk = [source for source, _ in _CLERK]
        named = {w.says[0] for w in asked if len(w.says) == 1 and w.source not in clerk}
        collected = [g for g in named if g in groups and groups[g].collected_by]
        if len(collected) != 1:
            return asked
        (group,) = collected
        collector = groups[group].collected_by
        return [
            w
            if w.source in _MARKS
            else replace(
                w, says=tuple(dict.fromkeys(group if s == collector else s for s in w.says))
            )
            for w in asked
        ]

    def _example(self, question: Question, asked: list[Witness]) -> str:
        """A folder that would settle it: what a witness says, where there is one."""
        known = (*self.names.holders, *map(str, self.programme.periods))
        if said := next((s for w in asked for s in w.says if s in known), ""):
            return said
        return self.names.holders[0] if question == "unit" else str(self.programme.first)

    def _inside(self, region: Region) -> Iterator[Witness]:
        """What a table says of itself: row marks, form code, the lines above it."""
        marks = [m for row in range(region.body, region.end) for m in region.row_ids(row)]
        codes = list(self._codes(region))
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

    def _signed_by(self, sheet: Sheet, row: int) -> Iterator[Witness]:
        """填报单位：县妇联, above the table or below it, in one cell or in two."""
        texts = [fold(text) for _, text in sheet.texts(row)]
        for text, after in zip(texts, [*texts[1:], ""], strict=False):
            label = _UNIT_LABEL.match(text)
            if label and (unit := self.names.within(text[label.end() :] or after)):
                yield Witness("填报单位", "unit", unit)

    def _periods(self, source: str, text: str) -> Iterator[Witness]:
        """Periods of the programme's cycle; a month in a date says nothing of a quarter."""
        found = (p for p, _ in find_periods(text, self.programme.year))
        if said := tuple(dict.fromkeys(str(p) for p in found if p.cycle is self.programme.cycle)):
            yield Witness(source, "period", said)

    def _said(self, source: str, codes: Iterable[FormCode]) -> Iterator[Witness]:
        own = [c for c in codes if self.names.is_own(c)]
        for unit in dict.fromkeys(self.names.unit_of(c) for c in own):
            yield Witness(source, "unit", (unit or "方案中没有的单位",))
        for period in dict.fromkeys(str(c.period) for c in own):
            yield Witness(source, "period", (period,))

    def _codes(self, region: Region) -> Iterator[FormCode]:
        """Form codes above the table and in its header."""
        for row in range(region.start, region.body):
            for _, text in region.sheet.texts(row):
                if len(text) < 200 and "/" not in text:
                    yield from (code for _, code in find_codes(text) if code)

    def _property(self, book: Book, inside: list[tuple[Witness, ...]]) -> tuple[Witness, ...]:
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

    def _outside(self, file: str, container: str) -> Iterator[Witness]:
        """File name and folders. A folder that bears a unit's or a period's name is the clerk's word."""
        path = PurePosixPath(file)
        for folder in reversed(PurePosixPath(container or file).parent.parts):
            if unit := self.names.exact(folder):
                yield Witness("文件夹", "unit", (unit,))
            elif (period := parse_period(folder)) and period.cycle is self.programme.cycle:
                yield Witness("文件夹", "period", (str(period),))
        stem = path.stem
        inner = path.parent.as_posix().removeprefix(container) if container else ""
        for source, text in (("文件名", stem), ("压缩包内文件夹", inner)):
            if units := self.names.within(text):
                yield Witness(source, "unit", units)
            yield from self._periods(source, text)

    def _mailed(self, mail: Mail | None) -> Iterator[Witness]:
        """The sender, by address or name, and the subject."""
        if mail is None:
            return
        senders = [
            u.name for u in self.programme.units.values() if u.email and u.email in mail.sender
        ]
        if unit := tuple(senders) or self.names.within(mail.sender):
            yield Witness("发件人", "unit", unit)
        if unit := self.names.within(mail.subject):
            yield Witness("邮件主题", "unit", unit)
        yield from self._periods("邮件主题", mail.subject)


def _decided(decision: Decision | None) -> Iterator[Witness]:
    """What the clerk wrote in 登记.xlsx."""
    if decision and decision.unit:
        yield Witness("登记", "unit", (decision.unit,))
    if decision and decision.period:
        yield Witness("登记", "period", (str(decision.period),))


def _sources(signs: Iterable[Witness], said: str) -> str:
    return "、".join(dict.fromkeys(w.source for w in signs if said in w.says))


def _shared(inside: list[tuple[Witness, ...]], own: tuple[Witness, ...]) -> tuple[Witness, ...]:
    """What the file's other tables say with one voice on a question that this one is silent on."""
    silent = {"unit", "period"} - {w.question for w in own}
    others = [tuple(w for w in other if w.question in silent) for other in inside]
    spoken = {frozenset(w.says for w in other) for other in others if other}
    return next((other for other in others if other), ()) if len(spoken) == 1 else ()


def _broken_codes(file: str, region: Region) -> Iterator[Problem]:
    for row in range(region.start, region.body):
        for col, text in region.sheet.texts(row):
            if "编码" in text:
                for word, code in find_codes(text):
                    if code is None:
                        place = Place(file, region.sheet.name, address(row, col))
                        yield Problem(RULES["R07"], place, word)


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """One question for a file, not one for each of its sheets."""
    found: dict[tuple[str, str, object], Problem] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.place.file, problem.details), problem)
    return tuple(found.values())
