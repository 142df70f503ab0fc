"""How an indicator of 附件2/附件3 is scored from its target and its actual value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from desktop.domain.method import ZERO, Problem, Task, Verdict, scorer
from desktop.domain.numbers import HUNDRED, number_of, show_short
from desktop.domain.targets import BETWEEN, Target, parse_date, parse_target

GRADES = ("达成预期指标", "部分达成预期指标并具有一定效果", "未完成预期指标且效果较差")
"""The platform's three values of 实际完成值 (domain rules 1.5)."""
_YES, _NO = ("是", "已完成", "完成", "√"), ("否", "未完成", "×")
_FAILED, _PARTLY = ("未", "没有", "尚未", "不达标"), ("部分", "基本", "正在", "推进中")
_DONE = ("已", "完成", "达成", "达到", "按时", "按期", "全部", "实现", "合格")


@scorer("target")
def target(task: Task) -> Verdict:
    """Numbers by operator, dates by the calendar, words by the three grades (domain rules 1.3–1.5)."""
    actual, aim = task.answer("actual").strip(), _target_of(task)
    if not actual:
        return Verdict(None, "还没有填实际完成值")
    if not aim.number:
        return Verdict(None, "还没有填年度指标值")
    if aim.bounds is not None or (aim.value is not None and not _is_year(task, aim)):
        return _by_number(task, aim, actual)
    due, done = parse_date(aim.number, task.sheet.year), parse_date(actual, task.sheet.year)
    if due and done:
        return _by_date(task, due, done)
    return _in_words(task, aim, actual)


def _target_of(task: Task) -> Target:
    """The stored parts; a number typed together with operator and unit is taken apart here as well."""
    said = parse_target(task.answer("operator") + task.answer("target"))
    return Target(said.operator, said.number, said.unit or task.answer("unit"), said.repeated)


def _is_year(task: Task, aim: Target) -> bool:
    value = aim.value
    return aim.unit == "年" and not aim.operator and value is not None and 1990 <= value <= 2100


def _by_number(task: Task, aim: Target, actual: str) -> Verdict:
    said = parse_target(actual)
    value = number_of(said.number)
    if value is None:
        return Verdict(None, f"实际完成值“{actual[:20]}”不是数字，请改为数字或手工打分")
    problems = []
    if said.operator:
        problems.append(Problem(task.key("actual"), "实际完成值应是一个数，不带比较符号", warning=True))
    if aim.repeated:
        problems.append(Problem(task.key("target"), "指标值里比较符号重复"))
    share, how = _share(aim, value)
    limit = task.decimal("far_above", "30")
    if share == 1 and aim.operator in ("≥", ">") and aim.value and value > aim.value * (1 + limit / HUNDRED):
        message = f"实际完成值超过指标值{show_short(limit)}%以上，请说明指标是否偏低"
        problems.append(Problem(task.key("actual"), message, warning=True))
    weight = task.indicator.weight
    if share == 1:
        return Verdict(weight, f"{how}，得满分", tuple(problems))
    return Verdict(weight * share, f"{how}，{show_short(weight, 3)}分 × {show_short(share * HUNDRED)}%", tuple(problems))


def _share(aim: Target, value: Decimal) -> tuple[Decimal, str]:
    """Which part of the points a value earns, and why."""
    if aim.bounds is not None:
        return _share_between(*aim.bounds, value)
    wanted = aim.value
    assert wanted is not None
    said = f"实际{show_short(value, 4)}，指标{aim.operator}{show_short(wanted, 4)}"
    operator = aim.operator or ("=" if wanted == 0 else "≥")
    met: dict[str, Callable[[], bool]] = {
        "≥": lambda: value >= wanted,
        ">": lambda: value > wanted,
        "≤": lambda: value <= wanted,
        "<": lambda: value < wanted,
        "=": lambda: value == wanted,
    }
    if met[operator]():
        return Decimal(1), f"{said}，已达到"
    if wanted == 0:
        return ZERO, f"{said}，指标为0而未达到"
    if operator in ("≤", "<"):
        return _between_0_and_1(wanted / value if value else ZERO), f"{said}，超出"
    if operator == "=":
        return _between_0_and_1(1 - abs(value - wanted) / abs(wanted)), f"{said}，有偏离"
    return _between_0_and_1(value / wanted), f"{said}，未达到"


def _share_between(low: Decimal, high: Decimal, value: Decimal) -> tuple[Decimal, str]:
    said = f"实际{show_short(value, 4)}，指标{BETWEEN}{show_short(low, 4)}～{show_short(high, 4)}"
    if low <= value <= high:
        return Decimal(1), f"{said}，已达到"
    share = value / low if value < low and low else (high / value if value > high else ZERO)
    return _between_0_and_1(share), f"{said}，未达到"


def _between_0_and_1(share: Decimal) -> Decimal:
    return max(ZERO, min(share, Decimal(1)))


def _by_date(task: Task, due: dt.date, done: dt.date) -> Verdict:
    """In time: full points; late: none, or `late_per_day` of the weight less for every day."""
    weight = task.indicator.weight
    if done <= due:
        return Verdict(weight, f"{done.month}月{done.day}日完成，不晚于{due.month}月{due.day}日，得满分")
    days = (done - due).days
    per_day = task.decimal("late_per_day", "1")
    return Verdict(weight * _between_0_and_1(1 - per_day * days), f"晚{days}天完成")


def _in_words(task: Task, aim: Target, actual: str) -> Verdict:
    """The three grades: the best is full points, the others a band in which the unit decides."""
    grade = _grade(actual, aim)
    if grade is None:
        return Verdict(None, "定性指标：请选完成等次，或手工打分")
    weight = task.indicator.weight
    tops = [Decimal(str(n)) for n in task.system.settings.get("grade_bands", (100, 80, 60))]
    bounds = [*tops, ZERO]
    high, low = weight * bounds[grade] / HUNDRED, weight * bounds[grade + 1] / HUNDRED
    problems = (
        (Problem(task.key("target"), "指标值只写了年份，无法衡量，请写成可衡量的内容", warning=True),)
        if _is_year(task, aim)
        else ()
    )
    if grade == 0:
        return Verdict(weight, "达成预期指标，得满分", problems, (low, high))
    suggested = (high + low) / 2
    how = f"{GRADES[grade]}，{show_short(low)}～{show_short(high)}分之间由单位判断，先取中间"
    return Verdict(suggested, how, problems, (low, high))


def _grade(actual: str, aim: Target) -> int | None:
    """0 reached, 1 partly, 2 not; None where the words do not say."""
    if actual in GRADES:
        return GRADES.index(actual)
    if actual in _NO or any(word in actual for word in _FAILED):
        return 2
    if any(word in actual for word in _PARTLY):
        return 1
    if actual in _YES or actual == aim.number + aim.unit or any(word in actual for word in _DONE):
        return 0
    return None
