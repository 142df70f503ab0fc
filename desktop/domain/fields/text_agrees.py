"""Whether words somebody wrote still say what the data say: by their numbers, and by what goes up or down."""

from __future__ import annotations

import re

from desktop.domain.numbers import money_factor, parse_amount, round_half_up

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
"""`1,020.50`, `8.87` of `下降8.87%`."""
_DIRECTIONS = {"增加": 1, "增长": 1, "上升": 1, "提高": 1, "减少": -1, "下降": -1, "降低": -1, "持平": 0}


def agree(shown: str, current: str) -> bool:
    """A number is compared at the digits shown.

    A sentence may leave numbers out or add some of its own, but not have others in their place; and what
    grows in the one must not fall in the other.
    """
    if parse_amount(shown) and parse_amount(current):
        return _same_number(shown, current)
    shown_numbers, current_numbers = _NUMBER.findall(shown), _NUMBER.findall(current)
    shown_directions, current_directions = _directions(shown), _directions(current)
    if not current_numbers and not current_directions:
        return current.strip() in shown
    if shown_directions and current_directions and shown_directions.isdisjoint(current_directions):
        return False
    added = any(not any(_same_number(one, other) for other in current_numbers) for one in shown_numbers)
    left_out = any(not any(_same_number(one, other) for one in shown_numbers) for other in current_numbers)
    return not (added and left_out)


def _same_number(shown: str, current: str) -> bool:
    """The same amount at the digits shown, whatever unit of money it is in."""
    one, other = parse_amount(shown), parse_amount(current)
    if one is None or other is None:
        return shown == current
    factors = [money_factor(amount.unit or "万元") for amount in (one, other)]
    value = other.value * factors[1] / factors[0] if factors[0] and factors[1] else other.value
    return one.value == round_half_up(value, one.decimals)


def _directions(text: str) -> set[int]:
    return {direction for word, direction in _DIRECTIONS.items() if word in text}
