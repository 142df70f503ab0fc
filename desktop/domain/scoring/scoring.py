"""Scores of a report: what the rule gives, what the clerk set by hand, sums, grade, and what costs points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.forms.edition import NO_FORMS
from desktop.domain.keys import FactKey, scoped
from desktop.domain.numbers import HUNDRED, decimals_of, number_of, round_half_up, show_short
from desktop.domain.scoring import form_scorer, scorers
from desktop.domain.scoring.scoring_method import SCORERS, ZERO, Cause, Problem, Task, Verdict
from desktop.domain.template import Group, Indicator, System

METHODS = (scorers, form_scorer)
"""The modules whose methods are registered by being imported."""

ANSWERS = "answers"
"""The table of answers to a fixed system's indicators, one row each, scoped by the system's id."""
MOST_DECIMALS = 3
"""Of points; the platform takes no more (docs/domain.md 1.7)."""
ROW_COLUMNS = ("name", "operator", "target", "unit", "actual", "weight", "points", "reason")
"""All that the score of an indicator written into the form follows from."""
_NO_TEMPLATES = Templates({}, {}, {}, {}, NO_FORMS, {})


class IndicatorScore(NamedTuple):
    """One indicator scored. `points` is what counts (by hand, else the rule), None while that is unknown.

    A tuple, for hundreds are made anew after every edit; so are Verdict, Problem and Task.
    """

    id: str
    name: str
    group: str
    weight: Decimal | None
    points: Decimal | None
    rule_points: Decimal | None
    rule: Verdict
    by_hand: bool
    reason: str
    problems: tuple[Problem, ...]
    key: FactKey
    """Where the points stand."""
    value: str = ""
    formula: str = ""

    @property
    def how(self) -> str:
        """How the points that count came about."""
        by_hand = self.points if self.by_hand else None
        return self.rule.how if by_hand is None else by_hand_in_words(by_hand, self.rule_points, self.rule)

    @property
    def lost(self) -> Decimal:
        return ZERO if self.points is None or self.weight is None else max(self.weight - self.points, ZERO)

    @property
    def credible(self) -> bool:
        """Points there are, neither negative nor more than the weight."""
        return self.points is not None and self.weight is not None and ZERO <= self.points <= self.weight


class BlockScore(NamedTuple):
    """One 一级指标: the points its title promises, the weights that stand in it, the points reached."""

    id: str
    name: str
    weight: Decimal
    indicators: tuple[IndicatorScore, ...]

    @property
    def weight_sum(self) -> Decimal:
        return sum((i.weight for i in self.indicators if i.weight is not None), ZERO)

    @property
    def points(self) -> Decimal:
        return sum((i.points for i in self.indicators if i.points is not None), ZERO)

    @property
    def balanced(self) -> bool:
        return self.weight_sum == self.weight


class ScoreSheet(NamedTuple):
    """A whole table scored: a unit's by one system, or one project's."""

    id: str
    name: str
    full: Decimal
    blocks: tuple[BlockScore, ...]
    grades: tuple[tuple[str, Decimal], ...]

    @property
    def indicators(self) -> Iterator[IndicatorScore]:
        for block in self.blocks:
            yield from block.indicators

    @property
    def total(self) -> Decimal:
        return sum((block.points for block in self.blocks), ZERO)

    @property
    def weight_sum(self) -> Decimal:
        return sum((block.weight_sum for block in self.blocks), ZERO)

    @property
    def unscored(self) -> list[IndicatorScore]:
        return [i for i in self.indicators if i.points is None]

    @property
    def grade(self) -> str:
        """优/良/中/差 on the scale of 100 (docs/domain.md 1.6); '' while points are missing or wrong, or weights
        do not add up."""
        if self.unscored or not self.full or self.weight_sum != self.full:
            return ""
        if any(not i.credible for i in self.indicators):
            return ""
        share = self.total * HUNDRED / self.full
        return next((name for name, least in self.grades if share >= least), self.grades[-1][0])

    @property
    def losses(self) -> list[IndicatorScore]:
        """What costs points, dearest first."""
        return sorted((i for i in self.indicators if i.lost > 0), key=lambda i: -i.lost)


def score_system(sheet: FactSheet, system: System) -> ScoreSheet:
    """The unit's own score by one system."""
    return _score(sheet, system, "")


def score_project(sheet: FactSheet, system: System, project: str) -> ScoreSheet:
    """One project's 附件3, by a system of the forms' kind."""
    return _score(sheet, system, project)


def _score(sheet: FactSheet, system: System, project: str) -> ScoreSheet:
    blocks = []
    for block in system.blocks:
        scores = [s for group in block.groups for s in _score_group(sheet, system, group, project)]
        blocks.append(BlockScore(block.id, block.name, block.weight, tuple(scores)))
    name = sheet.get("projects", f"item:{project}", "name") if project else system.name
    return ScoreSheet(project or system.id, name, system.full, tuple(blocks), system.grades)


def _score_group(sheet: FactSheet, system: System, group: Group, project: str) -> Iterator[IndicatorScore]:
    for indicator in group.indicators:
        table = scoped(ANSWERS, project or system.id)
        if project:
            own_formula = indicator.formula.replace("annex2_funds.", f"{scoped('annex3_funds', project)}.")
            indicator = indicator._replace(formula=own_formula)
        yield _score_one(Task(sheet, system, indicator, table, indicator.id), group.name, indicator.weight)
    if system.indicator_table:
        base = system.indicator_table.replace("annex2", "annex3") if project else system.indicator_table
        table = scoped(base, project)
        for row in sheet.rows(table, group.id):
            texts = tuple([sheet.facts.get(FactKey(table, row, column), "") for column in ROW_COLUMNS])
            yield _score_row(system, group.name, table, row, sheet.year, texts)


