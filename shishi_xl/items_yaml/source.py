"""Bytes of items.yaml → Source: text that YAML can read, with every fault of writing on the way."""

from __future__ import annotations

from .block import BlockScanner
from .draft import Draft, Source
from .encoding import decode, find_garbled


def read_source(source: bytes) -> Source:
    """Decode and mend. Faults name what was mended; what is sound stays as it is."""
    lines, faults = decode(source)
    draft = Draft.of(lines)
    draft.faults += faults
    draft.faults += find_garbled(lines)
    BlockScanner(draft).read()
    return draft.finish()
