"""The score panel folds to a rail in a narrow window, and as the clerk wishes."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QToolButton

from desktop.ui.main_window import MainWindow
from desktop.ui.panel.score_panel import ScorePanel
from desktop.ui.panel.side_rail import SideRail
from desktop.ui.session import Session


def folded(window: MainWindow) -> bool:
    panel, rail = window.findChild(ScorePanel), window.findChild(SideRail)
    assert panel is not None and rail is not None and panel.isVisible() != rail.isVisible()
    return rail.isVisible()


def test_it_folds_by_the_width_and_keeps_what_was_wished(window: MainWindow, session: Session) -> None:
    window.resize(1366, 700)
    assert not folded(window)
    window.resize(1000, 500)
    assert folded(window)
    window.actions_.panel.trigger()
    assert not folded(window) and session.settings.text("side_panel") == "open"
    window.resize(1366, 700)
    assert not folded(window)
    window.actions_.panel.trigger()
    assert folded(window) and session.settings.text("side_panel") == "folded"
    window.actions_.panel.trigger()
    assert not folded(window) and session.settings.text("side_panel") == ""


def test_the_rail_tells_score_and_grade_and_leads_back(window: MainWindow, session: Session) -> None:
    window.resize(1000, 500)
    rail = window.findChild(SideRail)
    assert rail is not None
    texts = [label.text() for label in rail.findChildren(QLabel)]
    score = session.assessment.main
    assert texts[1] == score.grade and float(texts[0]) == float(score.total or 0)
    button = rail.findChild(QToolButton, "openPanel")
    assert button is not None
    button.click()
    assert not folded(window)
