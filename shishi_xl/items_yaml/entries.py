"""Entries inside brackets: where a key ends, and where an unquoted text is meant to end."""

from __future__ import annotations

import re

from .schema import known_keys, objects

OPENERS = {"[": "[", "{": "{", "［": "[", "｛": "{", "【": "["}
CLOSERS = {"]": "]", "}": "}", "］": "]", "｝": "}", "】": "]"}
PARTNER = {"[": "]", "{": "}", "]": "[", "}": "{"}
WIDE_COMMAS = "，;；"

_ENTRY = re.compile(r"\s*(?P<key>[^\s:：,，]+)\s*(?P<colon>[:：])")
_BARE = re.compile(r"\s*(?P<key>[A-Za-z_]+|20\d\d[QH-]\d+)(?P<gap>\s+|$)")
_PERIOD = re.compile(r"20\d\d\S{0,8}")
_FIGURE = re.compile(r"[\d.,]+\s*[万亿%％]?(?:-[\d.]+)?")


def known_entry(text: str) -> str:
    """The known key or period that an entry begins with, where a colon follows; else ""."""
    entry = _ENTRY.match(text)
    return entry["key"] if entry and _is_known(entry["key"]) else ""


def find_colon(text: str) -> int | None:
    """Where the key of an entry ends: at a proper colon, else at one that is meant as such."""
    entry = _ENTRY.match(text)
    if entry and entry["key"].lower() in known_keys():
        return entry.start("colon")
    proper = re.search(r":(?=\s|$)", text)
    meant = proper or re.search("[:：]", text)
    return meant.start() if meant else None


def find_gap(text: str, after: str) -> int | None:
    """Where a colon was forgotten behind a known key; `after` is what ends the text."""
    bare = _BARE.match(text)
    if not bare or not (bare["key"] in known_keys() or bare["key"][0] == "2"):
        return None
    value_follows = bare.end() < len(text) or after in OPENERS
    return bare.end("key") if value_follows else None


def leaves_goal(key: str, outer: str) -> bool:
    """Whether a key cannot stand in a goal's brackets, which were not closed before it."""
    holds_goal = outer == "goal" or _PERIOD.fullmatch(outer)
    return bool(holds_goal and key and key not in objects()["目标的写法"])


def cut(text: str, sign: str) -> int:
    """The length of an unquoted text in brackets of one sort ([ or {).

    A full-width comma or bracket may end it, or a space where a comma was forgotten.
    """
    for mark in re.finditer("[，；;】］｝]|\\s(?=\\S)", text):
        at, found = mark.start(), mark[0]
        if found in CLOSERS:
            if CLOSERS[found] == PARTNER[sign] and not set(text[:at]) & set("【［｛"):
                return at
        elif found.isspace():
            if sign == "{" and known_entry(text[at:]):
                return at
        elif sign == "[" or _splits(text[:at], text[at + 1 :]):
            return at
    return len(text)


def _splits(before: str, after: str) -> bool:
    """Whether a full-width comma in a mapping stands between two entries."""
    entry = _ENTRY.match(after)
    if not entry:
        return False
    sure = _is_known(entry["key"]) or entry["colon"] == ":"
    return sure or bool(_FIGURE.fullmatch(before.strip()))


def _is_known(key: str) -> bool:
    return key in known_keys() or bool(_PERIOD.fullmatch(key))
