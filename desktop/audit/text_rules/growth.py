"""R3: differences and growth rates against the two figures they compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.budget_figures import FINAL, is_change, metric_of
from desktop.audit.text.mentions import PERCENT, Quantity
from desktop.audit.text.ratios import LAST_DIGIT, RIGHT, WRONG, best, shown
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import half_unit, show_short

_UP = re.compile(r"增加|增长|上升|多支|超支|追加|增幅|提高|上涨")
"""`比上年增加2万元`."""
_GROWTH = re.compile(r"增加|增长|上升|增幅|提高|减少|下降|降低|压减|降幅|幅度|相比|同比|变动率|增减率")
"""`增长`, `降幅`: the rate is one of growth, not a share."""
_AGAINST = re.compile(r"比|较|同比|相比")
"""`比上年`, `同比`."""
_AIM = re.compile(r"目标|任务|计划|指标|应")
"""`目标增长8%`: wanted, not reached."""
_BASE = re.compile(r"^(?:比|较|与|同)")
"""`比上年22.35万元`: the amount that is compared with."""
_REACH = 10
"""How many amounts of the paragraph before the sentence may be meant."""


@check("R3", "增减额、增减率与两个数不符")
def growth(reading: Reading) -> Iterator[Finding]:
    """`比上年增加D万元，增长p%`: D must be the difference of two amounts of the paragraph, p be D over the base.

    Speaks of D only where the two amounts stand right before it with one name; of p only where no amount of
    the paragraph makes it right.
    """
    for number, quantities in reading.by_sentence.items():
        for at, quantity in enumerate(quantities):
            if (
                quantity.money is None
                or not is_change(quantity)
                or not _AGAINST.search(_clause(reading, quantity))
            ):
                continue
            before = _amounts_before(reading, number, quantities[:at])
            yield from _difference(reading, quantity, before)
            rate = next((q for q in quantities[at + 1 : at + 3] if q.unit == PERCENT), None)
            if rate is not None and _GROWTH.search(rate.label) and "占" not in rate.label:
                yield from _rate(reading, quantity, rate, before)


def _clause(reading: Reading, quantity: Quantity) -> str:
    """The words from the last 。；： to the number: `比上年` may stand before a comma."""
    flat = reading.text.flat
    start = max(flat.rfind(sign, 0, quantity.start) for sign in "。；：")
    return flat[start + 1 : quantity.start]


def _amounts_before(reading: Reading, number: int, here: list[Quantity]) -> list[Quantity]:
    """Amounts of the paragraph up to the change, nearest last; no changes among them."""
    paragraph = reading.text.sentences[number].paragraph
    amounts = [q for q in here if q.money is not None and not is_change(q)]
    at = number - 1
    while at >= 0 and len(amounts) < _REACH and reading.text.sentences[at].paragraph == paragraph:
        amounts = [
            *(q for q in reading.by_sentence.get(at, []) if q.money is not None and not is_change(q)),
            *amounts,
        ]
        at -= 1
    return amounts[-_REACH:]


def _difference(reading: Reading, change: Quantity, before: list[Quantity]) -> Iterator[Finding]:
    stated = change.money
    assert stated is not None
    slack = half_unit(change.money_decimals) * 3
    money = [q.money for q in before if q.money is not None]
    if any(abs(abs(a - b) - stated) <= slack for i, a in enumerate(money) for b in money[:i]):
        return
    pair = _same_name(before)
    if pair is None or change.approximate:
        return
    new, old = pair
    assert new.money is not None and old.money is not None
    right = abs(new.money - old.money)
    if abs(right - stated) <= slack:
        return
    unit = change.unit
    expected = show_short(right if unit != "元" else right * 10000, 4)
    message = (
        f"{new.label}{show_short(new.money, 4)}与{show_short(old.money, 4)}万元相差{show_short(right, 4)}万元，"
        f"文中写{show_short(change.value, 4)}{unit}"
    )
    place = (change.label_start, change.end)
    yield reading.finding("R3", ERROR, message, place, expected=f"{expected}{unit}")


def _same_name(before: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """(newer, older): the last two amounts, if they have one name and two years."""
    if len(before) < 2:
        return None
    one, two = before[-2], before[-1]
    named = one.label and one.label == two.label and one.year and two.year and one.year != two.year
    if not named:
        return None
    return (one, two) if (one.year or 0) > (two.year or 0) else (two, one)


def _rate(reading: Reading, change: Quantity, rate: Quantity, before: list[Quantity]) -> Iterator[Finding]:
    difference = change.money
    assert difference is not None
    if difference == 0:
        return
    slack = half_unit(change.money_decimals)
    sure, bases = _bases(change, difference, before, slack)
    verdict = best(rate, ((difference, base) for base in bases))
    if not bases or verdict == RIGHT or any(_near(rate, difference, base, slack) for base in bases):
        return
    if verdict == LAST_DIGIT:
        level, base = HINT, next(b for b in bases if best(rate, [(difference, b)]) == LAST_DIGIT)
    elif sure:
        level, base = ERROR, bases[0]
    elif (likely := _base_of_subject(reading, change, difference)) is not None:
        if best(rate, [(difference, likely)]) != WRONG:
            return
        level, base = CHECK, likely
    else:
        return
    right = shown(difference, base, rate.decimals)
    message = (
        f"{show_short(difference, 4)}÷{show_short(base, 4)}＝{right}，"
        f"文中为{show_short(rate.value, 4)}%" + ("，末位没有四舍五入" if level == HINT else "")
    )
    yield reading.finding("R3", level, message, (change.label_start, rate.end), expected=right)


def _bases(
    change: Quantity, difference: Decimal, before: list[Quantity], slack: Decimal
) -> tuple[bool, list[Decimal]]:
    """What the change may be measured on, and whether that is sure: said right before it, or the older of
    two amounts that differ by it; else every amount of the paragraph, and that moved by the change."""
    up = bool(_UP.search(change.label))
    stated = _stated_base(before, change)
    if stated is not None:
        return True, [stated]
    money = [q.money for q in before if q.money]
    pairs = [
        (a, b) for i, a in enumerate(money) for b in money[:i] if abs(abs(a - b) - difference) <= slack * 3
    ]
    if pairs:
        return True, [min(pair) if up else max(pair) for pair in pairs]
    return False, [b for m in money for b in (m, m - difference if up else m + difference) if b > 0]


def _base_of_subject(reading: Reading, change: Quantity, difference: Decimal) -> Decimal | None:
    """`支出总额比上年增加D万元`: last year's figure, where this year's is said once and for all."""
    metric = metric_of(_AGAINST.split(change.label)[0])
    now = (
        {f.quantity.money for f in reading.figures_of(metric, (FINAL, "")) if f.quantity.money}
        if metric
        else set()
    )
    if len(now) != 1:
        return None
    (money,) = now
    base = money - difference if _UP.search(change.label) else money + difference
    return base if base > 0 else None


def _stated_base(before: list[Quantity], change: Quantity) -> Decimal | None:
    """`较上年22.35万元减少2.49万元`: the amount right before the change is what it is compared with."""
    last = before[-1] if before else None
    near = last is not None and change.label_start - last.end <= 1
    return last.money if last is not None and near and _BASE.match(last.label) else None


def _near(rate: Quantity, difference: Decimal, base: Decimal, slack: Decimal) -> bool:
    low, high = (difference - slack) / base * 100, (difference + slack) / base * 100
    half = half_unit(rate.decimals)
    return low - half <= rate.value <= high + half


@check("R3c", "增减数量、增减率与现数不符")
def counted_growth(reading: Reading) -> Iterator[Finding]:
    """`火灾2起，比上年减少3起，下降60%`: p must be the change over what there was before.

    Speaks only where count, change and rate follow one another in one part of a sentence, and no other count
    of the sentence makes the rate right.
    """
    for quantities in reading.by_sentence.values():
        for at in range(len(quantities) - 2):
            now, change, rate = quantities[at : at + 3]
            if not _one_story(reading, now, change, rate):
                continue
            up = bool(_UP.search(change.label))
            same = [q.value for q in quantities[: at + 1] if q.unit == now.unit]
            bases = [b for v in same if (b := v - change.value if up else v + change.value) > 0]
            if not bases or best(rate, ((change.value, base) for base in bases)) != WRONG:
                continue
            right = shown(change.value, bases[-1], rate.decimals)
            operands = f"现数{show_short(now.value)}、增减{show_short(change.value)}"
            message = f"按{operands}推算应为{right}，文中为{show_short(rate.value, 4)}%"
            yield reading.finding("R3c", ERROR, message, (change.label_start, rate.end), expected=right)


def _one_story(reading: Reading, now: Quantity, change: Quantity, rate: Quantity) -> bool:
    counted = now.unit == change.unit and now.money is None and rate.unit == PERCENT
    moved = is_change(change) and not is_change(now) and bool(_GROWTH.search(rate.label))
    apart = "；" in reading.text.flat[now.start : rate.start] or now.approximate or change.approximate
    aim = bool(_AIM.search(now.label)) or reading.text.flat[now.end : now.end + 1] == "的"
    return counted and moved and not apart and not aim and bool(_AGAINST.search(change.label))
