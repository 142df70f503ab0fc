"""R1r, R1c: rates against what was planned and what was reached. R1p: averages against amount and count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.budget_figures import is_change
from desktop.audit.text.mentions import PERCENT, Quantity, amount_of, same_kind
from desktop.audit.text.near_misses import is_near_miss
from desktop.audit.text.ratios import (
    LAST_DIGIT,
    LIKELY_BY_CHANCE,
    RIGHT,
    compare,
    fits_by_chance,
    pinned,
    shown,
)
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED, half_unit, round_half_up, show_short

_RATE = re.compile(
    r"(?:执行|完成|控制|支出|使用|支付|到位|回收|合格|达标|办结|整改|有效|建档|管理|上线|入学|就业|达成|兑现)[^率，]{0,6}率"
    r"|进度|满意[度率]|率$|完成$|执行$|(?:完成|为|达|达到|占|相当于|是)[^，]{0,12}(?:预算|目标|计划|任务|安排|下达|年初)[^，]{0,6}的$"
    r"|完成[^，]{0,8}(?:预算|目标|计划|任务)数?$"
    r"|比例$"
)
"""`预算执行率`, `完成年初预算的`, `为目标的`, `满意度`, `完成`: what is told of a plan and what became of it."""
_NO_RATE = re.compile(
    r"增长|下降|降低|上升|提高|增幅|降幅|同比|变动率|差异率|节约率|结转|结余|减少|增加"
    r"|目标(?:为|是)?$|不足$|未达到?$|不低于|以上|占.*比"
)
"""`增长率`, `节约率`, `满意度目标`: rates of other kinds, and goals."""
_PLANNED = re.compile(
    r"预算|目标|计划|编制|任务|安排|下达|核定|应|调查|发放|问卷|批复|指标|参考|排查|发现|受理|共有?$|总"
)
"""`预算160万元`, `目标320万人次`, `发放问卷400份`: the base of a rate."""
_REACHED = re.compile(
    r"决算|支出|执行|实|完成|支付|在职|在编|回收|收回|满意|合格|办结|整改|建成|建档|管理|资助|录取|上线|到位|使用|改造|覆盖"
)
"""`支出152万元`, `实际304万人次`, `满意288人`: what became of it."""
_NOT_REACHED = re.compile(r"空编|缺编|空缺|未|剩|余|缺|不合格|不满意|不达标")
"""`空编115名`: what is lacking, of which the rate tells the rest."""
_SAVED = re.compile(r"节约|节余|压减|压缩|核减|少支")
"""`与预算46万元相比，节约5万元，执行率89%`: what was not spent is no operand."""
_SATISFIED = re.compile(r"满意")
"""`收回250份，满意度93.6%`: of those asked so many are satisfied, not so many came back."""
_FINAL_PLAN = re.compile(r"调整后|全年预算|调整预算|追加后")
"""Of two plans an execution rate is of the later one (docs/domain.md 1.2)."""
_SEGMENT = re.compile(r"[；。：]|[①-⑳]|（\d{1,2}）|\d[、．.](?=[^\d])")
"""Where one item of a list ends: a rate is of what stands in its own item."""
_NO_OPERANDS = (PERCENT, "个百分点", "分", "")
"""Units of what no rate is made of: points stand beside the rate they are given for."""
_ABSURD = Decimal(150)
"""Percent: nobody spends so much of a plan and tells of less than 110; the operands are not those."""
_FULL = Decimal(110)
_MOST = 6
"""Amounts of one item that are looked at; more is a list of its own."""
_FARTHEST = 130
"""Characters from a rate back to its operands."""


class Pair(NamedTuple):
    reached: Quantity
    planned: Quantity


@check("R1r", "执行率、控制率与金额不符")
def rates_of_money(reading: Reading) -> Iterator[Finding]:
    """`预算160万元，支出152万元，执行率95%`: the rate must be what was spent ÷ what was planned.

    Silent where the item does not tell both, and where another pair of its amounts fits.
    """
    yield from _rates(reading, "R1r", of_money=True)


@check("R1c", "完成率、整改率与个数不符")
def rates_of_counts(reading: Reading) -> Iterator[Finding]:
    """`目标320场，实际304场，完成率95%`, `排查隐患200处，整改190处，整改率95%`: the same of what is counted."""
    yield from _rates(reading, "R1c", of_money=False)


def _rates(reading: Reading, code: str, *, of_money: bool) -> Iterator[Finding]:
    for quantities in reading.by_sentence.values():
        for at, stated in enumerate(quantities):
            words = _words(reading, stated)
            if stated.unit == PERCENT and _RATE.search(words) and not _NO_RATE.search(words):
                own = _own(reading, quantities[:at], stated)
                asked = _SATISFIED.search(words) and not any(
                    _SATISFIED.search(_words(reading, q)) for q in own
                )
                if own and not asked and (own[-1].money is not None) == of_money:
                    yield from _judged(reading, code, stated, own, _told_before(reading, own))


def _words(reading: Reading, quantity: Quantity) -> str:
    """All words before a number up to the last sign: a label goes without 实际, 完成 and 均."""
    return reading.text.flat[quantity.label_start : quantity.start]


def _own(reading: Reading, before: Sequence[Quantity], stated: Quantity) -> list[Quantity]:
    """The amounts of the rate's own item, nearest last; those of one kind with the nearest."""
    flat = reading.text.flat
    begin = max(stated.start - _FARTHEST, 0)
    for mark in _SEGMENT.finditer(flat, begin, stated.label_start):
        begin = mark.end()
    amounts = [
        q
        for q in before
        if q.start >= begin
        and q.unit not in _NO_OPERANDS
        and not is_change(q)
        and not q.approximate
        and not _SAVED.search(_words(reading, q))
    ]
    last = amounts[-1] if amounts else None
    return [q for q in amounts if last and same_kind(q, last)][-_MOST:]


