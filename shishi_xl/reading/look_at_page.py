"""A drawn page → Page: its codes, its seal, a small picture for people."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from ..sheets import Page, Seal
from .pdf_pages import Drawn
from .qr_code import read_codes
from .seal import find_seal

_SMALL = (380, 540)  # pixels
_QUALITY = 55
_READABLE = (2000, 2000)  # pixels: 170 dpi
_BLANK = 0.0004  # part of a page that is dark where somebody wrote a line


def look_at(drawn: Drawn, number: int, by_sight: bool = False) -> Page:
    """All that can be told of one page. `by_sight`: somebody will read it who needs its picture."""
    picture = drawn.picture
    if picture is None:
        return Page(number, fault=drawn.fault)
    small = picture.copy()
    small.thumbnail(_SMALL)
    seal = find_seal(picture)
    if seal is Seal.UNSURE and not drawn.scanned:
        seal = Seal.NONE  # what a program wrote has all the colours that it ever had
    paper = _Paper.of(picture)
    blank = not drawn.text.strip() and seal is not Seal.FOUND and paper.is_blank
    codes, turned = ((), 0) if blank else read_codes(picture)
    unread = by_sight and not blank and not drawn.text.strip()
    return Page(
        number,
        codes,
        drawn.text,
        drawn.scanned and bool(drawn.text.strip()),
        seal,
        _as_jpeg(small, _QUALITY),
        blank,
        paper.is_written,
        unread=_to_read(picture, turned) if unread else b"",
    )


def _to_read(picture: Image.Image, turned: int) -> bytes:
    """The page in grey, the right way up as its code says, as fine as print needs."""
    grey = picture.convert("L")
    grey.thumbnail(_READABLE)
    return _as_jpeg(grey.rotate(turned, expand=True) if turned else grey, 80)


def _as_jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Paper:
    """What part of a page is as light as its paper, and what part is dark as ink."""

    light: int
    even: float
    dark: float

    @classmethod
    def of(cls, picture: Image.Image) -> _Paper:
        """Edges, where scanners cast shadows and desks are seen, apart."""
        grey = picture.convert("L")
        across, down = grey.width // 16, grey.height // 16
        inner = grey.crop((across, down, grey.width - across, grey.height - down))
        inner.thumbnail((600, 600), Image.Resampling.BOX)
        counts = inner.histogram()
        pixels = max(1, sum(counts))
        light = _median(counts, pixels)
        even = sum(counts[max(0, light - 40) : light + 40]) / pixels
        return cls(light, even, sum(counts[: max(0, light - 50)]) / pixels)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on it: the back of a sheet."""
        return self.dark < _BLANK

    @property
    def is_written(self) -> bool:
        return self.light > 100 and self.even > 0.7 and _BLANK <= self.dark < 0.25


def _median(counts: list[int], pixels: int) -> int:
    passed = 0
    for value, count in enumerate(counts):
        passed += count
        if passed * 2 >= pixels:
            return value
    return 255
