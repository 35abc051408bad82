"""The styles of an ods → which of them strike through, and which write white on white.

A style takes what it does not say from its parent (OpenDocument 1.3, part 3, 16.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..sheets import AsideKind

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_LONGEST_LINE = 20  # of parents; a style that is its own ancestor ends here


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style itself says; None where it is silent."""

    parent: str
    struck: bool | None
    white: bool | None
    filled: bool | None


@dataclass(frozen=True, slots=True)
class Styles:
    """Every style of a workbook, by family and name."""

    known: dict[tuple[str, str], _Style] = field(default_factory=dict)

    def add(self, element: Element) -> None:
        """A style:style element."""
        text = element.find(f"{STYLE}text-properties")
        cell = element.find(f"{STYLE}table-cell-properties")
        family, name = element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", "")
        said = {} if text is None else text.attrib
        line = said.get(f"{STYLE}text-line-through-style") or said.get(
            f"{STYLE}text-line-through-type"
        )
        fill = None if cell is None else cell.get(f"{_FO}background-color")
        self.known[family, name] = _Style(
            element.get(f"{STYLE}parent-style-name", ""),
            None if line is None else line != "none",
            _white(said),
            None if fill is None else fill != "transparent",
        )

    def odd(self, family: str, name: str) -> Iterator[AsideKind]:
        """How text of this style looks odd."""
        line = tuple(self._line(family, name))
        if next((s.struck for s in line if s.struck is not None), False):
            yield "struck"
        filled = next((s.filled for s in line if s.filled is not None), False)
        if next((s.white for s in line if s.white is not None), False) and not filled:
            yield "white"

    def _line(self, family: str, name: str) -> Iterator[_Style]:
        for _ in range(_LONGEST_LINE):
            style = self.known.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent


def _white(said: Mapping[str, str]) -> bool | None:
    if said.get(f"{STYLE}use-window-font-color") == "true":
        return False
    colour = said.get(f"{_FO}color")
    return None if colour is None else colour.lower() == "#ffffff"
