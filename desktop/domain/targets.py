"""年度指标值 and 实际完成值 as people write them: operator, number and unit taken apart."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.numbers import canonical, clean, parse_amount

OPERATORS = ("≥", "≤", "=", ">", "<", "介于")
BETWEEN = "介于"

_SIGNS = str.maketrans({"≧": "≥", "≦": "≤", "＝": "=", "⩾": "≥", "⩽": "≤", "﹥": ">", "﹤": "<"})
_WORDS = (
    ("大于等于", "≥"),
    ("大于或等于", "≥"),
    ("不低于", "≥"),
    ("不少于", "≥"),
    ("至少", "≥"),
    ("小于等于", "≤"),
    ("小于或等于", "≤"),
    ("不高于", "≤"),
    ("不超过", "≤"),
    ("不多于", "≤"),
    ("至多", "≤"),
    (">=", "≥"),
    ("=>", "≥"),
    ("<=", "≤"),
    ("=<", "≤"),
    ("大于", ">"),
    ("超过", ">"),
    ("小于", "<"),
    ("低于", "<"),
    ("等于", "="),
)
_SUFFIXES = (("及以上", "≥"), ("以上", "≥"), ("及以下", "≤"), ("以下", "≤"), ("以内", "≤"))
_LEADING = re.compile(r"^[≥≤=><\s]*")
_RANGE = re.compile(r"^(\d[\d.,]*)\s*(%?[^\d\s~～至—-]{0,6})\s*(?:~|～|至|—|-|–)\s*(\d[\d.,]*)\s*(\S{0,8})$")
_DATE = re.compile(r"^(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(?:(\d{1,2})\s*[日号]?|底|份|末|中旬|上旬|下旬)?\s*(?:之?前|以前|完成)?$")


@dataclass(frozen=True, slots=True)
class Target:
    """A target taken apart. `operator` '' where none was written; `number` None where it is words."""

    operator: str
    number: str
    unit: str
    repeated: bool = False
    """More than one operator stood there (`≤≤15轮`)."""

    @property
    def value(self) -> Decimal | None:
        amount = parse_amount(self.number)
        return amount.value if amount else None

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Lower and upper bound of a target `介于`."""
        low, _, high = self.number.partition("~")
        first, second = parse_amount(low), parse_amount(high)
        return (first.value, second.value) if self.operator == BETWEEN and first and second else None

    def written(self) -> str:
        """As the official form shows it in one cell: `≥95%`, `5~10天`."""
        return ("" if self.operator == BETWEEN else self.operator) + self.number + self.unit


def parse_target(text: str) -> Target:
    """`≥95%` -> (≥, 95, %); `不超过3起` -> (≤, 3, 起); words stay words in `number`. Never fails."""
    said = clean(text).translate(_SIGNS)
    operator, rest = "", said
    for word, sign in _WORDS:
        if rest.startswith(word):
            operator, rest = sign, rest[len(word) :]
            break
    signs = "".join((_LEADING.match(rest) or [""])[0].split())
    rest = rest[len((_LEADING.match(rest) or [""])[0]) :]
    repeated = len(signs) + bool(operator) > 1 and signs not in ("",)
    operator = operator or signs[:1]
    for word, sign in _SUFFIXES:
        if not operator and rest.endswith(word) and parse_amount(rest[: -len(word)]):
            operator, rest = sign, rest[: -len(word)]
    between = _RANGE.match(rest)
    if between and not operator:
        low, unit, high, last = between.groups()
        if parse_amount(low) and parse_amount(high):
            return Target(BETWEEN, f"{low}~{high}", last or unit)
    amount = parse_amount(rest)
    if amount is None or amount.approximate:
        return Target(operator, rest, "", repeated)
    return Target(operator, canonical(amount.value), amount.unit, repeated)


def parse_date(text: str, year: int) -> dt.date | None:
    """A day or a month's end: `2023-05-31`, `5月底前`, `12月份`; the year of the report where none is said."""
    match = _DATE.match(clean(text).replace("份", ""))
    if not match:
        return None
    said_year, month, day = match.groups()
    try:
        if day:
            return dt.date(int(said_year or year), int(month), int(day))
        first = dt.date(int(said_year or year), int(month), 1)
    except ValueError:
        return None
    return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