def _told_before(reading: Reading, own: Sequence[Quantity]) -> list[Quantity]:
    """`项目支出700万元。…年初预算800万元，完成87.5%`: an item that tells only the plan is of what was told before."""
    if not own or not all(_is_planned(reading, q) for q in own):
        return []
    first = own[0]
    before = [
        q
        for q in reading.quantities_near(first.start, 3 * _MOST)
        if q.end <= first.label_start
        and first.label_start - q.end <= _FARTHEST
        and same_kind(q, first)
        and q.unit not in _NO_OPERANDS
        and not is_change(q)
        and not q.approximate
        and not _is_planned(reading, q)
        and not _SAVED.search(_words(reading, q))
    ]
    return before[-_MOST:]


def _slack(quantity: Quantity) -> Decimal:
    """What rounding of an amount shown with one decimal may hide; two decimals and counts are exact."""
    return half_unit(1) if quantity.money is not None and quantity.money_decimals == 1 else Decimal(0)


def _fits(stated: Quantity, pair: Pair) -> str:
    return compare(stated, amount_of(pair.reached), amount_of(pair.planned), _slack(pair.reached))


def _judged(
    reading: Reading, code: str, stated: Quantity, own: Sequence[Quantity], before: Sequence[Quantity]
) -> Iterator[Finding]:
    if len(own) + len(before) < 2:
        return
    pairs = [Pair(a, b) for a in (*before, *own) for b in own if a is not b and amount_of(b)]
    clear = [p for p in pairs if _is_planned(reading, p.planned) and not _is_planned(reading, p.reached)]
    verdicts = {_fits(stated, pair) for pair in (clear or pairs)}
    if any(_is_complement(reading, stated, p) for p in pairs):
        return  # `编制2846名，空编115名，编制使用率95.96%`
    if RIGHT in verdicts:
        _note(reading, code, stated, clear or pairs)
    if RIGHT in verdicts or not clear:
        return
    # The nearest of each kind: `预算2万元，决算1.5万元，其中…` is of the two, whatever was told before.
    pair = max(clear, key=lambda p: (p.reached.start, p.planned.start))
    right = amount_of(pair.reached) / amount_of(pair.planned) * HUNDRED
    if right > _ABSURD and stated.value <= _FULL:
        return
    if pair.reached in before and not is_near_miss(
        round_half_up(right, stated.decimals), stated.value, stated.decimals
    ):
        return  # by their place alone two amounts are of each other only where one slip explains the rate
    expected = shown(amount_of(pair.reached), amount_of(pair.planned), stated.decimals)
    name, told = stated.label or "完成率", f"文中为{show_short(stated.value, 4)}%"
    place = (stated.label_start, stated.end)
    if LAST_DIGIT in verdicts:
        yield reading.finding(
            code, HINT, f"{name}算得{expected}，{told}，末位没有四舍五入", place, expected=expected
        )
        return
    others = [p for p in pairs if p not in clear and _fits(stated, p) == RIGHT]
    if any(p.planned is not pair.reached for p in others):
        return  # two amounts of the item that are no plan and result make it: `问卷100份，回收90份，满意81份`
    final = [p for p in clear if _FINAL_PLAN.search(_words(reading, p.planned))]
    if len(clear) > 1 and len(final) == 1:
        pair, clear = final[0], final
    why = _why(stated, pair)
    sure = bool(why) or (len(clear) == 1 and bool(_REACHED.search(_words(reading, pair.reached))))
    sum_ = f"{show_short(amount_of(pair.reached), 4)}÷{show_short(amount_of(pair.planned), 4)}"
    message = f"{name}应为{expected}（{sum_}），{told}{why}"
    operands = ((q.label_start, q.end) for q in pair)
    level = ERROR if sure else CHECK
    yield reading.finding(code, level, message, place, *operands, expected=expected if sure else "")


def _note(reading: Reading, code: str, stated: Quantity, pairs: Sequence[Pair]) -> None:
    """The pair that makes a rate right proves it, unless one of so many would by chance."""
    quotients = {(amount_of(p.reached), amount_of(p.planned)) for p in pairs}
    if not fits_by_chance(len(quotients), stated):
        right = max((p for p in pairs if _fits(stated, p) == RIGHT), key=lambda p: p.reached.start)
        reading.holds(code, stated, *pinned(stated, *right), others=right)


