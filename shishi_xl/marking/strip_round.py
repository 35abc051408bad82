"""A workbook that was marked before → the same without our sheet, notes and colours.

Only what is ours goes: a sheet with problem marks, the notes in comments, and our two colours.
The fill that a cell had before stands in the removed sheet; where that is lost or the rows have
moved, the fill of the column's other marked cells, else that of an answer or of no fill.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..layout import ANSWER_FILL
from ..opinions import HEADERS, SHEET, has_mark
from .cells import Cells
from .comments import Comments
from .package import Element, Package, main
from .style_sheet import StyleSheet, solid

COLOURS = {"强制": "F8B4AE", "核实": "FBD98B", "提示": "CFE2F3"}
EARLIER = re.compile(r"底色 (.+)!([A-Z]{1,3}\d+) (<fill>.*)")
_NO_FILL = '<fill><patternFill patternType="none"/></fill>'


def strip_round(package: Package, styles: StyleSheet) -> None:
    """Remove an earlier round's marks."""
    strings = _shared_strings(package)
    ours = [(e, part) for e, part in package.sheets() if _is_ours(package, e, part, strings)]
    earlier = {
        (match[1], match[2]): match[3]
        for _, part in ours
        for text in _texts(package.tree(part), strings)
        for line in text.splitlines()
        if (match := EARLIER.fullmatch(line))
    }
    for entry, part in ours:
        remove_sheet(package, entry, part)
    used = styles.uses(COLOURS.values())
    for entry, part in package.sheets():
        if package.related(part, "comments"):
            Comments(package, part).strip()
        if used:
            _restore(package.tree(part), styles, entry.get("name", ""), earlier)


def _restore(
    root: Element, styles: StyleSheet, sheet: str, earlier: dict[tuple[str, str], str]
) -> None:
    if root.find(main("sheetData")) is None:
        return
    for cell, element in Cells(root).every():
        style = element.get("s", "0")
        if styles.fill_of(style) not in COLOURS.values():
            continue
        column = cell.rstrip("0123456789")
        beside = {
            f for (s, c), f in earlier.items() if s == sheet and c.rstrip("0123456789") == column
        }
        usual = _NO_FILL if styles.is_locked(style) else solid(ANSWER_FILL[1:])
        fill = earlier.get((sheet, cell)) or (beside.pop() if len(beside) == 1 else usual)
        element.set("s", styles.with_fill(style, fill))


def remove_sheet(package: Package, entry: Element, part: str) -> None:
    """Take a sheet out of the workbook, and all that belongs to it alone."""
    book = package.tree(package.workbook)
    at = [e for e, _ in package.sheets()].index(entry)
    entry.getparent().remove(entry)  # type: ignore[union-attr] # it stands in the sheets' list
    for name in list(book.iter(main("definedName"))):
        of = name.get("localSheetId")
        if of == str(at):
            name.getparent().remove(name)  # type: ignore[union-attr] # as above
        elif of and int(of) > at:
            name.set("localSheetId", str(int(of) - 1))
    for relation in package.relations(part):
        if relation.kind in ("comments", "vmlDrawing", "drawing", "printerSettings"):
            package.remove(relation.part)
    package.unrelate(package.workbook, part)
    package.remove(part)


def _shared_strings(package: Package) -> list[str]:
    part = package.related(package.workbook, "sharedStrings")
    if not part:
        return []
    return [
        "".join(t.text or "" for t in si.iter(main("t")))
        for si in package.tree(part).iterfind(main("si"))
    ]


def _texts(root: Element, strings: list[str]) -> Iterator[str]:
    for cell in root.iter(main("c")):
        if cell.get("t") == "s":
            value = cell.findtext(main("v")) or ""
            if value.isdigit() and int(value) < len(strings):
                yield strings[int(value)]
        else:
            yield (
                "".join(t.text or "" for t in cell.iter(main("t")))
                or cell.findtext(main("v"))
                or ""
            )


def _is_ours(package: Package, entry: Element, part: str, strings: list[str]) -> bool:
    """Whether a sheet bears problem marks, or is named and headed as ours with its marks lost."""
    named = entry.get("name", "").startswith(SHEET)
    if not part.startswith("xl/worksheets/") or not (
        named or any(map(has_mark, strings)) or "审".encode() in package.read(part)
    ):
        return False
    texts = set(_texts(package.tree(part), strings))
    return any(map(has_mark, texts)) or (named and len(texts & set(HEADERS)) >= 4)
