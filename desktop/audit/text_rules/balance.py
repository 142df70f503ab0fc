"""R5: 年初结转 + 本年收入 − 本年支出 = 年末结转, and nothing left over where less was spent than there was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.rules import check
from desktop.audit.text.budget_figures import ADJUSTED, FINAL, is_change
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.domain.numbers import half_unit, show_short

_OPENING = re.compile(r"(?:年初|上年|期初)(?:末)?(?:财政拨款)?结转|(?:年初|上年)结余")
"""`年初结转和结余`, `上年结余`."""
_CLOSING = re.compile(r"(?:年末|期末|年终|结转下年|本年末)(?:财政拨款)?(?:结转|结余|的)?|^结转结余|^结余结转")
"""`年末结转和结余`, `结转下年`."""
_INCOME = re.compile(
    r"^(?:财政拨款|实际|总|决算)*收入(?:合计|总计|总额|决算|决算数)?$|(?:全年|年度|总|决算)收入$|收入决算(?:数)?$"
)
"""`全年收入`, `收入总计`: the whole, told without another name."""
_SPENDING = re.compile(
    r"^(?:财政拨款|实际|总|决算)*支出(?:合计|总计|总额|决算|决算数)?$|(?:全年|年度|总|决算)支出$|支出决算(?:数)?$"
)
"""`支出合计`, `支出决算数`: likewise."""


@check("R5", "收支结余不平衡")
def balance(reading: Reading) -> Iterator[Finding]:
    """The four figures of one paragraph, each named once; silent if one of them is missing or named twice."""
    for quantities in _by_paragraph(reading).values():
        parts = [_only(quantities, pattern) for pattern in (_OPENING, _INCOME, _SPENDING, _CLOSING)]
        opening, income, spending, closing = parts
        if opening is None or income is None or spending is None or closing is None:
            continue
        money = [q.money or Decimal(0) for q in (opening, income, spending, closing)]
        right = money[0] + money[1] - money[2]
        slack = sum(
            (half_unit(max(q.money_decimals, 2)) for q in (opening, income, spending, closing)), Decimal(0)
        )
        if abs(right - money[3]) <= slack:
            continue
        message = (
            f"年初结转{show_short(money[0], 4)}＋收入{show_short(money[1], 4)}－支出{show_short(money[2], 4)}"
            f"＝{show_short(right, 4)}万元，文中年末结转为{show_short(money[3], 4)}万元"
        )
        places = [(q.label_start, q.end) for q in (closing, opening, income, spending)]
        yield reading.finding("R5", ERROR, message, *places, expected=f"{show_short(right, 4)}万元")


@check("R5b", "有预算未执行完而结转结余为0")
def nothing_left(reading: Reading) -> Iterator[Finding]:
    """结转结余为0 although the executed amount is below the adjusted budget by more than rounding."""
    zero = next((q for q in reading.quantities if _CLOSING.search(q.label) and q.money == 0), None)
    if zero is None:
        return
    budget = next((f.quantity for f in reading.figures_of("总支出", (ADJUSTED,))), None)
    spent = next((f.quantity for f in reading.figures_of("总支出", (FINAL,))), None)
    if budget is None or spent is None or budget.money is None or spent.money is None:
        return
    if budget.money - spent.money > half_unit(2) * 2:
        left = show_short(budget.money - spent.money, 4)
        places = [(q.label_start, q.end) for q in (zero, budget, spent)]
        yield reading.finding(
            "R5b", CHECK, f"预算比支出多{left}万元，而文中结转结余为0，请说明资金去向", *places
        )


_ADDED = re.compile(r"(?:年中|本年|中途)?(?:追加|调增|净增)")
"""`年中追加`."""
_ADJUSTED = re.compile(r"调整后?(?:的)?(?:部门)?预算|调整预算|全年预算")
"""`调整后预算`, `全年预算`."""
_INITIAL = re.compile(r"年初(?:部门|批复|安排)?(?:的)?预算")
"""`年初预算`."""


@check("R5c", "年初预算加追加不等于调整后预算")
def adjusted(reading: Reading) -> Iterator[Finding]:
    """年初预算 + 追加 = 调整后预算, where one sentence names each of the three once."""
    for quantities in reading.by_sentence.values():
        parts = [_one(quantities, pattern) for pattern in (_INITIAL, _ADDED, _ADJUSTED)]
        initial, added, after = parts
        if initial is None or added is None or after is None or "减" in added.label:
            continue
        money = [q.money or Decimal(0) for q in (initial, added, after)]
        slack = sum((half_unit(max(q.money_decimals, 2)) for q in (initial, added, after)), Decimal(0))
        if abs(money[0] + money[1] - money[2]) <= slack:
            continue
        right = show_short(money[0] + money[1], 4)
        sum_ = f"年初预算{show_short(money[0], 4)}＋追加{show_short(money[1], 4)}＝{right}万元"
        message = f"{sum_}，文中调整后预算为{show_short(money[2], 4)}万元"
        places = [(q.label_start, q.end) for q in (after, initial, added)]
        yield reading.finding("R5c", ERROR, message, *places, expected=f"{right}万元")


def _one(quantities: list[Quantity], pattern: re.Pattern[str]) -> Quantity | None:
    named = [q for q in quantities if q.money is not None and pattern.search(q.label)]
    return named[0] if len(named) == 1 else None


def _by_paragraph(reading: Reading) -> dict[int, list[Quantity]]:
    grouped: dict[int, list[Quantity]] = {}
    for quantity in reading.quantities:
        grouped.setdefault(reading.text.sentences[quantity.sentence].paragraph, []).append(quantity)
    return grouped


def _only(quantities: list[Quantity], pattern: re.Pattern[str]) -> Quantity | None:
    named = [q for q in quantities if q.money is not None and pattern.search(q.label) and not is_change(q)]
    return named[0] if len({q.money for q in named}) == 1 else None
