"""UnitForm → the workbook that is sent to the unit."""

from .write_form import write_form

__all__ = ["write_form"]
