"""templates/*.schema.json: the one declaration of what items.yaml, and a form, may hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

ITEMS, FORM = "items.schema.json", "form.schema.json"

_PACKAGE = Path(__file__).parents[1]


@cache
def validator(schema: str = ITEMS) -> Draft202012Validator:
    """A schema, ready to judge."""
    from jsonschema import Draft202012Validator

    places = (_PACKAGE / "templates", _PACKAGE.parent / "templates")
    file = next(p for p in (f / schema for f in places) if p.is_file())
    return Draft202012Validator(json.loads(file.read_text("utf-8")))


@cache
def objects(schema: str = ITEMS) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Title of each kind of mapping (items 里的一件实事) → its properties."""
    root: Any = validator(schema).schema
    every = [root, *root["$defs"].values()]
    return {o["title"]: o["properties"] for o in every if "properties" in o}


@cache
def known_keys() -> frozenset[str]:
    """Every key that stands somewhere in a schema."""
    every = [p for schema in (ITEMS, FORM) for p in objects(schema).values()]
    return frozenset(key for properties in every for key in properties)


@cache
def root_keys() -> frozenset[str]:
    """The keys that stand at the left edge, of items.yaml or of a form."""
    return frozenset(k for schema in (ITEMS, FORM) for k in next(iter(objects(schema).values())))


def may_be_root(word: str) -> bool:
    """Whether a key may stand in the outermost mapping; a misspelt one may, a name may not."""
    return word in root_keys() or (
        word[:1].isascii() and word[:1].isalpha() and word not in known_keys()
    )


@cache
def list_keys() -> frozenset[str]:
    """The keys whose value is a list of entries with a dash each."""
    every = (item for properties in objects().values() for item in properties.items())
    return frozenset(key for key, schema in every if schema.get("type") == "array")


@cache
def table_keys() -> frozenset[str]:
    """The keys whose value is a mapping with keys of the writer's own: names or periods."""
    every = (item for properties in objects().values() for item in properties.items())
    return frozenset(
        k for k, schema in every if isinstance(schema.get("additionalProperties"), dict)
    )


def homes(key: str) -> Iterator[str]:
    """The kinds of mapping that `key` belongs to."""
    every = (pair for schema in (ITEMS, FORM) for pair in objects(schema).items())
    return (title for title, properties in every if key in properties)
