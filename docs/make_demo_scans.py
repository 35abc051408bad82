"""The demo's stamped copies → shishi_xl/demo/scans/: printed by LibreOffice, sealed and scanned.

Run it after a change of the forms' look or of what the demo's units say: python -m docs.make_demo_scans
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium
from PIL import Image

from shishi_xl.demo.report import Mail
from shishi_xl.demo.stamped import COPIES, SCANS, Scanned
from shishi_xl.generate import generate
from shishi_xl.init import init
from tests.scans.degrade import SEAL_MM, Way, compressed, degraded, sealed
from tests.scans.forms import print_files

_DPI, _QUALITY = 110, 30
_SEAL = "（单位盖章）"
_Key = tuple[str, str]  # period and unit


def main() -> None:
    """Every file of COPIES made anew."""
    SCANS.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        pdfs = _printed(Path(folder))
        for name, copies in COPIES.items():
            chance = random.Random(name)
            if copies[0].as_text:
                content = _with_seal(pdfs[_key(copies[0])], chance)
            else:
                pages = [page for copy in copies for page in _pages(copy, pdfs[_key(copy)], chance)]
                content = _bound(name, pages)
            (SCANS / name).write_bytes(content)
            print(name, len(content))


def _printed(folder: Path) -> dict[_Key, Path]:
    """Each copy's annex as a PDF."""
    workspace = init(folder / "office", "gaoqing-2023")
    periods = {copy.period for copies in COPIES.values() for copy in copies}
    forms = {p: generate(workspace, p, None, date(2023, 6, 20)).files for p in sorted(periods)}
    files = {}
    for copy in (copy for copies in COPIES.values() for copy in copies):
        book = Mail(forms[copy.period], folder).filled(copy.unit, copy.report)
        book.copies_sheet_into_new_book()
        files[_key(copy)] = book.saves_as(folder / "filled" / f"{copy.period}-{copy.unit}.xlsx")
    print_files(list(files.values()), folder / "pdf")
    return {key: folder / "pdf" / f"{file.stem}.pdf" for key, file in files.items()}


def _key(copy: Scanned) -> _Key:
    return copy.period, copy.unit


def _bound(name: str, pages: Sequence[Image.Image]) -> bytes:
    """The pages in one file."""
    if name.endswith(".jpg"):
        return compressed(pages[0], _QUALITY, _DPI)
    out = BytesIO()
    began = time.gmtime(0)  # the same bytes whenever it is run
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=_DPI,
                  quality=_QUALITY, creationDate=began, modDate=began)  # fmt: skip
    return out.getvalue()


def _pages(copy: Scanned, file: Path, chance: random.Random) -> Iterator[Image.Image]:
    for page in pdfium.PdfDocument(file):
        at = _place(page) if copy.sealed else None
        way = Way(
            _DPI, angle=chance.uniform(-1.2, 1.2), blur=0.3, noise=1.5, grey=copy.grey, seal=at
        )
        yield degraded(page.render(scale=300 / 72).to_pil(), way, chance)


def _place(page: pdfium.PdfPage) -> tuple[float, float] | None:
    """Where the seal goes, in parts of the page; None where the lines to sign are on another."""
    text = page.get_textpage()
    found = text.search(_SEAL).get_next()
    if found is None:
        return None
    left, bottom, _, _ = text.get_charbox(found[0])
    right = text.get_charbox(found[0] + found[1] - 1)[2]
    width, height = page.get_size()
    return (left + right) / 2 / width, 1 - bottom / height


def _with_seal(file: Path, chance: random.Random) -> bytes:
    """The PDF with its text, a picture of the seal put on its last page."""
    document = pdfium.PdfDocument(file)
    for page in document:
        if place := _place(page):
            _put_seal(document, page, place, chance)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _put_seal(
    document: pdfium.PdfDocument,
    page: pdfium.PdfPage,
    place: tuple[float, float],
    chance: random.Random,
) -> None:
    dots = round(SEAL_MM / 25.4 * 300) + 40
    red = sealed(Image.new("RGB", (dots, dots), "white"), (0.5, 0.5), chance).resize((240, 240))
    clear = red.convert("L").point([255 - v for v in range(256)])
    red.putalpha(clear)
    size = dots / 300 * 72
    width, height = page.get_size()
    picture = pdfium.PdfImage.new(document)
    picture.set_bitmap(pdfium.PdfBitmap.from_pil(red))
    at = (place[0] * width - size / 2, (1 - place[1]) * height - size / 2)
    picture.set_matrix(pdfium.PdfMatrix().scale(size, size).translate(*at))
    page.insert_obj(picture)
    page.gen_content()


if __name__ == "__main__":
    main()
