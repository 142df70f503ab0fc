"""How an indicator of 附件2/附件3 is scored from its target and its actual value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from desktop.domain.numbers import HUNDRED, money_factor, parse_amount, show_short
from desktop.domain.scoring.scoring_method import ZERO, Cause, Problem, Task, Verdict, scorer
from desktop.domain.scoring.targets import BETWEEN, Period, Target, parse_period, parse_target
from desktop.domain.scoring.three_grades import GRADES, REACHED, grade_of

ONE = Decimal(1)
SHORT_OF_FULL = Decimal("0.01")
"""A target missed by a hair must not be rounded to full points (docs/domain.md 1.3)."""
_ACHIEVED = re.compile(r"^(?:已|共|实际|累计|全部|完成|达到|达|为|：|:)+")
"""`已达95%`, `累计完成：12次`: the verb before the number."""
_NOTHING = frozenset({"无", "零", "没有", "未发生", "没有发生", "无发生", "未出现"})
"""How people write that nothing happened where a number is asked for."""
_SAVINGS = ("节约", "节省", "降低", "减少", "下降", "压减")
"""`成本节约率`: stands among the costs, which are limits, and yet more is better."""
_YEARS = (1990, 2100)
"""A number in here may be a year, as `2023年` where a measure should stand."""


@scorer("target")
def target(task: Task) -> Verdict:
    """Numbers by operator, dates by the calendar, words by the three grades (docs/domain.md 1.3–1.5)."""
    actual, aim = task.answer("actual").strip(), _target_of(task)
    if not actual:
        return Verdict(None, "还没有填实际完成值")
    if not aim.number:
        return Verdict(None, "还没有填年度指标值")
    numeric = aim.bounds is not None or aim.value is not None
    if numeric and actual not in GRADES and not _is_year(task, aim, actual):
        return _by_number(task, aim, actual)
    due = None if numeric else parse_period(aim.number, task.sheet.year)
    done = parse_period(actual, task.sheet.year)
    if due and done and grade_of(actual, aim.number) in (None, REACHED):
        return _by_date(task, due, done)
    return _by_grade(task, aim, actual)


def _target_of(task: Task) -> Target:
    """The stored parts; a number typed together with operator and unit is taken apart here as well."""
    return _parsed(task.answer("operator") + task.answer("target"), task.answer("unit").strip())


@lru_cache(maxsize=20_000)
def _parsed(text: str, unit: str) -> Target:
    """`5` with the unit `月底前` is a date that was spread over two cells."""
    target = parse_target(text + unit if unit.startswith("月") else text)
    return target if target.unit else target._replace(unit=unit)


def _is_year(task: Task, aim: Target, actual: str = "") -> bool:
    """A year stands where a measure should: `2023年`, or the report's bare year answered in words."""
    low, high = aim.bounds or (aim.value, aim.value)
    if low is None or high is None or low < _YEARS[0] or high > _YEARS[1]:
        return False
    bare = not aim.unit and not aim.operator and low == task.sheet.year
    return aim.unit == "年" or (bare and parse_amount(actual) is None)


def _by_number(task: Task, aim: Target, actual: str) -> Verdict:
    value, problems = _actual_value(task, aim, actual)
    if value is None:
        return Verdict(None, f"实际完成值“{actual[:20]}”不是数字，请改为数字或手工打分")
    if aim.repeated:
        problems.append(Problem(task.key("target"), "repeated_operator", "指标值里比较符号重复"))
    share, how = _share_between(*aim.bounds, value) if aim.bounds else _share(task, aim, value)
    if aim.value == value and aim.operator in ("<", ">"):
        message = "实际完成值恰好等于指标值，而符号不含等于，请核对符号"
        problems.append(Problem(task.key("operator"), "met_exactly", message, warning=True))
    problems += _far_above(task, aim, value)
    weight = task.indicator.weight
    if share == 1:
        return Verdict(weight, f"{how}，得满分", tuple(problems))
    how = f"{how}，{show_short(weight, 3)}分 × {show_short(share * HUNDRED)}%"
    return Verdict(min(weight * share, weight - SHORT_OF_FULL), how, tuple(problems))


def _actual_value(task: Task, aim: Target, actual: str) -> tuple[Decimal | None, list[Problem]]:
    """The number in an actual value, in the target's unit, and what is odd about how it is written."""
    if actual.rstrip("。") in _NOTHING:
        return ZERO, []
    parsed = parse_target(actual)
    amount = parse_amount(parsed.number)
    if amount is None:
        parsed = parse_target(_ACHIEVED.sub("", actual))
        amount = parse_amount(parsed.number)
    if amount is None:
        return None, []
    value, unit = amount.value, parsed.unit or amount.unit
    odd: list[tuple[Cause, str]] = []
    if parsed.operator:
        odd.append(("operator_in_actual", "实际完成值应是一个数，不带比较符号"))
    if amount.approximate:
        odd.append(("inexact", "实际完成值应是确切的数"))
    factor, aim_factor = money_factor(unit), money_factor(aim.unit)
    if factor and aim_factor:
        value = value * factor / aim_factor
    elif unit and aim.unit and unit not in aim.unit and aim.unit not in unit:  # 次 in 次/年 is the same
        message = f"实际完成值的单位“{unit}”与指标值的单位“{aim.unit}”不同，按数字计分"
        odd.append(("other_unit", message))
    aimed = aim.value if aim.value is not None else ZERO
    if aim.unit == "%" and unit != "%" and 0 < value <= 1 < aimed:  # 0.95 against 95%
        likely = show_short(value * HUNDRED)
        message = f"指标值是百分数，实际完成值{show_short(value, 4)}像是小数，是否应为{likely}%"
        odd.append(("ratio_for_percent", message))
    return value, [Problem(task.key("actual"), cause, message, warning=True) for cause, message in odd]


