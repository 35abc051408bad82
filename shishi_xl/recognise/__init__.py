"""Book + where it lay → whose tables these are, and of which period."""

from .recognise import Recogniser

__all__ = ["Recogniser"]
