"""Scores of a report: what the rule gives, what the clerk set by hand, sums, grade, and what costs points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain import form_scorer, scorers
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey, scoped
from desktop.domain.method import SCORERS, ZERO, Problem, Task, Verdict
from desktop.domain.numbers import HUNDRED, number_of, round_half_up, show_short
from desktop.domain.template import Block, Group, Indicator, System

METHODS = (scorers, form_scorer)
"""The modules whose methods are registered by being imported."""

ANSWERS = "answers"
"""The table of answers to a fixed system's indicators, one row each, scoped by the system's id."""


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator scored. `points` is what counts (by hand, else the rule), None if it can't be said yet."""

    id: str
    name: str
    group: str
    weight: Decimal | None
    points: Decimal | None
    rule_points: Decimal | None
    how: str
    by_hand: bool
    reason: str
    problems: tuple[Problem, ...]
    key: FactKey
    """Where the points stand."""
    value: str = ""
    formula: str = ""

    @property
    def lost(self) -> Decimal:
        return ZERO if self.points is None or self.weight is None else max(self.weight - self.points, ZERO)


@dataclass(frozen=True, slots=True)
class BlockScore:
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


@dataclass(frozen=True, slots=True)
class ScoreSheet:
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
        """优/良/中/差 on the scale of 100; '' while an indicator has no points yet or weights do not add up."""
        if self.unscored or not self.full or self.weight_sum != self.full:
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
    blocks = tuple(_score_block(sheet, system, block, project) for block in system.blocks)
    name = sheet.get("projects", f"item:{project}", "name") if project else system.name
    return ScoreSheet(project or system.id, name, system.full, blocks, system.grades)


def _score_block(sheet: FactSheet, system: System, block: Block, project: str) -> BlockScore:
    scores = [s for group in block.groups for s in _score_group(sheet, system, group, project)]
    return BlockScore(block.id, block.name, block.weight, tuple(scores))


def _score_group(sheet: FactSheet, system: System, group: Group, project: str) -> Iterator[IndicatorScore]:
    for indicator in group.indicators:
        table = scoped(ANSWERS, project or system.id)
        funds = _project_formula(indicator.formula, project)
        own = Indicator(**{f: getattr(indicator, f) for f in indicator.__slots__} | {"formula": funds})
        yield _score_one(Task(sheet, system, own, table, indicator.id), group, indicator.weight)
    if system.indicator_table:
        table = scoped(_form_table(system.indicator_table, project), project)
        for row in sheet.rows(table, group.id):
            yield _score_row(sheet, system, group, table, row)


def _form_table(table: str, project: str) -> str:
    return table.replace("annex2", "annex3") if project else table


def _project_formula(text: str, project: str) -> str:
    return text.replace("annex2_funds.", f"annex3_funds@{project}.") if project else text


def _score_row(sheet: FactSheet, system: System, group: Group, table: str, row: str) -> IndicatorScore:
    """An indicator that the clerk wrote into the form: its row holds target, actual, weight and points."""
    weight = number_of(sheet.get(table, row, "weight"))
    indicator = Indicator(row, sheet.get(table, row, "name"), weight or ZERO, "target", value_kind="text")
    return _score_one(Task(sheet, system, indicator, table, row), group, weight)


def _score_one(task: Task, group: Group, weight: Decimal | None) -> IndicatorScore:
    verdict = SCORERS[task.indicator.method](task)
    if weight is None:
        verdict = Verdict(None, "还没有填分值", verdict.problems)
    places = int(str(task.system.settings.get("points_decimals", 2)))
    ruled = None if verdict.points is None else round_half_up(_capped(verdict.points, weight), places)
    typed = number_of(task.answer("points"))
    problems = list(verdict.problems)
    if typed is not None:
        problems += _problems_of_hand(task, typed, ruled, verdict, weight)
    points = typed if typed is not None else ruled
    reason = task.answer("reason")
    if points is not None and weight is not None and points < weight and not reason:
        problems.append(Problem(task.key("reason"), "得分低于分值，须填写偏差原因分析及改进措施"))
    return IndicatorScore(
        id=task.indicator.id,
        name=task.indicator.name,
        group=group.name,
        weight=weight,
        points=points,
        rule_points=ruled,
        how=verdict.how,
        by_hand=typed is not None,
        reason=reason,
        problems=tuple(problems),
        key=task.key("points"),
        value=FactSheet.show(task.value, task.indicator.value_kind) if task.indicator.formula else "",
        formula=task.indicator.formula,
    )


def _capped(points: Decimal, weight: Decimal | None) -> Decimal:
    return max(ZERO, min(points, weight if weight is not None else points))


def _problems_of_hand(
    task: Task, typed: Decimal, ruled: Decimal | None, verdict: Verdict, weight: Decimal | None
) -> Iterator[Problem]:
    key = task.key("points")
    if weight is not None and typed > weight:
        yield Problem(key, f"自评得分{show_short(typed, 3)}大于分值{show_short(weight, 3)}")
    elif typed < 0:
        yield Problem(key, "自评得分不能为负数")
    elif verdict.range is not None:
        low, high = verdict.range
        if not low <= typed <= high:
            yield Problem(key, f"手工打分{show_short(typed, 3)}，不在该等次的{show_short(low)}～{show_short(high)}分之内")
    elif ruled is not None and typed != ruled:
        yield Problem(key, f"手工打分{show_short(typed, 3)}，按规则应得{show_short(ruled)}（{verdict.how}）")


def rates(sheet: FactSheet, systems: Iterable[System]) -> dict[str, Decimal | None]:
    """Every rate that the systems compute from the base data, as ratios by name (`三公经费控制率`)."""
    found: dict[str, Decimal | None] = {}
    for system in systems:
        for indicator in system.indicators():
            if indicator.formula and indicator.value_kind == "percent":
                found.setdefault(indicator.name.replace("“", "").replace("”", ""), sheet.evaluate(indicator.formula))
    return found
