"""Kinds of cells: what a unit wrote → the value meant, with notes where that is not sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .cell import CellValue, Expectation, Note, Reading, plain, verbatim
from .deadline import read_deadline
from .number import parse_goal_number, read_number
from .text import read_choice, read_text

# A new kind is one more reader here; every reader takes any cell at all and never raises.
KINDS: Mapping[str, Callable[[CellValue, Expectation], Reading]] = {
    "text": read_text,
    "number": read_number,
    "choice": read_choice,
    "deadline": read_deadline,
}

__all__ = [
    "KINDS",
    "CellValue",
    "Expectation",
    "Note",
    "Reading",
    "parse_goal_number",
    "plain",
    "read_choice",
    "read_deadline",
    "read_number",
    "read_text",
    "verbatim",
]
