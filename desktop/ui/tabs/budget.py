"""预算: one table at a time, chosen above it; the execution of the budget also as a chart."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.ui.grid.layout import table_layout
from desktop.ui.grid.view import GridView
from desktop.ui.session import Session
from desktop.ui.widgets.drawing import Drawing
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.section import Section
from desktop.ui.widgets.sub_pages import SubPages

SHORT_TITLES = {
    "annex2_funds": "预算执行",
    "base": "项目与公用经费",
    "buildings": "楼堂馆所",
    "function_class": "功能分类",
    "economic_class": "经济分类",
    "carryover": "结转结余",
}


class BudgetTab(SubPages):
    """One page for each table of the template's list."""

    def __init__(self, session: Session) -> None:
        self._session = session
        tables = session.templates.tabs["budget"]
        super().__init__([(t, SHORT_TITLES[t], partial(self._page, t)) for t in tables])
        self.setObjectName("budgetTab")

    def _page(self, table_id: str) -> Page:
        session, table = self._session, self._session.templates.tables[table_id]
        page = Page(f"page_{table_id}")
        grid = GridView(session, lambda: table_layout(session.sheet, table), f"grid_{table_id}")
        page.column.addWidget(Section(table.title, page.fit_height(grid), table.unit, table.note))
        if table_id == "annex2_funds":
            page.column.addWidget(Drawing(session, _execution_svg, "executionChart"))
        page.column.addStretch(1)
        return page

    def show_key(self, key: FactKey) -> bool:
        return self.has(key.base) and self.show_key_on(key.base, key)


def _execution_svg(sheet: FactSheet, resources: Path) -> bytes:
    from desktop.exchange.document.chart_data import execution_svg  # reportlab: not before a chart is seen

    return execution_svg(sheet, resources)
