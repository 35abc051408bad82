"""items.yaml → Programme, or every fault in it with line and column."""

from __future__ import annotations

from collections.abc import Collection

from ..model import Programme
from .build import INLINE_FORM, build
from .fault import Fault
from .inline import inline_form
from .meaning import check_meaning
from .structure import check_structure
from .survey import Survey
from .tree import read_tree

__all__ = ["INLINE_FORM", "Fault", "inline_form", "load_programme"]


def load_programme(
    source: bytes, forms: Collection[str]
) -> tuple[Programme | None, tuple[Fault, ...]]:
    """The programme, or None and all its faults by line. `forms` are the names that exist."""
    tree = read_tree(source)
    faults = set(tree.faults)
    if tree.root is None:
        return None, tuple(sorted(faults))
    structured = check_structure(tree.root, tree.lost)
    faults.update(structured.faults)
    survey = Survey(structured.node, structured.lost)
    faults.update(check_meaning(survey, forms))
    if faults:
        return None, tuple(sorted(faults))
    return build(survey), ()
