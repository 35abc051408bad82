"""A compound file (MS-CFB) of storages and streams, written sector by sector."""

import struct
from collections.abc import Mapping

Tree = Mapping[str, "bytes | Tree"]

_SECTOR, _CUTOFF = 512, 4096
_END, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def ole_file(tree: Tree) -> bytes:
    """The tree as a file. Streams are filled up with zeros to 4096 bytes: shorter ones would
    have to live in a file within the file."""
    entries: list[bytes] = []
    sectors: list[bytes] = []
    chains: list[int] = []
    _write_entry("Root Entry", tree, 5, _NONE, entries, sectors, chains)
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\x00")
    start = _append(directory, sectors, chains)
    tables = 1
    while tables * 128 < len(sectors) + tables:
        tables += 1
    fat_start = len(sectors)
    chains += [_FAT] * tables
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, start, 0, _CUTOFF, _END, 0, _END, 0)
    places = [*range(fat_start, fat_start + tables)]
    head += struct.pack("<109I", *places, *[_NONE] * (109 - tables))
    return head + b"".join(sectors) + fat


def _append(content: bytes, sectors: list[bytes], chains: list[int]) -> int:
    first = len(sectors)
    pieces = [content[i : i + _SECTOR] for i in range(0, len(content), _SECTOR)]
    sectors += [p.ljust(_SECTOR, b"\x00") for p in pieces]
    chains += [*range(first + 1, first + len(pieces)), _END]
    return first


def _write_entry(
    name: str, node: "bytes | Tree", kind: int, right: int,
    entries: list[bytes], sectors: list[bytes], chains: list[int],
) -> int:  # fmt: skip
    """Children hang to the right of one another: no reader asks for a balanced tree."""
    place = len(entries)
    entries.append(b"")
    child, start, size = _NONE, _END, 0
    if isinstance(node, bytes):
        content = node.ljust(_CUTOFF, b"\x00")
        start, size = _append(content, sectors, chains), len(content)
    else:
        for key, inner in reversed(list(node.items())):
            inner_kind = 2 if isinstance(inner, bytes) else 1
            child = _write_entry(key, inner, inner_kind, child, entries, sectors, chains)
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw) + 2, kind, 1)
    body = struct.pack("<III16xI16xIQ", _NONE, right, child, 0, start, size)
    entries[place] = head + body
    return place
