"""R54: figures that cannot be larger than another because they are a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.budget_figures import is_change
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import LEVEL
from desktop.audit.text_audit import check
from desktop.domain.numbers import half_unit, show_short

_PARTS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    # Whole, its parts, their name: economic classes that are booked under one functional class; not under its last
    # item, `其他卫生健康支出`.
    (r"(?<!其他)住房保障(?:（类）)?支出$", (r"住房公积金(?:缴费)?(?:支出)?$",), "住房公积金"),
    (
        r"(?<!其他)社会保障和就业(?:（类）)?支出$",
        (r"(?:基本)?养老保险(?:缴费|费)?(?:支出)?$", r"职业年金(?:缴费)?(?:支出)?$"),
        "养老保险和职业年金缴费",
    ),
    (
        r"(?<!其他)卫生健康(?:（类）)?支出$",
        (r"(?:职工)?基本医疗保险(?:缴费|费)?(?:支出)?$", r"公务员医疗补助(?:缴费)?(?:支出)?$"),
        "医疗保险缴费",
    ),
    (r"三公经费(?:支出|决算|决算数|支出决算)?$", (r"^公务接待(?:费|费用)?(?:支出|决算)*$",), "公务接待费"),
    (
        r"三公经费(?:支出|决算|决算数|支出决算)?$",
        (r"^(?:公务用车|公车)购置(?:费|费用)?(?:支出)?$",),
        "公务用车购置费",
    ),
    # `授予中小企业合同金额40万元，其中授予小微企业12万元`
    (
        r"中小(?:微)?企业(?:的)?(?:合同)?(?:金额|额)?$",
        (r"小微企业(?:的)?(?:合同)?(?:金额|额)?$",),
        "小微企业合同额",
    ),
    (
        r"(?:政府采购(?:支出|金额|决算|实际)*(?:总额|合计|金额|支出|总计)|^采购(?:金额|支出|总额|规模)?)$",
        (r"中小(?:微)?企业(?:的)?(?:合同)?(?:金额|额)?$",),
        "中小企业合同额",
    ),
    (
        r"(?:政府采购(?:支出|金额|决算|实际)*(?:总额|合计|金额|支出|总计)|^采购(?:金额|支出|总额|规模)?)$",
        (r"小微企业(?:的)?(?:合同)?(?:金额|额)?$",),
        "小微企业合同额",
    ),
)
_BOUNDS = tuple((re.compile(whole), tuple(map(re.compile, parts)), name) for whole, parts, name in _PARTS)
_OF_THESE = re.compile(r"合格|通过|办结|整改|销号|满意|回收|结业|达标|阳性")
_ALL_OF = re.compile(r"实训|参训|培训|参加|受理|排查|发现|发放|抽检|送检|检测|调查|抽查|收回|回收")
"""`排查隐患120处，整改122处`: the later are of the earlier."""
_NEAR = 2
"""Sentences between a part and its whole that tell one story."""
_ELSEWHERE = re.compile(r"上年|去年|预算数|年初|计划|预留|[比较]")
"""A planned amount, or last year's: of another stage than what it is held against."""


@check("R54", "部分大于整体")
def bounds(reading: Reading) -> Iterator[Finding]:
    """住房公积金 over 住房保障支出, 小微企业 over 中小企业 and the like are to be checked.

    Silent where the whole or a part is told with two values, or not at all.
    """
    money = [q for q in reading.quantities if q.money and not is_change(q) and _is_now(reading, q)]
    for whole_words, parts_words, name in _BOUNDS:
        whole = _only(money, whole_words)
        parts = [q for q in (_only(money, words) for words in parts_words) if q is not None]
        if whole is None or not parts:
            continue
        total = sum((q.money or Decimal(0) for q in parts), Decimal(0))
        slack = half_unit(min(q.money_decimals for q in (whole, *parts))) * (len(parts) + 1)
        if total > (whole.money or Decimal(0)) + slack:
            message = f"{name}{show_short(total, 4)}万元大于{whole.label}{show_short(whole.money, 4)}万元"
            places = [(q.label_start, q.end) for q in (*parts, whole)]
            together = abs(parts[0].sentence - whole.sentence) <= _NEAR
            yield reading.finding("R54", ERROR if together else CHECK, message, *places)
    yield from _more_than_there_were(reading)


def _more_than_there_were(reading: Reading) -> Iterator[Finding]:
    """`实训271人次，培训合格273人`: more passed than took part."""
    for told in reading.entries_by_paragraph.values():
        for first, then in pairwise(told):
            if first.role != LEVEL or then.role != LEVEL or first.quantity.money or then.quantity.money:
                continue
            alike = first.kind.removesuffix("次") == then.kind.removesuffix("次") and first.amount
            near = then.quantity.sentence - first.quantity.sentence <= 1
            if not (alike and near and then.amount > first.amount and _OF_THESE.search(then.words)):
                continue
            if _ALL_OF.search(first.words) and then.amount <= first.amount * 2:
                message = f"{then.quantity.label}{then.shown}，多于{first.quantity.label}{first.shown}"
                yield reading.finding("R54", ERROR, message, then.place, first.place)


def _is_now(reading: Reading, quantity: Quantity) -> bool:
    this_year = quantity.year is None or reading.year is None or quantity.year == reading.year
    words = reading.text.flat[quantity.label_start : quantity.start]
    return this_year and not _ELSEWHERE.search(words)


def _only(money: list[Quantity], words: re.Pattern[str]) -> Quantity | None:
    named = {q.money: q for q in reversed(money) if words.search(q.label)}
    return next(iter(named.values())) if len(named) == 1 else None
