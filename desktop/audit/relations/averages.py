"""R1p: averages against the amount that is spread and the count it is spread over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.budget_figures import is_change
from desktop.audit.text.compared_figures import words_of
from desktop.audit.text.mentions import PERCENT, Quantity, amount_of, same_kind, unit_of
from desktop.audit.text.near_misses import is_near_miss
from desktop.audit.text.ratios import LIKELY_BY_CHANCE
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import half_unit, round_half_up, show_short

_NO_OPERANDS = (PERCENT, "个百分点", "分", "")
"""Units of what is never spread."""
_FARTHEST = 130
"""Characters from an average back to its operands."""
_AVERAGE = re.compile(
    r"(?P<of>[人生车户亩班批次册场件席床])均|(?:平均每|每|折合每|单)(?P<each>人次|批次|公里|平方米|[人辆车户个次班亩场册件批席吨名床项])"
    r"(?:平均|年均)?"
)
"""`人均79.96元`, `平均每辆2.43万元`, `每辆平均2.84万元`, `册均34.01元`, `单车1.80万元`."""
_COUNTED = {
    "人": {"人", "人次", "名"},
    "生": {"人", "名"},
    "名": {"人", "名"},
    "车": {"辆", "台"},
    "辆": {"辆", "台"},
    "次": {"次", "批次", "人次", "场"},
    "批": {"批次", "批"},
    "班": {"个", "班"},
    "席": {"个", "席"},
    "床": {"张"},
}
"""In what that is counted over which an amount is spread, where it is not the word itself (`每户` of `120户`)."""


class _Topic(NamedTuple):
    """What is spread over what: `ends` part the words that tell what was counted."""

    ends: str
    each: tuple[str, ...]
    cost: re.Pattern[str]
    counted: re.Pattern[str]


_TOPICS = (
    _Topic(
        "。；",
        ("人", "名", "次", "批", "人次", "批次"),
        re.compile(r"接待(?:费|费用|支出|经费|决算)*(?:为|共)?$"),
        re.compile(r"接待"),
    ),
    _Topic(
        "。；，（、",
        ("车", "辆", "台"),
        re.compile(r"(?:公务用车|公车|车辆)(?:购置及)?运行(?:维护)?(?:费|费用|支出|决算)*(?:为|共)?$"),
        re.compile(r"保有|实有|现有"),
    ),
)
_OF_ANOTHER = re.compile(r"公用|工资|收入|补助|培训|支出")
"""`人均公用经费`."""
_OTHER_STAGE = re.compile(r"上年|去年|预算(?!财政)|20\d\d年(?=决算|支出|为)|比|较")
_FAR_BACK, _CLAUSE = 40, 24
_FARTHEST_POINT = 8
"""Places that a point may be moved: `亿元` for `元`."""


@check("R1p", "人均、车均与数字不符")
def averages(reading: Reading) -> Iterator[Finding]:
    """`接待费3.2万元，接待40批320人，人均100元`: the average must be an amount before it ÷ a count before it.

    Silent where either is not told within the paragraph's last sentences, and where any two of them fit.
    """
    told = reading.quantities
    for at, stated in enumerate(told):
        if stated.unit in _NO_OPERANDS or is_change(stated) or stated.approximate:
            continue
        match = _AVERAGE.search(words_of(reading, stated))
        if match is None:
            continue
        each = match["each"] or match["of"]
        near = [
            q for q in told[max(at - 12, 0) : at] if stated.start - q.end <= _FARTHEST and not is_change(q)
        ]
        # `学生1640人，教学班36个，平均每班45.6人`: what is counted is spread as well as money.
        amounts = [
            q
            for q in near
            if same_kind(q, stated)
            and amount_of(q)
            and not q.approximate
            and not _AVERAGE.search(words_of(reading, q))
        ]
        counts = [q for q in near if q.unit in _COUNTED.get(each, {each}) and q.value and not q.approximate]
        moved = _point_moved(stated, amounts[-1:], counts[-1:]) if stated.money is not None else ""
        if moved:
            yield _wrong_unit(reading, stated, amounts[-1], counts[-1], moved)
            continue
        amounts = [q for q in amounts if amount_of(q) > amount_of(stated)]
        if _of_all_kinds(stated, amounts, counts):
            continue
        meant = _of_its_topic(reading, told[max(at - _FAR_BACK, 0) : at], stated, each)
        if meant is not None and (not amounts or meant[0] not in amounts[-1:] or meant[1] not in counts[-1:]):
            # The one that is named last is what is said to be wrong; any pair that fits was meant.
            amounts, counts = [*amounts, meant[0]], [*counts, meant[1]]
        if amounts and counts:
            loose = bool(match["each"]) and "均" not in match.group()
            yield from _average(reading, stated, amounts, counts, loose=loose, named=meant is not None)


def _of_all_kinds(stated: Quantity, amounts: Sequence[Quantity], counts: Sequence[Quantity]) -> bool:
    """`应急用车2辆、特种用车2辆，车均2.90万元`: over all that is counted in the sentence."""
    here = [q.value for q in counts if q.sentence == stated.sentence]
    unit = stated.value / amount_of(stated) if stated.value else Decimal(1)
    each = (amount_of(a) / sum(here) * unit for a in amounts) if len(here) > 1 else ()
    return any(abs(one - stated.value) <= half_unit(stated.decimals) for one in each)


def _of_its_topic(
    reading: Reading, before: Sequence[Quantity], stated: Quantity, each: str
) -> tuple[Quantity, Quantity] | None:
    """`公务接待费1.26万元。…接待21批、168人次，人均85元`: the fee and the guests, `运行维护费…，保有2辆，车均…`: the cost and the
    vehicles kept, wherever the other amounts of the paragraph stand. None where either is told with two values."""
    topic = next((t for t in _TOPICS if each in t.each), None)
    if topic is None or _OF_ANOTHER.search(words_of(reading, stated)):
        return None
    amounts = [q for q in before if q.money and topic.cost.search(words_of(reading, q)) and not is_change(q)]
    counts = [q for q in before if q.unit in _COUNTED.get(each, {each}) and q.value and not q.approximate]
    counts = [
        q for q in counts if topic.counted.search(reading.text.words_before(q.start, topic.ends, _CLAUSE))
    ]
    here = [q for q in before if q.sentence == stated.sentence and q.unit in _COUNTED.get(each, {each})]
    close = counts and len(here) == 1 and stated.start - counts[-1].end <= _CLAUSE
    if not close or len({amount_of(q) for q in amounts if _is_now(reading, q)}) != 1:
        return None
    return [q for q in amounts if _is_now(reading, q)][-1], counts[-1]


def _is_now(reading: Reading, quantity: Quantity) -> bool:
    return not _OTHER_STAGE.search(reading.text.words_before(quantity.start, "，。；", _CLAUSE))


def _point_moved(stated: Quantity, amounts: Sequence[Quantity], counts: Sequence[Quantity]) -> str:
    """`接待费9.86万元，1164人，人均84.71万元`: the right digits with the wrong unit, or the point at the wrong place.
    The average as it should be, '' where it is not one of these."""
    if not amounts or not counts or not stated.value:
        return ""
    yuan = amount_of(amounts[0]) * 10000 / counts[0].value
    for places in range(-_FARTHEST_POINT, _FARTHEST_POINT + 1):
        told = amount_of(stated) * 10000 * Decimal(10) ** places
        half = half_unit(stated.decimals) * told / stated.value
        if abs(told - yuan) <= half:
            return f"{show_short(round_half_up(yuan, 2), 2)}元" if places else ""
    return ""


def _wrong_unit(reading: Reading, stated: Quantity, amount: Quantity, count: Quantity, right: str) -> Finding:
    places = [q.place for q in (stated, amount, count)]
    if (
        amount_of(amount) * 10000 < count.value
    ):  # less than one yuan each: it is the amount that is told in 元
        message = f"{amount.label}{show_short(amount.value, 4)}{amount.unit}除以{show_short(count.value)}不到1元，金额的单位写错了"
        return reading.finding("R1p", ERROR, message, places[1], places[0])
    message = (
        f"{words_of(reading, stated)}应为{right}（{show_short(amount_of(amount), 4)}万元÷{show_short(count.value)}），"
        f"文中为{show_short(stated.value, 4)}{stated.unit}，单位或小数点写错了"
    )
    return reading.finding("R1p", ERROR, message, *places, expected=right)


def _average(
    reading: Reading,
    stated: Quantity,
    amounts: Sequence[Quantity],
    counts: Sequence[Quantity],
    *,
    loose: bool,
    named: bool,
) -> Iterator[Finding]:
    """`loose`: `每户500元`, `单批次成本` may be a standard as well: only one that a slip explains is asked about."""
    shown_as = {
        (a, n): round_half_up(
            amount_of(a) / n.value * (stated.value / amount_of(stated) if stated.value else 1),
            stated.decimals,
        )
        for a in amounts
        for n in counts
        if a is not n
    }
    if not shown_as.get((amounts[-1], counts[-1])):
        return  # `平均每名护理员照料3人` of 86人 themselves, `12次` over 172人次
    unit = Decimal(1).scaleb(-stated.decimals)
    right = next((pair for pair, value in shown_as.items() if abs(value - stated.value) <= unit), None)
    if right is not None:
        # Each try covers three units of the average: of 96元 three in a hundred, of 79.96元 next to nothing.
        if len(shown_as) == 1 or len(shown_as) * 3 * unit <= stated.value * LIKELY_BY_CHANCE:
            reading.holds("R1p", stated, others=right)
        return
    amount, count = amounts[-1], counts[-1]
    expected = f"{shown_as[amount, count]}{stated.unit}"
    places = [q.place for q in (stated, amount, count)]
    sum_ = f"{show_short(amount_of(amount), 4)}{unit_of(amount)}÷{show_short(count.value)}"
    name, told = words_of(reading, stated), f"{show_short(stated.value, 4)}{stated.unit}"
    message = f"{name}算得{expected}（{sum_}），文中为{told}"
    only = len({amount_of(a) for a in amounts}) == 1 and len({n.value for n in counts}) == 1
    slip = is_near_miss(shown_as[amount, count], stated.value, stated.decimals)
    if loose and not slip:
        return
    sure = only or slip or named
    yield reading.finding(
        "R1p", ERROR if sure else CHECK, message, *places, expected=expected if sure else ""
    )
