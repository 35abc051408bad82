"""Files → Books, or Refusals; read in a worker process that may die of one."""

from .moment import CHINA
from .read_books import FileRead, read_files

__all__ = ["CHINA", "FileRead", "read_files"]
