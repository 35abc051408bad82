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


def read_codes(picture: Image.Image) -> tuple[tuple[str, ...], int]:
    """Every form code in a QR code on the page, each once; () where none can be read. With them,
    by how many degrees, in quarters, the page is to be turned to the left to stand upright."""
    for plate in _plates(picture):
        if found := _codes_in(plate):
            return tuple(dict.fromkeys(code for code, _ in found)), found[0][1]
    return (), 0


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


def _codes_in(plate: Image.Image) -> list[tuple[str, int]]:
    from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcodes

    found = read_barcodes(plate, formats=BarcodeFormats(BarcodeFormat.QRCode), try_invert=False)
    codes = ((parse_code(barcode.text), barcode.orientation) for barcode in found)
    return [(str(code), round(turned / 90) * 90 % 360) for code, turned in codes if code]
