"""Which returns are made: every kind by both programs, then several damages together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, cycle
from random import Random

from .case import Case
from .damage import Damage
from .kinds import DAMAGES, UNDAMAGED, go_together
from .office import Sent

SEED = 20231231
_OFFICE_SUFFIXES = (".xlsx", ".xls", ".ods")


def make_plan(sent: Mapping[str, Sent], singly: int = 4, together: int = 100) -> list[Case]:
    """Each damage `singly` times and `together` sets of two or three, half of all by LibreOffice."""
    rng = Random(SEED)
    programmes = cycle(sorted(sent))
    suffixes = cycle(_OFFICE_SUFFIXES)
    cases = []
    numbers = count(1)
    wanted = [(d,) for d in (UNDAMAGED, *DAMAGES) for _ in range(singly)]
    for turn, damages in enumerate([*wanted, *_sets(rng, together)]):
        by_office = turn % 2 == 1
        suffix = next(suffixes) if by_office else ".xlsx"
        every = (next(programmes) for _ in sent)
        case = _case(rng, next(numbers), damages, [sent[p] for p in every], by_office, suffix)
        cases.append(case)
        next(programmes)  # else each kind would meet the same programmes again and again
    return cases


def _sets(rng: Random, together: int) -> Iterator[tuple[Damage, ...]]:
    order = {d.name: at for at, d in enumerate(DAMAGES)}
    made = 0
    while made < together:
        chosen = sorted(rng.sample(DAMAGES, 2 + made % 3 // 2), key=lambda d: order[d.name])
        if go_together(chosen):
            made += 1
            yield tuple(chosen)


def _case(
    rng: Random, number: int, damages: Sequence[Damage], offices: Sequence[Sent], by_office: bool,
    suffix: str,
) -> Case:  # fmt: skip
    """With a unit whose form has what the damages need, of the first programme that has one."""
    for sent in offices:
        fit = [
            unit for unit, lines in sent.lines.items()
            if lines >= max(d.lines for d in damages)
            and (unit in sent.with_targets or not any(d.targets for d in damages))
            and unit in sent.last_forms
        ]  # fmt: skip
        if fit:
            unit = rng.choice(fit)
            partner = rng.choice([u for u in sent.forms if u != unit])
            names = tuple(d.name for d in damages)
            return Case(number, sent.programme, unit, partner, names, by_office, suffix)
    raise LookupError(f"no unit for {damages}")


def batches(cases: Sequence[Case]) -> list[list[Case]]:
    """Cases that may lie in one inbox: of one programme, no unit twice."""
    made: list[list[Case]] = []
    for case in cases:
        for batch in made:
            taken = frozenset().union(*(c.claims for c in batch))
            same = batch[0].programme == case.programme
            if same and not case.whole and not batch[0].whole and not taken & case.claims:
                batch.append(case)
                break
        else:
            made.append([case])
    return made
