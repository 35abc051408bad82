"""What counts in a period → problems: a small function for each check."""

from .against_text import Stated, near, stated
from .nil import is_nil
from .reading import read_row
from .run import CHECKS, check_case, without_consequences
from .settings import graded
from .subject import Case, Earlier, Subject
from .written import Written

__all__ = [
    "CHECKS",
    "Case",
    "Earlier",
    "Stated",
    "Subject",
    "Written",
    "check_case",
    "graded",
    "is_nil",
    "near",
    "read_row",
    "stated",
    "without_consequences",
]
