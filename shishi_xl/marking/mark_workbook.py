"""A workbook and Opinions → the workbook with its cells marked and 审核意见 in front."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from ..opinions import SHEET
from .cells import Cells
from .comments import Comments
from .opinion import Opinion, Opinions
from .opinion_sheet import opinion_sheet
from .package import PREFIX, RELATION, CannotMark, Element, Package, main
from .strip_round import COLOURS, strip_round
from .style_sheet import StyleSheet, solid

_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def mark_workbook(content: bytes, opinions: Opinions) -> bytes | None:
    """The marked workbook; None where the package is of a kind that is not edited.

    An earlier round's marks are removed first. The same input gives the same bytes.
    """
    try:
        package = Package(content)
        styles = StyleSheet(package.tree(package.related(package.workbook, "styles")))
        strip_round(package, styles)
        fills = _mark_cells(package, styles, opinions.rows)
        _put_first(package, opinion_sheet(opinions, fills, styles))
        return package.save()
    except CannotMark:
        return None


def _mark_cells(package: Package, styles: StyleSheet, rows: Iterable[Opinion]) -> dict[str, str]:
    """Colour and comment every cell; returns by mark what fill the cells had.

    A cell with several problems bears the colour of the gravest, which comes first.
    """
    parts = {entry.get("name", ""): part for entry, part in package.sheets()}
    cells: dict[str, Cells] = {}
    by_cell: dict[tuple[str, str], list[Opinion]] = {}
    for opinion in rows:
        if (sheet := opinion.sheet) in parts:
            on = cells.get(sheet) or cells.setdefault(sheet, Cells(package.tree(parts[sheet])))
            for cell in dict.fromkeys(map(on.seen, opinion.cells)):
                by_cell.setdefault((sheet, cell), []).append(opinion)
    before: dict[str, str] = {}
    for (sheet, cell), found in by_cell.items():
        part = parts[sheet]
        element = cells[sheet].make(cell)
        style = element.get("s", "0")
        kept = f"底色 {sheet}!{cell} {styles.raw_fill(style)}"
        before[found[0].mark] = "\n".join(filter(None, (before.get(found[0].mark), kept)))
        element.set("s", styles.with_fill(style, solid(COLOURS[found[0].grade])))
        Comments(package, part).add(cell, "\n".join(o.note for o in found))
    return before


def _put_first(package: Package, sheet: bytes) -> None:
    """Make the sheet the first of the workbook, and the one that is open."""
    book = package.tree(package.workbook)
    sheets = book.find(main("sheets"))
    if sheets is None:
        raise CannotMark("no sheets")
    for _, part in package.sheets():
        for view in package.tree(part).iter(main("sheetView")):
            if view.get("tabSelected"):
                view.set("tabSelected", "0")  # two selected sheets would be typed into at once
    part = package.free_name("xl/worksheets/sheet{}.xml")
    package.add(part, sheet, _WORKSHEET_TYPE)
    names = {e.get("name", "") for e in sheets}
    name = next(n for n in (SHEET, *(f"{SHEET}（{i}）" for i in range(2, 999))) if n not in names)
    number = 1 + max((int(e.get("sheetId", 0)) for e in sheets), default=0)
    entry = etree.Element(main("sheet"), nsmap=PREFIX, name=name, sheetId=str(number))
    entry.set(f"{{{RELATION}}}id", package.relate(package.workbook, "worksheet", part))
    sheets.insert(0, entry)
    for defined in book.iter(main("definedName")):
        if of := defined.get("localSheetId"):
            defined.set("localSheetId", str(int(of) + 1))
    _open_first(book)


def _open_first(book: Element) -> None:
    for view in book.iter(main("workbookView")):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")
