"""Word paragraphs and cells → their text, as the document shows it with all changes accepted."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml.etree import _Element

P, TBL, TR, TC = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc"))
_T, _TAB, _BR, _SYMBOL, _TYPE = (qn(f"w:{tag}") for tag in ("t", "tab", "br", "sym", "type"))
_PLAIN = {qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", _TAB: "\t"}
# Text boxes stand inside drawings; w:rt is the reading above a word; the rest is struck out.
_PASSED_OVER = {
    qn(f"w:{tag}")
    for tag in ("del", "moveFrom", "drawing", "pict", "object", "rt", "pPr", "rPr", "tblPr", "trPr")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_DELETED_MARK = f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}"
_DELETED_ROW = f"{qn('w:trPr')}/{qn('w:del')}"


def inside(container: _Element, *tags: str) -> Iterator[_Element]:
    """The nearest descendants of these tags, in order; those within one another are not looked for.

    Between them and the container may stand content controls, insertions and the like.
    """
    for child in container.iterchildren("{*}*"):
        if child.tag in tags:
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from inside(child, *tags)


def rows_of(table: _Element) -> list[_Element]:
    """The table's rows without those that were deleted."""
    return [row for row in inside(table, TR) if row.find(_DELETED_ROW) is None]


def text_in(container: _Element) -> str:
    """A cell's text: paragraphs and the rows of tables in it on lines of their own."""
    return "".join(_lines(container)).strip("\n")


def line_of(paragraph: _Element) -> str:
    """A paragraph's text."""
    return "".join(_pieces(paragraph))


def _lines(container: _Element) -> Iterator[str]:
    for block in inside(container, P, TBL):
        if block.tag == TBL:
            for row in rows_of(block):
                yield " ".join(text_in(cell) for cell in inside(row, TC)) + "\n"
        else:
            # Where the paragraph's mark is deleted, the next goes on in the same line.
            yield line_of(block) + ("" if block.find(_DELETED_MARK) is not None else "\n")


def _pieces(element: _Element) -> Iterator[str]:
    for child in element.iterchildren("{*}*"):
        if child.tag == _T or child.tag.endswith("}t"):
            yield child.text or ""
        elif child.tag in _PLAIN:
            yield _PLAIN[child.tag]
        elif child.tag == _BR:
            yield "" if child.get(_TYPE) in ("page", "column") else "\n"
        elif child.tag == _SYMBOL:
            yield _symbol(child.get(qn("w:char"), ""))
        elif child.tag not in _PASSED_OVER:
            yield from _pieces(child)


def _symbol(code: str) -> str:
    """A character of a symbol font, such as a ticked box: where it stands in Unicode's private area."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
