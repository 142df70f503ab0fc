"""Numbers in Chinese numerals, as headings, lists and dates of official papers write them, and back."""

from __future__ import annotations

import re

EVERYDAY, FORMAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
NUMERALS = "一二三四五六七八九十"
"""The signs of a heading's number: `十二、` has two of them."""
_TO_EVERYDAY = str.maketrans(FORMAL + "拾", EVERYDAY + "十")
_UP_TO_99 = re.compile(r"(?:(?P<tens>[一二三四五六七八九]?)(?P<ten>十))?(?P<ones>[一二三四五六七八九]?)")
"""`九`, `十`, `二十`, `二十一`."""


def chinese(number: int, digits: str = EVERYDAY, units: str = "十百千") -> str:
    """`十`, `十二`, `一百零一`, formally `壹拾贰`; from 10,000 on in Arabic digits.

    A leading ten goes without its one only in the everyday digits.
    """
    if not 0 < number < 10_000:
        return digits[0] if not number else str(number)
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (units[place - 1] if place else "")
        gap = not digit
    return text[1:] if text.startswith("一十") else text


def from_count(text: str) -> int:
    """`两`, `三`, `12` -> 2, 3, 12: before a counter 二 is said 两 (`两项`); else as `from_numerals`."""
    return from_numerals(text.replace("两", "二"))


def from_numerals(text: str) -> int:
    """`12`, `十二`, `拾贰` and `壹拾贰` -> 12; 0 for what is no such number, as `十x`, `二五十`, `一二`.

    Arabic digits of any length; numerals up to 九十九, the most that headings and lists have.
    """
    if text.isdecimal():
        return int(text)
    match = _UP_TO_99.fullmatch(text.translate(_TO_EVERYDAY))
    if match is None:
        return 0
    tens = EVERYDAY.index(match["tens"] or "一") if match["ten"] else 0
    return 10 * tens + EVERYDAY.index(match["ones"] or "零")