def _far_above(task: Task, aim: Target, value: Decimal) -> Sequence[Problem]:
    """A target far exceeded may have been set too low (docs/domain.md 1.3: ask, do not deduct)."""
    limit = task.decimal("far_above", "30")
    aimed = aim.value
    if not aimed or _operator(task, aim) not in ("≥", ">") or value <= aimed * (1 + limit / HUNDRED):
        return ()
    message = f"实际完成值超过指标值{show_short(limit)}%以上，请说明指标是否偏低"
    return (Problem(task.key("actual"), "far_above", message, warning=True),)


def _operator(task: Task, aim: Target) -> str:
    """The operator that counts. Where none is written, zero is exact, a cost a limit, the rest a minimum
    (docs/domain.md 1.4)."""
    if aim.operator or aim.value == 0:
        return aim.operator or "="
    limits = task.system.settings.get("at_most", ())
    saving = any(word in task.indicator.name for word in _SAVINGS)
    return "≤" if task.row.partition(":")[0] in limits and not saving else "≥"


def _share(task: Task, aim: Target, value: Decimal) -> tuple[Decimal, str]:
    """Which part of the points a value earns, and why (docs/domain.md 1.3, 1.4)."""
    aimed, operator = aim.value or ZERO, _operator(task, aim)
    compared = f"实际{show_short(value, 4)}，指标{operator}{show_short(aimed, 4)}"
    reaching = ("≥", "≤", "=") if value == aimed else ("≥", ">") if value > aimed else ("≤", "<")
    if operator in reaching:
        return ONE, f"{compared}，已达到"
    if aimed == 0:
        return ZERO, f"{compared}，指标为0而未达到"
    if operator == "=" or aimed < 0 or value < 0:
        return _between_0_and_1(1 - abs(value - aimed) / abs(aimed)), f"{compared}，有偏离"
    if operator in ("≤", "<"):
        return _between_0_and_1(aimed / value), f"{compared}，超出"
    return _between_0_and_1(value / aimed), f"{compared}，未达到"


def _share_between(low: Decimal, high: Decimal, value: Decimal) -> tuple[Decimal, str]:
    compared = f"实际{show_short(value, 4)}，指标{BETWEEN}{show_short(low, 4)}～{show_short(high, 4)}"
    if low <= value <= high:
        return ONE, f"{compared}，已达到"
    share = high / value if value > high else (value / low if low else ZERO)
    return _between_0_and_1(share), f"{compared}，未达到"


def _between_0_and_1(share: Decimal) -> Decimal:
    return max(ZERO, min(share, ONE))


def _by_date(task: Task, due: Period, done: Period) -> Verdict:
    """In time: full points; late: none, or `late_per_day` of the weight less for every day."""
    weight, last, finished = task.indicator.weight, due[1], done[1]
    if finished <= last:
        in_time = f"{finished.month}月{finished.day}日完成，不晚于{last.month}月{last.day}日"
        return Verdict(weight, f"{in_time}，得满分")
    if done[0] <= last:
        return Verdict(None, f"要求{last.month}月{last.day}日前完成，请在实际完成值中写明完成的日期")
    days = (finished - last).days
    share = _between_0_and_1(1 - task.decimal("late_per_day", "1") * days)
    how = f"晚{days}天完成，{show_short(weight, 3)}分 × {show_short(share * HUNDRED)}%"
    return Verdict(weight * share, how)


def _by_grade(task: Task, aim: Target, actual: str) -> Verdict:
    """The three grades: the best is full points, the others a band in which the unit decides
    (docs/domain.md 1.5)."""
    grade = grade_of(actual, aim.number + aim.unit)
    if grade is None:
        return Verdict(None, _not_understood(task, aim))
    weight = task.indicator.weight
    bounds = [*(Decimal(str(n)) for n in task.system.settings.get("grade_bands", (100, 80, 60))), ZERO]
    high, low = weight * bounds[grade] / HUNDRED, weight * bounds[grade + 1] / HUNDRED
    problems = tuple(_problems_of_grade(task, aim, actual))
    if grade == REACHED:
        return Verdict(weight, "达成预期指标，得满分", problems, (low, high))
    how = f"{GRADES[grade]}，{show_short(low)}～{show_short(high)}分之间由单位判断，先取中间"
    return Verdict((high + low) / 2, how, problems, (low, high))


def _not_understood(task: Task, aim: Target) -> str:
    if task.answer("operator") == BETWEEN:
        return "“介于”的指标值要写成两个数，如“5~10”"
    if aim.operator and any(c.isdigit() for c in aim.number):
        return f"指标值“{aim.written()[:20]}”读不成一个数，请改写或手工打分"
    return "定性指标：请选完成等次，或手工打分"


def _problems_of_grade(task: Task, aim: Target, actual: str) -> Sequence[Problem]:
    if _is_year(task, aim, actual):
        message = "指标值只写了年份，无法衡量，请写成可衡量的内容"
        return (Problem(task.key("target"), "year_only", message, warning=True),)
    if aim.bounds is not None or aim.value is not None:
        message = "指标值是数字，实际完成值宜填实际的数"
        return (Problem(task.key("actual"), "inexact", message, warning=True),)
    return ()
