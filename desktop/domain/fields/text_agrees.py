"""Whether words somebody wrote still say what the data say: by their numbers, and by what goes up or down."""

from __future__ import annotations

import re

from desktop.domain.numbers import money_factor, parse_amount, round_half_up

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WAYS = {"增加": 1, "增长": 1, "上升": 1, "提高": 1, "减少": -1, "下降": -1, "降低": -1, "持平": 0}


def agree(shown: str, current: str) -> bool:
    """A number is compared at the digits shown.

    A sentence may leave numbers out or add some of its own, but not have others in their place; and what
    grows in the one must not fall in the other.
    """
    if parse_amount(shown) and parse_amount(current):
        return _same_number(shown, current)
    said, due = _NUMBER.findall(shown), _NUMBER.findall(current)
    if not due and not _ways(current):
        return current.strip() in shown
    ways, right_ways = _ways(shown), _ways(current)
    if ways and right_ways and ways.isdisjoint(right_ways):
        return False
    strange = any(not any(_same_number(number, right) for right in due) for number in said)
    absent = any(not any(_same_number(number, right) for number in said) for right in due)
    return not (strange and absent)


def _same_number(shown: str, current: str) -> bool:
    """The same amount at the digits shown, whatever unit of money it is in."""
    one, other = parse_amount(shown), parse_amount(current)
    if one is None or other is None:
        return shown == current
    factors = [money_factor(amount.unit or "万元") for amount in (one, other)]
    value = other.value * factors[1] / factors[0] if factors[0] and factors[1] else other.value
    return one.value == round_half_up(value, one.decimals)


def _ways(text: str) -> set[int]:
    return {way for word, way in _WAYS.items() if word in text}
