"""Which figure of the budget a label means, and of which stage: 年初预算, 全年预算, 决算."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from desktop.audit.text.measures import measure_of
from desktop.audit.text.mentions import PERCENT, Quantity

INITIAL, ADJUSTED, FINAL = "年初预算", "全年预算", "决算"

_HEADCOUNTS = {
    # `核定编制`, `编制人数`, `编制数`.
    "编制": re.compile(r"编制(?:总)?(?:数|人数)?$|^编制|核定编制|总编制"),
    "在职人员": re.compile(r"在职|在编在岗|实有在编"),
}
"""Figure -> the words that name it, in the order they are tried."""
_OF_MONEY = re.compile(
    r"(?:公务用车|公车)(?:购置(?!.{0,6}(?:运行|维护))|(?:购置(?:及|和|与))?运行|维护)"
    r"|公务接待|^接待费|接待费$|因公出国|出国（境）|出国经费|^出国|三公|政府采购|人员(?:经费|支出)"
    r"|公用(?:经费|支出)|^商品和服务支出|日常公用|基本支出|项目(?:总|实际)?支出"
)
"""`在职人员经费`: a figure of the budget."""
_ADJUSTED = re.compile(r"调整后|调整预算|全年预算|预算调整")
"""`调整后预算数`: the budget that 执行率 is reckoned on (docs/domain.md 1.2)."""
_FINAL = re.compile(r"决算|实际|执行|完成|支付|支出(?!.{0,4}预算)|开支|发生|使用")
"""`基本支出决算数`, `实际支出`; `支出预算` is a budget although it says 支出."""
_FINAL_BESIDE_BUDGET = re.compile(r"决算|实际|完成|执行")
"""`完成预算`: 预算 is only what the figure is compared with. 支出 and 使用 stand with budgets too."""
_CHANGE = re.compile(
    r"(?:增加|减少|增长|下降|降低|上升|压减|节约|节余|减|增|多支|少支|多出|高出|少出|超出|超支|追加|调增|调减)(?:了|额|幅|率|为)?$|差额$|差$"
)
"""`比年初预算增加`, `节约额`, `少支`: the label ends in a word of change."""
_COMPARED = re.compile(r"(?:比|较|同比|相比|与.{0,8}相比)")
_WORD_OF_CHANGE = re.compile(r"[增减降升多少]")
"""`比上年减少的三公经费`: compared, and the change is not the last word."""


def stage_of(label: str) -> str:
    """The stage a label names; '' where it does not say."""
    if _ADJUSTED.search(label):
        return ADJUSTED
    if "预算" in label and not _FINAL_BESIDE_BUDGET.search(label):
        return INITIAL
    return FINAL if _FINAL.search(label) else ""


def is_change(quantity: Quantity) -> bool:
    """`比上年减少了61.45万元`: a difference, not a figure of its own."""
    return _tells_change(quantity.label)


@lru_cache(maxsize=4096)
def _tells_change(label: str) -> bool:
    return bool(_CHANGE.search(label)) or bool(_COMPARED.search(label) and _WORD_OF_CHANGE.search(label))


def is_share(quantity: Quantity) -> bool:
    return quantity.unit == PERCENT and "占" in quantity.label


def headcounts(quantities: Iterable[Quantity]) -> dict[str, list[Quantity]]:
    """`编制`, `在职人员` -> their numbers, each once of a year and stage; differences and shares are none."""
    found: dict[str, dict[tuple[object, ...], Quantity]] = {noun: {} for noun in _HEADCOUNTS}
    for quantity in quantities:
        label = quantity.label
        noun = next(
            (noun for noun, pattern in _HEADCOUNTS.items() if pattern.search(label)), measure_of(label)
        )
        if noun not in found or _OF_MONEY.search(label) or is_change(quantity):
            continue
        if quantity.unit != PERCENT and not quantity.approximate:
            key = (stage_of(label), quantity.year, quantity.value, quantity.unit)
            found[noun].setdefault(key, quantity)
    return {noun: list(distinct.values()) for noun, distinct in found.items()}
