"""HTML element → its text with the line breaks that a browser shows, and the tables between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from lxml.etree import _Element

_HIDDEN = {"comment", "head", "noscript", "rp", "rt", "script", "style", "template", "title"}
_BLOCKS = {
    "address", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr",
    "ul",
}  # fmt: skip
_COMMENT_MARKS = ("msocomanch", "msocomhide")  # the [1] that leads to a comment, and back from it
_EDGE = "\v"  # where a block begins or ends: one line break, however many meet

# CSS Text 3, segment break transformation: a line end between two wide characters is nothing.
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BREAK_IN_WORD = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]\s*(?={_WIDE})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def text_of(element: _Element) -> str:
    """The element's text; cells of a table inside it are set apart by blanks."""
    if not len(element):
        return _tidy(element.text).strip(" ")
    return _joined(p for p in _pieces(element, lambda _: False) if isinstance(p, str))


def flow(body: _Element, is_table: Callable[[_Element], bool]) -> Iterator[str | _Element]:
    """What a page shows, in order: lines of text, and the tables that `is_table` says are such."""
    pieces: list[str] = []
    for piece in _pieces(body, is_table):
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        yield from _lines(pieces)
        pieces.clear()
        yield piece
    yield from _lines(pieces)


def is_comment_list(element: _Element) -> bool:
    """Whether Excel or Word keeps the page's comments in it."""
    return "mso-element:comment-list" in element.get("style", "").replace(" ", "")


def _pieces(element: _Element, is_table: Callable[[_Element], bool]) -> Iterator[str | _Element]:
    tag = element.tag
    if tag in _HIDDEN or element.get("class", "").startswith(_COMMENT_MARKS):
        return
    if tag == "div" and is_comment_list(element):
        return
    if tag == "br":
        yield "\n"
        return
    if tag == "table" and is_table(element):
        yield element
        return
    edge = _EDGE if tag in _BLOCKS else " " if tag in ("td", "th") else ""
    yield edge + _tidy(element.text)
    for child in element:
        yield from _pieces(child, is_table)
        yield _tidy(child.tail)
    yield edge


def _tidy(text: str | None) -> str:
    return _BLANKS.sub(" ", _BREAK_IN_WORD.sub("", text)) if text else ""


def _joined(pieces: Iterable[str]) -> str:
    text = re.sub(" {2,}", " ", "".join(pieces))
    text = re.sub(" ?([\n\v]) ?", r"\1", text)
    # A <br> right before a block's end shows nothing.
    text = re.sub("\n?\v+", "\v", text).replace("\v", "\n")
    return text.strip(" \n")


def _lines(pieces: list[str]) -> Iterator[str]:
    yield from filter(str.strip, _joined(pieces).split("\n"))
