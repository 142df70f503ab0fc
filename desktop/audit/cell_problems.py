"""What is wrong at single cells: unreadable numbers, hand-filled totals that disagree, scores against the rule."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.numbers import show_short
from desktop.domain.scoring.scoring import ScoreSheet
from desktop.domain.scoring.scoring_method import Problem

ABSURD = Decimal(10_000_000)
"""万元: no county unit spends a hundred billion yuan. Typed in 元 a million 万元 would look so."""
_SHOWN = 20
"""Characters of a cell in a message: a sentence pasted into it would fill the window."""


def cell_problems(assessment: Assessment) -> list[Problem]:
    """Every problem that stands at a cell, tables first, then scores."""
    problems = list(_table_problems(assessment.sheet))
    for score in assessment.in_use():
        problems += [problem for indicator in score.indicators for problem in indicator.problems]
        problems += _weights(score)
    return problems


def _table_problems(sheet: FactSheet) -> Iterator[Problem]:
    for key, text in sheet.facts.items():
        column = sheet.column(key)
        if column is None or not column.numeric:
            continue
        value = sheet.typed(key)
        if value is None:
            yield Problem(key, f"“{text[:_SHOWN]}”不是数字")
        elif value < 0 and column.kind in ("people", "area"):
            yield Problem(key, "不能是负数")
        # 部门基本支出预算调整 is a difference: less than nothing where the budget was cut.
        elif value < 0 and column.kind == "money" and key.row != "adjustment":
            yield Problem(key, "金额是负数，请核对", warning=True)
        elif abs(value) > ABSURD and column.kind == "money":
            yield Problem(key, "金额过大，请核对单位是否应为万元")
        elif sheet.by_hand(key):
            yield from _by_hand(sheet, key, value)


def _by_hand(sheet: FactSheet, key: FactKey, stated: Decimal) -> Iterator[Problem]:
    computed = sheet.computed(key)
    if computed is None or stated == computed:
        return
    column = sheet.column(key)
    shown = sheet.show(computed, column.kind if column else "money")
    close = sheet.within_rounding(key, stated, computed)
    message = f"手工填写{sheet.display(key)}，按公式应为{shown}" + ("（尾差）" if close else "")
    yield Problem(key, message, warning=close)


def _weights(score: ScoreSheet) -> Iterator[Problem]:
    """Each block's weights must add up to its title, all to the total (docs/domain.md 1.1); a form nobody has begun
    is left in peace."""
    if not any(i.weight is not None for b in score.blocks if b.id != "execution" for i in b.indicators):
        return
    for block in score.blocks:
        if not block.balanced and block.indicators:
            message = (
                f"{block.name}各项分值合计{show_short(block.weight_sum)}，应为{show_short(block.weight)}"
            )
            yield Problem(block.indicators[-1].key._replace(column="weight"), message)
    if score.weight_sum != score.full:
        last = [i for b in score.blocks for i in b.indicators][-1]
        message = f"全表分值合计{show_short(score.weight_sum)}，应为{show_short(score.full)}"
        yield Problem(last.key._replace(column="weight"), message)
