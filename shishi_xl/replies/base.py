"""A Reply → the workbook that is marked for the unit: its own return, else a fresh form filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ..history import History
from ..office import Office
from ..problems import Place
from ..reading import read_member
from ..returns import Return
from ..settle import sign_off
from ..unit_form import SentTable, UnitForm
from ..write_form import Cell, answer_cells
from .remark import Remark
from .reply import Reply

Spot = tuple[str, tuple[str, ...]]  # sheet and cells; ("", ()) where the workbook has no such cell
NOWHERE: Spot = ("", ())


@dataclass(frozen=True)
class Bases:
    """Where replies find their workbooks. `source`: where the bytes of a content are kept."""

    office: Office
    history: History
    returns: tuple[Return, ...]
    source: Callable[[str], Path]

    def own(self, reply: Reply) -> bytes | None:
        """The one file that all the unit's answers and problems are in, and nobody else's."""
        ret = self._only_return(reply)
        if ret is None or {x.unit for x in ret.extractions} != {reply.unit}:
            return None
        content = self.source(ret.top).read_bytes() if self.source(ret.top).exists() else b""
        if ret.top == ret.content.sha256:
            return content or None
        top = next((r.path for r in self.returns if r.content.sha256 == ret.top), "")
        return read_member(top, content, ret.content.sha256)

    def _only_return(self, reply: Reply) -> Return | None:
        files = self.history.now.files_of(reply.unit)
        files |= {p.file for r in reply.remarks for p in r.places if p.file}
        found = [r for r in self.history.now.returns if r.path in files]
        return found[0] if len(files) == len(found) == 1 else None

    def form(self, unit: str) -> UnitForm:
        """The unit's form as it would be sent today."""
        last = self.history.before.last_answers(unit)
        return self.office.form_of(unit, self.history.now.period, last)

    def filled(self, unit: str) -> UnitForm:
        """The form with all the answers of the unit that count, and signed as its return is."""
        form = self.form(unit)
        signed = {**form.sign_off, **sign_off(self.history.now, unit)}
        tables = tuple(self._filled(unit, sent) for sent in form.tables)
        return replace(form, tables=tables, sign_off=signed)

    def _filled(self, unit: str, sent: SentTable) -> SentTable:
        rows = []
        for row in sent.rows:
            known = self.history.now.row(unit, sent.table.sheet, row.item, row.target)
            said = {k: a.text for k, a in known.chosen.answers.items()} if known else {}
            rows.append(replace(row, prefill={**row.prefill, **said}))
        return replace(sent, rows=tuple(rows))

    @cached_property
    def _cells(self) -> Mapping[tuple[str, Place], Cell]:
        """(unit, where something stands in a return) → which answer that is."""
        found: dict[tuple[str, Place], Cell] = {}
        for (unit, sheet, item, target), row in self.history.now.rows.items():
            for key, place in row.chosen.seen.items():
                found.setdefault((unit, place), (sheet, item, target, key))
            for key, answer in row.chosen.answers.items():
                for place in answer.places:
                    found[unit, place] = (sheet, item, target, key)
        return found

    def spot(self, unit: str, form: UnitForm, remark: Remark) -> Spot:
        """Where a remark stands on a fresh form: the same answer's cell, else its item's row."""
        cells = answer_cells(form)
        items = {row.problem.item for row in remark.rows}
        named = [c for p in remark.places if (c := self._cells.get((unit, p)))]
        found = [c for c in named if c in cells and items & {"", c[1]}]
        annex = form.tables[0].table
        if not found:
            main = annex.main.key
            found = [c for c in cells if c[0] == annex.sheet and c[1] in items and c[3] == main]
        if not found:
            return NOWHERE
        sheet = found[0][0]
        return sheet, tuple(dict.fromkeys(cells[c] for c in found if c[0] == sheet))


def spot_of(places: Iterable[Place]) -> Spot:
    """Where a problem stands in the very file that it was found in; its first sheet's cells."""
    named = [p for p in places if p.sheet]
    cells = tuple(p.cell for p in named if p.sheet == named[0].sheet and p.cell)
    return (named[0].sheet, cells) if cells else NOWHERE
