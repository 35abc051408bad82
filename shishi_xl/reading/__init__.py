"""Files → Books, or Refusals; read in a worker process that may die of one."""

from .child import Child
from .moment import CHINA
from .read_books import FileRead, read_alone, read_files, start_worker

__all__ = ["CHINA", "Child", "FileRead", "read_alone", "read_files", "start_worker"]
