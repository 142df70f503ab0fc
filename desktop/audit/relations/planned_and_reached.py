"""R1r, R1c: rates against what was planned and what was reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.read_as import TOTALS, amounts_by_name, noun, read_as
from desktop.audit.text.budget_figures import ADJUSTED, FINAL, INITIAL, is_change
from desktop.audit.text.compared_figures import words_of
from desktop.audit.text.mentions import PERCENT, Quantity, amount_of, same_kind
from desktop.audit.text.near_misses import is_near_miss, is_swap
from desktop.audit.text.ratios import (
    LAST_DIGIT,
    RIGHT,
    best,
    compare,
    fits_by_chance,
    pinned,
    rate_of,
)
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import RATE
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED, half_unit, round_half_up, show_short
from desktop.ontology import ontology

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
_OF_SEVERAL = re.compile(r"综合|平均|[两三四五六七八]项")
"""`两项综合执行率`: of the sums of the items."""
_PLANNED = re.compile(
    r"预算|目标|计划|编制|任务|安排|下达|核定|应|调查|发放|问卷|批复|指标|参考|排查|发现|查出|受理|共有?$|总"
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
_OF_BUDGET = ("执行率", "完成率", "控制率")
"""Kinds of rates that are what was spent over what was planned, wherever the two are told."""
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

    Silent where the item does not tell both, and where another pair of its amounts fits. A rate that names its figure
    (`“三公”经费控制率为100%`) is held against the only budget and the only final figure of that name elsewhere.
    """
    yield from _rates(reading, "R1r", of_money=True)


@check("R1c", "完成率、整改率与个数不符")
def rates_of_counts(reading: Reading) -> Iterator[Finding]:
    """`目标320场，实际304场，完成率95%`, `排查隐患200处，整改190处，整改率95%`: the same of what is counted."""
    yield from _rates(reading, "R1c", of_money=False)


def _rates(reading: Reading, code: str, *, of_money: bool) -> Iterator[Finding]:
    for quantities in reading.by_sentence.values():
        for at, stated in enumerate(quantities):
            words = words_of(reading, stated) if stated.unit == PERCENT else ""
            if _RATE.search(words) and not _NO_RATE.search(words) and not _OF_SEVERAL.search(words):
                own = _own(reading, quantities[:at], stated)
                asked = _SATISFIED.search(words) and not any(
                    _SATISFIED.search(words_of(reading, q)) for q in own
                )
                before = _told_before(reading, own)
                if of_money and len(own) + len(before) < 2:
                    yield from _told_apart(reading, code, stated)
                elif own and not asked and (own[-1].money is not None) == of_money:
                    yield from _judged(reading, code, stated, own, before)


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
        and not _SAVED.search(words_of(reading, q))
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
        and not _SAVED.search(words_of(reading, q))
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
    expected = rate_of(amount_of(pair.reached), amount_of(pair.planned), stated.decimals)
    name, told = stated.label or "完成率", f"文中为{show_short(stated.value, 4)}%"
    place = stated.place
    if LAST_DIGIT in verdicts:
        yield reading.finding(
            code, HINT, f"{name}算得{expected}，{told}，末位没有四舍五入", place, expected=expected
        )
        return
    others = [p for p in pairs if p not in clear and _fits(stated, p) == RIGHT]
    if any(p.planned is not pair.reached for p in others):
        return  # two amounts of the item that are no plan and result make it: `问卷100份，回收90份，满意81份`
    final = [p for p in clear if _FINAL_PLAN.search(words_of(reading, p.planned))]
    if len(clear) > 1 and len(final) == 1:
        pair, clear = final[0], final
    why = _why(stated, pair)
    exact = round_half_up(right, stated.decimals)
    sure = (
        bool(why)
        or is_swap(exact, stated.value)
        or (len(clear) == 1 and bool(_REACHED.search(words_of(reading, pair.reached))))
    )
    sum_ = f"{show_short(amount_of(pair.reached), 4)}÷{show_short(amount_of(pair.planned), 4)}"
    message = f"{name}应为{expected}（{sum_}），{told}{why}"
    operands = (q.place for q in pair)
    level = ERROR if sure else CHECK
    yield reading.finding(code, level, message, place, *operands, expected=expected if sure else "")


def _told_apart(reading: Reading, code: str, stated: Quantity) -> Iterator[Finding]:
    """`“三公”经费控制率为100%`, and in another chapter `“三公”经费预算80.3万元，支出67.32万元`: silent where a stage is
    told with two values, and where the words of the rate do not name a figure of the ontology."""
    read = read_as(reading)
    rate, node = read[Stretch(stated.start, stated.end)], noun(words_of(reading, stated), RATE, PERCENT)
    if rate.kind not in _OF_BUDGET or node in TOTALS or node not in ontology().nodes:
        return
    told = amounts_by_name(reading).get((ontology().name_of(node), rate.year), {})
    if FINAL not in told or any(len(values) > 1 for values in told.values()):
        return
    reached = told[FINAL][0]
    planned = [told[stage][0] for stage in (ADJUSTED, INITIAL) if stage in told and told[stage][0].amount]
    if not planned:
        return
    verdict = best(stated, [(reached.amount, plan.amount) for plan in planned])
    if verdict == RIGHT:
        fitting = next(p for p in planned if compare(stated, reached.amount, p.amount) == RIGHT)
        reading.holds(code, stated, others=(reached.quantity, fitting.quantity))
        return
    expected = rate_of(reached.amount, planned[0].amount, stated.decimals)
    message = f"{stated.label}应为{expected}（{reached.with_unit}÷{planned[0].with_unit}），文中为{show_short(stated.value, 4)}%"
    grade = HINT if verdict == LAST_DIGIT else ERROR
    places = (stated.place, reached.place, planned[0].place)
    yield reading.finding(code, grade, message, *places, expected=expected)


def _note(reading: Reading, code: str, stated: Quantity, pairs: Sequence[Pair]) -> None:
    """The pair that makes a rate right proves it, unless one of so many would by chance."""
    quotients = {(amount_of(p.reached), amount_of(p.planned)) for p in pairs}
    if not fits_by_chance(len(quotients), stated):
        right = max((p for p in pairs if _fits(stated, p) == RIGHT), key=lambda p: p.reached.start)
        reading.holds(code, stated, *pinned(stated, *right), others=right)


def _is_planned(reading: Reading, quantity: Quantity) -> bool:
    """`预算执行160万元` and `预算数为…，实际完成` tell what was reached, though 预算 is said."""
    words = words_of(reading, quantity)
    return bool(_PLANNED.search(words)) and not re.search(
        r"(?:一般公共|基金)预算(?:财政)?(?:拨款)?支出|预算(?:执行|完成)|(?:决算|实际|执行)[^预]*$", words
    )


def _is_complement(reading: Reading, stated: Quantity, pair: Pair) -> bool:
    rest = amount_of(pair.planned) - amount_of(pair.reached)
    return (
        bool(_NOT_REACHED.search(words_of(reading, pair.reached)))
        and compare(stated, rest, amount_of(pair.planned)) == RIGHT
    )


def _why(stated: Quantity, pair: Pair) -> str:
    reached, planned = amount_of(pair.reached), amount_of(pair.planned)
    if reached and stated.value > HUNDRED and compare(stated, planned, reached) == RIGHT:
        return "；文中把分子分母颠倒了"
    if stated.value < HUNDRED and compare(stated, planned - reached, planned) == RIGHT:
        return "；文中的数是1减正确值，疑误用节约率"
    return ""
