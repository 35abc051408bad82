"""An xlsx package → what calamine does not tell of its cells.

Only sheets that have something of the kind are parsed a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from lxml import etree
from lxml.etree import _Element

from ..sheets import Aside, AsideKind, own_words
from .look import SecondLook, is_percent, span
from .office_parts import OfficeParts, drawn, parse_xml
from .package import Package

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SIGNS = (b't="e"', b"t='e'", b"strike", b":f")  # an error, a look, a formula under a prefix
_VALUED = re.compile(rb"</f><v>[^<]")
_STYLE = re.compile(rb"""\ss=["'](\d+)["']""")
_STYLED = re.compile(
    rb"""<(?:\w+:)?c(?=\s)(?=[^>]*\ss=["'](\d+)["'])[^>]*\sr=["']([A-Z]{1,3}\d{1,7})["']"""
)
_PERCENT = re.compile(rb"""numFmtId=["'](?:9|10)["']""")
_HIDDEN = rb"""(?=[^>]*\shidden=["'](?:1|true)["'])"""
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row(?=\s)" + _HIDDEN + rb"""[^>]*\sr=["'](\d{1,7})["']""")
_HIDDEN_COLS = re.compile(rb"<(?:\w+:)?col(?=\s)" + _HIDDEN + rb"[^>]*>")
_NUMBER = re.compile(rb"""\s(min|max)=["'](\d{1,5})["']""")
_COLUMNS = 2**14
_FORMULA = f"{_MAIN}f"


def look_again(package: Package) -> dict[str, SecondLook]:
    """Sheet name → what calamine does not tell. Raises what the package and lxml raise."""
    parts = OfficeParts(package)
    looks = _odd_looks(parts)
    return {name: _look(parts, part, looks) for name, part in _sheets(parts).items()}


def _sheets(parts: OfficeParts) -> Mapping[str, str]:
    """Sheet name → its part."""
    kinds = parts.relations("").values()
    book = next((part for kind, part in kinds if kind == "officeDocument"), "xl/workbook.xml")
    root = parts.parse(book)
    if root is None:
        return {}
    known = parts.relations(book)
    every = ((s.get("name", ""), s.get(_RELATION, "")) for s in root.iter(f"{_MAIN}sheet"))
    return {name: known[rel][1] for name, rel in every if rel in known}


@dataclass(frozen=True, slots=True)
class _Looks:
    """Cell formats and shared strings that are struck through or white; formats in per cent."""

    struck: frozenset[int]
    white: frozenset[int]
    struck_strings: frozenset[int]
    percent: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.styles or self.struck_strings)

    @property
    def styles(self) -> frozenset[int]:
        return self.struck | self.white


def _odd_looks(package: OfficeParts) -> _Looks:
    styles = package.read("xl/styles.xml")
    strings = package.read("xl/sharedStrings.xml")
    struck: set[int] = set()
    white: set[int] = set()
    if b"<strike" in styles or b'"FFFFFFFF"' in styles or b'theme="0"' in styles:
        struck, white = _odd_formats(parse_xml(styles))
    runs: frozenset[int] = frozenset()
    if b"<strike" in strings:
        every = enumerate(parse_xml(strings).iter(f"{_MAIN}si"))
        runs = frozenset(i for i, si in every if any(_is_on(s) for s in si.iter(f"{_MAIN}strike")))
    percent = _percent_formats(styles) if b"%" in styles or _PERCENT.search(styles) else ()
    return _Looks(frozenset(struck), frozenset(white), runs, frozenset(percent))


def _percent_formats(styles: bytes) -> Iterator[int]:
    root = parse_xml(styles)
    formats = root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
    own = {f.get("numFmtId", "") for f in formats if is_percent(f.get("formatCode", ""))}
    for index, xf in enumerate(root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
        if xf.get("numFmtId") in {"9", "10", *own}:  # 0% and 0.00% are built in
            yield index


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


def _is_on(switch: _Element) -> bool:
    return switch.get("val", "1") not in ("0", "false")


def _is_white(colour: _Element) -> bool:
    return colour.get("rgb", "").upper() == "FFFFFFFF" or colour.get("theme") == "0"


def _look(package: OfficeParts, part: str, looks: _Looks) -> SecondLook:
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
            asides += _comments(beside) if kind == "comments" else drawn(beside)
    percents = frozenset(_percents(xml, looks.percent)) if looks.percent else frozenset()
    if b"hidden=" not in xml:
        return SecondLook(blanks, tuple(asides), percents=percents)
    rows = frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(xml))
    return SecondLook(blanks, tuple(asides), (), rows, frozenset(_hidden_columns(xml)), percents)


def _percents(xml: bytes, formats: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The cells that show their number in per cent."""
    for style, reference in _STYLED.findall(xml):
        if int(style) in formats and (at := _place(reference.decode())):
            yield at


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


def _place(reference: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"([A-Z]{1,3})(\d+)", reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
