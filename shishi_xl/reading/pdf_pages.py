"""Bytes of a PDF → its pages one after another, each drawn, with its text layer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image

from ..sheets import Refusal
from .refuse import no_scan

MOST_PAGES = 300  # all units' forms of a county, scanned in one go, come to half of it
_DPI, _COARSEST, _FINEST = 200, 150, 300
_MOST_DRAWN = 9_000_000  # pixels: A4 at 300 dpi
_LONGEST_SIDE = 8_000
MOST_PIXELS = 80_000_000  # in one picture: A4 at 600 dpi has 35 million
_MOST_TEXT = 200_000  # characters
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a picture. `scanned`: it was taken of paper; its text was read by a program then.

    `fault`: why there is no picture.
    """

    picture: Image.Image | None
    text: str = ""
    scanned: bool = True
    fault: str = ""


def pdf_pages(content: bytes) -> Iterator[Drawn] | Refusal:
    """The pages, drawn as they are asked for; a Refusal where there is no reading the file."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(content)
        count = len(document)
    except PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            return no_scan("有打开密码，看不到内容", "请单位去掉密码后再报一次。")
        return no_scan("已损坏，打不开")
    if count == 0:
        return no_scan("里面没有页面")
    if count > MOST_PAGES:
        return no_scan(f"有 {count} 页，不像是盖章件")
    return _pages(document, count)


def _pages(document: Any, count: int) -> Iterator[Drawn]:
    from pypdfium2 import PdfiumError

    for number in range(count):
        try:
            page = document[number]
            yield _drawn(page)
            page.close()
        except PdfiumError:
            yield Drawn(None, fault="这一页已损坏")
        except MemoryError:
            yield Drawn(None, fault="这一页太大，内存不够")


def _drawn(page: Any) -> Drawn:
    width, height = page.get_size()  # points
    pictures = [(o.get_px_size(), o.get_bounds()) for o in page.get_objects([_IMAGE], max_depth=3)]
    for (across, down), _ in pictures:
        if across * down > MOST_PIXELS:
            return Drawn(None, fault=f"这一页里的图片大得反常（{across}×{down} 像素）")
    scanned = sum(_area(at) for _, at in pictures) > 0.7 * width * height
    sizes = [size for size, _ in pictures] if scanned else []
    bitmap = page.render(scale=_scale(width, height, sizes))
    picture = bitmap.to_pil().convert("RGB")
    bitmap.close()
    text = page.get_textpage()
    words = text.get_text_range(0, min(text.count_chars(), _MOST_TEXT))
    text.close()
    return Drawn(picture, words, scanned)


def _area(at: tuple[float, float, float, float]) -> float:
    left, bottom, right, top = at
    return (right - left) * (top - bottom)


def _scale(width: float, height: float, scans: list[tuple[int, int]]) -> float:
    """Pixels a point: as fine as the scan is, or fine enough; never more than there is room for."""
    long = max(width, height, 1)
    fine = max((max(size) / long for size in scans), default=_DPI / 72)
    wanted = min(max(fine, _COARSEST / 72), _FINEST / 72)
    return min(wanted, math.sqrt(_MOST_DRAWN / max(width * height, 1)), _LONGEST_SIDE / long)
