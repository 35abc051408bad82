"""An xlsx package → what calamine does not tell of its cells.

Only sheets that have something of the kind are parsed a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath

from lxml import etree
from lxml.etree import _Element

from ..sheets import Aside, AsideKind, own_words
from .look import SecondLook, span
from .package import Package

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Excel's “Strict Open XML 电子表格” names the same things otherwise (ISO/IEC 29500, strict).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)  # fmt: skip
_SIGNS = (b't="e"', b"t='e'", b"strike", b":f")  # an error, a look, a formula under a prefix
_VALUED = re.compile(rb"</f><v>[^<]")
_STYLE = re.compile(rb"""\ss=["'](\d+)["']""")
_HIDDEN = rb"""(?=[^>]*\shidden=["'](?:1|true)["'])"""
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row(?=\s)" + _HIDDEN + rb"""[^>]*\sr=["'](\d{1,7})["']""")
_HIDDEN_COLS = re.compile(rb"<(?:\w+:)?col(?=\s)" + _HIDDEN + rb"[^>]*>")
_NUMBER = re.compile(rb"""\s(min|max)=["'](\d{1,5})["']""")
_COLUMNS = 2**14
_FORMULA = f"{_MAIN}f"


def look_again(package: Package) -> dict[str, SecondLook]:
    """Sheet name → what calamine does not tell. Raises what the package and lxml raise."""
    workbook = _Workbook(package)
    looks = _odd_looks(workbook)
    return {name: _look(workbook, part, looks) for name, part in workbook.sheets().items()}


@dataclass(frozen=True, slots=True)
class _Workbook:
    package: Package

    def read(self, part: str) -> bytes:
        """A part, in the names of the transitional form."""
        xml = self.package.read(part)
        for strict, usual in _STRICT if b"http://purl.oclc.org/ooxml/" in xml else ():
            xml = xml.replace(strict, usual)
        return xml

    def parse(self, part: str) -> _Element | None:
        xml = self.read(part)
        return _parse(xml) if xml else None

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Relation id → (kind, part) of a part's relations inside the package."""
        folder, _, name = part.rpartition("/")
        root = self.parse(f"{folder}/_rels/{name}.rels".lstrip("/"))
        found = {}
        for rel in root if root is not None else ():
            target = rel.get("Target", "")
            path = target[1:] if target.startswith("/") else normpath(join(dirname(part), target))
            found[rel.get("Id", "")] = (rel.get("Type", "").rpartition("/")[2], path)
        return found

    def sheets(self) -> Mapping[str, str]:
        """Sheet name → its part."""
        kinds = self.relations("").values()
        book = next((part for kind, part in kinds if kind == "officeDocument"), "xl/workbook.xml")
        root = self.parse(book)
        if root is None:
            return {}
        parts = self.relations(book)
        every = ((s.get("name", ""), s.get(_RELATION, "")) for s in root.iter(f"{_MAIN}sheet"))
        return {name: parts[rel][1] for name, rel in every if rel in parts}


@dataclass(frozen=True, slots=True)
class _Looks:
    """Cell formats and shared strings that are struck through or white."""

    struck: frozenset[int]
    white: frozenset[int]
    struck_strings: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.styles or self.struck_strings)

    @property
    def styles(self) -> frozenset[int]:
        return self.struck | self.white


def _odd_looks(package: _Workbook) -> _Looks:
    styles = package.read("xl/styles.xml")
    strings = package.read("xl/sharedStrings.xml")
    struck: set[int] = set()
    white: set[int] = set()
    if b"<strike" in styles or b'"FFFFFFFF"' in styles or b'theme="0"' in styles:
        struck, white = _odd_formats(_parse(styles))
    runs: frozenset[int] = frozenset()
    if b"<strike" in strings:
        every = enumerate(_parse(strings).iter(f"{_MAIN}si"))
        runs = frozenset(i for i, si in every if any(_is_on(s) for s in si.iter(f"{_MAIN}strike")))
    return _Looks(frozenset(struck), frozenset(white), runs)


def _odd_formats(root: _Element) -> tuple[set[int], set[int]]:
    fonts = list(root.iterfind(f"{_MAIN}fonts/{_MAIN}font"))
    fills = [f.find(f"{_MAIN}patternFill") for f in root.iterfind(f"{_MAIN}fills/{_MAIN}fill")]
    plain = {i for i, f in enumerate(fills) if f is None or f.get("patternType") in (None, "none")}
    struck, white = set(), set()
    for index, xf in enumerate(root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
        font = fonts[int(xf.get("fontId", 0))]
        strike, colour = font.find(f"{_MAIN}strike"), font.find(f"{_MAIN}color")
        if strike is not None and _is_on(strike):
            struck.add(index)
        if colour is not None and int(xf.get("fillId", 0)) in plain and _is_white(colour):
            white.add(index)
    return struck, white


def _parse(xml: bytes) -> _Element:
    """A part's root; the guard let no document type through, and nothing is ever fetched."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _is_on(switch: _Element) -> bool:
    return switch.get("val", "1") not in ("0", "false")


def _is_white(colour: _Element) -> bool:
    return colour.get("rgb", "").upper() == "FFFFFFFF" or colour.get("theme") == "0"


def _look(package: _Workbook, part: str, looks: _Looks) -> SecondLook:
    xml = package.read(part)
    blanks: dict[tuple[int, int], str] = {}
    asides: list[Aside] = []
    every = bool(looks) or b"strike" in xml
    for cell in _cells(xml) if _is_odd(xml, looks) else ():
        if not every and cell.get("t") != "e" and cell.find(_FORMULA) is None:
            continue
        if at := _place(cell.get("r", "")):
            if cell.get("vm") and cell.get("t") == "e":
                asides.append(Aside(*at, "picture"))  # one that Excel put into the cell
            elif said := _blank(cell):
                blanks[at] = said
            asides += (Aside(*at, kind) for kind in _odd(cell, looks))
    for kind, target in package.relations(part).values():
        beside = package.parse(target) if kind in ("comments", "drawing") else None
        if beside is not None:
            asides += _comments(beside) if kind == "comments" else _drawn(beside)
    if b"hidden=" not in xml:
        return SecondLook(blanks, tuple(asides))
    rows = frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(xml))
    return SecondLook(blanks, tuple(asides), (), rows, frozenset(_hidden_columns(xml)))


def _is_odd(xml: bytes, looks: _Looks) -> bool:
    """Whether cells must be looked at one by one: plain searches are a twentieth of the work."""
    formulas = xml.count(b"<f>") + xml.count(b"<f ") + xml.count(b"<f/")
    return (
        any(sign in xml for sign in _SIGNS)
        or formulas != len(_VALUED.findall(xml))
        or bool(looks.struck_strings)
        or bool(looks.styles and looks.styles.intersection(map(int, _STYLE.findall(xml))))
    )


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for tag in _HIDDEN_COLS.findall(xml):
        ends = dict(_NUMBER.findall(tag))
        first, last = int(ends.get(b"min", 1)) - 1, int(ends.get(b"max", 0))
        yield from span(first, min(last, _COLUMNS) - first)


def _cells(xml: bytes) -> Iterator[_Element]:
    """A sheet's cells one after another: an honest sheet may have a million empty rows."""
    tags = (f"{_MAIN}c", f"{_MAIN}row")
    for _, element in etree.iterparse(BytesIO(xml), tag=tags, resolve_entities=False):
        if element.tag == f"{_MAIN}c":
            yield element
            continue
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _blank(cell: _Element) -> str:
    """What an error says, or a formula without a value; "" for any other cell."""
    formula, value = cell.find(_FORMULA), cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "e" or (formula is not None and not value):
        return value or f"={'' if formula is None else formula.text or ''}"
    return ""


def _odd(cell: _Element, looks: _Looks) -> Iterator[AsideKind]:
    value, style = cell.findtext(f"{_MAIN}v") or "", int(cell.get("s", 0))
    string = int(value) if cell.get("t") == "s" and value.isdigit() else -1
    inline = any(_is_on(s) for s in cell.iter(f"{_MAIN}strike"))
    if style in looks.struck or string in looks.struck_strings or inline:
        yield "struck"
    if style in looks.white:
        yield "white"


def _comments(root: _Element) -> Iterator[Aside]:
    for comment in root.iter(f"{_MAIN}comment"):
        at = _place(comment.get("ref", ""))
        text = own_words("".join(t.text or "" for t in comment.iter(f"{_MAIN}t")))
        if at and text:
            yield Aside(*at, "comment", text)


def _drawn(root: _Element) -> Iterator[Aside]:
    """Pictures, and the text of text boxes and other shapes."""
    for anchor in root:
        start = anchor.find(f"{_DRAWING}from")
        at = (0, 0)
        if start is not None:
            row, col = (int(start.findtext(f"{_DRAWING}{n}") or 0) for n in ("row", "col"))
            at = (row, col)
        lines = (
            "".join(t.text or "" for t in p.iter(f"{_TEXT}t")) for p in anchor.iter(f"{_TEXT}p")
        )
        if text := "\n".join(lines).strip():
            yield Aside(*at, "box", text)
        elif next(anchor.iter(f"{_DRAWING}pic"), None) is not None and start is not None:
            yield Aside(*at, "picture")


def _place(reference: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"([A-Z]{1,3})(\d+)", reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
