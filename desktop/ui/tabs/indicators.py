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
from desktop.ui.widgets.form import Form
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.section import Section
from desktop.ui.widgets.sub_pages import SubPages

FORM, PROJECTS = "form", "projects"
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
                (FORM, "附件2 整体自评表", self._form_page),
                (PROJECTS, "附件3 项目自评表", partial(ProjectsPage, session)),
                *((s.id, s.short_name, partial(self._fixed_page, s)) for s in fixed),
            ]
        )
        self.setObjectName("indicatorsTab")

    def _form_page(self) -> Page:
        session = self._session
        page = Page("page_annex2")
        grid = GridView(
            session,
            lambda: indicator_layout(session.assessment),
            "grid_annex2_indicators",
            score=lambda: session.assessment.score(session.assessment.form.id),
        )
        page.column.addWidget(Section("绩效指标", page.fit_height(grid), "分", _FORM_NOTE))
        goals = session.templates.tables["annex2_goals"]
        page.column.addWidget(Section(goals.title, Form(session, goals, text_height=84)))
        page.column.addStretch(1)
        return page

    def _fixed_page(self, system: System) -> Page:
        session = self._session
        page = Page(f"page_{system.id}")
        grid = GridView(
            session,
            lambda: fixed_layout(session.assessment, system.id),
            f"grid_{system.id}",
            score=lambda: session.assessment.score(system.id),
        )
        page.column.addWidget(Section(system.name, page.fit_height(grid), "分", _FIXED_NOTE))
        page.column.addStretch(1)
        return page

    def show_key(self, key: FactKey) -> bool:
        if key.base == ANSWERS and self.has(key.scope):
            return self.show_key_on(key.scope, key)
        of_project = key.base == "projects" or key.base.startswith("annex3") or key.scope.isdigit()
        return self.show_key_on(PROJECTS if of_project else FORM, key)
