"""What stands beside the text of a Word cell or line → asides: comments, boxes, pictures, looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docx.oxml.ns import qn
from lxml.etree import _Element

from ..sheets import AsideKind
from .word_text import P, inside, line_of

Note = tuple[AsideKind, str]
Texts = Mapping[tuple[str, str], str]  # tag of a reference and its number → the text

# Which part of the package holds the texts, and which elements refer to them.
_PARTS = (
    ("comments.xml", "comment", "commentReference"),
    ("footnotes.xml", "footnote", "footnoteReference"),
    ("endnotes.xml", "endnote", "endnoteReference"),
)
PARTS = tuple(part for part, _, _ in _PARTS)
_ID, _VAL, _FILL = qn("w:id"), qn("w:val"), qn("w:fill")
_REFERENCES = {qn(f"w:{reference}") for _, _, reference in _PARTS}
_CHANGES = {qn(f"w:{tag}") for tag in ("ins", "del", "moveFrom", "moveTo")}
_RUN, _LOOKS, _T, _BOX = (qn(f"w:{tag}") for tag in ("r", "rPr", "t", "txbxContent"))
_STRIKES = (qn("w:strike"), qn("w:dstrike"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_IMAGES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
}


def read_texts(part: str, root: _Element | None) -> dict[tuple[str, str], str]:
    """The comments, footnotes or endnotes of a part of that name."""
    _, tag, reference = next(p for p in _PARTS if p[0] == part)
    every = () if root is None else root.iterfind(qn(f"w:{tag}"))
    return {(qn(f"w:{reference}"), str(note.get(_ID))): _lines(note) for note in every}


def notes_in(container: _Element, texts: Texts) -> tuple[Note, ...]:
    """Everything of the kind in a cell or paragraph, each once."""
    shading = container.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    plain = shading is None or shading.get(_FILL, "auto").lower() in ("auto", "ffffff")
    return tuple(dict.fromkeys(_notes(container, texts, plain)))


def _notes(element: _Element, texts: Texts, plain: bool) -> Iterator[Note]:
    for child in element.iterchildren("{*}*"):
        if child.tag in _REFERENCES:
            if text := texts.get((child.tag, str(child.get(_ID))), ""):
                yield "comment", text
        elif child.tag == _BOX:
            if text := _lines(child):
                yield "box", text
        elif child.tag in _IMAGES:
            yield "picture", ""
        elif child.tag != _FALLBACK:
            if child.tag in _CHANGES:
                yield "revised", ""
            elif child.tag == _RUN:
                yield from _looks(child, plain)
            yield from _notes(child, texts, plain)


def _looks(run: _Element, plain: bool) -> Iterator[Note]:
    looks = run.find(_LOOKS)
    if looks is None or not any((text.text or "").strip() for text in run.iterfind(_T)):
        return
    if any(_is_on(looks.find(tag)) for tag in _STRIKES):
        yield "struck", ""
    colour = looks.find(qn("w:color"))
    if plain and colour is not None and str(colour.get(_VAL)).upper() == "FFFFFF":
        yield "white", ""


def _is_on(switch: _Element | None) -> bool:
    return switch is not None and switch.get(_VAL, "1") not in ("0", "false", "off")


def _lines(container: _Element) -> str:
    return "\n".join(line_of(p) for p in inside(container, P)).strip()
