"""What each unit is told: its return with what to correct, what is missing, and the letters."""

from .base import Bases
from .contact_list import write_contact_list
from .letter import issue_letter, letter_files
from .reply import Reply, compose_replies
from .write_replies import write_replies

__all__ = [
    "Bases",
    "Reply",
    "compose_replies",
    "issue_letter",
    "letter_files",
    "write_contact_list",
    "write_replies",
]
