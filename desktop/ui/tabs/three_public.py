"""三公经费: the table, and what it looks like beside last year's."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.facts import FactSheet
from desktop.ui.grid.layout import table_layout
from desktop.ui.grid.view import GridView
from desktop.ui.session import Session
from desktop.ui.widgets.drawing import Drawing
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.section import Section


class ThreePublicTab(Page):
    """Grid above, chart below."""

    def __init__(self, session: Session) -> None:
        super().__init__("threePublicTab")
        table = session.templates.tables["three_public"]
        grid = GridView(session, lambda: table_layout(session.sheet, table), "grid_three_public")
        self.column.addWidget(Section(table.title, self.fit_height(grid), table.unit, table.note))
        chart = Drawing(session, _three_public_svg, "threePublicChart")
        self.column.addWidget(chart)
        self.column.addStretch(1)


def _three_public_svg(sheet: FactSheet, resources: Path) -> bytes:
    from desktop.exchange.document.chart_data import three_public_svg  # reportlab: not before a chart is seen

    return three_public_svg(sheet, resources)
