"""Scan + witnesses → StampedPages: each page's unit and period, or the question to a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ..catalogue import RULES
from ..copies import BLANK, StampedPage
from ..names import Names, fold
from ..problems import Place, Problem
from ..returns import Whose, Witness
from ..sheets import Page, Scan, Seal
from .signs import codes_on, page_signs

Judge = Callable[[Place, tuple[Witness, ...]], Whose]

_CLERK = ("登记", "文件夹")  # whose word is enough
_SAYS_SO = re.compile("盖章|公章|签章|扫描|签字|报表|报送")


@dataclass(frozen=True, slots=True)
class Paired:
    """A file's pages with what is asked about them. None: it is no stamped copy but an attachment.

    `foreign`: the code of another programme's form.
    """

    pages: tuple[StampedPage, ...]
    problems: tuple[Problem, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    foreign: str = ""


def pair(
    scan: Scan, file: str, names: Names, outside: tuple[Witness, ...], judge: Judge
) -> Paired | None:
    """Whose each page is. `outside`: what 登记, folders, the file's name and its mail say; `judge`
    tells what witnesses come to.
    """
    own = {page.number: page_signs(page, names) for page in scan.pages}
    witnesses = tuple(dict.fromkeys(w for signs in own.values() for w in signs)) + outside
    foreign = _foreign(scan, names) if not any(own.values()) else ""
    decided = {w.question for w in outside if w.source == "登记"} == {"unit", "period"}
    if foreign and not decided:
        problem = Problem(RULES["R06"], Place(file), foreign)
        return Paired(_bare(scan, file), (problem,), witnesses, foreign)
    if not any(own.values()) and not _is_copy(scan, file, names):
        return None
    judged = {n: judge(_place(file, n), (*signs, *outside)) for n, signs in own.items() if signs}
    if not judged:
        return _by_outside(scan, file, outside, judge, witnesses)
    pages = [_page(page, file, judged.get(page.number), own[page.number]) for page in scan.pages]
    pages = _with_neighbours(pages, {p.number for p in scan.pages if not p.blank and not p.fault})
    problems = [p for whose in judged.values() for p in whose.problems]
    return Paired(tuple(pages), (*problems, *_unknown(pages, file)), witnesses)


def _place(file: str, number: int) -> Place:
    return Place(file, f"第 {number} 页")


def _foreign(scan: Scan, names: Names) -> str:
    found = (code for page in scan.pages for code in codes_on(page) if not names.is_own(code))
    return next((code.written for code in found), "")


def _is_copy(scan: Scan, file: str, names: Names) -> bool:
    """Whether a file without any code may be a stamped copy, and not a photograph of some event, or
    a document that says what it is."""
    if any(page.seal is Seal.FOUND for page in scan.pages):
        return True
    if all(page.blank for page in scan.pages):
        return False
    text = "".join(fold(page.text) for page in scan.pages)
    if fold(names.programme.title) in text or _SAYS_SO.search(PurePosixPath(file).name):
        return True
    # Without a text layer it was taken of paper: perhaps of a form whose code cannot be read.
    return not text and any(page.written or page.fault for page in scan.pages)


def _by_outside(
    scan: Scan,
    file: str,
    outside: tuple[Witness, ...],
    judge: Judge,
    witnesses: tuple[Witness, ...],
) -> Paired:
    """The whole file by what is said around it: by the clerk, or by two that agree. A file's name
    alone is too little: papers are often misnamed, and nothing else speaks against it here."""
    speaking = [w for w in outside if w.question == "unit"]
    clerk = any(w.source in _CLERK for w in speaking)
    enough = clerk or len({w.source for w in speaking}) > 1
    found = judge(Place(file), outside)
    if not enough and found.unit:
        words = (("witnesses", "；".join(map(str, speaking))), ("example", found.unit))
        found = Whose(problems=(Problem(RULES["P03"], Place(file), details=words),))
    pages = tuple(_page(page, file, found, outside) for page in scan.pages)
    return Paired(pages, found.problems, witnesses)


def _page(page: Page, file: str, whose: Whose | None, signs: Iterable[Witness]) -> StampedPage:
    codes = codes_on(page)
    bare = StampedPage(
        file, page.number, code=str(codes[0]) if codes else "", seal=page.seal,
        picture=page.picture, text=page.text, by_sight=page.by_sight,
        remark=page.fault or (BLANK if page.blank else ""),
    )  # fmt: skip
    if whose is None or page.fault or page.blank:
        return bare
    if whose.period is None:
        return replace(bare, remark="归属待认定")
    return replace(bare, unit=whose.unit, period=whose.period, basis=whose.basis)


def _bare(scan: Scan, file: str) -> tuple[StampedPage, ...]:
    return tuple(_page(page, file, None, ()) for page in scan.pages)


def _with_neighbours(pages: Sequence[StampedPage], seen: set[int]) -> list[StampedPage]:
    """Pages that say nothing of themselves, counted to the copy that they lie in, and it is said."""
    copies = {(p.unit, p.period) for p in pages if p.unit}
    found: list[StampedPage] = []
    for at, page in enumerate(pages):
        if page.unit or page.remark or page.number not in seen:
            found.append(page)
            continue
        before = next((p for p in reversed(pages[:at]) if p.unit), None)
        after = next((p for p in pages[at:] if p.unit), None)
        asked = any(p.remark == "归属待认定" for p in pages)
        found.append(
            _counted(page, before, after, alone=len(copies) == 1 and not asked, all_=pages)
        )
    return found


def _counted(
    page: StampedPage, before: StampedPage | None, after: StampedPage | None,
    alone: bool, all_: Sequence[StampedPage],
) -> StampedPage:  # fmt: skip
    if before and after and (before.unit, before.period) == (after.unit, after.period):
        said = f"本页没有可认的编码，夹在第 {before.number}、{after.number} 页之间，按同一份归入"
        return replace(page, unit=before.unit, period=before.period, remark=said)
    beside = before or after
    # A second page with a seal may as well be another unit's, whose code cannot be read.
    sealed = any(p.seal is Seal.FOUND for p in all_ if p.unit)
    if alone and beside and not (sealed and page.seal is Seal.FOUND):
        said = "本页没有可认的编码，文件里其余各页是同一份，按同一份归入"
        return replace(page, unit=beside.unit, period=beside.period, remark=said)
    return replace(page, remark="没有可认的编码，归属待看")


def _unknown(pages: Iterable[StampedPage], file: str) -> Iterable[Problem]:
    numbers = [str(p.number) for p in pages if p.remark == "没有可认的编码，归属待看"]
    if numbers:
        yield Problem(RULES["P04"], Place(file), details=(("pages", "、".join(numbers)),))
