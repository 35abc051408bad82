"""PDFs and pictures made by hand: what a page may hold, and what hostile files hold."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from io import BytesIO

import segno
from PIL import Image, ImageDraw

from .scans.degrade import sealed

WIDE, HIGH = 1240, 1754  # A4 at 150 dpi


def sheet(code: str = "", seal: tuple[float, float] | None = None, lines: int = 12) -> Image.Image:
    """A written page of A4 at 150 dpi, with a form code in a QR code at the top right."""
    page = Image.new("RGB", (WIDE * 2, HIGH * 2), "white")
    draw = ImageDraw.Draw(page)
    for line in range(lines):
        for word in range(9):
            left, top = 280 + word * 220, 700 + line * 130
            draw.rectangle((left, top, left + 160, top + 34), fill=(40, 40, 40))
    if code:
        out = BytesIO()
        segno.make_qr(code, version=1, error="m").save(out, kind="png", scale=9, border=4)
        page.paste(Image.open(out).convert("RGB"), (2060, 160))
    if seal:
        page = sealed(page, seal, random.Random(1))
    return page.resize((WIDE, HIGH), Image.Resampling.BOX)


def as_jpeg(page: Image.Image) -> bytes:
    out = BytesIO()
    page.save(out, "JPEG", quality=70)
    return out.getvalue()


def as_pdf(*pages: Image.Image) -> bytes:
    """Scanned pages in one file."""
    out = BytesIO()
    pages[0].save(out, "PDF", resolution=150, save_all=True, append_images=list(pages[1:]))
    return out.getvalue()


def as_tiff(*pages: Image.Image) -> bytes:
    out = BytesIO()
    kept = list(pages[1:])
    pages[0].save(out, "TIFF", compression="tiff_lzw", save_all=True, append_images=kept)
    return out.getvalue()


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, the first of them its catalog."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    return (
        out
        + table
        + b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )


def empty_pages(count: int, box: bytes = b"0 0 595 842") -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    head = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)]
    return pdf_of([*head, *[b"<</Type/Page/Parent 2 0 R/MediaBox[%s]>>" % box] * count])


def picture_bomb(side: int) -> bytes:
    """A page with a grey picture of so many pixels a side, which compresses to next to nothing."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(side)) for _ in range(side)) + packer.flush()
    picture = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8"
    size = b"/Width %d/Height %d/Filter/FlateDecode" % (side, side)
    return _with_object(b"q 595 0 0 842 0 0 cm /X Do Q", [_stream(picture + size, data)])


def laughing_forms(depth: int = 9) -> bytes:
    """Drawings that each draw the next ten times."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
    forms = [
        _stream(form + b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + n), b"/X Do " * 10)
        for n in range(depth)
    ]
    return _with_object(b"/X Do " * 10, [*forms, _stream(form, b"0 0 100 100 re f")])


def encrypted(pages: int = 1) -> bytes:
    """A PDF that opens with a password alone; no byte of it need be right beyond that."""
    content = empty_pages(pages)
    secret = b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"28" * 32 + b">/U<" + b"11" * 32 + b">>>"
    key = b"/Encrypt %s/ID[<01><01>]" % secret
    return content.replace(b"trailer\n<<", b"trailer\n<<" + key)


def _with_object(content: bytes, objects: Sequence[bytes]) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
    return pdf_of([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page + b"/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>",
        _stream(b"", content), *objects,
    ])  # fmt: skip


def _stream(head: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(data), data)
