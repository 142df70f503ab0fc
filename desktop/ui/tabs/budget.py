"""预算: one table at a time, chosen above it; the execution of the budget also as a chart."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import Table
from desktop.ui.session import Session
from desktop.ui.widgets.drawing import Drawing
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.sub_pages import SubPages


class BudgetTab(SubPages):
    """One page for each table of the template's list."""

    def __init__(self, session: Session) -> None:
        self._session = session
        tables = [session.templates.tables[name] for name in session.templates.tabs["budget"]]
        super().__init__([(t.id, t.short_title, partial(self._page, t)) for t in tables])
        self.setObjectName("budgetTab")

    def _page(self, table: Table) -> Page:
        page = Page(f"page_{table.id}")
        page.add_table(self._session, table)
        if table.id == "annex2_funds":
            page.column.addWidget(Drawing(self._session, _execution_svg, "executionChart"))
        page.column.addStretch(1)
        return page

    def show_key(self, key: FactKey) -> bool:
        return self.has(key.base) and self.show_key_on(key.base, key)


def _execution_svg(sheet: FactSheet, resources: Path) -> bytes:
    from desktop.exchange.document.chart_data import execution_svg  # reportlab: not before a chart is seen

    return execution_svg(sheet, resources)
