"""Returns and files → Summary of one period."""

from .summarise import problem_key, summarise

__all__ = ["problem_key", "summarise"]
