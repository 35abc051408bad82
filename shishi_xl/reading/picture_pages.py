"""Bytes of a picture → its pages: one, or as many as a TIFF has."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from ..sheets import Refusal
from .pdf_pages import MOST_PAGES, MOST_PIXELS, Drawn
from .refuse import no_scan

_MOST_KEPT = 9_000_000  # pixels that are looked at; a telephone takes 12 to 50 million
_ROOM = 40_000_000  # pixels that there is room for, where a format cannot be read smaller
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, TypeError, Image.DecompressionBombError)


def picture_pages(content: bytes) -> Iterator[Drawn] | Refusal:
    """The pages as they are asked for; a Refusal where there is no reading the file."""
    Image.MAX_IMAGE_PIXELS = None  # sizes are looked at here
    warnings.simplefilter("ignore")
    try:
        picture = Image.open(BytesIO(content))
        count = int(getattr(picture, "n_frames", 1))
    except UnidentifiedImageError:
        todo = "请打开核对；确是盖章件的，请转存为 JPG 或 PDF 后再放进来。"
        return no_scan("是程序读不了的图片格式，或已损坏", todo)
    except _BROKEN:
        return no_scan("已损坏，打不开")
    if picture.format == "GIF":
        count = 1  # further frames are a film's
    if count > MOST_PAGES:
        return no_scan(f"有 {count} 页，不像是盖章件")
    return (_drawn(picture, number) for number in range(count))


def _drawn(picture: Image.Image, number: int) -> Drawn:
    try:
        picture.seek(number)
        fault = _too_large(picture)
        return Drawn(None, fault=fault) if fault else Drawn(_plain(picture))
    except MemoryError:
        return Drawn(None, fault="这一页太大，内存不够")
    except _BROKEN:
        return Drawn(None, fault="这一页已损坏")


def _too_large(picture: Image.Image) -> str:
    pixels = picture.width * picture.height
    # A JPEG is read smaller than it is.
    most = MOST_PIXELS if picture.format in ("JPEG", "MPO") else _ROOM
    size = f"{picture.width}×{picture.height}"
    return f"图片大得反常（{size} 像素）" if pixels > most else ""


def _plain(picture: Image.Image) -> Image.Image:
    """In grey or in colour, upright as the camera was held, no finer than it helps."""
    scale = (_MOST_KEPT / (picture.width * picture.height)) ** 0.5
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    if scale < 1:
        picture.draft(None, size)
    if picture.mode in ("1", "L", "I;16", "I", "F", "LA"):
        plain = picture.convert("L")
    elif picture.mode in ("RGBA", "PA") or "transparency" in picture.info:
        plain = Image.new("RGB", picture.size, "white")
        layer = picture.convert("RGBA")
        plain.paste(layer, mask=layer.getchannel("A"))
    else:
        plain = picture.convert("RGB")
    if scale < 1 and plain.width * plain.height > _MOST_KEPT:
        plain = plain.resize(size, Image.Resampling.BOX)
    turned = ImageOps.exif_transpose(plain)
    return turned if turned else plain
