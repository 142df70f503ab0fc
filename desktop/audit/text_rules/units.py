"""R15: units of money: 元 among 万元, a bare 万, no unit at all, amounts moved by decimal places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.measures import measure_of
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_MONEY_LABEL = re.compile(
    r"(?:费|费用|经费|支出|收入|资金|拨款|预算数?|决算数?|执行数|总额|结转|结余|专项|补助|投入|采购金?额?)(?:合计|共计|总计|为|共|约|达|了|安排|使用)*$"
)
"""`公务接待费`, `项目支出共`: what ends so is an amount of money, whatever unit stands behind."""
_RATE_OF_PAY = re.compile(r"每|人均|亩均|户均|均|单价|标准|单批|/|成本|低于|高于|不超过|元以[上下]")
"""`每亩补助180元`, `单价2600元`, `不超过500元`: such amounts are told in 元 in any report."""
_LEAST = Decimal(1000)
"""元. Below this an expense is usually told in 元 beside others in 万元 (`退款56.5元`), and no slip."""
_ABSURD = Decimal(1_000_000)
"""万元: ten billion yuan; the budget of a county, not of a unit."""
_ABSURD_SMALL = Decimal(5000)
"""万元, for what a unit spends least on (`公务接待费91423万元` was 元)."""
_BEYOND = 50
"""Times: no item of a unit is so many times as large as all its other amounts."""
_ECONOMY = re.compile(r"旅游|产值|生产总值|投资|销售|税收|营业|营收|贸易|进出口|存款|贷款|消费|引资|增加值")
"""`实现旅游收入19.62亿元`: of the whole county, not of the unit."""
_SMALLER = {"万元": "元", "亿元": "万元"}
_SMALL = re.compile(r"公务接待|因公出国|公务用车|公车|三公|会议费|培训费|差旅费|办公费")


@check("R15", "金额单位")
def units(reading: Reading) -> Iterator[Finding]:
    """Hints: expenses in 元 and in 万元 in one report, a bare 万, an amount without a unit.

    To be checked: one label with the same digits moved by decimal places, amounts no county has.
    Silent on prices, standards and costs per head or piece, on 0 and on amounts under 1,000 元.
    """
    money = [q for q in reading.quantities if q.money is not None]
    yield from _mixed(reading, money)
    yield from _bare(reading, money)
    yield from _without(reading)
    yield from _moved(reading, money)
    yield from _absurd(reading, money)
    yield from _too_small(reading, money)


def _absurd(reading: Reading, money: list[Quantity]) -> Iterator[Finding]:
    """More than a county has is asked about; many times the largest other amount of the report is 元 told as 万元."""
    largest = sorted(q.money for q in money if q.money is not None and not q.approximate)[-2:]
    for quantity in money:
        assert quantity.money is not None
        others = largest[0] if len(largest) == 2 and quantity.money == largest[1] else Decimal(0)
        limit = _ABSURD_SMALL if _SMALL.search(quantity.label) else _ABSURD
        shown = reading.text.flat[quantity.start : quantity.end]
        beyond = others >= 1 and quantity.money > _BEYOND * others and quantity.unit in _SMALLER
        if beyond and not _ECONOMY.search(quantity.label):
            right = shown.removesuffix(quantity.unit) + _SMALLER[quantity.unit]
            message = f"{shown}是文中其他金额的{int(quantity.money / others)}倍以上，单位应为“{_SMALLER[quantity.unit]}”"
            yield reading.finding("R15", ERROR, message, quantity.place, expected=right)
        elif quantity.money > limit and "亿" not in quantity.unit:  # 亿元: a whole city's, told so on purpose
            message = "金额大得不合常理，请核对单位是“元”还是“万元”"
            yield reading.finding("R15", CHECK, message, quantity.place)


def _too_small(reading: Reading, money: list[Quantity]) -> Iterator[Finding]:
    """`接待费1.58元` where the same fee is 1.58万元 elsewhere."""
    told = {(measure_of(q.label), q.value) for q in money if q.unit == "万元"}
    for quantity in money:
        cents = quantity.unit == "元" and quantity.decimals >= 2 and quantity.value < _LEAST
        if (
            cents
            and quantity.value
            and quantity.label
            and (measure_of(quantity.label), quantity.value) in told
        ):
            shown = reading.text.flat[quantity.start : quantity.end]
            message = f"“{quantity.label}”{shown}在别处是万元，单位写错了"
            yield reading.finding(
                "R15", ERROR, message, quantity.place, expected=f"{shown.removesuffix('元')}万元"
            )


def _mixed(reading: Reading, money: list[Quantity]) -> Iterator[Finding]:
    expenses = [
        q for q in money if _MONEY_LABEL.search(q.label) and not _RATE_OF_PAY.search(_around(reading, q))
    ]
    in_yuan = [q for q in expenses if q.unit == "元" and q.value >= _LEAST]
    in_wan = [q for q in expenses if q.unit in ("万元", "万") and q.value]
    if not in_yuan or not in_wan:
        return
    few = min(in_yuan, in_wan, key=len)
    unit, other = ("元", "万元") if few is in_yuan else ("万元", "元")
    message = f"同一报告中金额单位不统一：多数用“{other}”，这里用“{unit}”，请统一"
    yield reading.finding("R15", HINT, message, *(q.place for q in few[:4]), all_wrong=True)


def _around(reading: Reading, quantity: Quantity) -> str:
    flat = reading.text.flat
    return flat[max(0, quantity.label_start - 1) : quantity.end + 6]


def _bare(reading: Reading, money: list[Quantity]) -> Iterator[Finding]:
    for quantity in money:
        if quantity.unit in ("万", "亿") and _MONEY_LABEL.search(quantity.label):
            shown = reading.text.flat[quantity.start : quantity.end]
            message = f"“{shown}”缺少“元”字，应写作“{shown}元”"
            yield reading.finding("R15", HINT, message, quantity.place, expected=f"{shown}元")


def _without(reading: Reading) -> Iterator[Finding]:
    flat = reading.text.flat
    for quantity in reading.quantities:
        if quantity.unit or not _MONEY_LABEL.search(quantity.label) or quantity.value < 1:
            continue
        if flat[quantity.end : quantity.end + 1] in ("，", "。", "；", "）", "、"):
            shown = flat[quantity.start : quantity.end]
            message = f"“{quantity.label[-12:]}{shown}”没有写金额单位"
            yield reading.finding("R15", HINT, message, quantity.place)


def _moved(reading: Reading, money: list[Quantity]) -> Iterator[Finding]:
    """The same label and year with the same digits, but the point moved: 177.82万元 and 1778.2万元."""
    first: dict[tuple[str, int | None, str], Quantity] = {}
    for quantity in money:
        digits = "".join(map(str, (quantity.money or Decimal(0)).normalize().as_tuple().digits))
        if len(digits) < 3 or not _MONEY_LABEL.search(quantity.label):
            continue
        known = first.setdefault((quantity.label, quantity.year, digits), quantity)
        if known.money != quantity.money:
            message = f"“{quantity.label[-16:]}”两处数字相同而相差若干位小数，请核对单位和小数点"
            yield reading.finding("R15", CHECK, message, known.place, quantity.place)
