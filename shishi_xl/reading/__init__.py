"""Bytes of a file → Book, or a Refusal."""

from .moment import CHINA
from .read_book import read_book

__all__ = ["CHINA", "read_book"]
