"""A page → Witnesses: what its codes and its text say of unit and period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..marks import FormCode, find_codes, parse_code
from ..names import Names, fold
from ..period import find_periods
from ..returns import Witness
from ..sheets import Page

QR, PRINTED, READ = "二维码", "文字层编码", "识读的编码"
_UNIT = re.compile(r"(?:填报|填表|报送|报告)单位(?:名称)?(?:\([^)]*\))?:?(.{2,30})")
_PERIOD = re.compile(r"期次:?(.{4,16})")


def codes_on(page: Page) -> tuple[FormCode, ...]:
    """Every form code on the page, whoever's programme it is."""
    found = (*map(parse_code, page.codes), *(code for _, code in find_codes(_flat(page.text))))
    return tuple(dict.fromkeys(code for code in found if code))


def page_signs(page: Page, names: Names) -> tuple[Witness, ...]:
    """What the page itself says."""
    return tuple(dict.fromkeys((*_code_signs(page, names), *_text_signs(page, names))))


def _code_signs(page: Page, names: Names) -> Iterator[Witness]:
    yield from _said(QR, (c for c in map(parse_code, page.codes) if c), names)
    written = (code for _, code in find_codes(_flat(page.text)) if code)
    yield from _said(READ if page.by_sight else PRINTED, written, names)


def _said(source: str, codes: Iterable[FormCode], names: Names) -> Iterator[Witness]:
    for code in dict.fromkeys(codes):
        if names.is_own(code):
            yield Witness(source, "unit", names.units_of(code) or ("方案中没有的单位",))
            yield Witness(source, "period", (str(code.period),))


def _text_signs(page: Page, names: Names) -> Iterator[Witness]:
    """填报单位 and 期次 as they stand above the table."""
    cycle, year = names.programme.cycle, names.programme.year
    for line in page.text.splitlines():
        words = fold(line)
        if (label := _UNIT.search(words)) and (unit := names.within(label[1])):
            yield Witness("填报单位", "unit", unit[:1])
        if label := _PERIOD.search(words):
            found = (p for p, _ in find_periods(label[1], year) if p.cycle is cycle)
            if said := tuple(dict.fromkeys(map(str, found))):
                yield Witness("期次", "period", said)


def _flat(text: str) -> str:
    """Lines apart from one another, so that what ends one does not lengthen a code in the next."""
    return text.replace("\r", "|").replace("\n", "|")
