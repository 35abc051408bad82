"""Scan + where it lay → whose stamped pages these are, and where they differ from the file."""

from .differences import Typed, differences
from .pair import Paired, pair

__all__ = ["Paired", "Typed", "differences", "pair"]
