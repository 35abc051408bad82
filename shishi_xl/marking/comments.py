"""A sheet's comments: the comments part, and the VML drawing that Excel shows them by.

The drawing is edited as text: what Excel itself wrote there is not always well-formed XML.
"""

from __future__ import annotations

import re
from html import escape

from lxml import etree

from ..sheets import NOTE_BEGIN, NOTE_END, own_words
from .cells import split
from .package import PREFIX, RELATION, Element, Package, main

_AUTHOR = "审核意见"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# What must stand behind legacyDrawing in a worksheet.
_FOLLOWERS = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
              "webPublishItems", "tableParts", "extLst")  # fmt: skip
_SHAPE = re.compile(r"<(\w+):shape\b.*?</\1:shape>", re.S)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_WIDTH, _LINE, _CHARACTERS = 260, 19, 17  # pixels, pixels, characters of a line


class Comments:
    """The comments of one sheet, whose part is `part`."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part

    def strip(self) -> None:
        """Take our notes away; a comment that holds nothing else goes altogether."""
        part = self._package.related(self._part, "comments")
        if not part or NOTE_BEGIN.encode() not in self._package.read(part):
            return
        for comment in list(self._package.tree(part).iter(main("comment"))):
            texts = list(comment.iter(main("t")))
            whole = "".join(t.text or "" for t in texts)
            if NOTE_BEGIN not in whole:
                continue
            if own_words(whole):
                _keep_own(texts, own_words(whole))
            else:
                comment.getparent().remove(comment)  # type: ignore[union-attr] # found in its list
                self._remove_shape(comment.get("ref", ""))

    def _remove_shape(self, cell: str) -> None:
        vml = self._package.related(self._part, "vmlDrawing")
        if not vml:
            return
        row, column = split(cell)
        text = self._package.read(vml).decode("utf-8", "surrogateescape")

        def without(match: re.Match[str]) -> str:
            at = (re.search(rf"Row>\s*{row - 1}\s*<", match[0]),
                  re.search(rf"Column>\s*{column - 1}\s*<", match[0]))  # fmt: skip
            return "" if all(at) else match[0]

        self._package.write(vml, _SHAPE.sub(without, text).encode("utf-8", "surrogateescape"))

    def add(self, cell: str, text: str) -> None:
        """Put a note to a cell, behind what a comment there says already."""
        note = f"{NOTE_BEGIN}{text}\n{NOTE_END}"
        known = next((c for c in self._tree.iter(main("comment")) if c.get("ref") == cell), None)
        if known is not None:
            said = known.find(main("text"))
            if said is None:
                said = etree.SubElement(known, main("text"))
            for plain in said.findall(main("t")):  # a text without runs becomes a run
                run = etree.SubElement(said, main("r"))
                run.append(plain)
            _add_run(said, f"\n{note}")
            return
        comments = self._tree.find(main("commentList"))
        assert comments is not None, "the tree is made with a list"
        new = etree.SubElement(comments, main("comment"), ref=cell, authorId=self._author())
        _add_run(etree.SubElement(new, main("text")), note)
        self._add_shape(cell, note)

    @property
    def _tree(self) -> Element:
        part = self._package.related(self._part, "comments")
        if not part:
            part = self._package.free_name("xl/comments{}.xml")
            empty = f'<comments xmlns="{main("")[1:-1]}"><authors/><commentList/></comments>'
            self._package.add(part, empty.encode(), _COMMENTS_TYPE)
            self._package.relate(self._part, "comments", part)
        return self._package.tree(part)

    def _author(self) -> str:
        authors = self._tree.find(main("authors"))
        assert authors is not None, "every comments part names its authors"
        names = [author.text for author in authors]
        if _AUTHOR not in names:
            etree.SubElement(authors, main("author")).text = _AUTHOR
            names.append(_AUTHOR)
        return str(names.index(_AUTHOR))

    def _add_shape(self, cell: str, note: str) -> None:
        vml = self._vml()
        text = self._package.read(vml).decode("utf-8", "surrogateescape")
        used = [int(n) for n in re.findall(r'_x0000_s(\d+)"', text)]
        first = self._block(text) * 1024
        number = max([first, *(n for n in used if n // 1024 == first // 1024)]) + 1
        kind = "" if "_x0000_t202" in text else _SHAPE_TYPE
        end = text.rindex("</xml>")
        shape = kind + self._shape(cell, note, number)
        text = f"{text[:end]}{shape}{text[end:]}"
        self._package.write(vml, text.encode("utf-8", "surrogateescape"))

    def _vml(self) -> str:
        vml = self._package.related(self._part, "vmlDrawing")
        if vml:
            return vml
        vml = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
        block = 1 + max(self._blocks(), default=0)
        empty = (
            '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
            ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
            f'<o:idmap v:ext="edit" data="{block}"/></o:shapelayout></xml>'
        )
        self._package.default_type("vml", _VML_TYPE)
        self._package.write(vml, empty.encode())
        new = self._package.relate(self._part, "vmlDrawing", vml)
        root = self._package.tree(self._part)
        legacy = etree.Element(main("legacyDrawing"), nsmap=PREFIX)
        legacy.set(f"{{{RELATION}}}id", new)
        after = next((e for name in _FOLLOWERS if (e := root.find(main(name))) is not None), None)
        if after is None:
            root.append(legacy)
        else:
            after.addprevious(legacy)
        return vml

    def _blocks(self) -> list[int]:
        """The blocks of shape numbers that the workbook's drawings use."""
        drawings = {self._package.related(part, "vmlDrawing") for _, part in self._package.sheets()}
        texts = (self._package.read(d).decode("utf-8", "replace") for d in drawings if d)
        return [self._block(text) for text in texts]

    @staticmethod
    def _block(text: str) -> int:
        found = re.search(r'idmap\b[^>]*\bdata="(\d+)', text)
        return int(found[1]) if found else 1

    def _shape(self, cell: str, note: str, number: int) -> str:
        row, column = split(cell)
        lines = sum(1 + len(line) // _CHARACTERS for line in note.split("\n"))
        anchor = self._anchor(row, column, lines * _LINE + 12)
        return (
            f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
            f'margin-left:59pt;margin-top:1pt;width:{_WIDTH * 3 // 4}pt;'
            f'height:{(lines * _LINE + 12) * 3 // 4}pt;z-index:{number % 1024};visibility:hidden"'
            ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
            '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{escape(anchor)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
        )  # fmt: skip

    def _anchor(self, row: int, column: int, height: int) -> str:
        """Where the box stands: right of the cell, so large in pixels, whatever the columns are."""
        root = self._package.tree(self._part)
        right, across = _reach(_widths(root), column, 15 + _WIDTH, 64)
        bottom, down = _reach(_heights(root), row - 1, 4 + height, 20)
        return f"{column}, 15, {row - 1}, 4, {right}, {across}, {bottom}, {down}"


def _reach(sizes: dict[int, int], start: int, pixels: int, usual: int) -> tuple[int, int]:
    """The row or column in which so many pixels from `start` end, and how far into it."""
    at = start
    while pixels > (size := sizes.get(at, usual)):
        pixels -= size
        at += 1
    return at, pixels


def _widths(root: Element) -> dict[int, int]:
    found: dict[int, int] = {}
    for col in root.iterfind(f"{main('cols')}/{main('col')}"):
        hidden = col.get("hidden") in ("1", "true")
        width = 0 if hidden else int(7 * float(col.get("width", 8.43)) + 5)
        last = min(int(col.get("max", 0)), 200)
        found |= dict.fromkeys(range(int(col.get("min", 1)) - 1, last), width)
    return found


def _heights(root: Element) -> dict[int, int]:
    rows = root.iterfind(f"{main('sheetData')}/{main('row')}")
    return {int(r.get("r", 1)) - 1: int(float(r.get("ht", 15)) * 4 / 3) for r in rows}


def _add_run(text: Element, words: str) -> None:
    run = etree.SubElement(text, main("r"))
    look = etree.SubElement(run, main("rPr"))
    etree.SubElement(look, main("sz"), val="10")
    etree.SubElement(look, main("rFont"), val="宋体")
    plain = etree.SubElement(run, main("t"))
    plain.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    plain.text = words


def _keep_own(texts: list[Element], own: str) -> None:
    """What the unit itself wrote, as one text in its first run's look."""
    texts[0].text = own
    for text in texts[1:]:
        text.text = ""
