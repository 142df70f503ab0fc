"""How a number came to be wrong: which other number it was, before a digit was swapped, lost, doubled or moved."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from desktop.audit.text.roles import Entry


def is_near_miss(one: Decimal, other: Decimal, decimals: int) -> bool:
    """Whether two numbers, written with so many decimals, differ by one slip of a hand.

    A digit mistyped (`35.60` for `35.80`), two neighbours swapped (`1839.06` for `1893.06`), a digit lost or
    doubled (`12.3` for `12.33`), the point moved (`1230` for `12.3`).
    """
    a, b = (f"{number:.{decimals}f}" for number in (one, other))
    if a == b or min(one, other) < 0:
        return False  # nobody writes a sign by a slip
    if _digits(a).strip("0") == _digits(b).strip("0"):
        return True
    if len(a) == len(b):
        apart = [at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = len(apart) == 2 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]
        return len(apart) == 1 or swapped
    long, short = sorted((_digits(a), _digits(b)), key=len, reverse=True)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def is_swap(one: Decimal, other: Decimal) -> bool:
    """Whether two neighbouring digits are exchanged: `1839.06` for `1893.06`. Of a hundred gaps that something left
    out makes, one at most looks so."""
    a, b = f"{one:.6f}", f"{other:.6f}"
    return sorted(a) == sorted(b) and is_near_miss(one, other, 6)


def is_slip(one: Entry, other: Entry) -> bool:
    """Whether one slip parts two amounts, to the digits that either shows."""
    decimals = max(one.quantity.money_decimals, other.quantity.money_decimals, 2)
    return is_near_miss(one.amount, other.amount, decimals)


def telling_digits(entry: Entry) -> str:
    """Those of an amount without the point and the noughts at its ends: `0.4250` -> 425."""
    return f"{entry.amount:f}".replace(".", "").strip("0")


def _digits(text: str) -> str:
    return text.replace(".", "")


def swapped(value: Decimal, decimals: int) -> Iterator[Decimal]:
    """What may have been meant by a number in which two neighbouring digits were swapped."""
    text = f"{value:.{decimals}f}"
    digits = [at for at, sign in enumerate(text) if sign.isdigit()]
    for one, other in pairwise(digits):
        if text[one] != text[other]:
            signs = list(text)
            signs[one], signs[other] = signs[other], signs[one]
            yield Decimal("".join(signs))
