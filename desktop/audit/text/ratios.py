"""Whether a stated rate follows from two numbers: exactly, but for its last digit, or not."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

from desktop.audit.text.mentions import Quantity, amount_of
from desktop.audit.text.near_misses import swapped
from desktop.domain.numbers import HUNDRED, half_unit, round_half_up

RIGHT, LAST_DIGIT, WRONG = "right", "last digit", "wrong"


def compare(stated: Quantity, part: Decimal, whole: Decimal, part_slack: Decimal = Decimal(0)) -> str:
    """Judge `stated` percent against part ÷ whole. `part_slack` is what rounding of the part may hide."""
    # Right where the quotient rounds to the rate stated, or would if the part is off by what rounding hid of it;
    # a last digit cut off instead of rounded (`83.83%` for 83.836) or one off is told apart: a 提示, no 错误
    # (docs/domain.md 1.7).
    if whole == 0:
        return WRONG
    exact = part / whole * HUNDRED
    unit = Decimal(1).scaleb(-stated.decimals)
    slack = abs(part_slack / whole * HUNDRED)
    if abs(exact - stated.value) > unit + slack:
        return WRONG  # as most pairs are that are tried, and rounding takes its time
    if round_half_up(exact, stated.decimals) == stated.value:
        return RIGHT
    if abs(exact - stated.value) <= unit / 2 + slack:
        return RIGHT
    cut = exact.quantize(unit, ROUND_DOWN)
    return LAST_DIGIT if cut == stated.value or abs(exact - stated.value) < unit else WRONG


LIKELY_BY_CHANCE = Decimal("0.03")
"""Three wrong numbers in a hundred that fit something all the same are the most that evidence may let through."""
_THOUSANDTH = Decimal("1.001")


def fits_by_chance(tries: int, stated: Quantity) -> bool:
    """Whether one of so many wholes may well make a rate right although another was meant.

    `95%` and `0.54%` fit one amount in a hundred, `53.87%` one in five thousand. A single whole is no choice.
    """
    return tries > 1 and tries * Decimal(1).scaleb(-stated.decimals) > stated.value * LIKELY_BY_CHANCE


def pinned(stated: Quantity, part: Quantity, whole: Quantity) -> list[Quantity]:
    """Those of part and whole that the rate stated proves: where one more, or a thousandth more, it would be another.

    `占25%` says little of 1234.56; `95%` of 200 pieces leaves no other number of pieces.
    """
    a, b = amount_of(part), amount_of(whole)
    proved = [part] if compare(stated, _more(part, a), b) != RIGHT else []
    return [*proved, whole] if compare(stated, a, _more(whole, b)) != RIGHT else proved


def _more(quantity: Quantity, amount: Decimal) -> Decimal:
    return amount + 1 if quantity.money is None and not amount % 1 else amount * _THOUSANDTH


def best(stated: Quantity, pairs: Iterable[tuple[Decimal, Decimal]]) -> str:
    """The kindest judgement over all pairs that might be meant."""
    verdicts = [compare(stated, part, whole) for part, whole in pairs]
    return next((v for v in (RIGHT, LAST_DIGIT, WRONG) if v in verdicts), WRONG)


def rate_of(part: Decimal, whole: Decimal, decimals: int = 2) -> str:
    """part ÷ whole in percent, with at least two digits: `19.92%`."""
    return f"{round_half_up(part / whole * HUNDRED, max(decimals, 2))}%"


def part_meant(stated: Quantity, part: Quantity, whole: Decimal) -> str | None:
    """The amount that a share would be right for, where the one told is a swap of it: `1893.06` for `1839.06`."""
    factor = whole / HUNDRED
    low, high = ((stated.value + sign * half_unit(stated.decimals)) * factor for sign in (-1, 1))
    unit = part.value / amount_of(part) if amount_of(part) else Decimal(1)
    for meant in swapped(part.value, part.decimals):
        if low <= meant / unit <= high:
            return f"{meant:,.{part.decimals}f}{part.unit}"
    return None
