"""The real templates, and fact sheets written in one line: `sheet({"staff.total.in_post": "47"})`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.scoring.scoring import IndicatorScore, ScoreSheet, score_system
from desktop.paths import resources_dir
from desktop.resource_files.templates import load_templates

YEAR = 2023

MakeSheet = Callable[[Mapping[str, str]], FactSheet]
ScoreAs = Callable[..., ScoreSheet]
ScoreLine = Callable[..., IndicatorScore]


@pytest.fixture(scope="session")
def templates() -> Templates:
    return load_templates(resources_dir())


@pytest.fixture(scope="session")
def sheet(templates: Templates) -> MakeSheet:
    """A sheet of 2023 from `table.row.column` -> text."""

    def make(facts: Mapping[str, str]) -> FactSheet:
        return FactSheet(templates, {FactKey(*name.split(".")): text for name, text in facts.items()}, YEAR)

    return make


@pytest.fixture(scope="session")
def score(sheet: MakeSheet, templates: Templates) -> ScoreAs:
    def make(system: str, facts: Mapping[str, str]) -> ScoreSheet:
        return score_system(sheet(facts), templates.systems[system])

    return make


@pytest.fixture(scope="session")
def line(score: ScoreAs) -> ScoreLine:
    """One indicator of 附件2 scored from its cells: `line(operator="≥", target="95", actual="90")`."""

    def make(group: str = "quantity", **cells: str) -> IndicatorScore:
        given = {"order": "1", "name": "指标", "weight": "10"} | cells
        facts = {f"annex2_indicators.{group}:1.{column}": text for column, text in given.items() if text}
        return next(i for i in score("form-2023", facts).indicators if i.id == f"{group}:1")

    return make
