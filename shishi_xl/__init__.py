"""Progress forms of a county's 实事 programme: written, collected, checked and merged."""

__version__ = "0.1.0"
