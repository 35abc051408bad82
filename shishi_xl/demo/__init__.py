"""Two periods of a bundled programme, with returns as units send them."""

from .story import play_demo

__all__ = ["play_demo"]
