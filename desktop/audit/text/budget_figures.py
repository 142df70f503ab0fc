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
        ("公务用车购置", r"(?:公务用车|公车)购置(?!.{0,6}(?:运行|维护))"),
        ("公务用车运行维护", r"(?:公务用车|公车)(?:购置(?:及|和|与))?运行|(?:公务用车|公车)维护"),
        ("公务接待", r"公务接待|^接待费|接待费$"),
        ("因公出国", r"因公出国|出国（境）|出国经费|^出国"),
        ("三公经费", r"三公"),
        ("政府采购", r"政府采购"),
        ("人员经费", r"人员(?:经费|支出)"),
        ("公用经费", r"公用(?:经费|支出)|^商品和服务支出|日常公用"),
        ("基本支出", r"基本支出"),
        ("项目支出", r"项目(?:总|实际)?支出"),
        ("编制", r"编制(?:总)?(?:数|人数)?$|^编制|核定编制|总编制"),
        ("在职人员", r"在职|在编在岗|实有在编"),
        (
            "总支出",
            r"总支出|支出总(?:额|计|数)|支出合计|(?:整体|年度|全年|本年|财政拨款|决算|发生|实际)支出$|^支出|支出决算(?:数)?$",
        ),
        ("总收入", r"总收入|收入总(?:额|计|数)|收入合计|(?:年度|全年|本年|决算)收入$|^收入|收入决算(?:数)?$"),
    )
)
_INITIAL = re.compile(r"年初(?:批复)?预算|年初(?:安排|批复)|预算(?:安排|批复)|批复预算|预算总(?:额|数)?")
_ADJUSTED = re.compile(r"调整后|调整预算|全年预算|预算调整")
_FINAL = re.compile(r"决算|实际|执行|完成|支付|支出(?!.{0,4}预算)|开支|发生|使用")
_CHANGE = re.compile(
    r"(?:增加|减少|增长|下降|降低|上升|压减|节约|节余|减|增|多支|少支|超支|追加|调增|调减)(?:了|额|幅|率|为)?$|差额$|差$"
)
_COMPARED = re.compile(r"(?:比|较|同比|相比|与.{0,8}相比)")


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
    final, initial = _FINAL.search(label), "预算" in label
    if initial and not re.search(r"决算|实际|完成|执行", label):
        return INITIAL
    return FINAL if final else ""


def is_change(quantity: Quantity) -> bool:
    """`比上年减少了61.45万元`: a difference, not a figure of its own."""
    return bool(_CHANGE.search(quantity.label)) or (
        bool(_COMPARED.search(quantity.label)) and bool(re.search(r"[增减降升多少]", quantity.label))
    )


def is_share(quantity: Quantity) -> bool:
    return quantity.unit == PERCENT and "占" in quantity.label


def figures(quantities: Iterable[Quantity]) -> list[Figure]:
    """Every amount that names a known figure, each value once; differences and shares are none."""
    found: dict[tuple[str, str, int | None, Decimal, str], Figure] = {}
    for quantity in quantities:
        metric = metric_of(quantity.label)
        if metric and quantity.unit != PERCENT and not is_change(quantity) and not quantity.approximate:
            figure = Figure(metric, stage_of(quantity.label), quantity.year, quantity)
            found.setdefault((*figure[:3], quantity.value, quantity.unit), figure)
    return list(found.values())
