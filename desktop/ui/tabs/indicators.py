"""指标表: 附件2, the projects' 附件3, and the systems whose indicators are given."""

from __future__ import annotations

from functools import partial

from desktop.domain.keys import FactKey
from desktop.domain.scoring.scoring import ANSWERS
from desktop.domain.template import System
from desktop.ui.grid.layout import fixed_layout, indicator_layout
from desktop.ui.grid.view import GridView
from desktop.ui.session import Session
from desktop.ui.tabs.projects import ProjectsPage
from desktop.ui.widgets.sheet_page import SheetPage, table_page
from desktop.ui.widgets.sub_pages import SubPages

FORM, GOALS, PROJECTS = "form", "goals", "projects"
_FORM_NOTE = (
    "选中一行按 Insert 键添加指标；在“年度指标值”里可一次写成“≥95%”。得分按规则随填随算，也可以手工改。"
)
_FIXED_NOTE = "灰底的率由“单位信息、预算、三公经费”各页的数据算出；其余按实际情况填写。"


class IndicatorsTab(SubPages):
    """附件2, 附件3, then one page for each fixed system."""

    def __init__(self, session: Session) -> None:
        self._session = session
        fixed = [system for system in session.systems() if not system.indicator_table]
        super().__init__(
            [
                (FORM, "附件2 绩效指标", self._form_page),
                (
                    GOALS,
                    "附件2 年度目标",
                    partial(table_page, session, session.templates.tables["annex2_goals"]),
                ),
                (PROJECTS, "附件3 项目自评表", partial(ProjectsPage, session)),
                *((s.id, s.short_name, partial(self._fixed_page, s)) for s in fixed),
            ]
        )
        self.setObjectName("indicatorsTab")

    def _form_page(self) -> SheetPage:
        session = self._session
        grid = GridView(
            session,
            lambda: indicator_layout(session.assessment),
            "grid_annex2_indicators",
            score=lambda: session.assessment.score(session.assessment.form.id),
        )
        return SheetPage(session, "page_annex2", grid, "绩效指标", "分", _FORM_NOTE)

    def _fixed_page(self, system: System) -> SheetPage:
        session = self._session
        grid = GridView(
            session,
            lambda: fixed_layout(session.assessment, system.id),
            f"grid_{system.id}",
            score=lambda: session.assessment.score(system.id),
        )
        return SheetPage(session, f"page_{system.id}", grid, system.name, "分", _FIXED_NOTE)

    def show_key(self, key: FactKey) -> bool:
        if key.base == ANSWERS and self.has(key.scope):
            return self.show_key_on(key.scope, key)
        of_project = key.base == "projects" or key.base.startswith("annex3") or key.scope.isdigit()
        of_goals = GOALS if key.base == "annex2_goals" else FORM
        return self.show_key_on(PROJECTS if of_project else of_goals, key)
