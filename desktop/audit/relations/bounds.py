"""R54: figures that cannot be larger than another because they are a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.budget_figures import is_change
from desktop.audit.text.measures import ends_as
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import LEVEL
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED, half_unit, show_short
from desktop.ontology import ontology

_OF_THESE = re.compile(r"合格|通过|办结|整改|销号|满意|回收|结业|达标|阳性")
_ALL_OF = re.compile(r"实训|参训|培训|参加|受理|排查|发现|发放|抽检|送检|检测|调查|抽查|收回|回收")
"""`排查隐患120处，整改122处`: the later are of the earlier."""
_AT_MOST_ALL = re.compile(
    r"(?:满意度|(?:满意|合格|及格|出勤|入学|知晓|回收|办结|整改|达标|巩固|参保|覆盖)率|占比)(?:为|达到?|是|：)?$"
)
"""`满意度104.5%`: nobody is more than satisfied; 完成率 and 执行率 may be over 100."""
_NEAR = 2
"""Sentences between a part and its whole that tell one story."""
_ELSEWHERE = re.compile(
    r"上年|去年|(?<!公共)(?<!基金)(?<!经营)预算|年初|批复|下达|追加|调[增减]|计划|预留|[比较]"
)
"""A planned amount, or last year's: of another stage than what it is held against."""


@check("R54", "部分大于整体")
def bounds(reading: Reading) -> Iterator[Finding]:
    """住房公积金 over 住房保障支出, 小微企业 over 中小企业 and the like are to be checked.

    Silent where the whole or a part is told with two values, or not at all.
    """
    told: dict[str, dict[Decimal, Quantity]] = {}
    for quantity in reading.quantities:
        if quantity.money and not is_change(quantity) and _is_now(reading, quantity):
            told.setdefault(ends_as(quantity.label), {}).setdefault(quantity.money, quantity)
    only = {node: next(iter(values.values())) for node, values in told.items() if len(values) == 1}
    for found in ontology().sets:
        whole, parts = only.get(found.whole), [only[part] for part in found.parts if part in only]
        if not found.at_most or whole is None or not parts:
            continue
        total = sum((q.money or Decimal(0) for q in parts), Decimal(0))
        slack = half_unit(min(q.money_decimals for q in (whole, *parts))) * (len(parts) + 1)
        if total > (whole.money or Decimal(0)) + slack:
            name = "、".join(ontology().name_of(part) for part in found.parts if part in only)
            message = f"{name}{show_short(total, 4)}万元大于{whole.label}{show_short(whole.money, 4)}万元"
            places = [q.place for q in (*parts, whole)]
            together = abs(parts[0].sentence - whole.sentence) <= _NEAR
            yield reading.finding("R54", ERROR if together else CHECK, message, *places)
    yield from _more_than_there_were(reading)
    for entry in reading.entries:
        if entry.quantity.unit == "%" and entry.amount > HUNDRED and _AT_MOST_ALL.search(entry.words):
            yield reading.finding(
                "R54", ERROR, f"{entry.quantity.label}{entry.with_unit}，不可能超过100%", entry.place
            )


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
                message = (
                    f"{then.quantity.label}{then.with_unit}，多于{first.quantity.label}{first.with_unit}"
                )
                yield reading.finding("R54", ERROR, message, then.place, first.place)


def _is_now(reading: Reading, quantity: Quantity) -> bool:
    this_year = quantity.year is None or reading.year is None or quantity.year == reading.year
    words = reading.text.flat[quantity.label_start : quantity.start]
    return this_year and not _ELSEWHERE.search(words)
