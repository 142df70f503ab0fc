"""Which figure of the budget a label means, and of which stage: 年初预算, 全年预算, 决算."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.text.mentions import PERCENT, Quantity

INITIAL, ADJUSTED, FINAL = "年初预算", "全年预算", "决算"

_METRICS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        # `公车购置费`; `公务用车购置及运行维护费` is the sum of both and goes with the running costs.
        ("公务用车购置", r"(?:公务用车|公车)购置(?!.{0,6}(?:运行|维护))"),
        ("公务用车运行维护", r"(?:公务用车|公车)(?:购置(?:及|和|与))?运行|(?:公务用车|公车)维护"),
        # `公务接待费`, `接待费`; `招商接待活动` is something else.
        ("公务接待", r"公务接待|^接待费|接待费$"),
        # `因公出国（境）费`, `出国经费`.
        ("因公出国", r"因公出国|出国（境）|出国经费|^出国"),
        ("三公经费", r"三公"),
        ("政府采购", r"政府采购"),
        ("人员经费", r"人员(?:经费|支出)"),
        # `日常公用经费`, and `商品和服务支出` alone: behind a project's name that is only a part.
        ("公用经费", r"公用(?:经费|支出)|^商品和服务支出|日常公用"),
        ("基本支出", r"基本支出"),
        ("项目支出", r"项目(?:总|实际)?支出"),
        # `核定编制`, `编制人数`, `编制数`.
        ("编制", r"编制(?:总)?(?:数|人数)?$|^编制|核定编制|总编制"),
        ("在职人员", r"在职|在编在岗|实有在编"),
        # A bare 支出 or 收入 is the total only where it begins the label (`支出300万元`) or stands behind a word
        # of time or kind (`本年支出`): elsewhere it ends another name, as in `教育支出`.
        (
            "总支出",
            r"总支出|支出总(?:额|计|数)|支出合计|(?:整体|年度|全年|本年|财政拨款|决算|发生|实际)支出$|^支出|支出决算(?:数)?$",
        ),
        ("总收入", r"总收入|收入总(?:额|计|数)|收入合计|(?:年度|全年|本年|决算)收入$|^收入|收入决算(?:数)?$"),
    )
)
"""Figure -> the words that name it, in the order they are tried: the narrower before the wider."""
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


class Figure(NamedTuple):
    """A quantity that stands for a known figure."""

    metric: str
    stage: str
    year: int | None
    quantity: Quantity


def metric_of(label: str) -> str:
    """The figure a label names; '' for one that is not of the common ones."""
    return next((name for name, pattern in _METRICS if pattern.search(label)), "")


def stage_of(label: str) -> str:
    """The stage a label names; '' where it does not say."""
    if _ADJUSTED.search(label):
        return ADJUSTED
    if "预算" in label and not _FINAL_BESIDE_BUDGET.search(label):
        return INITIAL
    return FINAL if _FINAL.search(label) else ""


def is_change(quantity: Quantity) -> bool:
    """`比上年减少了61.45万元`: a difference, not a figure of its own."""
    return bool(_CHANGE.search(quantity.label)) or (
        bool(_COMPARED.search(quantity.label)) and bool(_WORD_OF_CHANGE.search(quantity.label))
    )


def is_share(quantity: Quantity) -> bool:
    return quantity.unit == PERCENT and "占" in quantity.label


def figures(quantities: Iterable[Quantity]) -> list[Figure]:
    """Every amount that names a known figure, each value once; differences and shares are none."""
    distinct: dict[tuple[str, str, int | None, Decimal, str], Figure] = {}
    for quantity in quantities:
        metric = metric_of(quantity.label)
        if metric and quantity.unit != PERCENT and not is_change(quantity) and not quantity.approximate:
            figure = Figure(metric, stage_of(quantity.label), quantity.year, quantity)
            distinct.setdefault((*figure[:3], quantity.value, quantity.unit), figure)
    return list(distinct.values())
