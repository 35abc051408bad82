"""Scans that were made → how each page was read: whose, of which period, and its seal."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from time import perf_counter

import pypdfium2
import zxingcpp
from PIL import Image

from shishi_xl.office import Office, load_office
from shishi_xl.reading.file_type import FileType
from shishi_xl.reading.read_scan import read_scan
from shishi_xl.recognise import Recogniser
from shishi_xl.sheets import Page, Scan, Seal
from shishi_xl.stamped import pair
from shishi_xl.workspace import Workspace

from .degrade import DRAWN, Way, compressed, degraded
from .forms import Printed
from .ways import way_by_chance

RIGHT, ASKED, WRONG = "认对", "待认", "认错"


@dataclass(frozen=True, slots=True)
class Trial:
    """One page that came back, and what became of it. `place`: where its seal is, in words."""

    unit: str
    place: str
    way: Way
    outcome: str
    seal: Seal
    seconds: float
    scan: bytes


def trials(forms: Sequence[Printed], count: int, seed: int = 1) -> Iterator[Trial]:
    """So many pages of the forms, each degraded in a way of its own and read as a PDF or a picture."""
    chance = random.Random(seed)
    for number in range(count):
        form = chance.choice(forms)
        sheet = chance.choice(_coded_pages(form))
        place, way = way_by_chance(chance, _code_at(sheet))
        picture = degraded(sheet, way, chance)
        scan = compressed(picture, way.quality, way.dpi)
        kind = FileType.PICTURE if way.warp or number % 3 == 0 else FileType.PDF
        content = scan if kind is FileType.PICTURE else _as_pdf(scan, way.dpi)
        start = perf_counter()
        pages = [step for step in read_scan(kind, content) if isinstance(step, Page)][1:]
        seconds = perf_counter() - start
        outcome = _whose(form, Scan(tuple(pages), str(kind)), f"扫描{number:04}.pdf")
        yield Trial(form.unit, place, way, outcome, pages[0].seal, seconds, scan)


def _whose(form: Printed, scan: Scan, file: str) -> str:
    office = _office(form.clerk.workspace)
    judge = Recogniser(office.names, office.form)
    paired = pair(scan, file, office.names, (), judge.whose)
    page = paired.pages[0] if paired else None
    if page is None or not page.unit:
        return ASKED
    return RIGHT if (page.unit, str(page.period)) == (form.unit, form.period) else WRONG


@cache
def _office(workspace: Workspace) -> Office:
    return load_office(workspace)


@cache
def _coded_pages(form: Printed) -> list[Image.Image]:
    """The pages that carry the code, drawn."""
    with pypdfium2.PdfDocument(form.pdf) as document:
        return [
            page.render(scale=DRAWN / 72).to_pil().convert("RGB")
            for page in document
            if "表单编码：" in page.get_textpage().get_text_range()
        ]


def _code_at(page: Image.Image) -> tuple[float, float]:
    """The middle of the code on a page that nothing was done to yet, in parts of the page."""
    at = zxingcpp.read_barcodes(page)[0].position
    return (
        (at.top_left.x + at.bottom_right.x) / 2 / page.width,
        (at.top_left.y + at.bottom_right.y) / 2 / page.height,
    )


def _as_pdf(scan: bytes, dpi: int) -> bytes:
    out = BytesIO()
    Image.open(BytesIO(scan)).save(out, "PDF", resolution=dpi, quality=50)
    return out.getvalue()
