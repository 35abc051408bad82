"""A container and a content's SHA-256 → the bytes of that file in it.

Everything in the container has passed the worker once; here it is unpacked again within the same
bounds, for the few returns that are marked and sent back.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ..sheets import Refusal
from .member import DEEPEST, Budget
from .unpack import unpack


def read_member(name: str, content: bytes, sha256: str, depth: int = DEEPEST) -> bytes | None:
    """The file with these bytes, however deep; None where it cannot be had."""
    inside = unpack(name, content, replace(Budget(), depth=depth))
    if inside is None or isinstance(inside, Refusal):
        return None
    for member in inside:
        if hashlib.sha256(member.content).hexdigest() == sha256:
            return member.content
    deeper = (read_member(m.name, m.content, sha256, depth - 1) for m in inside if depth > 1)
    return next((found for found in deeper if found is not None), None)
