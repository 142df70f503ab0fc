"""One report as a whole: its facts, and every score that follows from them, worked out when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.scoring.scoring import ANSWERS, IndicatorScore, ScoreSheet, score_project, score_system
from desktop.domain.template import System

SCORED_TABLES = (ANSWERS, "annex2_indicators", "annex3_indicators")


class Assessment:
    """Built anew after every edit; nothing in it changes afterwards."""

    def __init__(self, templates: Templates, facts: Mapping[FactKey, str], year: int, system_id: str) -> None:
        self.sheet = FactSheet(templates, facts, year)
        self.system = self.sheet.templates.system_of(system_id)
        self._scores: dict[str, ScoreSheet] = {}
        self._projects: dict[str, ScoreSheet] = {}
        self._indexes: dict[str, dict[str, IndicatorScore]] = {}

    @cached_property
    def form(self) -> System:
        """The system of 附件2 and 附件3: the report's own, or the forms' where it has fixed indicators."""
        return self.sheet.templates.form_system()

    @property
    def main(self) -> ScoreSheet:
        """The score by the system the report was made with."""
        return self.score(self.system.id)

    def score(self, system_id: str) -> ScoreSheet:
        if system_id not in self._scores:
            self._scores[system_id] = score_system(self.sheet, self.sheet.templates.systems[system_id])
        return self._scores[system_id]

    def project(self, scope: str) -> ScoreSheet:
        if scope not in self._projects:
            self._projects[scope] = score_project(self.sheet, self.form, scope)
        return self._projects[scope]

    def in_use(self) -> Iterator[ScoreSheet]:
        """The scores a reader of this report sees: its own system, 附件2, each project."""
        yield self.main
        if self.form is not self.system:
            yield self.score(self.form.id)
        for scope in self.sheet.projects():
            yield self.project(scope)

    def indicator_at(self, key: FactKey) -> IndicatorScore | None:
        """The scored indicator to which a cell belongs."""
        if key.base not in SCORED_TABLES:
            return None
        if key.table not in self._indexes:
            score = self._score_of(key)
            self._indexes[key.table] = {i.key.row: i for i in score.indicators if i.key.table == key.table}
        return self._indexes[key.table].get(key.row)

    def _score_of(self, key: FactKey) -> ScoreSheet:
        if key.scope in self.sheet.templates.systems:
            return self.score(key.scope)
        return self.project(key.scope) if key.scope else self.score(self.form.id)
