"""styles.xml → formats that are a cell's own with another fill, and formats of our own sheet."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from html import escape

from lxml import etree

from .package import MAIN, CannotMark, Element, main

_BOX = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))


class StyleSheet:
    """A workbook's cell formats; formats are only ever added."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._made: dict[str, int] = {}
        self._formats = self._list("cellXfs")
        self._fills = self._list("fills")

    def _list(self, tag: str) -> Element:
        found = self._root.find(main(tag))
        if found is None:
            raise CannotMark(f"no {tag}")
        return found

    def fill_of(self, style: str) -> str:
        """The colour (RRGGBB) of a format's solid fill, or ""."""
        fill = self._fills[int(self._format(style).get("fillId", 0))]
        pattern = fill.find(main("patternFill"))
        if pattern is None or pattern.get("patternType") != "solid":
            return ""
        colour = pattern.find(main("fgColor"))
        return "" if colour is None else colour.get("rgb", "")[-6:].upper()

    def uses(self, colours: Collection[str]) -> bool:
        """Whether any format has one of these fills."""
        return any(self.fill_of(str(i)) in colours for i in range(len(self._formats)))

    def raw_fill(self, style: str) -> str:
        """A format's fill as XML, whatever it is: theme colours and patterns too."""
        return _without_namespace(self._fills[int(self._format(style).get("fillId", 0))])

    def is_locked(self, style: str) -> bool:
        """Whether a cell of this format cannot be typed into on a protected sheet."""
        protection = self._format(style).find(main("protection"))
        return protection is None or protection.get("locked", "1") not in ("0", "false")

    def with_fill(self, style: str, fill: str) -> str:
        """The format with another fill, given as XML."""
        key = f"{style} {fill}"
        if key not in self._made:
            new = deepcopy(self._format(style))
            new.set("fillId", str(self._add(self._fills, fill)))
            new.set("applyFill", "1")
            self._made[key] = self._append(self._formats, new)
        return str(self._made[key])

    def own(self, font: str, fill: str = "", *, box: bool = True, across: str = "left",
            locked: bool = True) -> str:  # fmt: skip
        """A format of our own sheet; `font` is the inside of a font element."""
        key = f"own {font} {fill} {box} {across} {locked}"
        if key not in self._made:
            ids = {
                "fontId": self._add(self._list("fonts"), f"<font>{font}</font>"),
                "fillId": self._add(self._fills, fill or "<fill><patternFill patternType=\"none\"/></fill>"),
                "borderId": self._add(self._list("borders"), f"<border>{_BOX if box else ''}</border>"),
            }  # fmt: skip
            words = " ".join(f'{name}="{number}"' for name, number in ids.items())
            self._made[key] = self._add(
                self._formats,
                f'<xf numFmtId="0" {words} xfId="0" applyFont="1" applyFill="1" applyBorder="1"'
                ' applyAlignment="1" applyProtection="1">'
                f'<alignment horizontal="{across}" vertical="center" wrapText="1"/>'
                f'<protection locked="{int(locked)}"/></xf>',
            )
        return str(self._made[key])

    def _format(self, style: str) -> Element:
        at = int(style or 0)
        return self._formats[at if at < len(self._formats) else 0]

    def _add(self, group: Element, xml: str) -> int:
        """Append an entry unless there is the same; returns its index."""
        key = f"{group.tag} {xml}"
        if key not in self._made:
            new = etree.fromstring(f'<x xmlns="{MAIN}">{xml}</x>')[0]
            self._made[key] = self._append(group, new)
        return self._made[key]

    @staticmethod
    def _append(group: Element, new: Element) -> int:
        group.append(new)
        count = sum(isinstance(child.tag, str) for child in group)
        group.set("count", str(count))
        return count - 1


def solid(colour: str) -> str:
    """A fill of one colour, RRGGBB."""
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def _without_namespace(element: Element) -> str:
    """An element without text as XML whose tags bear no namespace."""
    name = etree.QName(element).localname
    words = "".join(f' {key!s}="{escape(str(value))}"' for key, value in element.attrib.items())
    inside = "".join(_without_namespace(child) for child in element if isinstance(child.tag, str))
    return f"<{name}{words}>{inside}</{name}>"
