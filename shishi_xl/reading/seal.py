"""A drawn page → Seal: whether there is a red mark of a seal's size, shape and make.

Units' seals are round, 38 to 45 mm wide: a red ring, a star, the name along the ring. Red text,
rules, logos and headings have no ring of that size with white around it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from PIL import Image, ImageChops

from ..sheets import Seal

_Cells = set[tuple[int, int]]

_WIDE = 210  # cells that the shorter side is divided into: of 1 mm on A4
_A4 = (1.36, 1.47)  # the sides of a scanned page
_RADII = range(14, 26)  # mm
_RADII_FAR = range(11, 26)  # on a photograph the page may fill three quarters
_SECTORS = 36
_BAND, _FREE_FROM, _FREE_TO = 1.3, 2.6, 5.0  # mm about the ring that belong to it, and around it
_LEAST_RING, _MOST_AROUND = 0.72, 0.36  # parts of the sectors
_LEAST_INSIDE, _MOST_INSIDE = 0.006, 0.5  # parts of what lies within the ring that are red
_LEAST_PAPER = 0.5  # part of the rest within it that is as light as the page
_MOST_RED, _LEAST_RED = 9000, 60  # cells: a red page is no seal, a few dots are none
_LONGEST = 5  # times as long as wide: no page
_VOTERS = 1500  # cells, about as many as a seal has
_TRIED = 12  # likeliest middles


def find_seal(picture: Image.Image) -> Seal:
    """Whether a seal can be seen. A page without any colour cannot tell."""
    if picture.mode != "RGB" or max(picture.size) > _LONGEST * min(picture.size):
        return Seal.UNSURE
    small = _small(picture)
    red = _red_cells(small)
    dark = _dark_cells(small)
    ratio = max(picture.size) / min(picture.size)
    radii = _RADII if _A4[0] <= ratio <= _A4[1] else _RADII_FAR
    if _LEAST_RED <= len(red) <= _MOST_RED and _has_ring(red, dark, radii):
        return Seal.FOUND
    return Seal.NONE if _is_coloured(small) else Seal.UNSURE


def _small(picture: Image.Image) -> Image.Image:
    """Three pixels a cell."""
    scale = 3 * _WIDE / min(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.BOX) if scale < 1 else picture.resize(size)


def _red_cells(small: Image.Image) -> _Cells:
    r, g, b = small.split()
    redder = ImageChops.darker(ImageChops.subtract(r, g), ImageChops.subtract(r, b))
    mask = ImageChops.darker(_above(redder, 45), _above(r, 100))
    cells = mask.resize((small.width // 3, small.height // 3), Image.Resampling.BOX)
    wide = cells.width
    return {(i % wide, i // wide) for i, share in enumerate(cells.tobytes()) if share > 60}


def _dark_cells(small: Image.Image) -> _Cells:
    """Cells much darker than the page: print, a shadow, the desk below it."""
    cells = small.convert("L").resize((small.width // 3, small.height // 3), Image.Resampling.BOX)
    values = cells.tobytes()
    paper = sorted(values)[len(values) // 2]
    return {(i % cells.width, i // cells.width) for i, v in enumerate(values) if v < paper - 60}


def _above(channel: Image.Image, least: int) -> Image.Image:
    return channel.point([255 if value > least else 0 for value in range(256)])


def _is_coloured(small: Image.Image) -> bool:
    """Whether it was taken in colour: paper and light have some, and so has noise."""
    r, g, b = small.split()
    apart = ImageChops.lighter(ImageChops.difference(r, g), ImageChops.difference(r, b))
    counts = apart.histogram()
    return sum(counts[6:]) > small.width * small.height * 0.002


def _has_ring(red: _Cells, dark: _Cells, radii: range) -> bool:
    return any(
        _is_ring(red, *circle) and _is_on_paper(red, dark, *circle)
        for circle in _likely(red, radii)
    )


def _is_on_paper(red: _Cells, dark: _Cells, x: int, y: int, radius: int) -> bool:
    reach = range(-radius, radius + 1)
    within = {(x + dx, y + dy) for dx in reach for dy in reach if math.hypot(dx, dy) < radius}
    rest = within - red
    return len(rest - dark) >= _LEAST_PAPER * len(rest)


def _likely(red: _Cells, radii: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Middles and radii of the circles that most red cells may lie on."""
    best: list[tuple[int, int, int, int]] = []
    voters = sorted(red)[:: len(red) // _VOTERS + 1]
    for radius in radii:
        votes: dict[tuple[int, int], int] = {}
        for x, y in voters:
            for dx, dy in _circle(radius):
                at = ((x + dx) // 2, (y + dy) // 2)
                votes[at] = votes.get(at, 0) + 1
        best += [(n, x * 2, y * 2, radius) for (x, y), n in _most(votes.items())]
    for _, x, y, radius in sorted(best, reverse=True)[: _TRIED * 4]:
        yield x, y, radius


def _most(
    votes: Iterable[tuple[tuple[int, int], int]],
) -> list[tuple[tuple[int, int], int]]:
    return sorted(votes, key=lambda v: (-v[1], v[0]))[:_TRIED]


@cache
def _circle(radius: int) -> tuple[tuple[int, int], ...]:
    steps = range(48)
    turns = (2 * math.pi * n / 48 for n in steps)
    return tuple({(round(radius * math.cos(t)), round(radius * math.sin(t))) for t in turns})


def _is_ring(red: _Cells, x: int, y: int, radius: int) -> bool:
    """Whether a ring goes round, with little red outside it and something, but not all, inside."""
    ring: set[int] = set()
    around: set[int] = set()
    inside = 0
    reach = math.ceil(radius + _FREE_TO)
    for dx in range(-reach, reach + 1):
        for dy in range(-reach, reach + 1):
            if (x + dx, y + dy) not in red:
                continue
            far = math.hypot(dx, dy)
            sector = int((math.atan2(dy, dx) + math.pi) / (2 * math.pi) * _SECTORS) % _SECTORS
            if abs(far - radius) <= _BAND:
                ring.add(sector)
            elif radius + _FREE_FROM <= far <= radius + _FREE_TO:
                around.add(sector)
            elif far < radius - _BAND:
                inside += 1
    full = math.pi * radius**2
    return (
        len(ring) >= _LEAST_RING * _SECTORS
        and len(around) <= _MOST_AROUND * _SECTORS
        and _LEAST_INSIDE * full < inside < _MOST_INSIDE * full
    )
