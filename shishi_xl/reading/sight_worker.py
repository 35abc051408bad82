"""The process in which pages are read by eye: JPEGs come in by stdin, texts go out by stdout.

Run as `python -m shishi_xl.reading.sight_worker`. The models lie in the wheel: nothing is fetched.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from .sight import LENGTH

_ASIDE = 0.8  # of a line's height: how far to the side a cell's next line may begin
_BELOW = 1.0  # of a line's height: how far below the last one


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print and where it stands, in pixels."""

    text: str
    left: float
    top: float
    bottom: float


def main() -> None:
    """Read pictures until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which ends this one
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library may print is no answer
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "critical"})
    while size := sys.stdin.buffer.read(LENGTH.size):
        picture = sys.stdin.buffer.read(LENGTH.unpack(size)[0])
        try:
            text = "\n".join(in_cells(_lines(engine(picture))))
        except Exception:
            text = ""  # one page that cannot be read; the next may
        said = text.encode()
        answers.write(LENGTH.pack(len(said)) + said)
        answers.flush()


def _lines(found: object) -> list[Line]:
    boxes, texts = getattr(found, "boxes", None), getattr(found, "txts", None)
    if boxes is None or texts is None:
        return []
    return [
        Line(text, float(box[:, 0].min()), float(box[:, 1].min()), float(box[:, 1].max()))
        for box, text in zip(boxes, texts, strict=True)
    ]


def in_cells(lines: Sequence[Line]) -> list[str]:
    """The texts, lines of one cell after one another: those close below that begin at one edge."""
    cells: list[list[Line]] = []
    for line in sorted(lines, key=lambda n: (n.top, n.left)):
        height = line.bottom - line.top
        for cell in reversed(cells):
            last = cell[-1]
            near = -height < line.top - last.bottom < _BELOW * height
            if near and abs(line.left - last.left) < _ASIDE * height:
                cell.append(line)
                break
        else:
            cells.append([line])
    return [line.text for cell in cells for line in cell]


if __name__ == "__main__":
    main()
