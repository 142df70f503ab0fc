"""Numbers of headings: 一、（一）1.（1）, always ours and always without a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.domain.template import Section

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """1..99 in Chinese: 一, 十, 十二, 二十, 九十九."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def heading_number(level: int, number: int) -> str:
    """The literal number of a heading by its level (GB/T 9704): 一、 / （一） / 1. / （1）."""
    if level == 1:
        return f"{chinese(number)}、"
    if level == 2:
        return f"（{chinese(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def numbered(sections: Iterable[Section]) -> Iterator[tuple[str, Section]]:
    """Each section with its number; a higher heading starts the lower ones anew."""
    counts = [0] * 8
    for section in sections:
        counts[section.level] += 1
        counts[section.level + 1 :] = [0] * (len(counts) - section.level - 1)
        yield heading_number(section.level, counts[section.level]), section
