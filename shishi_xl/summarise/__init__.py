"""Returns and files → Summary of one period."""

from .explained import new_past
from .questions import questions
from .summarise import summarise

__all__ = ["new_past", "questions", "summarise"]
