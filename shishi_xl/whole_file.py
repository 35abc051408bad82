"""Bytes → a file that is the old one or the new one, never half of it."""

from __future__ import annotations

from pathlib import Path

TEMPORARY = ".shishi-new-"  # what a file is called until it is whole


def write_whole(path: Path, content: bytes) -> None:
    """Write beside its place and rename: the file is the old one or the new one, never half."""
    beside = path.with_name(f"{TEMPORARY}{path.name}")
    beside.write_bytes(content)
    beside.replace(path)
