"""Bytes of a file → Book, or a Refusal."""

from .read_book import CHINA, read_book

__all__ = ["CHINA", "read_book"]
