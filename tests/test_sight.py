"""Reading by eye: what an OCR gives is put in order, and a run goes on without one."""

from __future__ import annotations

import pytest

from shishi_xl.reading import sight
from shishi_xl.reading.read_books import read_files
from shishi_xl.reading.sight import Sight
from shishi_xl.reading.sight_worker import Line, in_cells
from shishi_xl.sheets import Scan

from .papers import as_jpeg, sheet

needs_ocr = pytest.mark.skipif(not sight.can_see(), reason="没有安装 ocr")


def line(text: str, left: float, top: float) -> Line:
    return Line(text, left, top, top + 40)


def test_lines_of_a_cell_stand_together() -> None:
    lines = [
        line("实施巾帼创", 320, 100), line("县妇联", 540, 120), line("培训30场，", 740, 98),
        line("业行动", 320, 150), line("县总工会", 540, 170), line("服务2人。", 738, 148),
        line("3", 260, 125), line("下一件", 320, 400), line("再培训", 741, 410),
    ]  # fmt: skip
    assert (
        "".join(in_cells(lines)) == "培训30场，服务2人。实施巾帼创业行动县妇联县总工会3下一件再培训"
    )


def test_a_reader_that_cannot_start_leaves_pages_without_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    reader = Sight()
    assert (reader.text(b"x"), reader.text(b"y")) == ("", "")


def test_without_the_extra_no_page_is_kept_for_it() -> None:
    (read,) = read_files([("a.jpg", as_jpeg(sheet()))], scans=True)
    assert isinstance(read.result, Scan)
    assert [(p.text, p.by_sight, p.unread) for p in read.result.pages] == [("", False, b"")]


@needs_ocr
def test_with_it_a_page_is_read_and_its_picture_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shishi_xl.reading.read_books.can_see", lambda: True)
    (read,) = read_files([("a.jpg", as_jpeg(sheet()))], scans=True)
    assert isinstance(read.result, Scan)
    assert [page.unread for page in read.result.pages] == [b""]
