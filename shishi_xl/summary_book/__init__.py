"""Summary → 汇总_PERIOD.xlsx, 呈报_PERIOD.xlsx and 盖章件_PERIOD.xlsx."""

from .stamped_pages import write_stamped_pages
from .write_summary import write_summary

__all__ = ["write_stamped_pages", "write_summary"]
