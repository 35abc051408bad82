"""YAML nodes → Node: plain data in which everything knows its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import yaml

from .draft import Source
from .fault import Fault

Scalar = str | int | Decimal | bool | None
Path = tuple[str | int, ...]
Place = tuple[int, int]

_DEEPEST = 40
_MOST_NODES = 100_000
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_WORDS: Mapping[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place; `keys` are the places of a mapping's keys.

    Only what YAML 1.2 calls a number, true, false or nothing is other than text: 2023-12-20, yes
    and 0533 stay as they are written. `dropped` are keys whose values were faulty: they are there,
    but say nothing.
    """

    place: Place
    value: Scalar | Mapping[str, Node] | tuple[Node, ...]
    keys: Mapping[str, Place] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()

    @property
    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, Mapping):
            return {key: node.plain for key, node in self.value.items()}
        return [n.plain for n in self.value] if isinstance(self.value, tuple) else self.value

    @property
    def text(self) -> str:
        """A scalar as text; "" for anything else."""
        return "" if self.value is None or self.children else str(self.value)

    @property
    def children(self) -> tuple[Node, ...]:
        if isinstance(self.value, Mapping):
            return tuple(self.value.values())
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def entries(self) -> Mapping[str, Node]:
        """A mapping's entries; none for anything else."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def elements(self) -> tuple[Node, ...]:
        """A list's elements, or the one thing that stands in a list's place."""
        if isinstance(self.value, tuple):
            return self.value
        return () if self.value is None or isinstance(self.value, Mapping) else (self,)

    def __getitem__(self, key: str) -> Node:
        """The value of a key; an empty node in this one's place where there is none."""
        return self.entries.get(key) or Node(self.place, None)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def words(self) -> Iterator[str]:
        """Every text in it, keys included."""
        yield from self.entries
        for child in self.children:
            yield from child.words()
        yield self.text

    def changed(self, path: Path, change: Callable[[Node], Node]) -> Node:
        """The same tree with one node changed."""
        if not path:
            return change(self)
        first, rest = path[0], path[1:]
        if isinstance(self.value, Mapping):
            key = str(first)
            value = {**self.value, key: self.value[key].changed(rest, change)}
            return replace(self, value=value)
        nodes = list(self.value) if isinstance(self.value, tuple) else []
        nodes[int(first)] = nodes[int(first)].changed(rest, change)
        return replace(self, value=tuple(nodes))

    def at(self, path: Path) -> Node:
        node = self
        for step in path:
            node = node.entries[step] if isinstance(step, str) else node.children[step]
        return node


@dataclass(slots=True)
class Reader:
    """Makes Nodes of YAML's nodes; gathers faults, and the text of what could not be kept."""

    source: Source
    faults: list[Fault] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    _count: int = 0

    def read(self, node: yaml.Node, above: tuple[yaml.Node, ...] = ()) -> Node:
        self._count += 1
        place = self._place(node)
        if len(above) > _DEEPEST or node in above or self._count > _MOST_NODES:
            self.faults.append(Fault(*place, "层数太多，或引用（*）绕成了圈；请直接写出内容"))
            return Node(place, None)
        if isinstance(node, yaml.MappingNode):
            return self._read_mapping(node, (*above, node))
        if isinstance(node, yaml.SequenceNode):
            return Node(place, tuple(self.read(n, (*above, node)) for n in node.value))
        return Node(place, _scalar(node))

    def _read_mapping(self, node: yaml.MappingNode, above: tuple[yaml.Node, ...]) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        merged: list[Node] = []
        for key_node, value_node in node.value:
            key = self._key(key_node)
            value = self.read(value_node, above)
            if key_node.tag == "tag:yaml.org,2002:merge":
                merged += value.children if isinstance(value.value, tuple) else (value,)
            elif key in values:
                self._duplicate(key, keys[key], self._place(key_node))
                self.lost += value.words()
            elif key is not None:
                values[key], keys[key] = value, self._place(key_node)
        for other in merged:
            values = {**other.entries, **values}
            keys = {**other.keys, **keys}
        return Node(self._place(node), values, keys)

    def _key(self, node: yaml.Node) -> str | None:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self.faults.append(Fault(*self._place(node), "键应是一个名称；请写成“键: 内容”"))
        return None

    def _duplicate(self, key: str, first: Place, second: Place) -> None:
        hint = "；如果是另一件实事或另一个指标，前面要加“- ”" if key == "name" else ""
        message = f"“{key}”写了两次（第 {first[0]} 行和第 {second[0]} 行）；请只留一个{hint}"
        self.faults.append(Fault(*second, message))

    def _place(self, node: yaml.Node) -> Place:
        return self.source.place(node.start_mark.line, node.start_mark.column)


def _scalar(node: yaml.Node) -> Scalar:
    """The value of a scalar, from its own text."""
    text = str(node.value)
    if node.tag == "tag:yaml.org,2002:str":  # also where it stands in quotes
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
