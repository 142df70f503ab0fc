"""R1: shares and rates that stand beside the numbers they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.rules import check
from desktop.audit.text.budget_figures import ADJUSTED, FINAL, INITIAL, is_change, metric_of
from desktop.audit.text.mentions import PERCENT, Quantity
from desktop.audit.text.ratios import LAST_DIGIT, RIGHT, WRONG, best, shown
from desktop.audit.text.reading import Reading
from desktop.domain import formula
from desktop.domain.numbers import HUNDRED, round_half_up, show_short

_DONE = re.compile(r"整改|完成|办结|处置|到位|合格|达标|办理|落实|兑现|结案|解决|通过|已|清零|销号|建成|覆盖")
"""`整改552处`: the second number is part of the first."""
_RATE = re.compile(r"(?:率|比例|比重)$")
"""`整改率`, `完成比例`."""
_GROWTH = re.compile(r"增长|下降|降低|上升|增幅|降幅|同比|环比|递增|递减|减少|增加|变动")
"""`同比下降`: a rate against last year, not of a part."""


# -- rates of the budget ----------------------------------------------------------------------------------

_BUDGETS = (INITIAL, ADJUSTED)
_CONTROL = re.compile(
    r"控制率|执行率|完成率|支出率|使用率|完成(?:了)?(?:年初|全年|调整后)?的?(?:预算|年初数)(?:数)?的$"
)
"""`三公经费控制率`, `完成年初预算的`."""


@check("R1r", "预算执行率、控制率与数字不符")
def budget_rates(reading: Reading) -> Iterator[Finding]:
    """A rate of 三公经费, 公用经费, 政府采购 or of the whole budget against its two amounts.

    The operands are looked for in the same sentence first, then in the whole report by name.
    """
    for quantities in reading.by_sentence.values():
        for at, stated in enumerate(quantities):
            if stated.unit == PERCENT and _CONTROL.search(stated.label) and not _GROWTH.search(stated.label):
                yield from _budget_rate(reading, stated, quantities[:at])


def _budget_rate(reading: Reading, stated: Quantity, before: list[Quantity]) -> Iterator[Finding]:
    metric = metric_of(stated.label)
    own = [q for q in before if q.money is not None and not is_change(q)]
    pairs = _budget_pairs(own)
    whole_report = not pairs and metric in ("三公经费", "公用经费", "政府采购")
    if whole_report:
        tops = [f.quantity for f in reading.figures_of(metric, (FINAL,))]
        bottoms = [f.quantity for f in reading.figures_of(metric, _BUDGETS)]
        pairs = [(a, b) for a in tops for b in bottoms]
    values = [(a.money, b.money) for a, b in pairs if a.money is not None and b.money]
    if not values:
        return
    verdict = best(stated, values)
    right = shown(*values[0], stated.decimals)
    place = (stated.label_start, stated.end)
    name = stated.label or "执行率"
    if verdict == LAST_DIGIT:
        message = f"{name}算得{right}，文中为{show_short(stated.value, 4)}%，末位没有四舍五入"
        yield reading.finding("R1r", HINT, message, place, expected=right)
    elif verdict == WRONG:
        top, bottom = values[0]
        message = f"{name}应为{right}（{show_short(top, 4)}÷{show_short(bottom, 4)}），文中为{show_short(stated.value, 4)}%"
        operands = [(q.label_start, q.end) for q in pairs[0]]
        yield reading.finding(
            "R1r", ERROR, message + _why(stated, top, bottom), place, *operands, expected=right
        )


def _budget_pairs(own: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """(executed, budget) among the amounts of one sentence; nothing unless both are named as such."""
    budgets = [q for q in own if re.search(r"预算|批复|安排|指标|下达", q.label)]
    executed = [
        q for q in own if q not in budgets and re.search(r"执行|支出|实际|决算|完成|支付|使用|发生", q.label)
    ]
    return [(e, b) for e in executed[-1:] for b in reversed(budgets)]


def _why(stated: Quantity, top: Decimal, bottom: Decimal) -> str:
    if best(stated, [(bottom - top, bottom)]) == RIGHT:
        return "；文中的数是1减正确值，疑误用节约率"
    if top and best(stated, [(bottom, top)]) == RIGHT:
        return "；文中把分子分母颠倒了"
    return ""


# -- formulas written out ---------------------------------------------------------------------------------

_FORMULA = re.compile(r"=(?P<sum>[（）\d.,+\-−*/×÷]{3,60})[×*]100%=(?P<rate>-?\d{1,5}(?:\.\d{1,4})?)%")
"""`=44/46×100%=95.65%`."""
_ASCII = str.maketrans("（）×÷−", "()*/-")


@check("R1f", "写出的算式与结果不符")
def formulas(reading: Reading) -> Iterator[Finding]:
    """`控制率=44/46×100%=95.65%`: the arithmetic as it is written. Silent where it cannot be read."""
    for sentence in reading.sentences:
        for match in _FORMULA.finditer(sentence.text):
            result = _worked_out(match["sum"])
            if result is None:
                continue
            stated, decimals = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
            right = round_half_up(result * HUNDRED, decimals)
            if right == stated:
                continue
            unit = Decimal(1).scaleb(-decimals)
            level = HINT if abs(result * HUNDRED - stated) < unit else ERROR
            exact = round_half_up(result * HUNDRED, max(decimals, 2))
            place = (sentence.start + match.start(), sentence.start + match.end())
            message = f"算式{match['sum']}＝{exact}%，文中为{match['rate']}%"
            yield reading.finding("R1f", level, message, place, expected=f"{exact}%")


def _worked_out(words: str) -> Decimal | None:
    try:
        tree = formula.parse(words.translate(_ASCII).replace(",", ""))
    except formula.FormulaError:
        return None
    return formula.evaluate(tree, lambda name: [], lambda key: None)


# -- rates of counted things ------------------------------------------------------------------------------


@check("R1c", "整改率、完成率与个数不符")
def counted_rates(reading: Reading) -> Iterator[Finding]:
    """`排查隐患n个，整改m个，整改率p%` in one part of a sentence: p must be m ÷ n.

    Speaks only where exactly two counts of one kind stand before the rate and the second says 完成 or the like.
    """
    for quantities in reading.by_sentence.values():
        for at, stated in enumerate(quantities):
            if stated.unit == PERCENT and _RATE.search(stated.label) and not _GROWTH.search(stated.label):
                yield from _counted(reading, stated, quantities[:at])


def _counted(reading: Reading, stated: Quantity, before: list[Quantity]) -> Iterator[Finding]:
    flat = reading.text.flat
    near = [
        q
        for q in before
        if "；" not in flat[q.start : stated.start] and q.unit and q.unit != PERCENT and q.money is None
    ]
    if not near:
        return
    near = [q for q in near if q.unit == near[-1].unit]
    if len(near) < 2 or any(q.approximate for q in near) or not _DONE.search(near[-1].label):
        return
    pairs = [
        (m.value, n.value)
        for i, n in enumerate(near)
        for m in near[i + 1 :]
        if n.value and m.value <= n.value
    ]
    verdict = best(stated, pairs) if pairs else RIGHT
    done, whole = near[-1], near[-2]
    if verdict == RIGHT or not whole.value:
        return
    right = shown(done.value, whole.value, stated.decimals)
    sum_ = f"{show_short(done.value)}÷{show_short(whole.value)}"
    place = (done.label_start, stated.end)
    if verdict == LAST_DIGIT:
        message = (
            f"{stated.label}算得{right}（{sum_}），文中为{show_short(stated.value, 4)}%，末位没有四舍五入"
        )
        yield reading.finding("R1c", HINT, message, place, expected=right)
    else:
        level = ERROR if len(near) == 2 else CHECK
        message = f"{stated.label}应为{right}（{sum_}），文中为{show_short(stated.value, 4)}%"
        yield reading.finding("R1c", level, message, place, expected=right)


# -- people, and rates without their base -----------------------------------------------------------------


@check("R1b", "有比率而缺少基数")
def without_base(reading: Reading) -> Iterator[Finding]:
    """在职人员控制率 against 在职人数 ÷ 编制数; where one of the two is nowhere, the rate cannot be checked."""
    for stated in reading.quantities:
        if (
            stated.unit != PERCENT
            or "控制率" not in stated.label
            or not re.search(r"在职|人员|编制", stated.label)
        ):
            continue
        staff = [f.quantity for f in reading.figures_of("在职人员") if f.quantity.unit in ("人", "名")]
        posts = [f.quantity for f in reading.figures_of("编制") if f.quantity.unit in ("人", "名", "个")]
        place = (stated.label_start, stated.end)
        if not staff or not posts:
            missing = "编制数" if not posts else "在职人数"
            hint = _implied(stated, staff)
            places = [(q.label_start, q.end) for q in staff[:1]]
            yield reading.finding(
                "R1b", HINT, f"有{stated.label}而文中没有{missing}，无法复核{hint}", place, *places
            )
            continue
        verdict = best(stated, [(s.value, p.value) for s in staff for p in posts if p.value])
        if verdict != RIGHT:
            right = shown(staff[0].value, posts[0].value, stated.decimals)
            level = HINT if verdict == LAST_DIGIT else ERROR
            yield reading.finding("R1b", level, f"{stated.label}应为{right}", place, expected=right)


def _implied(stated: Quantity, staff: list[Quantity]) -> str:
    for quantity in staff:
        if stated.value:
            base = (quantity.value / stated.value * 100).to_integral_value()
            if base and best(stated, [(quantity.value, base)]) == RIGHT:
                return f"（按在职{show_short(quantity.value)}人反推编制数为{show_short(base)}）"
    return ""
