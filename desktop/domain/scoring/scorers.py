"""The scoring methods that templates name: one function each, its docstring is the rule."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop.domain.numbers import HUNDRED, number_of, parse_amount, round_half_up, show_percent, show_short
from desktop.domain.scoring.scoring_method import ZERO, Problem, Task, Verdict, scorer

NO_VALUE = "数据未填全，暂不能计算"


def _percent(value: Decimal) -> Decimal:
    """A ratio in percent with the two digits people see: what reads 100.00% does not exceed 100%."""
    return round_half_up(value * HUNDRED)


def _undefined(task: Task) -> Verdict:
    """A rate without a value: full points where the template says so (没有楼堂馆所项目的按满分: docs/domain.md 2.1)."""
    full_if_none = str(task.indicator.params.get("full_without_rows", ""))
    if full_if_none and not task.sheet.rows(full_if_none, "item"):
        return Verdict(task.indicator.weight, "没有此类项目，按满分计")
    if task.sheet.divides_by_zero(task.indicator.formula):
        return Verdict(None, "分母为0，比率没有意义，请按实际情况手工打分")
    return Verdict(None, NO_VALUE)


@scorer("linear")
def linear(task: Task) -> Verdict:
    """得分 = 率 × 分值，最高为分值；率超过100%须说明. Source: docs/domain.md 1.2."""
    value = task.value
    if value is None:
        return _undefined(task)
    how = f"{show_percent(value)} × {show_short(task.indicator.weight)}分"
    if value > 1:
        message = f"执行率{show_percent(value)}超过100%，请核对"
        note = Problem(task.key("points"), "over_budget", message, warning=True)
        return Verdict(task.indicator.weight, f"{how}，最高得满分", (note,))
    return Verdict(value * task.indicator.weight, how)


@scorer("step")
def step(task: Task) -> Verdict:
    """过(低)于界限每`per`个百分点扣`deduct`分，扣完为止.

    `side` is over, under or both; part of a step counts by the setting `percentage_points`:
    floor (only whole steps), ceil (every begun step) or proportional. Source: docs/domain.md 2.1.
    """
    value = task.value
    if value is None:
        return _undefined(task)
    limit, side = task.decimal("limit", "100"), str(task.setting("side", "over"))
    beyond = _percent(value) - limit
    excess = {"over": max(beyond, ZERO), "under": max(-beyond, ZERO)}.get(side, abs(beyond))
    if excess == 0:
        within = {"over": "不高于", "under": "不低于"}.get(side, "等于")
        return Verdict(task.indicator.weight, f"{show_percent(value)}，{within}{show_short(limit)}%，得满分")
    per, deduct = task.decimal("per", "1"), task.decimal("deduct", "1")
    steps, rounding = excess / per, str(task.setting("percentage_points", "floor"))
    if rounding != "proportional":
        steps = steps.to_integral_value(ROUND_CEILING if rounding == "ceil" else ROUND_FLOOR)
    lost = deduct * steps
    word = "超出" if beyond > 0 else "低于"
    weight = task.indicator.weight
    how = (
        f"{show_percent(value)}，{word}{show_short(limit)}%共{show_short(excess)}个百分点，"
        f"每{show_short(per)}个百分点扣{show_short(deduct)}分，扣{show_short(min(lost, weight))}分"
    )
    return Verdict(weight - lost, how)


@scorer("bands")
def bands(task: Task) -> Verdict:
    """Points by the band the value falls into.

    `upto` = [[limit, points], …] takes the first limit the value does not exceed; `atleast` = the first it
    reaches; beyond all: 0. Points are for the template's weight. Source: docs/domain.md 2.1 (预算控制率, 满意度).
    """
    value = task.value if task.indicator.formula else _answered_percent(task)
    if value is None:
        return _undefined(task) if task.indicator.formula else _unanswered(task)
    problems = _warn_of_ratio(task)
    if task.indicator.params.get("absolute"):
        value = abs(value)
    shown = show_percent(value)
    for limit, points in task.indicator.params.get("upto", ()):
        if _percent(value) <= Decimal(str(limit)):
            return Verdict(Decimal(str(points)), f"{shown}，不高于{limit}%，得{points}分", problems)
    for limit, points in task.indicator.params.get("atleast", ()):
        if _percent(value) >= Decimal(str(limit)):
            return Verdict(Decimal(str(points)), f"{shown}，达到{limit}%，得{points}分", problems)
    return Verdict(ZERO, f"{shown}，在各档之外，得0分", problems)


def _answered_percent(task: Task) -> Decimal | None:
    value = number_of(task.answer("value"))
    return None if value is None else value / HUNDRED


def _unanswered(task: Task) -> Verdict:
    return Verdict(None, f"请填{task.indicator.params.get('value_label', '填报值')}")


def _warn_of_ratio(task: Task) -> tuple[Problem, ...]:
    """Where percent are typed, `0.95` means 0.95%; most likely 95 was meant."""
    amount = parse_amount(task.answer("value"))
    if task.indicator.formula or amount is None or amount.unit == "%" or not 0 < amount.value <= 1:
        return ()
    typed, likely = show_short(amount.value, 4), show_short(amount.value * HUNDRED)
    message = f"这里填百分数，{typed}按{typed}%计，是否应为{likely}"
    return (Problem(task.key("value"), "ratio_for_percent", message, warning=True),)


@scorer("completion")
def completion(task: Task) -> Verdict:
    """得分 = 完成比例(%) × 分值，最高为分值."""
    value = _answered_percent(task)
    if value is None:
        return _unanswered(task)
    how = f"{show_percent(value)} × {show_short(task.indicator.weight)}分"
    return Verdict(value * task.indicator.weight, how, _warn_of_ratio(task))


@scorer("converted")
def converted(task: Task) -> Verdict:
    """考核得分 ÷ 100 × 分值 (重点工作实际完成率: docs/domain.md 2.1)."""
    value = number_of(task.answer("value"))
    if value is None:
        return _unanswered(task)
    weight = task.indicator.weight
    return Verdict(value / HUNDRED * weight, f"考核得分{show_short(value)} ÷ 100 × {show_short(weight)}分")


@scorer("checklist")
def checklist(task: Task) -> Verdict:
    """Every item answered 是 earns its share of the weight (管理制度健全性: docs/domain.md 2.1)."""
    answers = [task.answer(f"item{n}") for n in range(1, len(task.indicator.items) + 1)]
    if not all(answers):
        return Verdict(None, f"还有{answers.count('')}项没有选“是”或“否”")
    yes = answers.count("是")
    each = task.indicator.weight / len(answers)
    return Verdict(each * yes, f"{len(answers)}项中{yes}项符合，每项{show_short(each)}分")


@scorer("cases")
def cases(task: Task) -> Verdict:
    """每出现一例扣`deduct`分，扣完为止 (资金使用合规性: docs/domain.md 2.1)."""
    count = number_of(task.answer("value"))
    if count is None:
        return Verdict(None, "请填违规例数，没有填0")
    if count < 0:
        return Verdict(None, "违规例数不能为负数")
    deduct = task.decimal("deduct", "1")
    return Verdict(
        task.indicator.weight - count * deduct,
        f"{show_short(count)}例，每例扣{show_short(deduct)}分，扣完为止",
    )


@scorer("choice")
def choice(task: Task) -> Verdict:
    """One of the grades named in `choices` = [[word, points], …] (行政效能 好 / 一般 / 无: docs/domain.md 2.1)."""
    answer = task.answer("value")
    for word, points in task.indicator.params.get("choices", ()):
        if answer == word:
            return Verdict(Decimal(str(points)), f"“{word}”得{points}分")
    return Verdict(None, "请选择等次")
