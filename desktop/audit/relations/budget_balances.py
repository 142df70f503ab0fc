"""R5b, R5c: budgets that were added to, and what is left of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.relations.balances import DECOR, figures_by_role, full_label, in_unit, money_taken_back
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.near_misses import is_near_miss
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import half_unit, show_short

_NOTHING = re.compile(
    r"(?:年末|年底|年终|期末)?(?:无|没有|未形成|未产生|不存在)(?:任何)?(?:年末)?(?:财政拨款)?(?:资金)?(?:结转(?:和|及)?结余|结转|结余)(?:资金)?(?=[，。；]|$)"
)
"""`年末无结转结余资金`."""
_WHOLE_BUDGET = re.compile(
    rf"^{DECOR}(?:全年预算|调整后?(?:的)?(?:部门|全年|支出)?预算|调整预算|预算)(?:数|总额|总数|安排)*$"
)
_EXECUTED = re.compile(
    rf"^{DECOR}(?:支出|执行|完成|开支)(?:了|预算)?{DECOR}$|^实际执行数?$|^(?:完成|执行)预算数$|^{DECOR}支出$"
)


@check("R5b", "结余与预算减支出不符")
def left_over(reading: Reading) -> Iterator[Finding]:
    """The whole budget was not spent, and yet nothing is left, or another amount than the difference.

    Budget and spending must stand side by side as totals. Silent where money was taken back anywhere in the text,
    and on another amount where opening balance and income are told, which R5 looks at.
    """
    if money_taken_back(reading):
        return
    pair = _budget_and_spending(reading)
    if pair is None:
        return
    budget, spent = pair
    assert budget.money is not None and spent.money is not None
    rest = budget.money - spent.money
    slack = half_unit(min(budget.money_decimals, spent.money_decimals)) * 2
    if rest <= slack:
        return
    places = (budget.place, spent.place)
    left = show_short(rest, 4)
    closing = figures_by_role(reading, reading.quantities)["closing"]
    nothing = next(
        (
            (s.start + m.start(), s.start + m.end())
            for s in reading.sentences
            if (m := _NOTHING.search(s.text)) and "基金" not in s.text[: m.end()]
        ),
        None,
    ) or next((q.place for q in closing if q.money == 0), None)
    if nothing is not None:
        yield reading.finding(
            "R5b", CHECK, f"预算比支出多{left}万元，而文中没有结转结余，请说明资金去向", nothing, *places
        )
    elif len({q.money for q in closing}) == 1 and not figures_by_role(reading, reading.quantities)["income"]:
        told = closing[0]
        if abs((told.money or Decimal(0)) - rest) <= slack / 2:
            reading.holds("R5b", budget, spent, told)
        elif abs((told.money or Decimal(0)) - rest) > slack + half_unit(told.money_decimals):
            message = f"预算减支出为{left}万元，文中结转结余为{show_short(told.money, 4)}万元，请说明差额"
            yield reading.finding("R5b", CHECK, message, told.place, *places)


def _budget_and_spending(reading: Reading) -> tuple[Quantity, Quantity] | None:
    """The first sentence that tells the whole budget and, next to it, what was spent."""
    for quantities in reading.by_sentence.values():
        money = [q for q in quantities if q.money is not None]
        for budget, spent in pairwise(money):
            label = full_label(reading, budget).replace("一般公共预算", "")
            if budget.year is not None and reading.year is not None and budget.year < reading.year:
                continue
            words = reading.text.flat[spent.label_start : spent.start]
            # `某项目预算286万元，支出280万元` is no whole: a bare 预算 must begin its sentence.
            first = budget.label_start == reading.text.sentences[budget.sentence].start
            if not first and not re.search("全年|调整|总|本年", label):
                continue
            if _WHOLE_BUDGET.search(label) and "年初" not in label and _EXECUTED.search(spent.label or words):
                return budget, spent
    return None


_ADDED = re.compile(
    r"^(?:年中|年度中|本年|中途|执行中|预算执行中|全年|年内|其间|期间)*(?:净|共)?(?:追加|调增|增加)(?:预算|资金|安排|指标|经费|了|数|额|调整)*$"
)
"""`年中追加`, `净增`."""
_NET = re.compile(r"^(?:净增|净调增|净增加)(?:额|预算)?$")
_REDUCED = re.compile(
    r"^(?:年中|年度中|本年|执行中|年底|年末|年终)*(?:调减|核减|压减|(?:县?财政)?(?:统筹)?收回(?:统筹)?)+(?:预算|资金|指标|了|数|额)*$"
)
_ADJUSTED = re.compile(
    r"(?:调整后?(?:的)?(?:全年|部门|支出)?预算(?:数|总额)*|调整预算数?|全年预算(?:数|总额)*|追加后(?:的)?预算数?|预算调整(?:数|为))$"
)
"""`调整后预算`, `全年预算`."""
_INITIAL = re.compile(
    r"(?:年初(?:部门|批复|安排|支出)*(?:的)?预算|年初批复|预算批复)(?:数|安排|总额|资金)*$|^年初(?:安排|批复)数?$"
)
"""`年初预算`."""
_CARRY = re.compile(r"(?:上年|年初)(?:的)?结转")
_STEP = re.compile(r"(?:追加|调增)[^，。；\d]{0,14}$")
"""`4月追加调资5万元，8月追加审计经费2万元，12月又追加补助1万元`."""


def _in_steps(reading: Reading) -> Iterator[Finding]:
    """The first budget, two and more additions and the budget they led to, told in this order in one paragraph: wrong
    where just one of the additions, or one slip of a digit, is what parts them."""
    for entries in reading.entries_by_paragraph.values():
        quantities = [e.quantity for e in entries if e.quantity.money is not None]
        initial = _one(reading, quantities, _INITIAL)
        after = _one(reading, quantities, _ADJUSTED) if initial is not None else None
        if initial is None or after is None:
            continue
        between = [q for q in quantities if initial.end <= q.start and q.end <= after.start]
        steps = [q for q in between if _STEP.search(reading.text.flat[q.label_start : q.start])]
        if len(steps) < 2 or len(steps) != len(between):
            continue
        total = (initial.money or Decimal(0)) + sum((q.money or Decimal(0) for q in steps), Decimal(0))
        gap = total - (after.money or Decimal(0))
        slack = half_unit(max(after.money_decimals, 2)) * (len(steps) + 2)
        if abs(gap) <= slack:
            reading.holds("R5c", after, initial, *steps)
        elif any(q.money == gap for q in steps) or is_near_miss(
            total, after.money or Decimal(0), max(after.money_decimals, 2)
        ):
            right = in_unit(total, after)
            message = f"年初预算与{len(steps)}次追加相加为{right}，文中调整后预算为{in_unit(after.money or Decimal(0), after)}"
            places = [q.place for q in (after, initial, *steps)]
            yield reading.finding("R5c", ERROR, message, *places, expected=right)


@check("R5c", "年初预算加追加不等于调整后预算")
def adjusted(reading: Reading) -> Iterator[Finding]:
    """年初预算 + 追加 − 调减 (+ 上年结转) = 调整后预算, where one sentence names each of them once.

    The carry-over told in the sentence may be one of the terms or part of the addition (`追加（含上年结转）`):
    silent if either way is right.
    """
    yield from _in_steps(reading)
    for number, quantities in reading.by_sentence.items():
        initial = _one(reading, quantities, _INITIAL)
        after = _one(reading, quantities, _ADJUSTED) if initial is not None else None
        if initial is None or after is None:
            continue
        added = [
            q for q in quantities if q.money is not None and (_ADDED.search(q.label) or _NET.search(q.label))
        ]
        reduced = [q for q in quantities if q.money is not None and _REDUCED.search(q.label)]
        if len(added) != 1 or len(reduced) > 1:
            continue
        carry = _one(reading, quantities, _CARRY)
        if carry is None and _CARRY.search(reading.text.sentences[number].text.replace("（含上年结转", "")):
            continue
        terms = [initial, *added, *reduced]
        money = (initial.money or Decimal(0)) + (added[0].money or Decimal(0))
        money -= sum((q.money or Decimal(0) for q in reduced if not _NET.search(added[0].label)), Decimal(0))
        slack = sum((half_unit(max(q.money_decimals, 2)) for q in (*terms, after)), Decimal(0))
        slack = max(slack, *(half_unit(q.money_decimals) for q in (*terms, after)))
        gaps = [money - (after.money or Decimal(0))]
        if carry is not None:
            gaps.append(gaps[0] + (carry.money or Decimal(0)))
        if any(abs(gap) <= slack for gap in gaps):
            carried = [carry] if carry is not None and abs(gaps[0]) > slack else []
            reading.holds("R5c", after, *terms, *carried)
            continue
        others = {q.money for q in quantities if q.money and q not in (*terms, after)}
        if any(abs(abs(gap) - other) <= slack for gap in gaps for other in others):
            continue  # `收到上级补助20万元`: told in other words, and it closes the gap
        right = show_short(money, 4)
        less = "".join(f"－调减{show_short(q.money, 4)}" for q in reduced)
        sum_ = (
            f"年初预算{show_short(initial.money, 4)}＋追加{show_short(added[0].money, 4)}{less}＝{right}万元"
        )
        message = f"{sum_}，文中调整后预算为{show_short(after.money, 4)}万元"
        places = [q.place for q in (after, *terms)]
        sure = carry is None
        expected = in_unit(money, after) if sure else ""
        yield reading.finding("R5c", ERROR if sure else CHECK, message, *places, expected=expected)


def _one(reading: Reading, quantities: list[Quantity], pattern: re.Pattern[str]) -> Quantity | None:
    named = [q for q in quantities if q.money is not None and pattern.search(full_label(reading, q))]
    return named[0] if len(named) == 1 else None
