"""Amounts as people write them, and the arithmetic of the digits they show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

UNDEFINED = "—"
"""What stands where a rate has no value (nothing divided by nothing)."""

HUNDRED = Decimal(100)

_FULL_WIDTH = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}
"""`１２．５％`, as Chinese input methods type it: each sign stands 0xFEE0 above its ASCII twin."""
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
"""Zero-width blanks and joiners, byte-order mark, soft hyphen: cells copied from web pages carry them unseen."""
_CLEAN = str.maketrans(
    # Then blanks of Word and web pages, the minus and dash that stand for -, and `５。`, a point typed in Chinese.
    _FULL_WIDTH | _INVISIBLE | {0x3000: " ", 0x00A0: " ", 0x2212: "-", 0x2013: "-", 0x3002: ".", 0xFFE5: "¥"}
)
_NUMBER = re.compile(
    r"""\s*(?P<approx>约|近|超过|逾)?\s*                    # 约20起
    (?P<paren>\()?\s*(?P<sign>[-+])?\s*                  # (12), as ledgers write minus twelve
    (?:¥|RMB|人民币)?\s*(?P<sign2>[-+])?                  # ¥5 and ¥-5
    (?P<digits>\d{1,3}(?:[,\ ]\d{3})+(?:\.\d*)?         # 1,020.00 and 1 020: the groups must be whole
        |\d+(?:\.\d*)?|\.\d+)                            # 12.5, `5.`, .5
    (?P<exponent>[eE][-+]?\d{1,2})?                      # 1.2E+05, as Excel shows a long number
    \s*(?P<about>余|多|左右|上下)?\s*                       # 20余家
    # A unit is what begins with no digit and no sign, up to 10 characters: 次/季度, m². More is a sentence.
    (?P<unit>[^\d\s().,+\-=<>≤≥][^\d\s()=<>≤≥]{0,9})?\s*(?P<close>\))?\s*$""",
    re.VERBOSE,
)
_TO_WAN = {
    "万元": Decimal(1),
    "万": Decimal(1),
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
    "百万元": Decimal(100),
}
_LARGEST = Decimal(10) ** 18
"""No amount of a county comes near it; a row of digits that long is an account or an identity number."""
_LONGEST = 60
"""Characters; a longer cell is a sentence, and the pattern would try its blanks in vain."""
_WIDE = Context(prec=300)
"""Room for a rate of the largest amount to the smallest; the usual 28 digits would raise instead."""
_MOST_DIGITS = 40
"""Nobody writes a number this long, and beyond it digits would be lost in reckoning."""


class Amount(NamedTuple):
    """A number as written: value (in the unit written), unit ('' if none), digits shown after the point."""

    value: Decimal
    unit: str
    decimals: int
    approximate: bool = False


def clean(text: str) -> str:
    """Full-width digits and signs to half width, invisible characters gone, blanks trimmed."""
    return text.translate(_CLEAN).strip()


@lru_cache(maxsize=50_000)
def parse_amount(text: str) -> Amount | None:
    """Read one number: `1,234.50`, `１２．５`, `3.3万元`, `¥5元`, `95%`, `约20`, `20余家`, `(12)`; else None.

    A thousands comma must stand where one belongs: `1,02` is no number. `(12)` is minus twelve (ledgers).
    """
    if len(text) > _LONGEST:
        return None
    match = _NUMBER.match(clean(text))
    if not match or bool(match["paren"]) != bool(match["close"]) or (match["sign"] and match["sign2"]):
        return None
    digits = match["digits"].replace(",", "").replace(" ", "")
    value = Decimal(digits + (match["exponent"] or ""))
    too_fine = max(len(value.as_tuple().digits), decimals_of(value)) > _MOST_DIGITS
    if too_fine or abs(value) >= _LARGEST:
        return None
    negative = "-" in ((match["sign"] or "") + (match["sign2"] or "")) or bool(match["paren"])
    shown = digits.partition(".")[2]
    approximate = bool(match["approx"] or match["about"])
    if negative and value:
        value = value.copy_negate()
    return Amount(value, match["unit"] or "", len(shown), approximate)


def money_factor(unit: str) -> Decimal | None:
    """How many 万元 one of a unit is; None where it is no unit of money."""
    return _TO_WAN.get(unit)


def parse_money(text: str, default_unit: str = "万元") -> Decimal | None:
    """An amount in 万元, whatever unit it was written in; None where it is no amount of money."""
    amount = parse_amount(text)
    if amount is None:
        return None
    factor = money_factor(amount.unit or default_unit)
    return None if factor is None else _plain(amount.value * factor)


def number_of(text: str) -> Decimal | None:
    """The bare value of a stored or typed number, its unit left aside."""
    amount = parse_amount(text)
    return None if amount is None else amount.value


def _plain(value: Decimal) -> Decimal:
    """No exponent and no zeros at the end of the fraction."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1), context=_WIDE)
    return value.normalize(_WIDE)


def canonical(value: Decimal) -> str:
    """The one text under which a value is stored: `1194.6`, `0`, `-0.05`; never an exponent."""
    plain = _plain(value)
    return "0" if plain == 0 else f"{plain:f}"


@lru_cache(maxsize=50_000)
def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """Rounded as the field does, never `-0.00`."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    return rounded if rounded else rounded.copy_abs()


def show(value: Decimal | None, places: int = 2) -> str:
    """A value for the eye: fixed digits after the point, thousands not separated (as the forms have it)."""
    return "" if value is None else f"{round_half_up(value, places):f}"


@lru_cache(maxsize=50_000)
def show_short(value: Decimal | None, places: int = 2) -> str:
    """Like `show`, without needless zeros: `100`, `9.5`."""
    return "" if value is None else canonical(round_half_up(value, places))


def show_percent(ratio: Decimal | None, places: int = 2) -> str:
    """0.9592 -> `95.92%`; an undefined ratio is `—`."""
    return UNDEFINED if ratio is None else f"{show(ratio * HUNDRED, places)}%"


def decimals_of(value: Decimal) -> int:
    """Digits after the point that a canonical value shows."""
    exponent = _plain(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def half_unit(decimals: int) -> Decimal:
    """Half a unit of the last digit shown: 0.05 for one decimal."""
    return Decimal("0.5").scaleb(-decimals)


def sum_tolerance(terms: Iterable[Decimal], total: Decimal) -> Decimal:
    """How far a sum of rounded terms may honestly lie from its rounded total (尾差: docs/domain.md 1.7).

    A term without a fraction counts with the finest digits any term shows: `83` among `74.99` is 83.00.
    Where nothing shows a fraction (people, items) the sum is exact; zero is exact always.
    """
    given = [term for term in terms if term]
    finest = max((decimals_of(term) for term in given), default=0)
    if finest == 0 and decimals_of(total) == 0:
        return Decimal(0)
    tolerance = half_unit(decimals_of(total))
    for term in given:
        tolerance += half_unit(decimals_of(term) or max(finest, 1))
    return tolerance
