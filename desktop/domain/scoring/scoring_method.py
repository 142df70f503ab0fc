"""What every scoring method gets and gives, and the registry in which templates find them by name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import Indicator, System

ZERO = Decimal(0)


Cause = Literal[
    "unreadable",
    "negative",
    "without_weight",
    "decimals",
    "above_weight",
    "against_rule",
    "against_rate",
    "over_budget",
    "without_reason",
    "repeated_operator",
    "year_only",
    "operator_in_actual",
    "inexact",
    "other_unit",
    "ratio_for_percent",
    "met_exactly",
    "far_above",
]
"""What is at the bottom of a problem; the audit knows the rule of each (`desktop/audit/cell_problems.py:CODE_OF`)."""


class Problem(NamedTuple):
    """Something wrong or unusual at one cell, in one sentence. `warning` may stay as it is."""

    key: FactKey
    cause: Cause
    message: str
    warning: bool = False


class Verdict(NamedTuple):
    """Points by the rule (None: can't be said yet), how they came about, and what was noticed.

    `range` is given where the rule leaves the exact points to the unit's judgement (three grades).
    """

    points: Decimal | None
    how: str
    problems: tuple[Problem, ...] = ()
    range: tuple[Decimal, Decimal] | None = None


class Task(NamedTuple):
    """What a scoring method gets: the indicator, its facts, and where they lie."""

    sheet: FactSheet
    system: System
    indicator: Indicator
    table: str
    row: str

    def answer(self, column: str) -> str:
        return self.sheet.facts.get(FactKey(self.table, self.row, column), "")

    def key(self, column: str) -> FactKey:
        return FactKey(self.table, self.row, column)

    @property
    def value(self) -> Decimal | None:
        """The value of the indicator's formula, a ratio where it is a rate."""
        return self.sheet.evaluate(self.indicator.formula) if self.indicator.formula else None

    def setting(self, name: str, default: object) -> object:
        return self.indicator.params.get(name, self.system.settings.get(name, default))

    def decimal(self, name: str, default: str) -> Decimal:
        return Decimal(str(self.setting(name, default)))


Scorer = Callable[[Task], Verdict]
SCORERS: dict[str, Scorer] = {}


def scorer(name: str) -> Callable[[Scorer], Scorer]:
    """Register a scoring method under the name that templates use."""

    def register(function: Scorer) -> Scorer:
        SCORERS[name] = function
        return function

    return register
