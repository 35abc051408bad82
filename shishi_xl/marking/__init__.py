"""A workbook's package → the same package with cells marked and a sheet 审核意见 put first.

openpyxl's load and save loses x14 validations, pictures and more, so the package's own XML is
edited: what is not marked stays byte for byte what the unit sent.
"""

from .mark_workbook import mark_workbook
from .opinion import Opinion, Opinions

__all__ = ["Opinion", "Opinions", "mark_workbook"]
