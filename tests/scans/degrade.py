"""A page as LibreOffice prints it → the same page as scanners and telephones bring it back.

Nothing here knows how pages are read.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DRAWN = 300  # dpi at which pages are drawn before anything is done to them
SEAL_MM = 42.0
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)


@dataclass(frozen=True, slots=True)
class Way:
    """How one page is brought back. `seal`: where, in parts of the page, None for no seal.

    `angle` is in degrees; `turns` quarter turns; `blur` in pixels of the scan; `warp` in parts of
    the page's width: 0 for a scanner, more for a telephone.
    """

    dpi: int
    angle: float = 0.0
    turns: int = 0
    blur: float = 0.5
    noise: float = 6.0
    quality: int = 50
    grey: bool = False
    seal: tuple[float, float] | None = None
    warp: float = 0.0
    light: float = 1.0


def degraded(page: Image.Image, way: Way, chance: random.Random) -> Image.Image:
    """The page, drawn at 300 dpi, as it comes back; not yet compressed."""
    sheet = page.convert("RGB")
    if way.seal:
        sheet = sealed(sheet, way.seal, chance)
    sheet = photographed(sheet, way, chance) if way.warp else scanned(sheet, way)
    sheet = sheet.filter(ImageFilter.GaussianBlur(way.blur))
    sheet = _noisy(sheet, way, chance)
    if way.turns:
        sheet = sheet.rotate(90 * way.turns, expand=True)
    return sheet.convert("L") if way.grey else sheet


def compressed(picture: Image.Image, quality: int, dpi: int) -> bytes:
    """As JPEG."""
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return out.getvalue()


def sealed(page: Image.Image, at: tuple[float, float], chance: random.Random) -> Image.Image:
    """The page with a round red seal whose middle is at this part of it; the ink lets print through."""
    size = round(SEAL_MM / 25.4 * DRAWN)
    turn = chance.uniform(-25, 25)
    seal = _seal(size, chance).rotate(turn, Image.Resampling.BICUBIC, fillcolor="white")
    ink = Image.new("RGB", page.size, "white")
    left, top = round(page.width * at[0] - size / 2), round(page.height * at[1] - size / 2)
    ink.paste(seal, (left, top))
    both = np.asarray(page, np.float32) * np.asarray(ink, np.float32) / 255
    return Image.fromarray(both.astype(np.uint8))


def _seal(size: int, chance: random.Random) -> Image.Image:
    """A unit's seal: ring, star, and the name around it; worn in places."""
    red = (chance.randint(190, 235), chance.randint(20, 60), chance.randint(25, 70))
    big = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(big)
    ring = round(1.2 / 25.4 * DRAWN)
    draw.ellipse((ring, ring, size - ring, size - ring), outline=red, width=ring)
    middle, radius = size / 2, size * 0.14
    points = []
    for n in range(10):
        reach = radius if n % 2 == 0 else radius * 0.4
        turn = math.pi * n / 5 - math.pi / 2
        points.append((middle + reach * math.cos(turn), middle + reach * math.sin(turn)))
    draw.polygon(points, fill=red)
    _around(big, "高青县某某局办公室专用", size, red)
    worn = np.random.default_rng(chance.randrange(2**32)).random((12, 12)) * 255
    mask = Image.fromarray(worn.astype(np.uint8)).resize((size, size), Image.Resampling.BICUBIC)
    faint = mask.point([round(min(255, max(0, (v - 20) * 6))) for v in range(256)])
    return Image.composite(big, Image.new("RGB", big.size, "white"), faint)


def _around(seal: Image.Image, text: str, size: int, red: tuple[int, int, int]) -> None:
    font = _font(round(size * 0.13))
    for n, letter in enumerate(text):
        turn = -130 + 260 * n / (len(text) - 1)
        tile = Image.new("L", (size, size), 0)
        box = (size / 2, size * 0.16)
        ImageDraw.Draw(tile).text(box, letter, 255, font=font, anchor="mm")
        tile = tile.rotate(-turn, resample=Image.Resampling.BICUBIC)
        seal.paste(red, mask=tile)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for file in _FONTS:
        try:
            return ImageFont.truetype(file, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def scanned(page: Image.Image, way: Way) -> Image.Image:
    """Laid askew on the glass, and taken at the scanner's resolution."""
    turned = page.rotate(way.angle, resample=Image.Resampling.BICUBIC, fillcolor=(250, 250, 248))
    size = (round(page.width * way.dpi / DRAWN), round(page.height * way.dpi / DRAWN))
    return turned.resize(
        size, Image.Resampling.BOX if way.dpi * 2 <= DRAWN else Image.Resampling.BILINEAR
    )


def photographed(page: Image.Image, way: Way, chance: random.Random) -> Image.Image:
    """Taken with a telephone from a little aside, on a desk, in uneven light."""
    flat = scanned(page, way)
    wide, high = flat.size
    edge = round(wide * 0.04)
    most = wide * way.warp
    corners = [
        (edge + chance.uniform(0, most), edge + chance.uniform(0, most)),
        (wide + edge - chance.uniform(0, most), edge + chance.uniform(0, most)),
        (wide + edge - chance.uniform(0, most), high + edge - chance.uniform(0, most)),
        (edge + chance.uniform(0, most), high + edge - chance.uniform(0, most)),
    ]
    size = (wide + 2 * edge, high + 2 * edge)
    sources = [(0.0, 0.0), (float(wide), 0.0), (float(wide), float(high)), (0.0, float(high))]
    data = _perspective(corners, sources)
    whole = flat.transform(size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC)
    paper = Image.new("L", flat.size, 255).transform(size, Image.Transform.PERSPECTIVE, data)
    desk = Image.new("RGB", size, tuple(chance.randint(60, 150) for _ in range(3)))
    desk.paste(whole, mask=paper)
    return _shaded(desk, chance)


def _perspective(
    corners: list[tuple[float, float]], sources: list[tuple[float, float]]
) -> tuple[float, ...]:
    """Pillow's eight numbers that bring each corner to its source."""
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, sources, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return tuple(float(n) for n in np.linalg.solve(np.array(rows), np.array(right)))


def _shaded(picture: Image.Image, chance: random.Random) -> Image.Image:
    low = np.array([[chance.uniform(0.7, 1.0) for _ in range(2)] for _ in range(2)], np.float32)
    field = Image.fromarray(low).resize(picture.size, Image.Resampling.BILINEAR)
    shaded = np.asarray(picture, np.float32) * np.asarray(field)[..., None]
    return Image.fromarray(shaded.clip(0, 255).astype(np.uint8))


def _noisy(picture: Image.Image, way: Way, chance: random.Random) -> Image.Image:
    source = np.random.default_rng(chance.randrange(2**32))
    values = np.asarray(picture, np.float32) * way.light
    values = values + source.normal(0, way.noise, values.shape).astype(np.float32)
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))
