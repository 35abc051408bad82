"""Files → Books, or Refusals; read in a worker process that may die of one."""

from .batch import close_workers, read_batch
from .child import Child
from .job import Turn
from .moment import CHINA
from .one_member import read_member
from .read_books import FileRead, is_lasting, read_alone, read_files, start_worker
from .thaw import thaw

__all__ = [
    "CHINA",
    "Child",
    "FileRead",
    "Turn",
    "close_workers",
    "is_lasting",
    "read_alone",
    "read_batch",
    "read_files",
    "read_member",
    "start_worker",
    "thaw",
]
