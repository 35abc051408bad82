"""Summary → 汇总_PERIOD.xlsx and 呈报_PERIOD.xlsx."""

from .write_summary import write_summary

__all__ = ["write_summary"]
