"""Returns and files → Summary of one period."""

from .questions import questions
from .summarise import problem_key, summarise

__all__ = ["problem_key", "questions", "summarise"]
