"""Book + where it lay → Recognition: whose tables these are and of which period, with witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ..catalogue import RULES
from ..form import Form
from ..marks import find_codes
from ..model import Programme
from ..names import Names
from ..period import Period, parse_period
from ..problems import Place, Problem
from ..register import Decision
from ..returns import CLERK, Marked, Part, Question, Recognition, Region, Whose, Witness
from ..sheets import Book, Mail, address
from .locate import locate
from .signs import Signs, decided, shared

_DIFFERS = {"登记": "R10", "文件夹": "R05"}  # the rule that says where the clerk's word differs
_MARKS = ("行标识", "表单编码")  # what only the form itself can say
_MOST_NAMED = 6  # sheets


@dataclass(frozen=True)
class Recogniser:
    """Whatever of a programme is needed to tell whose a table is."""

    names: Names
    form: Form

    @cached_property
    def signs(self) -> Signs:
        """What speaks of units and periods."""
        return Signs(self.names)

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
        codes = [code for r in regions for code in self.signs.codes(r)]
        if foreign := next((c for c in codes if not self.names.is_own(c)), None):
            place = Place(file, regions[0].sheet.name)
            problem = Problem(RULES["R06"], place, foreign.written)
            decided = decision and decision.unit and decision.period
            if not decided and not any(self.names.is_own(c) for c in codes):
                return Recognition((), (problem,), foreign=foreign.written)
        if not regions:
            words = (("sheets", _listed([s.name for s in book.sheets])),)
            signs = (*self.signs.loose(book), *self.around(file, mail, container, decision))
            return Recognition((), (Problem(RULES["F04"], Place(file), details=words),), signs)
        return self._decide(file, book, regions, self.around(file, mail, container, decision))

    def around(
        self,
        file: str,
        mail: Mail | None,
        container: str = "",
        decision: Decision | None = None,
    ) -> tuple[Witness, ...]:
        """What 登记, file name, folders and mail say; all there is for a scan or a photograph."""
        return (*decided(decision), *self.signs.outside(file, container), *self.signs.mailed(mail))

    def _decide(
        self, file: str, book: Book, regions: list[Region], outside: tuple[Witness, ...]
    ) -> Recognition:
        inside = [tuple(self.signs.inside(r)) for r in regions]
        prop = self.signs.property(book, inside)
        parts: list[Part] = []
        problems = [p for r in regions for p in _broken_codes(file, r)]
        for region, own in zip(regions, inside, strict=True):
            # A sheet that says nothing of itself belongs with the others of its file.
            signs = own + shared(inside, own) + prop + outside
            found, asked = self._judge(file, region, signs)
            parts += found
            problems += (_of_several(p, own, inside, outside) for p in asked)
        every = tuple(dict.fromkeys(w for own in inside for w in own)) + prop + outside
        return Recognition(tuple(parts), _once(problems), every)

    def _judge(
        self, file: str, region: Region, signs: tuple[Witness, ...]
    ) -> tuple[list[Part], list[Problem]]:
        place = Place(file, region.sheet.name, address(region.head, 0))
        if region.table is None:
            return [], [Problem(RULES["L01"], place)]
        found = self.whose(place, signs)
        if found.period is None:
            return [], list(found.problems)
        part = Part(region, found.unit, found.period, found.basis, self._marked(region))
        return [part], list(found.problems)

    def whose(self, place: Place, signs: tuple[Witness, ...]) -> Whose:
        """What the witnesses of one table or page say together, if they do."""
        period, period_problem = self._settle("period", signs, place)
        which = parse_period(period)
        signs = tuple(self._as_called_in(which, w) for w in signs)
        unit, unit_problem = self._settle("unit", signs, place)
        problems = tuple(p for p in (unit_problem, period_problem) if p)
        if not unit or not period:
            return Whose(problems=problems)
        if which is None or which not in self.programme.periods:
            known = (("periods", "、".join(str(p) for p in self.programme.periods)),)
            problem = Problem(RULES["R09"], place, period, unit, details=known)
            return Whose(problems=(*problems, problem))
        if unit not in self.names.programme_in(which).duties_by_unit(which):
            words = (("who", unit), ("period", which.label))
            problem = Problem(RULES["R08"], place, unit, unit, details=words)
            return Whose(problems=(*problems, problem))
        basis = "；".join(f"{said}（{_sources(signs, said)}）" for said in (unit, period))
        return Whose(unit, which, basis, problems)

    def _as_called_in(self, period: Period | None, witness: Witness) -> Witness:
        """A unit's name as a sign of what it was or will be called in that period."""
        known = period is not None and period in self.programme.periods
        if witness.question == "period" or period is None or not known:
            return witness
        says = [n for said in witness.says for n in self.names.valid(said, period) or (said,)]
        return replace(witness, says=tuple(dict.fromkeys(says)))

    def _marked(self, region: Region) -> Marked | None:
        """What the table's code says, else its row marks with one voice."""
        marks = (m.code for row in region.rows for m in region.row_ids(row))
        every = (tuple(self.signs.codes(region)), tuple(marks))
        codes = next((c for c in every if c), ())
        named = {(self.names.units_of(c), c.period) for c in codes if self.names.is_own(c)}
        return named.pop() if len(named) == 1 else None

    def _settle(
        self, question: Question, signs: tuple[Witness, ...], place: Place
    ) -> tuple[str, Problem | None]:
        """What the witnesses say together, or the question to a person."""
        asked = self._under_one_seal([w for w in signs if w.question == question])
        common = set.intersection(*(set(w.says) for w in asked)) if asked else set()
        for source in CLERK:
            # A unit that was several in that period is none of them by its name alone.
            single = (w for w in asked if w.source == source and len(w.says) == 1)
            if word := next(single, None):
                if all(word.says[0] in w.says for w in asked):
                    return word.says[0], None
                words = self._words(question, asked)
                return word.says[0], Problem(
                    RULES[_DIFFERS[source]], place, word.says[0], details=words
                )
        if len(common) == 1:
            return common.pop(), None
        missing, contrary = ("R01", "R03") if question == "unit" else ("R02", "R04")
        code = contrary if asked and not common else missing
        return "", Problem(RULES[code], place, details=self._words(question, asked))

    def _words(self, question: Question, asked: list[Witness]) -> tuple[tuple[str, str], ...]:
        """The details of a problem with what witnesses say."""
        witnesses = "；".join(map(str, asked)) or "没有依据"
        return (("witnesses", witnesses), ("example", self._example(question, asked)))

    def _under_one_seal(self, asked: list[Witness]) -> list[Witness]:
        """What names only the unit that collects for a group speaks for the group's own form too:
        it fills both, sends both, and has one seal. A form's marks know which of the two it is."""
        groups = self.programme.groups
        named = {w.says[0] for w in asked if len(w.says) == 1 and w.source not in CLERK}
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
        known = {*self.names.holders, *map(str, self.programme.periods)}
        if said := next((s for w in asked for s in w.says if s in known), ""):
            return said
        return self.names.holders[0] if question == "unit" else str(self.programme.first)


