"""登记.xlsx: made once, read at every run, and from then on only added to (`write`, `append`)."""

from .meaning import Known, understand, unknown_files
from .rows import read_rows

__all__ = ["Known", "read_rows", "understand", "unknown_files"]
