"""Numbers in Chinese numerals, as headings, lists and dates of official papers write them, and back."""

from __future__ import annotations

EVERYDAY, FORMAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
NUMERALS = "一二三四五六七八九十"
"""The signs of a heading's number: `十二、` has two of them."""
_TO_EVERYDAY = str.maketrans(FORMAL + "拾", EVERYDAY + "十")


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


def number_of(text: str) -> int:
    """`12`, `十二` and `拾贰` -> 12; up to 99, and 0 for what is no such number."""
    if text.isdecimal():
        return int(text)
    text = text.translate(_TO_EVERYDAY)
    tens, ten, ones = text.partition("十")
    if not ten:
        return max(EVERYDAY.find(text), 0) if len(text) == 1 else 0
    return 10 * (EVERYDAY.find(tens) if tens else 1) + (EVERYDAY.find(ones) if ones else 0)
