"""Items and targets without `id:` → the ids that forms already bear, by name; new ones get new ids.

What was reworded where it stood is tied and said; what was reworded and moved at once may be the
same or another: staff say which, by writing `id:`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..editions import Known
from ..model import Role
from ..names import fold_words
from .fault import Fault
from .node import Node
from .survey import Survey
from .targets import measure_of

_ALIKE = 0.6  # of SequenceMatcher; 免费筛查和救助 and 免费检查 in one item's name have 0.8

Editions = Sequence[Sequence[Known]]  # the latest first


@dataclass(frozen=True, slots=True)
class Tied:
    """Ids in the order of the nodes, what cannot be tied, and what is to be said of the rest."""

    ids: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ids:
    """Every item's id, and every target's, item by item."""

    items: tuple[str, ...]
    targets: tuple[tuple[str, ...], ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def tie_ids(survey: Survey, editions: Editions) -> Ids:
    """The ids of a programme; `editions` are the known items of older ones, the latest first."""
    items = _tie([_item(n) for n in survey.items], survey.items, editions, "件")
    parts: dict[str, list[Sequence[Known]]] = {}
    for item in (k for edition in editions for k in edition):
        parts.setdefault(item.id, []).append(item.parts)
    targets = []
    for id_, node in zip(items.ids, survey.items, strict=True):
        nodes = node["targets"].elements
        targets.append(_tie([_target(n) for n in nodes], nodes, parts.get(id_, ()), "项指标"))
    found = (items, *targets)
    return Ids(
        items.ids,
        tuple(t.ids for t in targets),
        tuple(f for t in found for f in t.faults),
        tuple(note for t in found for note in t.notes),
    )


def as_known(survey: Survey, ids: Ids) -> tuple[Known, ...]:
    """The programme's items, for the ledger."""
    return tuple(
        Known(id_, node["name"].text, _item(node).context, tuple(
            Known(t, part["name"].text, _target(part).context)
            for t, part in zip(targets, node["targets"].elements, strict=True)))
        for id_, targets, node in zip(ids.items, ids.targets, survey.items, strict=True)
    )  # fmt: skip


def _item(node: Node) -> Known:
    units = tuple(sorted(u.text for role in Role for u in node[role.value].elements))
    parts = tuple(_target(t) for t in node["targets"].elements)
    return Known(node["id"].text, node["name"].text, units, parts)


def _target(node: Node) -> Known:
    return Known(node["id"].text, node["name"].text, (measure_of(node),))


def _tie(new: list[Known], nodes: Sequence[Node], editions: Editions, measure: str) -> Tied:
    tier = _Tier(new, editions[0] if editions else (), editions, measure)
    if not editions:
        return Tied(tuple(k.id or tier.shown(n) for n, k in enumerate(new, 1)))
    ids = tier.by_name()
    notes = list(tier.reworded(ids))
    faults = tuple(
        Fault(*nodes[at]["name"].place, tier.question(at, old)) for at, old in tier.doubtful(ids)
    )
    notes += tier.added(ids)
    return Tied(tuple(i or "" for i in ids), faults, tuple(notes))


@dataclass(frozen=True)
class _Tier:
    """New items against known ones; `last` is the latest edition of `editions`."""

    new: Sequence[Known]
    last: Sequence[Known]
    editions: Editions
    measure: str

    def shown(self, number: int) -> str:
        """An id made of a number: 03 for items, 3 for targets."""
        return f"{number:02d}" if self.measure == "件" else str(number)

    def fresh(self, ids: Sequence[str | None]) -> str:
        """An id that was never used."""
        every = [k.id for edition in self.editions for k in edition] + [i for i in ids if i]
        every += [k.id for k in self.new]
        return self.shown(max((int(i) for i in every if i.isdecimal()), default=0) + 1)

    def by_name(self) -> list[str | None]:
        """Ids that are written, or that something of this very name had, in the latest edition."""
        called: dict[str, list[str]] = {}
        for known in (k for edition in self.editions for k in edition):
            called.setdefault(fold_words(known.name), []).append(known.id)
        taken = {k.id for k in self.new if k.id}
        ids: list[str | None] = []
        for one in self.new:
            known_as = called.get(fold_words(one.name), ())
            found = one.id or next((id_ for id_ in known_as if id_ not in taken), None)
            taken |= {found} if found else set()
            ids.append(found)
        return ids

    def reworded(self, ids: list[str | None]) -> Iterator[str]:
        """Ties what was reworded where it stood, and says so."""
        for run, gap in self._gaps(ids):
            for at in run:
                olds = [k for k in gap if _alike(self.new[at], k)]
                back = [n for n in run if olds and _alike(self.new[n], olds[0])]
                if len(olds) == len(back) == 1:
                    ids[at] = olds[0].id
                    yield (
                        f"第 {at + 1} {self.measure}“{self.new[at].name}”按原来的“{olds[0].name}”"
                        f"（编号 {olds[0].id}）改了名称对待；如是另一{self.measure[0]}，请给它写一个新的 id。"
                    )

    def doubtful(self, ids: Sequence[str | None]) -> Iterator[tuple[int, Known]]:
        """What has no id yet, each with what it may have been."""
        used = set(ids)
        unused = [k for k in self.last if k.id not in used]
        beside = {
            at: k
            for run, gap in self._gaps(ids)
            if len(run) == len(gap)
            for at, k in zip(run, gap, strict=True)
            if self.new[at].context == k.context
        }
        for at, id_ in enumerate(ids):
            if id_ is None:
                alike = next((k for k in unused if _alike(self.new[at], k)), None)
                if old := alike or beside.get(at):
                    yield at, old

    def question(self, at: int, old: Known) -> str:
        return (
            f"“{self.new[at].name}”是不是原来的“{old.name}”（编号 {old.id}）改了名称？"
            f'是的，请在这里写 id: "{old.id}"；另是一{self.measure[0]}新的，请写 id: "{self.fresh(())}"'
        )

    def added(self, ids: list[str | None]) -> Iterator[str]:
        """Gives new ids to what is new, and says so."""
        for at, id_ in enumerate(ids):
            if id_ is None:
                ids[at] = self.fresh(ids)
                yield f"第 {at + 1} {self.measure}“{self.new[at].name}”是新增的，编号 {ids[at]}。"

    def _gaps(self, ids: Sequence[str | None]) -> list[tuple[list[int], list[Known]]]:
        """Runs of what has no id, each with what stood between the same neighbours before."""
        order, used = {k.id: n for n, k in enumerate(self.last)}, set(ids)
        gaps: list[tuple[list[int], list[Known]]] = []
        run: list[int] = []
        left = -1
        for at, id_ in enumerate([*ids, ""]):
            if id_ is None:
                run.append(at)
                continue
            right = len(self.last) if at == len(ids) else order.get(id_, left)
            if run:
                old = [k for k in self.last[left + 1 : right] if k.id not in used]
                gaps.append((run, old))
            run, left = [], right
        return gaps


def _alike(one: Known, other: Known) -> bool:
    """Whether one may be the other with another name."""
    new, old = fold_words(one.name), fold_words(other.name)
    parts = [[fold_words(p.name) for p in k.parts] for k in (one, other)]
    same = bool(parts[0]) and parts[0] == parts[1]
    return same or SequenceMatcher(None, new, old, autojunk=False).ratio() >= _ALIKE
