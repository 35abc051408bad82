"""How pages come back, by chance: scanners of 150 and 200 dpi, telephones, seals near and over the code."""

from __future__ import annotations

import random

from .degrade import Way

# Where a seal may be put, in parts of the page: beside the signature, over the table, at the code.
_FAR, _NEAR, _OVER, _NONE = "远离编码", "挨着编码", "压着编码", "没盖章"
PLACES = (_FAR, _FAR, _FAR, _NEAR, _OVER, _NONE, _NONE)


def way_by_chance(chance: random.Random, code_at: tuple[float, float]) -> tuple[str, Way]:
    """A way, and where its seal is in words. `code_at`: the middle of the code on the page."""
    place = chance.choice(PLACES)
    photograph = chance.random() < 0.2
    return place, Way(
        dpi=chance.choice((150, 200)),
        angle=chance.uniform(-3, 3),
        turns=chance.choice((0, 0, 0, 1, 2, 3)),
        blur=chance.uniform(0.3, 1.1),
        noise=chance.uniform(2, 14),
        grey=chance.random() < 0.2,
        seal=_seal_at(place, chance, code_at),
        warp=chance.uniform(0.02, 0.07) if photograph else 0.0,
        light=chance.uniform(0.82, 1.05),
    )


def _seal_at(
    place: str, chance: random.Random, code_at: tuple[float, float]
) -> tuple[float, float] | None:
    x, y = code_at
    if place == _FAR:
        return chance.uniform(0.2, 0.8), chance.uniform(0.45, 0.85)
    if place == _NEAR:
        return x - chance.uniform(0.12, 0.16), y + chance.uniform(0.0, 0.08)
    if place == _OVER:
        return x + chance.uniform(-0.06, 0.02), y + chance.uniform(-0.02, 0.06)
    return None
