"""Scores for other programs (JSON) and for the console."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from desktop.domain.assessment import Assessment
from desktop.domain.numbers import HUNDRED, round_half_up, show_percent, show_short
from desktop.domain.scoring.scoring import IndicatorScore, ScoreSheet, rates


def score_json(unit: str, assessment: Assessment) -> dict[str, Any]:
    """The shape of the command line's `score --json`: rates in percent with two digits, None where undefined."""
    sheet = assessment.sheet
    return {
        "unit": unit,
        "year": sheet.year,
        "rates": {name: _percent(value) for name, value in rates(sheet, _systems(assessment)).items()},
        "systems": [_system(assessment.score(system.id)) for system in _systems(assessment)],
        "projects": [_project(assessment.project(scope)) for scope in sheet.projects()],
    }


def _systems(assessment: Assessment) -> list[Any]:
    """The report's own system first, then the fuller ones."""
    others = (s for s in assessment.sheet.templates.systems.values() if s.id != assessment.system.id)
    return [assessment.system, *sorted(others, key=lambda s: -s.full)]


def _percent(ratio: Decimal | None) -> float | None:
    return None if ratio is None else float(round_half_up(ratio * HUNDRED))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _system(score: ScoreSheet) -> dict[str, Any]:
    return {
        "id": score.id,
        "name": score.name,
        "total": float(score.total),
        "full": float(score.full),
        "weight_sum": float(score.weight_sum),
        "grade": score.grade,
        "indicators": [_indicator(i) for i in score.indicators],
    }


def _project(score: ScoreSheet) -> dict[str, Any]:
    return {key: value for key, value in _system(score).items() if key != "id"}


def _indicator(indicator: IndicatorScore) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "name": indicator.name,
        "weight": _number(indicator.weight),
        "points": _number(indicator.points),
        "how": indicator.how,
        "by_hand": indicator.by_hand,
        "problems": [problem.message for problem in indicator.problems],
    }


def score_in_words(unit: str, assessment: Assessment) -> str:
    """The score as a person reads it: total and grade, sums of the blocks, what costs points, the rates."""
    lines = [f"{unit} {assessment.sheet.year}年度"]
    for score in assessment.in_use():
        lines += _in_words(score)
    lines.append("各项比率")
    for name, value in rates(assessment.sheet, _systems(assessment)).items():
        lines.append(f"  {name}　{show_percent(value)}")
    return "\n".join(lines)


def _in_words(score: ScoreSheet) -> list[str]:
    grade = f"　{score.grade}" if score.grade else ""
    lines = [f"{score.name}：{show_short(score.total)} / {show_short(score.full)}{grade}"]
    for block in score.blocks:
        off = "" if block.balanced else f"　分值合计{show_short(block.weight_sum)}"
        lines.append(f"  {block.name}　{show_short(block.points)} / {show_short(block.weight)}{off}")
    if score.weight_sum != score.full:
        lines.append(f"  分值合计{show_short(score.weight_sum)}，应为{show_short(score.full)}")
    lines += [f"  扣{show_short(i.lost)}分　{i.name}：{i.how}" for i in score.losses]
    lines += [f"  未评分　{i.name}：{i.how}" for i in score.unscored]
    return lines
