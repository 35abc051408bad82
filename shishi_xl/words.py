"""How the sheets name things: an item, a list of files or cells, a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .model import Item
from .problems import Place


def item_label(item: Item) -> str:
    """序号 and name: 3.实施适龄妇女“两癌”免费检查行动."""
    return f"{item.number}.{item.name}"


def moment(when: datetime | None) -> str:
    """2023-06-30 09:12; "" where it is not known."""
    return f"{when:%Y-%m-%d %H:%M}" if when else ""


def files_of(places: Iterable[Place]) -> str:
    """The distinct files, as they are named."""
    return "；".join(dict.fromkeys(p.file for p in places if p.file))


def sheets_of(places: Iterable[Place]) -> str:
    """The distinct sheets."""
    return "；".join(dict.fromkeys(p.sheet for p in places if p.sheet))


def cells_of(places: Iterable[Place]) -> str:
    """The cells in order."""
    return "、".join(dict.fromkeys(p.cell for p in places if p.cell))
