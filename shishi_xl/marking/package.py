"""An OOXML package: its parts, their relations and content types, read once and written back.

A part that nobody changed keeps its bytes; the zip's own times are fixed, so that the same
changes give the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath, relpath

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Said outright: the prefix that lxml would choose depends on what else the process has loaded.
PREFIX = {"r": RELATION}
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LARGEST = 24 * 2**20  # bytes of one part that is edited: a tree takes ten times as much

Element = etree._Element


class CannotMark(Exception):
    """The package is not of a kind that can be edited; a fresh form is marked in its place."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part inside the package."""

    id: str
    kind: str  # the last word of its type: worksheet, comments, …
    part: str


def main(tag: str) -> str:
    """A tag of the main namespace."""
    return f"{{{MAIN}}}{tag}"


class Package:
    """An xlsx package that is being edited.

    :raises CannotMark: where it is none, or a part is missing or too large to edit.
    """

    def __init__(self, content: bytes) -> None:
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                self._parts = {name: archive.read(name) for name in archive.namelist()}
        except (zipfile.BadZipFile, NotImplementedError, OSError) as fault:
            raise CannotMark(str(fault)) from None
        self._trees: dict[str, Element] = {}
        self._as_read: dict[str, bytes] = {}
        self.workbook = self._workbook()

    def _workbook(self) -> str:
        found = (r.part for r in self.relations("") if r.kind == "officeDocument")
        part = next(found, "")
        if "xl/vbaProject.bin" in self._parts or self.tree(part).tag != main("workbook"):
            raise CannotMark("not a plain transitional workbook")
        return part

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._parts

    def read(self, part: str) -> bytes:
        """A part that is not XML to us, as it stands."""
        return self._parts[part]

    def write(self, part: str, content: bytes) -> None:
        """Replace a part's bytes, or add the part."""
        self._parts[part] = content

    def tree(self, part: str) -> Element:
        """A part's XML, to be changed in place."""
        if part not in self._trees:
            content = self._parts.get(part, b"")
            if not content or len(content) > _LARGEST:
                raise CannotMark(f"{part} is missing or too large")
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            try:
                self._trees[part] = etree.fromstring(content, parser)
            except etree.XMLSyntaxError as fault:
                raise CannotMark(str(fault)) from None
            self._as_read[part] = etree.tostring(self._trees[part])
        return self._trees[part]

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relations of a part ("" for the package) to others inside the package."""
        name = _relations_of(part)
        if name not in self._parts:
            return ()
        return tuple(
            Relation(
                rel.get("Id", ""),
                rel.get("Type", "").rpartition("/")[2],
                _resolved(part, rel.get("Target", "")),
            )
            for rel in self.tree(name)
            if rel.get("TargetMode") != "External"
        )

    def related(self, part: str, kind: str) -> str:
        """The first part of this kind that a part is related to, or ""."""
        return next((r.part for r in self.relations(part) if r.kind == kind), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation; returns its id."""
        name = _relations_of(part)
        if name not in self._parts:
            self._parts[name] = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
        root = self.tree(name)
        used = {rel.get("Id") for rel in root}
        new = next(f"rId{n}" for n in range(1, len(used) + 2) if f"rId{n}" not in used)
        path = relpath(target, dirname(part) or ".")
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=new, Target=path,
                         Type=f"{RELATION}/{kind}")  # fmt: skip
        return new

    def unrelate(self, part: str, target: str) -> None:
        """Take away a part's relations to another."""
        for rel in self.tree(_relations_of(part)):
            if _resolved(part, rel.get("Target", "")) == target:
                rel.getparent().remove(rel)  # type: ignore[union-attr] # it was found in its parent

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """A new part of a type of its own."""
        self._parts[part] = content
        types = self.tree("[Content_Types].xml")
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)  # fmt: skip

    def default_type(self, extension: str, content_type: str) -> None:
        """Say what parts of this extension are, unless it is said."""
        types = self.tree("[Content_Types].xml")
        known = {e.get("Extension", "").lower() for e in types}
        if extension not in known:
            first = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)  # fmt: skip
            types.insert(0, first)

    def remove(self, part: str) -> None:
        """Take away a part, its relations and its content type."""
        for name in (part, _relations_of(part)):
            self._parts.pop(name, None)
            self._trees.pop(name, None)
        for entry in self.tree("[Content_Types].xml"):
            if entry.get("PartName", "").lstrip("/").lower() == part.lower():
                entry.getparent().remove(entry)  # type: ignore[union-attr] # as above

    def free_name(self, pattern: str) -> str:
        """The first of the names made with 1, 2, … that no part has."""
        taken = {name.lower() for name in self._parts}
        return next(
            name for n in range(1, 100_000) if (name := pattern.format(n)).lower() not in taken
        )

    def sheets(self) -> Iterator[tuple[Element, str]]:
        """Each sheet's entry in the workbook, with its part."""
        parts = {r.id: r.part for r in self.relations(self.workbook)}
        for entry in self.tree(self.workbook).iterfind(f"{main('sheets')}/{main('sheet')}"):
            yield entry, parts.get(entry.get(f"{{{RELATION}}}id", ""), "")

    def save(self) -> bytes:
        """The package's bytes."""
        out = BytesIO()
        changed = {n: r for n, r in self._trees.items() if etree.tostring(r) != self._as_read[n]}
        for name, root in changed.items():
            self._parts[name] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        first = sorted(self._parts, key=lambda name: name != "[Content_Types].xml")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in first:
                archive.writestr(zipfile.ZipInfo(name), self._parts[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _relations_of(part: str) -> str:
    return join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels")


def _resolved(part: str, target: str) -> str:
    return target[1:] if target.startswith("/") else normpath(join(dirname(part), target))