@lru_cache(maxsize=4_000)
def _score_row(
    system: System, group: str, table: str, row: str, year: int, texts: tuple[str, ...]
) -> IndicatorScore:
    """An indicator that the clerk wrote into the form, scored from its own cells and from nothing else:
    so the hundreds of rows that a key leaves as they are need no second look.
    """
    cells = {FactKey(table, row, column): text for column, text in zip(ROW_COLUMNS, texts, strict=True)}
    sheet = FactSheet(_NO_TEMPLATES, cells, year)
    weight = number_of(sheet.get(table, row, "weight"))
    indicator = Indicator(row, sheet.get(table, row, "name"), weight or ZERO, "target", value_kind="text")
    return _score_one(Task(sheet, system, indicator, table, row), group, weight)


def _score_one(task: Task, group: str, weight: Decimal | None) -> IndicatorScore:
    verdict = SCORERS[task.indicator.method](task)
    if weight is None:
        verdict = Verdict(None, "还没有填分值", verdict.problems)
    places = int(str(task.system.settings.get("points_decimals", 2)))
    by_rule = None
    if verdict.points is not None:
        capped = min(verdict.points, weight) if weight is not None else verdict.points
        by_rule = round_half_up(max(ZERO, capped), places)
    points_text = task.answer("points")
    typed = number_of(points_text) if points_text else None
    problems = list(verdict.problems)
    if weight is not None and weight < 0:
        problems.append(Problem(task.key("weight"), "negative", "分值不能为负数"))
    if points_text:
        problems += _problems_of_typed_points(task, typed, by_rule, verdict, weight)
    points = typed if typed is not None else by_rule
    reason = task.answer("reason").strip()
    asked = task.system.settings.get("reasons", True)  # some forms have no place for them beside an indicator
    if asked and points is not None and weight is not None and points < weight and not reason:
        message = "得分低于分值，须填写偏差原因分析及改进措施"
        problems.append(Problem(task.key("reason"), "without_reason", message))
    return IndicatorScore(
        id=task.indicator.id,
        name=task.indicator.name,
        group=group,
        weight=weight,
        points=points,
        rule_points=by_rule,
        rule=verdict,
        by_hand=typed is not None,
        reason=reason,
        problems=tuple(problems),
        key=task.key("points"),
        value=FactSheet.show(task.value, task.indicator.value_kind) if task.indicator.formula else "",
        formula=task.indicator.formula,
    )


def _problems_of_typed_points(
    task: Task, typed: Decimal | None, by_rule: Decimal | None, verdict: Verdict, weight: Decimal | None
) -> Iterator[Problem]:
    """What speaks against points set by hand (docs/domain.md 1.3, 1.5, 1.7)."""
    key = task.key("points")
    if typed is None:
        yield Problem(key, "unreadable", "自评得分不是数字，暂按规则计分")
        return
    if weight is None:
        yield Problem(task.key("weight"), "without_weight", "打了分而没有填分值")
    if decimals_of(typed) > MOST_DECIMALS:
        message = f"自评得分最多{MOST_DECIMALS}位小数，平台不接受更多"
        yield Problem(key, "decimals", message, warning=True)
    if weight is not None and typed > weight:
        message = f"自评得分{show_short(typed, 3)}大于分值{show_short(weight, 3)}"
        yield Problem(key, "above_weight", message)
    elif typed < 0:
        yield Problem(key, "negative", "自评得分不能为负数")
    elif verdict.range is not None:
        low, high = verdict.range
        if not low <= typed <= high:
            yield Problem(key, "against_rule", by_hand_in_words(typed, by_rule, verdict))
    elif by_rule is not None and not _same_points(typed, by_rule, verdict.points, weight):
        cause: Cause = "against_rate" if task.indicator.method == "linear" else "against_rule"
        yield Problem(key, cause, by_hand_in_words(typed, by_rule, verdict), warning=typed < by_rule)


def by_hand_in_words(typed: Decimal, by_rule: Decimal | None, rule: Verdict) -> str:
    """Points set by hand beside what the rule says: `手工打分4.5，在该等次的3.6～4.8分之内`."""
    shown = f"手工打分{show_short(typed, MOST_DECIMALS)}"
    if rule.range is not None:
        low, high = rule.range
        stands = "在" if low <= typed <= high else "不在"
        return f"{shown}，{stands}该等次的{show_short(low)}～{show_short(high)}分之内"
    if by_rule is None:
        return f"{shown}；按规则暂不能判定：{rule.how}"
    return f"{shown}，按规则应得{show_short(by_rule)}（{rule.how}）"


def _same_points(typed: Decimal, by_rule: Decimal, exact: Decimal | None, weight: Decimal | None) -> bool:
    """Equal but for the digits shown; less is never rounded to full points (docs/domain.md 1.3: 未达标满分)."""
    if typed in (by_rule, weight) or exact is None:
        return typed == by_rule
    return typed == round_half_up(exact, max(decimals_of(typed), 1))


def rates(sheet: FactSheet, systems: Iterable[System]) -> dict[str, Decimal | None]:
    """Every rate that the systems compute from the base data, as ratios by name (`三公经费控制率`, docs/domain.md 2.1)."""
    rates: dict[str, Decimal | None] = {}
    for system in systems:
        for indicator in system.indicators():
            if indicator.formula and indicator.value_kind == "percent":
                name = indicator.name.replace("“", "").replace("”", "")
                rates.setdefault(name, sheet.evaluate(indicator.formula))
    return rates
