"""Summary and a Word template → 通报_PERIOD.docx, the draft of a circular."""

from .write_circular import write_circular

__all__ = ["write_circular"]
