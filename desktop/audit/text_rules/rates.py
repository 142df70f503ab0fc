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
from desktop.audit.text.reading import MOST_VALUES, Reading
from desktop.domain import formula
from desktop.domain.numbers import HUNDRED, round_half_up, show_short

_SHARE = re.compile(r"^(?P<part>.*?)占(?P<whole>.+?)(?:的比重|的比例|比重|比例|的份额|的百分比|的)?$")
"""`占总支出的比重`, `教育支出占总支出`: part (or none) and whole."""
_TOTALS = ("总支出", "总收入")
_LEAST_SHARES = 2
"""One share alone proves no total: any two numbers have a quotient."""
_BARE_SHARE = re.compile(r"^占(?:比|比重|总额|总数|全部)?$")
"""`占比`, `占`: the whole is not named."""
_DONE = re.compile(r"整改|完成|办结|处置|到位|合格|达标|办理|落实|兑现|结案|解决|通过|已|清零|销号|建成|覆盖")
"""`整改552处`: the second number is part of the first."""
_RATE = re.compile(r"(?:率|比例|比重)$")
"""`整改率`, `完成比例`."""
_GROWTH = re.compile(r"增长|下降|降低|上升|增幅|降幅|同比|环比|递增|递减|减少|增加|变动")
"""`同比下降`: a rate against last year, not of a part."""


@check("R1", "占比和比率与数字不符")
def shares(reading: Reading) -> Iterator[Finding]:
    """`A万元，占B的p%`: p must be A ÷ B for some amounts that these labels can mean.

    Silent where no amount of B is known, or the share is of something counted, not paid.
    """
    for number, quantities in reading.by_sentence.items():
        for at, stated in enumerate(quantities):
            match = _SHARE.match(stated.label) if stated.unit == PERCENT else None
            if stated.unit == PERCENT and _BARE_SHARE.match(stated.label):
                yield from _share_of_total(reading, stated, quantities[:at])
            elif match:
                parts = _parts(reading, quantities[:at], match["part"])
                wholes = _wholes(reading, number, match["whole"])
                part = match["part"] or (parts[0].label if parts else "") or "该项"
                yield from _judged(reading, stated, parts, wholes, part, match["whole"])


def _share_of_total(reading: Reading, stated: Quantity, before: list[Quantity]) -> Iterator[Finding]:
    """A share without the name of its whole: that of the share before it, or what stands before 其中."""
    parts = [q for q in before if q.money is not None][-1:]
    if not parts:
        return
    named = [m["whole"] for q in before if q.unit == PERCENT and (m := _SHARE.match(q.label))]
    if named:
        wholes = _wholes(reading, stated.sentence, named[-1])
    else:
        mark = reading.text.flat.rfind("其中", 0, parts[0].start)
        wholes = [q for q in before if q.money and q.end <= mark and not is_change(q)][-1:]
        wholes = wholes or _proven(reading, "")
    whole = named[-1] if named else wholes[0].label if wholes else ""
    yield from _judged(reading, stated, parts, wholes, parts[0].label or "该项", whole)


def _proven(reading: Reading, whole: str) -> list[Quantity]:
    """The amount over which other shares of the same whole come out right: at least one, and most of them."""
    pairs = _shares_of(reading, whole)
    if len(pairs) < _LEAST_SHARES:
        return []
    totals = {
        f.quantity.money: f.quantity for f in reading.figures if f.metric in _TOTALS and f.quantity.money
    }
    for total in list(totals.values())[:MOST_VALUES]:
        right = sum(best(stated, [(part, total.money or part)]) == RIGHT for stated, part in pairs)
        if right and right * 2 >= len(pairs):
            return [total]
    return []


def _shares_of(reading: Reading, whole: str) -> list[tuple[Quantity, Decimal]]:
    """Every share of that whole with the amount before it."""
    stated_shares = []
    for quantities in reading.by_sentence.values():
        for at, stated in enumerate(quantities):
            match = _SHARE.match(stated.label) if stated.unit == PERCENT else None
            bare = stated.unit == PERCENT and bool(_BARE_SHARE.match(stated.label))
            part = quantities[at - 1].money if at else None
            if part and (bare if not whole else bool(match) and match["whole"] == whole):  # type: ignore[index]
                stated_shares.append((stated, part))
        if len(stated_shares) > MOST_VALUES:
            break
    return stated_shares


def _parts(reading: Reading, before: list[Quantity], label: str) -> list[Quantity]:
    if label:
        metric = metric_of(label)
        same = [
            q for q in reading.quantities if q.money is not None and label in q.label and not is_change(q)
        ]
        return same or [f.quantity for f in reading.figures_of(metric)] if metric else same
    money = [q for q in before if q.money is not None]
    return money[-1:]


def _wholes(reading: Reading, sentence: int, label: str) -> list[Quantity]:
    """Amounts that bear the name of the whole; 总支出 and 总收入 also mean the total that heads the list."""
    metric = metric_of(label)
    named = [q for q in reading.amounts_named(label) if q.money]
    known = [f.quantity for f in reading.figures_of(metric) if f.quantity.money] if metric else []
    return list(dict.fromkeys([*named, *known])) or _proven(reading, label)


def _judged(
    reading: Reading, stated: Quantity, parts: list[Quantity], wholes: list[Quantity], part: str, whole: str
) -> Iterator[Finding]:
    pairs = [
        (p.money, w.money) for p in parts for w in wholes if p.money is not None and w.money and p is not w
    ]
    pairs = list(dict.fromkeys(pairs))[: MOST_VALUES * MOST_VALUES]
    if not pairs:
        return
    verdict = best(stated, pairs)
    place = (stated.label_start, stated.end)
    top, bottom = pairs[0]
    right = shown(top, bottom, stated.decimals)
    if verdict == LAST_DIGIT:
        message = f"{part}占{whole}的比重算得{right}，文中为{show_short(stated.value, 4)}%，末位没有四舍五入"
        yield reading.finding("R1", HINT, message, place, expected=right)
    elif verdict == WRONG:
        why = _other_part(reading, stated, [b for _, b in pairs])
        sum_ = f"{show_short(top, 4)}÷{show_short(bottom, 4)}"
        message = f"{part}占{whole}的比重应为{right}（{sum_}），文中为{show_short(stated.value, 4)}%{why}"
        yield reading.finding("R1", ERROR, message, place, expected=right)


def _other_part(reading: Reading, stated: Quantity, wholes: list[Decimal]) -> str:
    """Where the wrong share comes from: another amount of the report over the same whole."""
    for money, (quantity, *_) in reading.by_amount.items():
        if money and best(stated, [(money, w) for w in wholes[:MOST_VALUES]]) == RIGHT:
            return f"；{show_short(stated.value, 4)}%恰为“{quantity.label}”{show_short(money, 4)}的占比"
    return ""


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
