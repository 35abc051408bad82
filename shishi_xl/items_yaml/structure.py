"""Node → faults of structure (keys, types, choices, patterns), judged by the JSON Schema."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from .fault import Fault
from .node import Node, Path, Place
from .schema import ITEMS, homes, known_keys, validator

if TYPE_CHECKING:
    from jsonschema import ValidationError


_EMPTY = ("minProperties", "minItems")


@dataclass(frozen=True, slots=True)
class Structured:
    """The tree without what the schema refuses, and the text of what was taken away."""

    node: Node
    faults: tuple[Fault, ...]
    lost: str


def check_structure(root: Node, lost: str, schema: str = ITEMS) -> Structured:
    """Judge by the schema. A key that is nearly a known one is read as that one.

    `lost` is text that could not be read: a key that stands in it is not said to be missing.
    """
    faults: list[Fault] = []
    while unknown := [e for e in _errors(root, schema) if e.validator == "additionalProperties"]:
        for error in unknown:
            mend = partial(_mend_keys, error=error, faults=faults)
            root = root.changed(tuple(error.absolute_path), mend)
    refused: set[Path] = set()
    for error in _errors(root, schema):
        path = tuple(error.absolute_path)
        if error.validator == "required":
            faults += _missing(root.at(path), error, lost)
        elif "propertyNames" in error.absolute_schema_path:
            path = (*path, str(error.instance))
            faults.append(_bad_name(root, path, error))
            refused.add(path)
        elif path not in refused and not (error.validator in _EMPTY and root.at(path).dropped):
            faults.append(Fault(*_place(root, path), _refusal(path, error)))
            refused.add(path)
    gone: list[str] = []
    for path in sorted(refused, key=lambda p: (len(p), _order(p)), reverse=True):
        gone += root.at(path).words()
        root = _without(root, path)
    return Structured(root, tuple(faults), "\n".join((lost, *gone)))


def _errors(root: Node, schema: str) -> list[ValidationError]:
    """The schema's errors; a wrong type goes before what follows from it."""
    errors: Iterable[ValidationError] = validator(schema).iter_errors(root.plain)
    return sorted(errors, key=lambda e: (e.validator != "type", str(list(e.absolute_path))))


def _mend_keys(node: Node, error: ValidationError, faults: list[Fault]) -> Node:
    """The mapping with unknown keys renamed where it is plain what was meant, else without them."""
    schema: Any = error.schema
    known: Mapping[str, Any] = schema["properties"]
    entries, keys = dict(node.entries), dict(node.keys)
    dropped = set(node.dropped)
    for key in [k for k in entries if k not in known]:
        meant = _nearest(key, known)
        faults.append(Fault(*keys[key], _unknown(key, meant, schema)))
        value, place = entries.pop(key), keys.pop(key)
        if meant and meant not in entries:
            entries[meant], keys[meant] = value, place
        else:
            dropped.add(key)
    return replace(node, value=entries, keys=keys, dropped=frozenset(dropped))


def _nearest(key: str, known: Mapping[str, Any]) -> str:
    """The known key that was meant: by its Chinese title, or by its letters; "" for none."""
    for name, schema in known.items():
        if key.strip() in (schema.get("title"), name):
            return name
    if key in known_keys():
        return ""  # it belongs elsewhere
    plain = key.lower().replace("-", "_").strip(" _-:：")
    return next(iter(difflib.get_close_matches(plain, known, 1, 0.6)), "")


def _unknown(key: str, meant: str, schema: Mapping[str, Any]) -> str:
    if meant:
        return f"没有“{key}”这个键；是不是“{meant}”？"
    known = "、".join(schema["properties"])
    if re.fullmatch(r"\d{3}", key):
        return f"“{key}”前面的逗号把数字断开了；数字不写千分位，如 1500"
    if homes_of := list(homes(key)):
        return f"“{key}”不能写在这里，它属于 {'、'.join(homes_of)}；请检查缩进（这里可写：{known}）"
    return f"没有“{key}”这个键；这里可写：{known}"


def _missing(node: Node, error: ValidationError, lost: str) -> Iterator[Fault]:
    schema: Any = error.schema
    for key in schema["required"]:
        if key not in node and key not in node.dropped and not re.search(rf"\b{key}\b", lost):
            title = schema["properties"][key].get("title", "年度目标")
            yield Fault(
                *node.place, f"{schema['title']}缺少“{key}”（{title}）；请补上{_sample(key)}"
            )


def _sample(key: str) -> str:
    samples = {
        "id": "，如 id: gaoqing-2023",
        "year": "，如 year: 2023",
        "cycle": "，如 cycle: quarter",
        "goal": "，如 goal: 8 或 goal: {text: 全覆盖}",
    }
    return samples.get(key, "")


def _place(root: Node, path: Path) -> Place:
    """Where a value stands; its key's place where nothing stands after it."""
    node = root.at(path)
    if node.value is None and path and isinstance(path[-1], str):
        return root.at(path[:-1]).keys[path[-1]]
    return node.place


def _bad_name(root: Node, path: Path, error: ValidationError) -> Fault:
    name = str(path[-1])
    place = root.at(path[:-1]).keys[name]
    return Fault(*place, f"“{_short(name)}”作名称不合要求；{_advice(error)}")


def _refusal(path: Path, error: ValidationError) -> str:
    """One sentence for one refused value."""
    named = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    what = f"“{named}”" if path and isinstance(path[-1], str) else "这一项"
    if not path:
        what = "整个文件"
    return f"{what}{_found(error)}；{_advice(error)}"


def _found(error: ValidationError) -> str:
    """What stands there, as a person would say it."""
    value: Any = error.instance
    match value:
        case None:
            return "后面没有内容"
        case "" | [] | {}:
            return "是空的"
        case bool():
            return f"写成了 {str(value).lower()}"
        case int() | Decimal():
            return f"写成了数字 {value}"
        case str():
            return f"写成了“{_short(value)}”"
        case list():
            return "写成了列表"
        case _:
            return "写成了“键: 值”的形式"


def _short(text: str) -> str:
    line = text.replace("\n", "⏎")
    return line if len(line) <= 20 else line[:20] + "…"


def _advice(error: ValidationError) -> str:
    schema: Any = error.schema
    return str(schema.get("errorMessage", "请对照样例改写"))


def _without(root: Node, path: Path) -> Node:
    """The tree without the node at `path`; its parent remembers that something stood there."""
    if not path:
        return Node(root.place, {})
    last = path[-1]

    def drop(parent: Node) -> Node:
        if isinstance(parent.value, tuple):
            rest = tuple(n for i, n in enumerate(parent.value) if i != last)
            return replace(parent, value=rest, dropped=parent.dropped | {str(last)})
        entries = {k: v for k, v in parent.entries.items() if k != last}
        return replace(parent, value=entries, dropped=parent.dropped | {str(last)})

    return root.changed(path[:-1], drop)


def _order(path: Path) -> tuple[str, ...]:
    """Later list elements before earlier ones, so that indexes stay right while dropping."""
    return tuple(f"{step:09d}" if isinstance(step, int) else step for step in path)
