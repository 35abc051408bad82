"""Files → Books, or Refusals; read in a worker process that may die of one."""

from .child import Child
from .moment import CHINA
from .one_member import read_member
from .read_books import FileRead, read_alone, read_files, start_worker

__all__ = ["CHINA", "Child", "FileRead", "read_alone", "read_files", "read_member", "start_worker"]
