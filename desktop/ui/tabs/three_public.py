"""三公经费: the table, and what it looks like beside last year's."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.facts import FactSheet
from desktop.ui.session import Session
from desktop.ui.tabs.tables import TablesTab


class ThreePublicTab(TablesTab):
    """Its table, and the chart."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "three_public", [("threePublicChart", "两年对比图", _three_public_svg)])


def _three_public_svg(sheet: FactSheet, resources: Path) -> bytes:
    from desktop.exchange.document.chart_data import three_public_svg  # reportlab: not before a chart is seen

    return three_public_svg(sheet, resources)
