"""R7: one figure named twice with two values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.budget_figures import is_change, is_share, stage_of
from desktop.audit.text.mentions import PERCENT, Quantity, with_unit
from desktop.audit.text.near_misses import is_near_miss, is_swap
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import half_unit

_PEOPLE = {"人", "名"}
_SURE = re.compile(r"编制(?:总)?数|核定编制|总编制|在职人(?:员|数)|退休人员|三公经费.*(?:预算|决算|支出)")
"""Labels that mean one figure each: `核定编制数`, `三公经费决算`."""
_RATES = re.compile(r"(?:控制率|执行率|变动率|满意度|知晓率|合格率)$")
"""`三公经费控制率`, `群众满意度`."""
_GENERIC = re.compile(
    r"财政拨款|一般公共预算|实际|年初|全年|本年|支出|收入|预算|决算|执行|完成|安排|批复|总|数|额|合计|的"
    r"|控制率|变动率|满意度|知晓率|合格率|率"
)
"""Words that any figure may bear: what is left of a label must name something."""
_TELLING = 4
"""Characters of a number: of so many, two digits exchanged are no chance."""
_LEAST_NAME = 2
"""Characters that must be left of a label without the words that every figure bears."""


@check("R7", "同一指标前后两个数")
def two_values(reading: Reading) -> Iterator[Finding]:
    """The same words with the same unit, year and stage, but another number.

    Money whose sentences differ in stage (预算 / 决算) and parts of other wholes may share a name: only names
    that leave no doubt are 错误; the others are 核实, where one slip of a hand explains the two values. Silent for
    short names, changes, shares and estimates.
    """
    groups: dict[tuple[str, str, int | None, str], list[Quantity]] = {}
    for quantity in reading.quantities:
        key = _key(reading, quantity)
        if key is not None:
            groups.setdefault(key, []).append(quantity)
    for (label, *_), quantities in groups.items():
        first = quantities[0]
        other = next((q for q in quantities[1:] if _differ(first, q)), None)
        if other is None:
            if len(quantities) > 1:
                reading.holds("R7", *quantities)
            continue
        swapped = len(str(first.value.normalize())) > _TELLING and is_swap(first.value, other.value)
        sure = bool(_SURE.search(label)) or bool(_RATES.search(label)) or swapped
        if not sure and not _slipped(first, other):
            continue
        message = f"“{label}”前后不一致：一处{with_unit(first)}，另一处{with_unit(other)}"
        places = [q.place for q in (other, first)]
        yield reading.finding("R7", ERROR if sure else CHECK, message, *places)


def _key(reading: Reading, quantity: Quantity) -> tuple[str, str, int | None, str] | None:
    rate = quantity.unit == PERCENT and bool(_RATES.search(quantity.label))
    counted = quantity.unit in _PEOPLE
    if not (rate or counted or quantity.money is not None) or quantity.approximate:
        return None
    if is_change(quantity) or is_share(quantity):
        return None
    if len(_GENERIC.sub("", quantity.label)) < _LEAST_NAME:
        return None
    if counted and not re.search(r"编制|在职|退休|实有|离休", quantity.label):
        return None
    sentence = reading.text.sentences[quantity.sentence]
    before = reading.text.flat[sentence.start : quantity.start]
    unit = "钱" if quantity.money is not None else "人" if counted else quantity.unit
    year = quantity.year if quantity.year is not None else reading.year
    if "上年" in before or "去年" in before:
        year = (reading.year or 0) - 1
    return quantity.label, unit, year, stage_of(quantity.label) or stage_of(before)


def _differ(one: Quantity, two: Quantity) -> bool:
    if one.money is not None and two.money is not None:
        slack = half_unit(min(one.money_decimals, two.money_decimals)) * 2
        return abs(one.money - two.money) > slack
    return abs(one.value - two.value) > half_unit(min(one.decimals, two.decimals))


def _slipped(one: Quantity, two: Quantity) -> bool:
    """Whether one slip of a hand makes the one of the other: else two figures merely share a name."""
    decimals = max(one.decimals, two.decimals)
    return one.unit == two.unit and is_near_miss(one.value, two.value, decimals)
