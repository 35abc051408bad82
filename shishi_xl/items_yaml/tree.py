"""Bytes of items.yaml → Tree: nodes with places, and what was wrong with the writing."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from .compose import compose
from .draft import Source
from .fault import Fault
from .node import Node, Reader
from .source import read_source


@dataclass(frozen=True, slots=True)
class Tree:
    """The root (None where nothing could be read), faults, and the text that had to be left out."""

    root: Node | None
    faults: tuple[Fault, ...]
    lost: str
    source: Source
    yaml: yaml.Node | None


def read_tree(source: bytes) -> Tree:
    """Mend, compose, and give everything its place."""
    mended = read_source(source)
    root, left, faults = compose(mended)
    faults = mended.faults + faults
    if root is None:
        empty = () if faults else (Fault(1, 1, "文件是空的；请对照样例填写"),)
        return Tree(None, faults + empty, left.lost, left, None)
    reader = Reader(left)
    node = reader.read(root)
    lost = "\n".join((left.lost, *reader.lost))
    return Tree(node, faults + tuple(reader.faults), lost, left, root)
