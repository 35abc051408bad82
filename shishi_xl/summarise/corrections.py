"""What counts now, held against what was finalised → what was corrected since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..drafts import Correction, FinalDraft, Said
from ..history import History
from ..model import Item
from ..office import Office
from ..period import Period
from ..settle import Row, Settled, joined

Key = tuple[str, str, str, str, str]  # as in `Said`


def answers_that_count(office: Office, settled: Settled) -> tuple[Said, ...]:
    """Every answer of the period, in the order of items, units and columns."""
    items = {i.id: i for i in office.programme.items}
    found = (
        said for key, row in settled.rows.items() for said in _said(office, items, key[2], key, row)
    )
    order = {item: at for at, item in enumerate(items)}
    return tuple(sorted(found, key=lambda s: (order[s.item], s.key)))


def _said(
    office: Office, items: Mapping[str, Item], item: str, key: tuple[str, str, str, str], row: Row
) -> Iterator[Said]:
    unit, sheet, _, target = key
    if not row.answered:
        return
    named = next((t.name for t in items[item].targets if t.id == target), "")
    for column in office.form.table(sheet).answers:
        if answer := row.chosen.answers.get(column.key):
            label = named or column.title(office.programme.cycle)
            place = answer.place
            yield Said(unit, sheet, item, target, column.key, label, answer.text, place.file)


def corrections(
    office: Office, period: Period, said: tuple[Said, ...], draft: FinalDraft | None
) -> tuple[Correction, ...]:
    """Each answer that differs from what the draft says, came since, or counts no more."""
    if draft is None:
        return ()
    before = _by_key_now(office, draft, period)
    now = {s.key: s for s in said}
    changed = [k for k in {**before, **now} if _text(before.get(k)) != _text(now.get(k))]
    items = {i.id: i for i in office.programme.items}
    found = []
    for key in changed:
        one = now.get(key) or before[key]
        item = items.get(one.item)
        number, name = (item.number, item.name) if item else (0, one.item)
        old, new = _text(before.get(key)), _text(now.get(key))
        found.append(Correction(number, name, one.unit, one.label, old, new, one.file))
    return tuple(sorted(found, key=lambda c: (c.number, c.unit)))


def earlier_notes(history: History, drafts: Sequence[FinalDraft]) -> Iterator[str]:
    """Earlier periods that no longer are what was finalised: 上期 here is what they are now."""
    for settled in history.before.periods:
        office, period = history.office.at(settled.period), settled.period
        own = [d for d in drafts if d.period == str(period)]
        said = answers_that_count(office, settled)
        if own and (count := len(corrections(office, period, said, own[-1]))):
            yield (
                f"{period.label}{own[-1].label}以后有 {count} 处更正，本期的上期数已按更正后的算。"
                f"请运行 shishi-xl consolidate {period} 看更正了哪些，需要重报的再运行 finalise {period}。"
            )


def _by_key_now(office: Office, draft: FinalDraft, period: Period) -> Mapping[Key, Said]:
    """What the draft says; different words of units that are one since then, each with its name."""
    found: dict[Key, Said] = {}
    several: dict[Key, dict[str, str]] = {}
    for said in draft.said:
        now = _called_now(office, said, period)
        texts = several.setdefault(now.key, {})
        texts[said.unit] = said.text
        found[now.key] = replace(now, text=joined(texts))
    return found


def _called_now(office: Office, said: Said, period: Period) -> Said:
    """A unit that was given another name for this period since is the same unit."""
    names = office.names.valid(said.unit, period)
    return replace(said, unit=names[0]) if len(names) == 1 else said


def _text(said: Said | None) -> str:
    return said.text if said else ""
