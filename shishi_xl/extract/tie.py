"""Row → the item it belongs to and the unit it speaks for: by its mark, else by name, never by place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..marks import RowId
from ..model import Item
from ..names import fold, fold_words
from ..problems import Problem
from ..returns import Marked
from .reader import PartReader, Tie, Words


@dataclass(frozen=True, slots=True)
class Tied:
    """What a row says of itself. `known`: it names an item, be it one that is no concern here."""

    tie: Tie | None = None
    problems: tuple[Problem, ...] = ()
    known: bool = True


_NO_CONCERN = Tied()
_NAMELESS = Tied(known=False)


def tie_row(reader: PartReader, row: int) -> Tied:
    """The row's item and unit, or what is doubtful about them."""
    if marks := reader.region.row_ids(row):
        return _by_mark(reader, row, marks)
    item, target = _by_name(reader, row)
    if item:
        return _by_units(reader, row, item, target)
    if reader.answered(row) and reader.named(row) and not reader.signed(row):
        return Tied(None, (reader.doubt("L03", row),))
    return _NAMELESS


def _by_mark(reader: PartReader, row: int, marks: tuple[RowId, ...]) -> Tied:
    """A mark counts where it is of this unit's and period's form and the name does not contradict."""
    mark, part = marks[0], reader.part
    said = [(_holders(reader, m), m.code.period) for m in marks]
    expected = part.marked or ((part.unit,), part.period)
    if len(marks) > 1 or not _agree(said[0], expected):
        words = (("marked", "、".join(map(_shown, said))), ("expected", _shown(expected)))
        return _if_answered(reader, row, "L15", words)
    item = next((i for i in reader.programme.items if i.id == mark.item), None)
    named, _ = _by_name(reader, row)
    if item is None and named is None and reader.names.once_called(reader.name(row)) == mark.item:
        # It has ended, or not begun.
        return _not_ours(reader, row, mark.item, mark.target)
    contrary = named is not None and named != item
    if item is None or (contrary and not reader.as_sent(row, mark.item, mark.target)):
        words = (
            ("marked", item.name if item else mark.item),
            ("named", named.name if named else reader.name(row)),
        )
        return _if_answered(reader, row, "L04", words)
    wording = reader.region.fixed(row, "target.name")
    target = next((t.name for t in item.targets if t.id == mark.target), "")
    known = {fold_words(w) for w in (target, *reader.sent_wording(item.id, mark.target)) if target}
    if wording and fold_words(wording) not in known:
        # The target is no more, or rows were pasted.
        return _if_answered(
            reader, row, "L04", (("marked", target or mark.target), ("named", wording))
        )
    # The mark says whose the row is; an edited 责任单位 is named and changes nothing.
    return _for_unit(reader, row, item, mark.target)


def _holders(reader: PartReader, mark: RowId) -> tuple[str, ...]:
    if not reader.names.is_own(mark.code):
        return ("其他方案",)
    return reader.names.units_of(mark.code) or ("未知单位",)


def _agree(said: Marked, expected: Marked) -> bool:
    """Whether both are of one period, and may be of one unit."""
    return said[1] == expected[1] and not set(said[0]).isdisjoint(expected[0])


def _shown(marked: Marked) -> str:
    return f"{'或'.join(marked[0])} {marked[1]}"


def _by_name(reader: PartReader, row: int) -> tuple[Item | None, str]:
    """The one item, and in a table of targets the one target, whose name stands in the row."""
    item = reader.names.item(reader.name(row), reader.part.period)
    if item is None or reader.table.rows != "target":
        return item, ""
    wording = reader.region.fixed(row, "target.name")
    for way in (fold, fold_words):
        targets = [t.id for t in item.targets if way(t.name) == way(wording)]
        if len(targets) == 1:
            return item, targets[0]
    return None, ""


def _for_unit(reader: PartReader, row: int, item: Item, target: str) -> Tied:
    """The row speaks for this return's unit, where the item is its own."""
    part = reader.part
    if _owes(reader, part.unit, item):
        return Tied(Tie(item, target, part.unit))
    return _not_ours(reader, row, item.id, target, item.id)


def _not_ours(reader: PartReader, row: int, item: str, target: str, shown: str = "") -> Tied:
    """The whole annex is sent back, or the form of when it was the unit's: no concern where the
    unit filled in nothing."""
    if not reader.said(row, item, target):
        return _NO_CONCERN
    return _if_answered(reader, row, "L13", (("who", reader.part.unit),), shown)


def _by_units(reader: PartReader, row: int, item: Item, target: str) -> Tied:
    """A row without a mark speaks for the one unit that its 责任单位 names, else for the return's."""
    text = reader.region.fixed(row, "item.units")
    named, unit = reader.names.exact(text), reader.names.exact_in(text, reader.part.period)
    if named and unit != reader.part.unit and not _owes(reader, unit, item):
        return _of_no_part(reader, row, item, named)
    if unit == reader.part.unit or not named:
        return _for_unit(reader, row, item, target)
    if not reader.answered(row):
        return _NO_CONCERN
    note = reader.doubt("L14", row, (("who", reader.part.unit),), item.id)
    return Tied(Tie(item, target, unit), (replace(note, unit=unit),))


def _of_no_part(reader: PartReader, row: int, item: Item, named: str) -> Tied:
    """The row names a unit that has no part in the item (any more): it is nobody else's answer."""
    asked = _if_answered(reader, row, "L13", (("who", named),), item.id)
    return replace(asked, problems=tuple(replace(p, unit=named) for p in asked.problems))


def _owes(reader: PartReader, unit: str, item: Item) -> bool:
    duties = reader.programme.duties_by_unit(reader.part.period)
    return any(d.item.id == item.id for d in duties.get(unit, ()))


def _if_answered(reader: PartReader, row: int, code: str, words: Words, item: str = "") -> Tied:
    if not reader.answered(row):
        return _NO_CONCERN
    return Tied(None, (reader.doubt(code, row, words, item),))