def _of_several(
    problem: Problem, own: Iterable[Witness], inside: Iterable[Iterable[Witness]],
    outside: Iterable[Witness],
) -> Problem:  # fmt: skip
    """Where a table is not of the unit that the file's name says, but another table in the file is:
    a folder would claim all of them, so that something else must be done."""
    mine, around = _units_of(own), [w for w in outside if w.question == "unit"]
    others = {unit for table in inside for unit in _units_of(table)} - mine
    if problem.code != "R03" or len(mine) != 1 or not any(others & set(w.says) for w in around):
        return problem
    words = (
        ("who", next(iter(mine))),
        ("outside", "；".join(map(str, around))),
        ("units", "、".join(sorted(others))),
    )
    return replace(problem, rule=RULES["R11"], details=words)


def _units_of(signs: Iterable[Witness]) -> set[str]:
    """The units that all of a table's own witnesses may mean."""
    said = [set(w.says) for w in signs if w.question == "unit"]
    return set.intersection(*said) if said else set()


def _listed(names: list[str]) -> str:
    """The first few names, and how many there are."""
    more = f" 等 {len(names)} 张" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more or "无"


def _sources(signs: Iterable[Witness], said: str) -> str:
    return "、".join(dict.fromkeys(w.source for w in signs if said in w.says))


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
