"""An Office Open XML package → its XML parts, their relations, and what is drawn on a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from lxml import etree
from lxml.etree import _Element

from ..marks import describes_code
from ..sheets import Aside
from .package import Package

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Excel's “Strict Open XML 电子表格” names the same things otherwise (ISO/IEC 29500, strict).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)  # fmt: skip

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True, slots=True)
class OfficeParts:
    """What xlsx and xlsb have in common."""

    package: Package

    def read(self, part: str) -> bytes:
        """A part, in the names of the transitional form; b"" where there is none."""
        xml = self.package.read(part)
        for strict, usual in _STRICT if b"http://purl.oclc.org/ooxml/" in xml else ():
            xml = xml.replace(strict, usual)
        return xml

    def parse(self, part: str) -> _Element | None:
        """A part's root; None where there is none."""
        xml = self.read(part)
        return parse_xml(xml) if xml else None

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


def parse_xml(xml: bytes) -> _Element:
    """A part's root; the guard let no document type through, and nothing is ever fetched."""
    return etree.fromstring(xml, _PARSER)


def drawn(root: _Element) -> Iterator[Aside]:
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
            said = " ".join(p.get("descr", "") for p in anchor.iter(f"{_DRAWING}cNvPr"))
            if not describes_code(said):
                yield Aside(*at, "picture")