def _is_planned(reading: Reading, quantity: Quantity) -> bool:
    """`预算执行160万元` and `预算数为…，实际完成` tell what was reached, though 预算 is said."""
    words = _words(reading, quantity)
    return bool(_PLANNED.search(words)) and not re.search(
        r"(?:一般公共|基金)预算(?:财政)?(?:拨款)?支出|预算(?:执行|完成)|(?:决算|实际|执行)[^预]*$", words
    )


def _is_complement(reading: Reading, stated: Quantity, pair: Pair) -> bool:
    rest = amount_of(pair.planned) - amount_of(pair.reached)
    return (
        bool(_NOT_REACHED.search(_words(reading, pair.reached)))
        and compare(stated, rest, amount_of(pair.planned)) == RIGHT
    )


def _why(stated: Quantity, pair: Pair) -> str:
    reached, planned = amount_of(pair.reached), amount_of(pair.planned)
    if reached and stated.value > HUNDRED and compare(stated, planned, reached) == RIGHT:
        return "；文中把分子分母颠倒了"
    if stated.value < HUNDRED and compare(stated, planned - reached, planned) == RIGHT:
        return "；文中的数是1减正确值，疑误用节约率"
    return ""


# -- averages ---------------------------------------------------------------------------------------------

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
        match = _AVERAGE.search(_words(reading, stated))
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
            and not _AVERAGE.search(_words(reading, q))
        ]
        counts = [q for q in near if q.unit in _COUNTED.get(each, {each}) and q.value and not q.approximate]
        moved = _point_moved(stated, amounts[-1:], counts[-1:]) if stated.money is not None else ""
        if moved:
            yield _wrong_unit(reading, stated, amounts[-1], counts[-1], moved)
            continue
        amounts = [q for q in amounts if amount_of(q) > amount_of(stated)]
        meant = _of_its_topic(reading, told[max(at - _FAR_BACK, 0) : at], stated, each)
        if meant is not None and (not amounts or meant[0] not in amounts[-1:] or meant[1] not in counts[-1:]):
            # The one that is named last is what is said to be wrong; any pair that fits was meant.
            amounts, counts = [*amounts, meant[0]], [*counts, meant[1]]
        if amounts and counts:
            loose = bool(match["each"]) and "均" not in match.group()
            yield from _average(reading, stated, amounts, counts, loose=loose, named=meant is not None)


def _of_its_topic(
    reading: Reading, before: Sequence[Quantity], stated: Quantity, each: str
) -> tuple[Quantity, Quantity] | None:
    """`公务接待费1.26万元。…接待21批、168人次，人均85元`: the fee and the guests, `运行维护费…，保有2辆，车均…`: the cost and the
    vehicles kept, wherever the other amounts of the paragraph stand. None where either is told with two values."""
    topic = next((t for t in _TOPICS if each in t.each), None)
    if topic is None or _OF_ANOTHER.search(_words(reading, stated)):
        return None
    amounts = [q for q in before if q.money and topic.cost.search(_words(reading, q)) and not is_change(q)]
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
    places = [(q.label_start, q.end) for q in (stated, amount, count)]
    if (
        amount_of(amount) * 10000 < count.value
    ):  # less than one yuan each: it is the amount that is told in 元
        message = f"{amount.label}{show_short(amount.value, 4)}{amount.unit}除以{show_short(count.value)}不到1元，金额的单位写错了"
        return reading.finding("R1p", ERROR, message, places[1], places[0])
    message = (
        f"{_words(reading, stated)}应为{right}（{show_short(amount_of(amount), 4)}万元÷{show_short(count.value)}），"
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
    }
    unit = Decimal(1).scaleb(-stated.decimals)
    right = next((pair for pair, value in shown_as.items() if abs(value - stated.value) <= unit), None)
    if right is not None:
        # Each try covers three units of the average: of 96元 three in a hundred, of 79.96元 next to nothing.
        if len(shown_as) == 1 or len(shown_as) * 3 * unit <= stated.value * LIKELY_BY_CHANCE:
            reading.holds("R1p", stated, others=right)
        return
    amount, count = amounts[-1], counts[-1]
    expected = f"{shown_as[amount, count]}{stated.unit}"
    places = [(q.label_start, q.end) for q in (stated, amount, count)]
    unit_of = "万元" if amount.money is not None else amount.unit
    sum_ = f"{show_short(amount_of(amount), 4)}{unit_of}÷{show_short(count.value)}"
    name, told = _words(reading, stated), f"{show_short(stated.value, 4)}{stated.unit}"
    message = f"{name}算得{expected}（{sum_}），文中为{told}"
    only = len({amount_of(a) for a in amounts}) == 1 and len({n.value for n in counts}) == 1
    slip = is_near_miss(shown_as[amount, count], stated.value, stated.decimals)
    if loose and not slip:
        return
    sure = only or slip or named
    yield reading.finding(
        "R1p", ERROR if sure else CHECK, message, *places, expected=expected if sure else ""
    )
