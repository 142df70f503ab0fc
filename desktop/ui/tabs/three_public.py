"""三公经费: the table, and what it looks like beside last year's."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.facts import FactSheet
from desktop.ui.session import Session
from desktop.ui.tabs.tables import TablesTab
from desktop.ui.widgets.drawing import Drawing


class ThreePublicTab(TablesTab):
    """Grid above, chart below."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "three_public")
        self.column.insertWidget(1, Drawing(session, _three_public_svg, "threePublicChart"))


def _three_public_svg(sheet: FactSheet, resources: Path) -> bytes:
    from desktop.exchange.document.chart_data import three_public_svg  # reportlab: not before a chart is seen

    return three_public_svg(sheet, resources)
