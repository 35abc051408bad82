"""items.yaml → Programme, or every fault in it with line and column."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..editions import Known
from ..model import Programme
from .build import INLINE_FORM, build
from .fault import Fault
from .inline import inline_form
from .known_ids import Editions, as_known, tie_ids
from .meaning import check_meaning
from .next_year import next_year
from .structure import check_structure
from .survey import Survey
from .targets import check_ids
from .tree import read_tree

__all__ = [
    "INLINE_FORM",
    "Fault",
    "Loaded",
    "inline_form",
    "load_edition",
    "load_programme",
    "next_year",
]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The programme, or None and all its faults by line.

    `items` are its items with their ids, `notes` how those were come by where it is not plain.
    """

    programme: Programme | None
    faults: tuple[Fault, ...] = ()
    items: tuple[Known, ...] = ()
    notes: tuple[str, ...] = ()


def load_programme(
    source: bytes, forms: Collection[str]
) -> tuple[Programme | None, tuple[Fault, ...]]:
    """A programme of which no form is out yet. `forms` are the names that exist."""
    loaded = load_edition(source, forms, ())
    return loaded.programme, loaded.faults


def load_edition(source: bytes, forms: Collection[str], editions: Editions) -> Loaded:
    """The programme; `editions` are the items of older ones, the latest first, with their ids."""
    tree = read_tree(source)
    faults = set(tree.faults)
    if tree.root is None:
        return Loaded(None, tuple(sorted(faults)))
    structured = check_structure(tree.root, tree.lost)
    faults.update(structured.faults)
    survey = Survey(structured.node, structured.lost)
    faults.update(check_meaning(survey, forms))
    faults.update(check_ids(survey, bool(editions)))
    if faults:
        return Loaded(None, tuple(sorted(faults)))
    ids = tie_ids(survey, editions)
    if ids.faults:
        return Loaded(None, tuple(sorted(ids.faults)))
    return Loaded(build(survey, ids), (), as_known(survey, ids), ids.notes)
