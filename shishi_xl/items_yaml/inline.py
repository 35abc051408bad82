"""A form written in items.yaml itself → a file of its own."""

from __future__ import annotations

import yaml

from .tree import read_tree


def inline_form(source: bytes) -> bytes | None:
    """The mapping under `form:` as YAML, at its own lines and columns; None where there is none.

    All else is blanked out, so that a fault in the form is named by its place in items.yaml.
    """
    tree = read_tree(source)
    node = _form(tree.yaml)
    if not isinstance(node, yaml.MappingNode):
        return None
    start, end = node.start_mark, node.end_mark
    lines = list(tree.source.lines[: end.line + 1])
    if len(lines) > end.line:
        lines[end.line] = lines[end.line][: end.column]
    lines[: start.line] = [""] * start.line
    lines[start.line] = " " * start.column + lines[start.line][start.column :]
    return ("\n".join(lines) + "\n").encode()


def _form(root: yaml.Node | None) -> yaml.Node | None:
    if not isinstance(root, yaml.MappingNode):
        return None
    return next((value for key, value in root.value if key.value == "form"), None)
