"""Form definitions (YAML data) → Form: the one declaration that writes, reads, checks and merges."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

from .period import Cycle, Period

Orientation = Literal["portrait", "landscape"]

# What units write where the form says {period}: the word of any cycle, or the period's own name.
_PERIOD_WORDS = "(?:本季度?|本半年|本月|本期|当期|第?[一二三四1234]季度|[上下]半年)?"
_REMARK = re.compile(r"[(（\[【〔].*?[)）\]】〕]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: either fixed text from a `source`, or an `answer` of some kind.

    `key` names it in answers; `group` is the header above it; `also` are other wordings of the
    header under which units send it back; `carry` prefills the unit's own last answer, or that only
    where it is one of these.
    """

    key: str
    header: str
    width: float
    source: str = ""
    answer: str = ""
    required: bool = False
    carry: bool | tuple[str, ...] = False
    group: str = ""
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    prompt: str = ""

    def title(self, cycle: Cycle) -> str:
        """The header as printed."""
        return self.header.replace("{period}", cycle.word)

    def title_of(self, period: Period) -> str:
        """The header with the period's own name, for a look back (never read as an answer)."""
        if "{period}" in self.header:
            return self.header.replace("{period}", period.label)
        return period.label + self.header

    def carries(self, text: str) -> bool:
        """Whether this answer of last time is filled in again."""
        return bool(text) and (self.carry if isinstance(self.carry, bool) else text in self.carry)

    def known_as(self, text: str) -> int:
        """How surely `text` is this column's header: 2 as printed, 1 as reworded, 0 not."""
        words = fold_header(text)
        if _pattern(self.header).fullmatch(words):
            return 2
        return int(any(_pattern("{period}" + other).fullmatch(words) for other in self.also))


@dataclass(frozen=True, eq=False)
class Table:
    """A sheet's table: a row for each item, or for each target that the unit reports.

    One form has one of each: they are told apart by what they are, not by their columns.
    """

    sheet: str
    rows: Literal["item", "target", "status"]
    columns: tuple[Column, ...]
    orientation: Orientation = "portrait"

    @cached_property
    def answers(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.answer)

    @cached_property
    def fixed(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.source)

    @cached_property
    def main(self) -> Column:
        """The column that makes a row answered: the first required one, else the first."""
        return next((c for c in self.answers if c.required), self.answers[0])

    @cached_property
    def grouped(self) -> bool:
        """Whether the header takes two rows."""
        return any(c.group for c in self.columns)

    def column(self, key: str) -> Column:
        return next(c for c in self.columns if c.key == key)


@dataclass(frozen=True, slots=True)
class Form:
    """The annex and the two sheets that stand beside it."""

    name: str
    annex: Table
    targets: Table
    status: Table

    @property
    def tables(self) -> tuple[Table, ...]:
        return (self.annex, self.targets, self.status)

    def table(self, sheet: str) -> Table:
        return next(t for t in self.tables if t.sheet == sheet)


@lru_cache(maxsize=10_000)
def fold_header(text: str) -> str:
    """A header without white space, punctuation and remarks in brackets, width folded."""
    words = unicodedata.normalize("NFKC", text)
    if words.isalnum():
        return words
    words = _REMARK.sub("", words)
    return "".join(c for c in words if unicodedata.category(c)[0] in "LN")


def make_table(data: Mapping[str, Any]) -> Table:
    """A table from its definition, which `form_faults` has found sound."""
    return Table(
        sheet=data["sheet"],
        rows=data.get("rows", "item"),
        columns=tuple(_columns(data["columns"])),
        orientation=data.get("page", "portrait"),
    )


def make_form(name: str, annex: Mapping[str, Any], companions: Iterable[Mapping[str, Any]]) -> Form:
    """A form from the definitions of its annex and of its companions (targets, status)."""
    targets, status = (make_table(c) for c in companions)
    return Form(name, make_table({"sheet": "工作进展情况报表", **annex}), targets, status)


def _columns(entries: Iterable[Mapping[str, Any]], group: str = "") -> Iterator[Column]:
    for entry in entries:
        if "columns" in entry:
            yield from _columns(entry["columns"], entry["header"])
            continue
        known: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()
        }
        known["width"] = float(entry["width"])
        known.setdefault("key", entry.get("source") or entry["header"])
        yield Column(group=group, **known)


@lru_cache(maxsize=1000)
def _pattern(header: str) -> re.Pattern[str]:
    before, mark, after = header.partition("{period}")
    words = _PERIOD_WORDS if mark else ""
    return re.compile(fold_header(before) + words + fold_header(after))
