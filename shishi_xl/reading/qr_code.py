"""A drawn page → the form codes that QR codes on it say.

Measured on simulated scans (150 dpi, turned, blurred, JPEG 50): the red channel alone reads
through a seal in colour; in a grey scan the seal is lighter than print, and vanishes where the
picture is made three times as bright.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageFilter

from ..marks import parse_code

_LARGE = 2400  # pixels of the longer side, from which on nothing is gained by more


def read_codes(picture: Image.Image) -> tuple[str, ...]:
    """Every form code in a QR code on the page, each once; () where none can be read."""
    for plate in _plates(picture):
        if found := _codes_in(plate):
            return found
    return ()


def _plates(picture: Image.Image) -> Iterator[Image.Image]:
    """The page in one colour, made clear in one way after another."""
    ink = picture.getchannel("R") if picture.mode == "RGB" else picture
    yield ink
    yield ink.point(_bright(0, 2))
    grown = 1.5 if max(ink.size) < _LARGE else 0.7
    size = (round(ink.width * grown), round(ink.height * grown))
    other = ink.resize(size, Image.Resampling.BICUBIC)
    yield other.filter(ImageFilter.BoxBlur(1))
    yield other.point(_bright(30, 4))
    yield ink.point(_bright(0, 3))


def _bright(black: int, times: int) -> list[int]:
    return [min(255, max(0, value - black) * times) for value in range(256)]


def _codes_in(plate: Image.Image) -> tuple[str, ...]:
    from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcodes

    found = read_barcodes(plate, formats=BarcodeFormats(BarcodeFormat.QRCode), try_invert=False)
    codes = (parse_code(barcode.text) for barcode in found)
    return tuple(dict.fromkeys(str(code) for code in codes if code))
