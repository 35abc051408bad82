"""What stands beside the text of an HTML cell → asides: comments, pictures, text struck or white.

Excel and Word keep comments at the page's end and lead to them by number; LibreOffice puts them
into the cell, in an element <comment> that no browser shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import _Element

from ..sheets import AsideKind, own_words
from .page_text import is_comment_list, text_of

Note = tuple[AsideKind, str]

_STRUCK = {"s", "strike", "del"}
_LINE_THROUGH = re.compile(r"text-decoration[^;]*line-through")
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:white|#fff(?:fff)?)\b")
_FILLED = re.compile(r"(?<!-)background(?:-color)?\s*:\s*(?!auto|white|#fff|none|transparent)")
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_GONE = re.compile(r"display\s*:\s*none")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of its cells elsewhere: comments by anchor, style rules by class."""

    comments: Mapping[str, str]
    rules: Mapping[str, str]

    def style(self, element: _Element) -> str:
        """Everything that is said of an element's looks, in small letters."""
        classes = element.get("class", "").split()
        own = element.get("style", "").lower()
        return ";".join((own, *(self.rules[c] for c in classes if c in self.rules)))


def read_page(root: _Element | None) -> Page:
    """The comments that Excel and Word keep in a list, and the rules for classes."""
    if root is None:
        return Page({}, {})
    sheets = ("".join(map(str, style.itertext())) for style in root.iter("style"))
    rules = (rule for sheet in sheets for rule in _RULE.findall(sheet))
    lists = (block for block in root.iter("div") if is_comment_list(block))
    anchors = (a for block in lists for a in block.iter("a"))
    comments = {
        f"#{anchor.get('name')}": text_of(box)
        for anchor in anchors
        if anchor.get("name", "").startswith("_msocom") and (box := anchor.getparent()) is not None
    }
    return Page(comments, {name: said.lower() for name, said in rules})


def notes_in(cell: _Element, page: Page) -> tuple[Note, ...]:
    """Everything of the kind in a cell, each once."""
    return tuple(dict.fromkeys(_notes(cell, page)))


def is_hidden(row: _Element) -> bool:
    """Whether a browser does not show the row."""
    return bool(_GONE.search(row.get("style", "").lower()))


def _notes(cell: _Element, page: Page) -> Iterator[Note]:
    filled = any(
        e.get("bgcolor", "#ffffff").lower() not in ("#ffffff", "white")
        or _FILLED.search(page.style(e))
        for e in (cell, *cell.iterancestors("tr", "table"))
    )
    for element in cell.iter("{*}*"):
        style = page.style(element)
        if element.tag == "comment":
            if said := own_words(" ".join("".join(map(str, element.itertext())).split())):
                yield "comment", said
        elif (href := element.get("href", "")) in page.comments:
            yield "comment", page.comments[href]
        elif element.tag == "img" and not _GONE.search(style):
            yield "picture", ""
        elif element.tag in _STRUCK or _LINE_THROUGH.search(style):
            yield "struck", ""
        colour = element.get("color", "").lower()
        if not filled and (colour in ("#ffffff", "white") or _WHITE.search(style)):
            yield "white", ""
