"""Numerals: 1,500, 1.5万, 一千五百, 3亿2000万 → Decimal, exactly."""

from __future__ import annotations

import re
from decimal import Decimal

_ZEROS = "零〇○"
_DIGITS = "一二三四五六七八九"
_UNITS = {"亿": 8, "万": 4, "点": 0, "千": 3, "百": 2, "十": 1}  # in the order that they divide

_PLAIN = r"[0-9]+(?:\.[0-9]+)?"
_GROUPED = r"[1-9][0-9]{0,2}([, ])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?"
_ARABIC = re.compile(f"{_GROUPED}|{_PLAIN}")
_BY_PLACE = re.compile(f"[{_DIGITS}]+[{_ZEROS}][{_DIGITS}{_ZEROS}]*")  # 一五〇〇

_SEPARATORS = re.compile("[.,。· ]+")
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟萬億"
_FROM_FORMAL = str.maketrans(_FORMAL, "一二三四五六七八九十百千万亿")
_LONGEST = 24  # 九千九百九十九亿… has 23; also keeps every result within Decimal's 28 digits

# The characters of one number, well formed or not. 百分点 and 百分之 are words.
AMOUNT = (
    rf"(?:[0-9]++(?:{_SEPARATORS.pattern}[0-9]++)*+"
    rf"|百(?!分[点之])|[{_ZEROS}{_DIGITS}{_FORMAL}两亿万点千十])++"
)


def parse_numeral(text: str) -> Decimal | None:
    """The one number that `text` is, Arabic, Chinese or mixed; None where it is not well formed.

    Thousands are grouped by comma or space, in threes throughout. Chinese digits without 十百千
    count only with a 〇 among them (一五〇〇): 三五 is as likely to mean three to five.
    """
    if len(text) > _LONGEST:
        return None
    text = text.translate(_FROM_FORMAL)
    if _BY_PLACE.fullmatch(text):
        return Decimal("".join(_digit(c) for c in text))
    return _value(text)


def groupings(text: str) -> tuple[str, ...]:
    """What badly grouped digits may mean: 1,23 → 123 or 1.23; () where nothing separates them."""
    found = _SEPARATORS.findall(text)
    if not found:
        return ()
    joined = _SEPARATORS.sub("", text)
    decimal_point = len(found) == 1 and found[0] in ",。·"
    return joined, _SEPARATORS.sub("." if decimal_point else "、", text)


def _value(text: str) -> Decimal | None:
    """The largest unit divides the text: 二十五万三千 is 二十五 × 万 + 三千."""
    for unit, zeros in _UNITS.items():
        head, found, tail = text.partition(unit)
        if found:
            return _point(head, tail) if unit == "点" else _sum(head, zeros, tail)
    if _ARABIC.fullmatch(text):
        return Decimal(re.sub("[, ]", "", text))
    if len(text) == 1 and text in _DIGITS + "零〇两":  # ○ alone is a tick
        return Decimal(_digit(text))
    return None


def _sum(head: str, zeros: int, tail: str) -> Decimal | None:
    size = Decimal(10) ** zeros
    times = Decimal(1) if zeros == 1 and not head else _value(head)
    rest = _rest(tail, zeros) if tail else Decimal(0)
    if times is None or rest is None or rest >= size or (rest and times % 1):
        return None
    arabic = _PLAIN if zeros > 2 else "[0-9]"
    if zeros < 4 and not re.fullmatch(f"{arabic}|[{_DIGITS}两]?", head):  # 十二百, 1.5十
        return None
    return times * size + rest


def _rest(tail: str, zeros: int) -> Decimal | None:
    """What follows a unit: 五 in 一千五 is 500, in 一千零五 it is 5; the 5 of 1万5 is neither."""
    if len(tail) == 1 and tail in _DIGITS:
        return Decimal(_digit(tail)) * Decimal(10) ** (zeros - 1)
    if tail.isascii():
        whole = tail.isdecimal() and len(tail) >= max(2, zeros - 1)
        return Decimal(tail) if whole else None
    if tail.endswith("两"):
        return None
    return _value(tail.lstrip(_ZEROS))


def _point(head: str, tail: str) -> Decimal | None:
    whole = _value(head)
    if whole is None or not re.fullmatch(f"[{_DIGITS}{_ZEROS}]+", tail):
        return None
    return whole + Decimal("0." + "".join(_digit(c) for c in tail))


def _digit(character: str) -> str:
    """The Arabic digit of one Chinese digit; "0" for a zero of any shape."""
    return "2" if character == "两" else str(_DIGITS.find(character) + 1)
