"""UnitForm → the workbook that is sent to the unit."""

from .write_form import Cell, answer_cells, write_form

__all__ = ["Cell", "answer_cells", "write_form"]
