"""Marks that tie a sheet and its rows to what was sent: form codes and row ids.

A form code has 18 capital letters and digits, so that a QR code of version 1-M holds it:

    PPPPP TTTT UUUU VVV CC
    │     │    │    │   └ ISO/IEC 7064 MOD 97-10 check characters
    │     │    │    └ version: hash of the fixed text of the form
    │     │    └ unit: hash of the unit's name
    │     └ period: 23Q2, 23H1, 2305
    └ programme: hash of its id

Everything but the version can be told from items.yaml alone, so a form is recognised even where
the ledger was lost. Hashes are written in Crockford's base 32, which has no I, L, O, U.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from stdnum.iso7064 import mod_97_10

from .period import Period, period_from_code

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE = r"[0-9A-HJKMNP-TV-Z]{5}[0-9QH]{4}[0-9A-HJKMNP-TV-Z]{7}[0-9]{2}"
_WRITTEN = re.compile(
    r"(?<![0-9A-Z])([0-9A-Z]{5})-?([0-9A-Z]{4})-?([0-9A-Z]{7})-?(\d\d)(?![0-9A-Z])"
)
_KNOWN = 10_000  # texts; each stage asks what the same cells say
_ROW = re.compile(rf"({_CODE})/([0-9A-Za-z]{{1,8}})(?:\.([0-9A-Za-z]{{1,4}}))?")


@dataclass(frozen=True, slots=True)
class FormCode:
    """A form code, taken apart. `unit` and `programme` are hashes of names."""

    programme: str
    period: Period
    unit: str
    version: str

    def __str__(self) -> str:
        return _checked(f"{self.programme}{self.period.code}{self.unit}{self.version}")

    @property
    def written(self) -> str:
        """As people read it: GQ7K2-23Q2-X4TBM2P-47."""
        text = str(self)
        return "-".join((text[:5], text[5:9], text[9:16], text[16:]))


@dataclass(frozen=True, slots=True)
class RowId:
    """The mark of one row: the form it was sent in, the item, and the target where there is one."""

    code: FormCode
    item: str
    target: str = ""

    def __str__(self) -> str:
        return f"{self.code}/{self.item}" + (f".{self.target}" if self.target else "")


@lru_cache(maxsize=_KNOWN)  # every row of a form is marked with it
def _checked(body: str) -> str:
    return body + str(mod_97_10.calc_check_digits(body))


def make_code(programme: str, period: Period, unit: str, fixed: Iterable[str]) -> FormCode:
    """The code of one unit's form; `fixed` is every text in it that the unit may not change."""
    version = _hash("\x1f".join(fixed), 3)
    return FormCode(programme_hash(programme), period, unit_hash(unit), version)


def programme_hash(programme: str) -> str:
    """The first part of a form code, from the programme's id."""
    return _hash(programme, 5)


def unit_hash(name: str) -> str:
    """The third part of a form code, from the unit's name."""
    return _hash(name, 4)


def unit_hashes(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Hash → names, for every unit that may hold a form.

    Two names may have one hash: in about 1 of 5,000 programmes of 20 units, and some fifty pairs in
    one of 10,000. A code then means either, and what else a return says of its unit decides.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        found[unit_hash(name)] = (*found.get(unit_hash(name), ()), name)
    return found


@lru_cache(maxsize=_KNOWN)
def parse_code(text: str) -> FormCode | None:
    """The code that the whole of `text` is, with or without hyphens; None where it is none."""
    body = _fold(text).replace("-", "")
    if not re.fullmatch(_CODE, body) or not mod_97_10.is_valid(body):
        return None
    period = period_from_code(body[5:9])
    return FormCode(body[:5], period, body[9:13], body[13:16]) if period else None


@lru_cache(maxsize=_KNOWN)
def find_codes(text: str) -> tuple[tuple[str, FormCode | None], ...]:
    """What looks like a code in `text`, each with the code, or None where its check fails."""
    found = (match[0] for match in _WRITTEN.finditer(_fold(text)))
    return tuple((word, parse_code(word)) for word in found)


def describe_code(code: FormCode) -> str:
    """What a form's printed code is called where its picture cannot be seen."""
    return f"表单编码 {code.written}"


def describes_code(text: str) -> bool:
    """Whether a picture's description says that it is a form's printed code."""
    return bool(text) and any(code for _, code in find_codes(text))


@lru_cache(maxsize=_KNOWN)
def parse_row_id(text: str) -> RowId | None:
    """The row id that the whole of `text` is; None where it is none or its check fails."""
    if not (match := _ROW.fullmatch(text.strip())):
        return None
    code = parse_code(match[1])
    return RowId(code, match[2], match[3] or "") if code else None


def _hash(text: str, length: int) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    return "".join(_ALPHABET[number >> (5 * i) & 31] for i in range(length))


def _fold(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
