"""R1e: 执行率 reckoned on the budget of the year's beginning instead of the one adjusted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.audit.finding import ERROR, Finding
from desktop.audit.text.budget_figures import ADJUSTED, INITIAL
from desktop.audit.text.ratios import RIGHT, WRONG, compare, rate_of
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import LEVEL, RATE, Entry, distinct
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED

_RATE = re.compile(r"执行率")
_ON_THE_FIRST = re.compile(r"年初|批复")
"""`年初预算执行率`, `按年初批复数计算的执行率`: the base is said."""
_BY_COUNCIL = re.compile(r"人大|批复|批准")
"""`部门预算由县人大批准后批复1862万元`."""
_CLAUSE = 40
"""Characters of the clause before a rate."""
_MOST = 12
"""Budgets and figures of spending that are tried: those of the report as a whole are told early and often."""
_OVERALL = 4
"""Characters: a noun of more is one item's (`道路改造预算`); none, `支出` and `汇总支出` are the whole's."""


@check("R1e", "执行率用错了预算数")
def execution_rates(reading: Reading) -> Iterator[Finding]:
    """`年初预算100万元，调整后预算120万元，支出110万元，执行率110%`: 执行率 is reckoned on the adjusted budget
    (docs/domain.md 1.2).

    Wrong where a figure of spending over the first budget makes just the rate told, and over the adjusted one
    another. Silent where the first budget is named as its base, and where no adjusted budget is told.
    """
    rates = [e for e in reading.entries if e.role == RATE and _RATE.search(e.words)]
    first, adjusted = (_budgets(reading, stage) for stage in (INITIAL, ADJUSTED))
    if not rates or not first or not adjusted:
        return
    spent = distinct(
        e for e in reading.entries if _is_overall(e) and not e.is_budget and e.quantity.money and not e.old
    )[:_MOST]
    of_first, of_adjusted = (_quotients(spent, budgets) for budgets in (first, adjusted))
    for rate in rates:
        if _ON_THE_FIRST.search(reading.text.words_before(rate.start, "。；，", _CLAUSE)):
            continue
        near = [(x, b) for percent, x, b in of_first if abs(percent - float(rate.amount)) < 1]
        made = [(x, b) for x, b in near if _makes(rate, x, b)]
        fair = any(
            compare(rate.quantity, x.amount, a.amount) == RIGHT
            for percent, x, a in of_adjusted
            if abs(percent - float(rate.amount)) < 1
        )
        if len(made) != 1 or fair:
            continue
        reached, base = made[0]
        likely = [
            a for a in adjusted if 2 * reached.amount > a.amount >= reached.amount and a.amount != base.amount
        ]
        if len(likely) != 1:
            continue
        right = rate_of(reached.amount, likely[0].amount, rate.quantity.decimals)
        message = (
            f"执行率应为{right}（{reached.with_unit}÷调整后预算{likely[0].with_unit}），"
            f"文中{rate.with_unit}是除以年初预算{base.with_unit}得出的"
        )
        yield reading.finding("R1e", ERROR, message, rate.place, reached.place, expected=right)


def _quotients(spent: Sequence[Entry], budgets: Sequence[Entry]) -> list[tuple[float, Entry, Entry]]:
    """What was spent in percent of each budget, roughly: so that only the near ones are compared digit by digit."""
    return [(float(x.amount / b.amount) * 100, x, b) for x in spent for b in budgets if b.amount]


def _makes(rate: Entry, reached: Entry, base: Entry) -> bool:
    """A rate without decimals (`110%`) fits many a pair roughly: it must be the quotient exactly, and `100%` is told of
    anything."""
    if rate.quantity.decimals:
        return compare(rate.quantity, reached.amount, base.amount) != WRONG
    return reached.amount * HUNDRED == rate.amount * base.amount and rate.amount != HUNDRED


def _is_overall(entry: Entry) -> bool:
    overall = len(entry.measure) <= _OVERALL or bool(_BY_COUNCIL.search(entry.measure))
    return entry.role == LEVEL and overall and not entry.quantity.approximate


def _budgets(reading: Reading, stage: str) -> list[Entry]:
    """The whole's: a budget of the first stage must say so, since items tell theirs as `预算` alone."""
    return distinct(
        e
        for e in reading.entries
        if _is_overall(e)
        and e.stage == stage
        and e.quantity.money
        and (stage == ADJUSTED or _ON_THE_FIRST.search(e.words))
    )[:_MOST]
