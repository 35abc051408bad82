"""PDFs and pictures: what is seen on a page, and what is refused within memory and time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from shishi_xl.reading.read_books import FileRead, is_lasting, read_files
from shishi_xl.reading.seal import find_seal
from shishi_xl.sheets import Refusal, Scan, Seal

from . import papers
from .papers import HIGH, WIDE, as_jpeg, as_pdf, as_tiff, sheet

CODE, OTHER = "RP8VV23Q2Q1AS31K27", "RP8VV23Q2R9977GK33"


def read(name: str, content: bytes) -> FileRead:
    (found,) = read_files([(name, content)], scans=True)
    return found


def pages(name: str, content: bytes) -> list[tuple[tuple[str, ...], Seal, bool]]:
    scan = read(name, content).result
    assert isinstance(scan, Scan)
    return [(page.codes, page.seal, page.blank) for page in scan.pages]


def reason(content: bytes, name: str = "a.pdf") -> str:
    refusal = read(name, content).result
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.outcome) == ("P02", "无法读取")
    return dict(refusal.details)["reason"]


def test_a_scanned_page_says_its_code_and_shows_its_seal() -> None:
    assert pages("a.pdf", as_pdf(sheet(CODE, (0.7, 0.8)))) == [((CODE,), Seal.FOUND, False)]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_may_lie_sideways_or_upside_down(turns: int) -> None:
    turned = sheet(CODE, (0.7, 0.8)).rotate(90 * turns, expand=True)
    assert pages("a.jpg", as_jpeg(turned)) == [((CODE,), Seal.FOUND, False)]


def test_a_file_has_pages_of_several_units_and_empty_backs() -> None:
    back = Image.new("RGB", (WIDE, HIGH), (252, 251, 248))
    found = pages("a.tif", as_tiff(sheet(CODE, (0.7, 0.8)), back, sheet(OTHER)))
    assert [(codes, blank) for codes, _, blank in found] == [
        ((CODE,), False), ((), True), ((OTHER,), False),
    ]  # fmt: skip


def test_a_seal_right_over_the_code_hides_neither() -> None:
    assert pages("a.pdf", as_pdf(sheet(CODE, (0.86, 0.09)))) == [((CODE,), Seal.FOUND, False)]


def test_in_grey_nothing_can_be_said_of_the_seal() -> None:
    grey = sheet(CODE, (0.7, 0.8)).convert("L")
    assert pages("a.jpg", as_jpeg(grey)) == [((CODE,), Seal.UNSURE, False)]


def test_a_grey_scan_saved_in_colour_is_still_grey() -> None:
    grey = sheet(CODE, (0.7, 0.8)).convert("L").convert("RGB")
    assert pages("a.jpg", as_jpeg(grey)) == [((CODE,), Seal.UNSURE, False)]


def tinted(draw_on: Callable[[ImageDraw.ImageDraw], None]) -> Image.Image:
    """A page scanned in colour with something red on it."""
    page = Image.new("RGB", (WIDE, HIGH), (250, 246, 236))
    draw_on(ImageDraw.Draw(page))
    return page


RED = (215, 30, 40)


def _heading(draw: ImageDraw.ImageDraw) -> None:
    for n in range(8):
        draw.rectangle((180 + n * 110, 150, 260 + n * 110, 240), fill=RED)


def _text(draw: ImageDraw.ImageDraw) -> None:
    for column in range(10):
        for row in range(9):
            left, top = 700 + column * 26, 1200 + row * 30
            draw.rectangle((left, top, left + 16, top + 18), fill=RED)


def _ticks(draw: ImageDraw.ImageDraw) -> None:
    for n in range(12):
        draw.line((300, 500 + n * 90, 330, 530 + n * 90, 380, 460 + n * 90), fill=RED, width=8)


NO_SEALS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "nothing": lambda draw: None,
    "a red rule below the heading": lambda draw: draw.rectangle((165, 300, 1075, 308), fill=RED),
    "a red heading": _heading,
    "a block of red text": _text,
    "a small round emblem": lambda draw: draw.ellipse((560, 120, 680, 240), outline=RED, width=9),
    "a round red disc": lambda draw: draw.ellipse((700, 1200, 945, 1445), fill=RED),
    "a red square": lambda draw: draw.rectangle((700, 1200, 940, 1440), outline=RED, width=9),
    "red ticks": _ticks,
    "all of it": lambda draw: draw.rectangle((0, 0, WIDE, HIGH), fill=RED),
}


@pytest.mark.parametrize("what", NO_SEALS)
def test_other_red_is_no_seal(what: str) -> None:
    assert find_seal(tinted(NO_SEALS[what])) is not Seal.FOUND


def test_a_page_is_shown_small() -> None:
    scan = read("a.pdf", as_pdf(sheet(CODE))).result
    assert isinstance(scan, Scan)
    small = Image.open(BytesIO(scan.pages[0].picture))
    assert small.width <= 400
    assert len(scan.pages[0].picture) < 40_000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.4\n1 0 obj\n", "已损坏，打不开"),
        (papers.encrypted(), "有打开密码，看不到内容"),
        (papers.empty_pages(1000), "有 1000 页，不像是盖章件"),
        (papers.picture_bomb(12_000), "这一页里的图片大得反常（12000×12000 像素）"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_with_a_reason(content: bytes, said: str) -> None:
    assert reason(content) == said


def test_a_page_that_never_ends_costs_its_file_alone() -> None:
    jobs = [("a.pdf", papers.laughing_forms()), ("b.pdf", as_pdf(sheet(CODE)))]
    first, second = read_files(jobs, timeout=4.0, scans=True)
    assert isinstance(first.result, Refusal)
    assert not is_lasting(first)
    assert isinstance(second.result, Scan)


def test_a_picture_of_400_million_pixels_is_refused() -> None:
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert reason(out.getvalue(), "a.png") == "图片大得反常（20000×20000 像素）"


def test_a_page_as_large_as_a_field_is_drawn_small() -> None:
    assert pages("a.pdf", papers.empty_pages(1, b"0 0 200000 200000")) == [((), Seal.NONE, True)]


def test_half_a_picture_is_refused() -> None:
    assert reason(as_jpeg(sheet(CODE))[:9000], "a.jpg") == "这一页已损坏"


def test_where_no_stamped_copies_are_asked_for_nothing_is_looked_at() -> None:
    (found,) = read_files([("a.pdf", as_pdf(sheet(CODE)))])
    assert found.result == Refusal("", "附件", (("what", "PDF 文件"),))


def test_a_reader_loads_nothing_for_scans_before_there_is_one() -> None:
    libraries = "{'PIL', 'pypdfium2', 'zxingcpp', 'rapidocr', 'numpy'}"
    asks = f"import sys, shishi_xl.reading.worker; print({libraries} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
