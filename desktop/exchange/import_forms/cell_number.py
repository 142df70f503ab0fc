"""One cell of a form read as a number: what stands there, in the program's units, or why it can't be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop.domain.numbers import HUNDRED, Amount, canonical, decimals_of, parse_amount, parse_money
from desktop.exchange.read_sheet.grid import Cell

_EMPTY_WORDS = frozenset(
    ("", "-", "--", "—", "——", "–", "－", "/", "\\", "／", "无", "不适用", "不涉及", "未发生", "*", "……", "…")
)
"""What clerks write into a cell of a number that has none; `0` is a number."""
UNCACHED = "公式没有保存计算结果，请在Excel中打开后保存一次"
_DIVISION_BY_ZERO = "#DIV/0!"
"""A rate on a base of nothing is undefined (docs/domain.md 1.2), so the cell is as good as empty."""
_LARGEST_RATIO = 3
"""Rates are typed as `0.95` or as `95`: up to three times the base a bare number is a ratio, above it percent."""
_REMARKED = re.compile(r"(?:追加|调增)?\s*([^()（）]*\d[^()（）]*?)\s*(?:[(（][^()（）]*[)）])?", re.DOTALL)
"""`24.33（下降16.3%）`, `62（行政28、事业34）`, `追加26.9`: a number with a remark. `(12)` is minus twelve."""
_UNITS = {
    "people": ("", "人", "名", "个", "人次"),
    "area": ("", "m2", "m²", "㎡", "平方米", "平米", "平方"),
    "number": ("", "分", "%", "个"),
    "percent": ("", "%", "％"),
}
"""Units that may stand behind the number in a cell of each kind; any other unit means another quantity."""


@dataclass(frozen=True, slots=True)
class CellNumber:
    """`value` in the program's unit (money 万元, percents as ratios); None where none can be read.

    `shown` is the value as it would be stored; `decimals` are the digits after the point that the cell
    shows (None: as many as it has); `problem` says why it can't be read. All empty: the cell holds none.
    """

    value: Decimal | None = None
    shown: str = ""
    problem: str = ""
    decimals: int | None = None
    remark: str = ""
    """What stood there besides the number, to be looked at."""


NO_NUMBER = CellNumber()


def read_number(cell: Cell | None, kind: str, unit: str = "万元") -> CellNumber:
    """A cell of a numeric column; money without a unit of its own is in `unit`."""
    if cell is None:
        return NO_NUMBER
    if cell.uncached:
        return CellNumber(problem=UNCACHED)
    if isinstance(cell.value, Decimal):
        return _number(cell.value, kind, unit, cell.percent)
    if isinstance(cell.value, str):
        return _text(cell.value, kind, unit)
    if isinstance(cell.value, date):
        return CellNumber(problem=f"“{cell.text}”是日期，不是数字")
    return NO_NUMBER if cell.value is None else CellNumber(problem=f"“{cell.text}”不是数字")


def _number(value: Decimal, kind: str, unit: str, percent: bool) -> CellNumber:
    if kind == "percent":
        is_ratio = percent or abs(value) <= _LARGEST_RATIO
        ratio = value if is_ratio else value / HUNDRED
        decimals = None if is_ratio else decimals_of(value)
        return CellNumber(ratio, f"{canonical(ratio * HUNDRED)}%", decimals=decimals)
    if kind == "money":
        money = parse_money(f"{value:f}", unit or "万元")
        return NO_NUMBER if money is None else CellNumber(money, canonical(money))
    value = value * HUNDRED if percent else value
    return CellNumber(value, canonical(value))


def _text(text: str, kind: str, unit: str) -> CellNumber:
    words = text.strip()
    if words in _EMPTY_WORDS or (words == _DIVISION_BY_ZERO and kind == "percent"):
        return NO_NUMBER
    if words.startswith("#"):
        return CellNumber(problem=f"单元格是错误值{words}")
    # A narrow column broke the number over two lines: "95.\n10%" (docs/domain.md 6.4).
    amount = parse_amount(words) or (parse_amount(re.sub(r"\s+", "", words)) if "\n" in words else None)
    number = None if amount is None else _amount(amount, kind, unit)
    shown = " ".join(words.split())
    remarked = _REMARKED.fullmatch(words) if amount is None else None
    if remarked is not None and (amount := parse_amount(remarked[1])) is not None:
        number = _amount(amount, kind, unit)
        number = replace(number, remark=f"由“{shown[:30]}”读入，请核对") if number is not None else None
    return number or CellNumber(problem=f"“{shown[:30]}”不是数字")


def _amount(amount: Amount, kind: str, unit: str) -> CellNumber | None:
    if kind == "money":
        money = parse_money(f"{amount.value:f}{amount.unit}", unit or "万元")
        return None if money is None else CellNumber(money, canonical(money))
    if amount.unit not in _UNITS.get(kind, ("",)):
        return None
    if kind == "percent":
        is_ratio = amount.unit == "" and abs(amount.value) <= _LARGEST_RATIO
        ratio = amount.value if is_ratio else amount.value / HUNDRED
        decimals = None if is_ratio else amount.decimals
        return CellNumber(ratio, f"{canonical(ratio * HUNDRED)}%", decimals=decimals)
    return CellNumber(amount.value, canonical(amount.value))
