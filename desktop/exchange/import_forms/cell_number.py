"""One cell of a form read as a number: what stands there, in the program's units, or why it can't be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.numbers import HUNDRED, Amount, canonical, decimals_of, parse_amount, parse_money
from desktop.exchange.read_sheet.grid import Cell

EMPTY_WORDS = frozenset(
    ("", "-", "--", "—", "——", "–", "－", "/", "\\", "／", "无", "不适用", "*", "……", "…")
)
UNCACHED = "公式没有保存计算结果，请在Excel中打开后保存一次"
_DIVIDED_BY_NOTHING = "#DIV/0!"
_UNITS = {
    "people": ("", "人", "名", "个", "人次"),
    "area": ("", "m2", "m²", "㎡", "平方米", "平米", "平方"),
    "number": ("", "分", "%", "个"),
    "percent": ("", "%", "％"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` in the program's unit (money 万元, percents as ratios); None where none can be read.

    `shown` is the value as it would be stored; `decimals` are the digits after the point that the cell
    shows (None: as many as it has); `problem` says why it can't be read.
    """

    value: Decimal | None = None
    shown: str = ""
    problem: str = ""
    decimals: int | None = None

    @property
    def empty(self) -> bool:
        return self.value is None and not self.problem


NOTHING = Reading()


def read_number(cell: Cell | None, kind: str, unit: str = "万元") -> Reading:
    """A cell of a numeric column; money without a unit of its own is in `unit`."""
    if cell is None:
        return NOTHING
    if cell.uncached:
        return Reading(problem=UNCACHED)
    if isinstance(cell.value, Decimal):
        return _number(cell.value, kind, unit, cell.percent)
    if isinstance(cell.value, str):
        return _text(cell.value, kind, unit)
    if isinstance(cell.value, date):
        return Reading(problem=f"“{cell.text}”是日期，不是数字")
    return NOTHING if cell.value is None else Reading(problem=f"“{cell.text}”不是数字")


def _number(value: Decimal, kind: str, unit: str, percent: bool) -> Reading:
    if kind == "percent":
        ratio = value if percent or abs(value) <= 3 else value / HUNDRED
        return Reading(
            ratio,
            f"{canonical(ratio * HUNDRED)}%",
            decimals=None if percent or abs(value) <= 3 else decimals_of(value),
        )
    if kind == "money":
        money = parse_money(f"{value:f}", unit or "万元")
        return NOTHING if money is None else Reading(money, canonical(money))
    value = value * HUNDRED if percent else value
    return Reading(value, canonical(value))


def _text(text: str, kind: str, unit: str) -> Reading:
    said = text.strip()
    if said in EMPTY_WORDS:
        return NOTHING
    if said == _DIVIDED_BY_NOTHING:
        return NOTHING if kind == "percent" else Reading(problem=f"单元格是错误值{said}")
    if said.startswith("#"):
        return Reading(problem=f"单元格是错误值{said}")
    amount = parse_amount(said) or (parse_amount(re.sub(r"\s+", "", said)) if "\n" in said else None)
    read = None if amount is None else _amount(amount, kind, unit)
    shown = " ".join(said.split())
    return read or Reading(problem=f"“{shown[:30]}”不是数字")


def _amount(amount: Amount, kind: str, unit: str) -> Reading | None:
    if kind == "money":
        money = parse_money(f"{amount.value:f}{amount.unit}", unit or "万元")
        return None if money is None else Reading(money, canonical(money))
    if amount.unit not in _UNITS.get(kind, ("",)):
        return None
    if kind == "percent":
        whole = amount.unit != "" or abs(amount.value) > 3
        ratio = amount.value / HUNDRED if whole else amount.value
        return Reading(ratio, f"{canonical(ratio * HUNDRED)}%", decimals=amount.decimals if whole else None)
    return Reading(amount.value, canonical(amount.value))
