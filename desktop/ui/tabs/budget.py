"""预算: one table at a time; the execution of the budget also as a chart."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.facts import FactSheet
from desktop.ui.session import Session
from desktop.ui.tabs.tables import TablesTab


class BudgetTab(TablesTab):
    """Its tables, and the chart behind them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "budget", [("executionChart", "执行情况图", _execution_svg)])


def _execution_svg(sheet: FactSheet, resources: Path) -> bytes:
    from desktop.exchange.document.chart_data import execution_svg  # reportlab: not before a chart is seen

    return execution_svg(sheet, resources)
