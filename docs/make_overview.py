"""The demo's 总览 → docs/overview.png, which README shows. Needs LibreOffice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docs" / "overview.png"
_SCALE, _SHADES, _MARGIN = 1.25, 48, 40  # pixels a point; colours of the picture; white around it

sys.path.insert(0, str(ROOT))


def main() -> None:
    """Run the demo, render the first page of its last period, and keep it small."""
    from tests.pages.render import render

    with TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        command = [sys.executable, "-m", "shishi_xl", "demo", str(demo)]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        (book,) = demo.glob("outbox/2023Q3/呈报_*.xlsx")
        render([book], Path(folder))
        page = pdfium.PdfDocument(Path(folder) / f"{book.stem}.pdf")[0]
        picture = page.render(scale=_SCALE).to_pil().convert("RGB")
    whole = picture.convert("L").point(lambda shade: 255 * (shade < 250)).getbbox()
    left, top, right, bottom = whole
    picture = picture.crop((left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN))
    picture.quantize(_SHADES).save(FILE, optimize=True)


if __name__ == "__main__":
    main()
